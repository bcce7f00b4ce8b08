//! « Vouliez-vous dire … ? »: the known word nearest to one that is not known.

use std::collections::BTreeSet;

use crate::ground::fold::key;

/// The nearest of `known` to `word`, if it is near enough to be a slip of the pen. Case and accents count little.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = key(word);
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&plain, &key(candidate)), candidate))
        .filter(|(distance, candidate)| {
            let longest = plain.chars().count().max(candidate.chars().count());
            // One sign for another is no slip.
            *distance <= longest.div_ceil(3) && (*distance < longest || longest == 0)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether a name is another one but for a slip: its case, its accents, one letter.
pub(crate) fn is_slip(word: &str, known: &str) -> bool {
    word != known && strsim::damerau_levenshtein(&key(word), &key(known)) <= 1
}

/// « vouliez-vous dire « x » ? », or else the list of what is known.
pub(crate) fn suggestion<'a>(word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    if let Some(near) = nearest(word, known.clone()) {
        let hidden = word.contains(['\u{A0}', '\u{202F}']);
        let why = if hidden { " (une espace insécable s'y cache : retapez-la)" } else { "" };
        return format!("vouliez-vous dire « {near} » ?{why}");
    }
    let mut seen = BTreeSet::new();
    let known: Vec<&str> = known.into_iter().filter(|word| seen.insert(*word)).collect();
    match known.as_slice() {
        [] => "il n'y en a aucun".to_owned(),
        [only] => format!("seul « {only} » est possible"),
        _ => format!("possibles : {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_another_word_does_not() {
        let known = ["prenom", "entreprise", "evaluateurs"];
        assert_eq!(nearest("Prénom", known), Some("prenom"));
        assert_eq!(nearest("evaluateur", known), Some("evaluateurs"));
        assert_eq!(nearest("telephone", known), None);
        assert!(suggestion("telephone", known).starts_with("possibles"));
    }
}
