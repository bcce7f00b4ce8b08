//! Small texts: places to fill, numbers of things, lists that are cut short, signs that addresses escape.

use percent_encoding::{AsciiSet, CONTROLS};

/// Control characters and these signs, which an address cannot have as they are.
pub(crate) const fn escaped(signs: &[u8]) -> AsciiSet {
    let (mut set, mut at) = (CONTROLS.add(signs[0]), 1);
    while at < signs.len() {
        set = set.add(signs[at]);
        at += 1;
    }
    set
}

/// Fills the places of a text (`{nom}`) in one pass, so that a value which looks like a place stays a value.
pub(crate) fn fill<'a>(text: &str, value: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('}').map_or(rest.len(), |e| e + 1);
        out.push_str(value(&rest[..end]).unwrap_or(&rest[..end]));
        rest = &rest[end..];
    }
    out + rest
}

/// The first of many, and how many more there are.
pub(crate) fn listed(mut all: Vec<String>) -> Vec<String> {
    const SHOWN: usize = 10;
    let more = all.len().saturating_sub(SHOWN);
    all.truncate(SHOWN);
    if more > 0 {
        all.push(format!("et {}", count(more, "autre(s)")));
    }
    all
}

/// Those of several numbers of things that are not none.
pub(crate) fn counts(all: &[(usize, &str)]) -> Vec<String> {
    all.iter().filter(|(n, _)| *n > 0).map(|(n, word)| count(*n, word)).collect()
}

/// Whether a word is one of a few, which are written one after the other.
pub(crate) fn is_among(word: &str, words: &str) -> bool {
    words.split_whitespace().any(|known| known == word)
}

/// « 1 avertissement », « 3 avertissements ».
pub(crate) fn count(n: usize, word: &str) -> String {
    let plural = if n > 1 { "s" } else { "" };
    format!("{n} {}", word.replace("(s)", plural))
}
