//! What no person's name, no employer's name looks like: texts that were damaged on their way, cells in which another
//! thing stands, rows that are no candidat's.

use super::encoding::meant;
use crate::ground::fold::{is_hyphen, is_invisible, slug};
use crate::ground::text::is_among;

/// Why a text cannot be what somebody typed.
pub(crate) fn damaged(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mark = |window: &[char]| window[0].is_alphabetic() && window[1] == '?' && window[2].is_lowercase();
    if text.contains(|c| matches!(c, '\u{FFFD}' | '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}'))
        || chars.windows(3).any(mark)
    {
        return Some(format!("« {text} » a perdu des lettres"));
    }
    let entity = |rest: &str| {
        let name = rest.split(';').next().unwrap_or_default();
        rest.len() > name.len() && name.len() > 1 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    };
    if text.split('&').skip(1).any(entity) {
        return Some(format!("« {text} » vient d'une page web : des signes y sont écrits par leur nom"));
    }
    let meant = meant(text)?;
    let perhaps = if meant.is_empty() { String::new() } else { format!(" (sans doute « {meant} »)") };
    Some(format!("les accents de « {text} » sont abîmés{perhaps}"))
}

/// Why a text cannot name one person. Several first names may have commas between them.
pub(crate) fn no_person(text: &str, first_name: bool) -> Option<String> {
    const QUOTES: [char; 9] = ['"', '“', '”', '«', '»', '„', '\'', '‘', '’'];
    let no = |why: &str| Some(format!("« {text} » n'est pas un nom : {why}"));
    let strange = |c: &char| match c {
        ',' => !first_name,
        '-' | '.' | '/' | '(' | ')' | ' ' | '`' | '´' | '·' | '\u{A0}' | '\u{202F}' | '\u{300}'..='\u{36F}' => false,
        c => !c.is_alphanumeric() && !QUOTES.contains(c) && !is_hyphen(*c) && !is_invisible(*c),
    };
    match text {
        _ if !text.contains(char::is_alphabetic) => no("il n'a pas de lettre"),
        _ if text.starts_with(QUOTES) && text.ends_with(QUOTES) => no("ôtez les guillemets"),
        _ if text.starts_with('(') && text.ends_with(')') => no("il est entre parenthèses"),
        _ => text.chars().find(strange).and_then(|sign| no(&format!("il contient « {sign} »"))),
    }
}

/// Whether a name holds the first name too: « Roux Léa » beside « Léa ».
pub(crate) fn holds_both(nom: &str, prenom: &str) -> bool {
    let (nom, prenom) = (slug(nom), slug(prenom));
    nom.contains('-') && !prenom.is_empty() && format!("-{nom}-").contains(&format!("-{prenom}-"))
}

/// Whether a text is what programs and people write for nothing.
pub(crate) fn means_nothing(text: &str) -> bool {
    is_among(&slug(text), "n-a na nc nd null none nan undefined neant aucun aucune sans-objet")
}

/// Whether a text names several évaluateurs, or says more of one than his name.
pub(crate) fn several(text: &str) -> bool {
    text.contains([';', ',', '/', '&', '+', '|']) || format!(" {text} ").to_lowercase().contains(" et ")
}

/// Whether a text is the beginning of a row that only speaks of the others: « Total : 12 », « Exemple ». `surely` if no
/// person's name begins so.
pub(crate) fn is_summary(text: &str, surely: bool) -> bool {
    const SURE: &str = "total totaux sous-total sous-totaux nombre-de nombre-d nb-de nb-candidats fait-a fait-le \
        liste-arretee liste-au liste-des arrete-a arrete-au arretee-au arrete-le mise-a-jour mis-a-jour maj-le \
        imprime-le edite-le document-edite effectif-total fin-de-liste fin-de-la-liste page-1 exemple ex";
    const PERHAPS: &str = "nombre nb effectif effectifs liste page legende remarque remarques note nota source \
        moyenne champ champs dont somme";
    let first = slug(text);
    let begins = |words: &str| first.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    SURE.split(' ').any(begins) || (!surely && PERHAPS.split(' ').any(begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_texts_are_known_from_sound_ones() {
        for text in ["H?l?ne", "H\u{FFFD}l\u{FFFD}ne", "HÃ©lÃ¨ne", "M\u{8E}decin", "H√©l√®ne", "JosÃ© Hélène"]
        {
            assert!(damaged(text).is_some(), "{text}");
        }
        for text in
            ["Hélène", "JOÃO", "Où ?", "Qui?", "Â", "Émile Ångström", "Société « Où ? »", "Dupont & Fils ; Cie", "R&D;"]
        {
            assert_eq!(damaged(text), None, "{text}");
        }
    }

    #[test]
    fn names_are_known_from_what_is_none() {
        for name in ["Le Goff-Prigent", "D'Hervilly", "O’Neil", "Roy2", "Martin (ép. Roux)", "王", "J.-B.", "Faux"]
        {
            assert_eq!(no_person(name, false), None, "{name}");
        }
        for other in [
            "12",
            "0",
            "Martin; Dupont",
            "Roux, Léa",
            "“Roy”",
            "\"Roy\"",
            "l.roux@exemple.fr",
            "—",
            "(obligatoire)",
            "'Roy'",
            "Andr?",
            "<b>Roy</b>",
            "Roy*",
            "Lef%C3%A8vre",
            "Lef\\u00e8vre",
            "A&B",
        ] {
            assert!(no_person(other, false).is_some(), "{other}");
        }
        assert!(no_person("Léa, Marie", true).is_none());
        assert!(holds_both("ROUX Léa", "Lea") && holds_both("ROY Marc", "ROY Marc"));
        assert!(!holds_both("Martin", "Martin") && !holds_both("Le Goff", "Léa") && !holds_both("Roux-Marcel", "Marc"));
        assert!(several("Anne Roux et Paul Noir") && several("Anne Roux, formatrice") && !several("Muriel Etienne"));
    }

    #[test]
    fn sums_and_footers_are_no_candidats() {
        for text in [
            "TOTAL",
            "Total : 12",
            "Sous-total",
            "Liste arrêtée au 12 mars",
            "Fait à Rennes, le 3 mai",
            "Nombre de candidats : 8",
        ] {
            assert!(is_summary(text, true), "{text}");
        }
        for text in ["Totaro", "Le Page", "Listeau", "Faitout", "Roy"] {
            assert!(!is_summary(text, false), "{text}");
        }
        assert!(is_summary("Page 3", false) && !is_summary("Page", true));
    }
}
