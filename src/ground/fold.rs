//! One folding of what people write differently: case, accents, how they are composed, kinds of hyphens, blanks and
//! apostrophes; and the order of names that follows from it. What is done with names that are the same is left to those
//! who ask.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Letters that no decomposition turns into plain Latin ones.
pub(crate) const LATIN: [(char, &str); 18] = [
    ('œ', "oe"),
    ('æ', "ae"),
    ('ß', "ss"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('ø', "o"),
    ('þ', "th"),
    ('ı', "i"),
    ('ħ', "h"),
    ('ŧ', "t"),
    ('ŋ', "n"),
    ('ĸ', "k"),
    ('ſ', "s"),
    ('ﬁ', "fi"),
    ('ﬂ', "fl"),
    ('º', "o"),
    ('ª', "a"),
];

/// Signs that nobody sees.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

/// Hyphens, dashes and what is typed for them.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// Composed, as every name is compared that must be written exactly.
pub(crate) fn nfc(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Small letters; Latin ones without accents, others composed. Most words are written so.
pub(crate) fn letters(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    // All comments of a project pass here, and most are in French.
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\0'..='\x7F' => plain.push(c.to_ascii_lowercase()),
            '\u{A0}'..='\u{17F}' => plain.push_str(&FRENCH[c as usize - 0xA0]),
            '\u{2010}'..='\u{2027}' | '\u{202F}' | '€' => plain.push(c),
            _ => return Cow::Owned(any_letters(text)),
        }
    }
    Cow::Owned(plain)
}

/// The letters from U+00A0 to U+017F, folded.
static FRENCH: LazyLock<Vec<String>> =
    LazyLock::new(|| ('\u{A0}'..='\u{17F}').map(|c| any_letters(c.encode_utf8(&mut [0; 4]))).collect());

fn any_letters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase).nfd() {
        match LATIN.iter().find(|(from, _)| *from == c) {
            Some((_, to)) => plain.push_str(to),
            None if ('\u{300}'..='\u{36F}').contains(&c) && plain.ends_with(|c: char| c.is_ascii()) => {}
            None => plain.push(c),
        }
    }
    nfc(&plain).into_owned()
}

/// An identifier made of a title: its letters and digits, words joined by hyphens. Empty if it has none.
pub(crate) fn slug(title: &str) -> String {
    let plain = letters(title);
    let mut slug = String::with_capacity(plain.len());
    for c in plain.chars() {
        if c.is_alphabetic() || c.is_ascii_digit() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// A name's place in a list, as French lists have it: case and accents count only between names that are else the same,
/// words come one by one (« Le Goff » before « Lebrun »), numbers by their size (« bloc 2 » before « bloc 10 »). Particles
/// stay where they are written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Order([String; 3]);

pub(crate) fn order(name: &str) -> Order {
    let plain = letters(name);
    let mut key = String::with_capacity(plain.len());
    let mut rest = plain.as_ref();
    while let Some(c) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            let number = rest[..digits].trim_start_matches('0');
            // Longer numbers are larger; digits come before letters.
            key.push('0');
            key.extend(char::from_u32(0x21 + number.len() as u32));
            key.push_str(number);
            rest = &rest[digits..];
            continue;
        }
        if c.is_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
        rest = &rest[c.len_utf8()..];
    }
    key.truncate(key.trim_end_matches(' ').len());
    let name = nfc(name);
    Order([key, name.to_lowercase(), name.into_owned()])
}

/// Words that say nothing of what a title is about.
const SMALL: [&str; 43] = [
    "l", "d", "s", "n", "c", "j", "m", "qu", "que", "qui", "le", "la", "les", "un", "une", "des", "du", "de", "et",
    "ou", "en", "au", "aux", "a", "y", "avec", "pour", "par", "sur", "dans", "selon", "sa", "son", "ses", "leur",
    "leurs", "apres", "avant", "chez", "entre", "sans", "vers", "ce",
];

/// A short id out of a title, not taken yet: « Assurer l'accueil du public » is about « accueil », for the verb says
/// less than its object. Empty if the title has neither letter nor digit.
pub(crate) fn short_id(title: &str, taken: impl Fn(&str) -> bool) -> String {
    let id = slug(title);
    let words: Vec<&str> = id.split('-').filter(|word| !SMALL.contains(word)).collect();
    let verb = words.len() > 1 && id.starts_with(words[0]) && is_infinitive(words[0]);
    let words = &words[usize::from(verb)..];
    let short = words.first().copied().unwrap_or(id.as_str()).to_owned();
    let two = words[..words.len().min(2)].join("-");
    let numbered = (2..).map(|n| format!("{short}-{n}"));
    let free = |id: &String| id.is_empty() || !taken(id);
    [short.clone(), two, id].into_iter().chain(numbered).find(free).unwrap_or(short)
}

/// Whether a title's first word looks like a verb: of the words in -re, those in -ure, -ère, -aire and -oire are none.
fn is_infinitive(word: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    word == "faire"
        || ends(&["er", "ir", "dre", "tre", "vre", "pre", "clure", "lore"])
        || (ends(&["ire"]) && !ends(&["aire", "oire"]))
}

/// Whether two titles have the same words; one without any is like no other.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    let a = slug(a);
    !a.is_empty() && a == slug(b)
}

/// What names are found by: case, accents, blanks, hyphens and the points of a sentence do not count, other signs do:
/// « A+ », « A- » and « A » are three levels. Only a blank name has an empty key.
pub(crate) fn key(name: &str) -> String {
    let plain = letters(name);
    let plain = plain.trim();
    let mut key = String::with_capacity(plain.len());
    for c in plain.chars() {
        let parts = is_hyphen(c)
            || c.is_whitespace()
            || matches!(c, '_' | '\'' | '’' | 'ʼ' | '.' | '…' | ',' | ';' | ':' | '«' | '»' | '"' | '“' | '”');
        match parts {
            true if key.is_empty() && !is_hyphen(c) => {}
            true if key.ends_with('-') => {}
            true => key.push('-'),
            false => key.push(c),
        }
    }
    if !plain.ends_with(is_hyphen) {
        key.truncate(key.trim_end_matches('-').len());
    }
    if key.is_empty() { plain.to_owned() } else { key }
}

/// Whether two names are found by one another.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let a = key(a);
    !a.is_empty() && a == key(b)
}

/// Which of these names is meant: the one that is written so, or else the first that is the same.
pub(crate) fn find<'a>(written: &str, names: impl Iterator<Item = &'a str> + Clone) -> Option<usize> {
    let exact = nfc(written);
    names.clone().position(|name| nfc(name) == exact).or_else(|| {
        let wanted = key(written);
        (!wanted.is_empty()).then(|| names.clone().position(|name| key(name) == wanted)).flatten()
    })
}

/// A file's name as systems that ignore case and composition see it.
pub(crate) fn file_name(name: &str) -> String {
    nfc(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("II. L'œuvre « évaluée »"), "ii-l-oeuvre-evaluee");
        assert_eq!(slug("  ŒUVRE, Ça e\u{301}té — №3 ! "), "oeuvre-ca-ete-3");
        assert_eq!(slug("ŁÓDŹ, Đurađ, Søren, Straße, Þór"), "lodz-durad-soren-strasse-thor");
        assert_eq!(slug("王 Hélène Йошкар"), "王-helene-йошкар");
        assert_eq!(slug("…"), "");
    }

    #[test]
    fn lists_are_in_french_order() {
        let sorted = [
            "Æbelø",
            "Ærø",
            "D'Arc",
            "d’Hervilly",
            "Dacosta",
            "de La Tour",
            "Đorđe",
            "Dupont",
            "Edgar",
            "Élodie",
            "Emma",
            "Le Goff",
            "Le-Goff",
            "Lebrun",
            "Łukasz",
            "Lukaszewski",
            "Martin",
            "Martin-Dupont",
            "Nuñez",
            "Ny",
            "Œdipe",
            "Oeuvrard",
            "Ørsted",
            "Ostrowski",
            "Strasse",
            "Straße",
            "Strasser",
            "Zoé",
            "Ζωή",
            "王",
        ];
        for pair in sorted.windows(2) {
            assert!(order(pair[0]) < order(pair[1]), "{pair:?}");
        }
        for pair in ["bloc 2", "bloc 02 bis", "bloc 10", "bloc 100"].windows(2) {
            assert!(order(pair[0]) < order(pair[1]), "{pair:?}");
        }
        assert!(order("cote") < order("coté") && order("coté") < order("côte") && order("côte") < order("Côté"));
        // However it is composed.
        assert_eq!(order("E\u{301}lodie"), order("Élodie"));
    }

    #[test]
    fn short_ids_are_words_that_mean_something() {
        let of = |title, taken: &[&str]| short_id(title, |id| taken.contains(&id));
        assert_eq!(of("Assurer l'accueil du public", &[]), "accueil");
        assert_eq!(of("La posture professionnelle", &[]), "posture");
        assert_eq!(of("Établir la relation avec le client", &["relation"]), "relation-client");
        assert_eq!(of("Vendre", &["vendre"]), "vendre-2");
        assert_eq!(of("À la", &[]), "a-la");
        assert_eq!(of("…", &[]), "");
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        for (a, b) in [
            ("accueil-clients", "Accueil  clients"),
            ("hélène", "He\u{301}LE\u{300}NE"),
            ("l’accueil", "L'Accueil :"),
            ("Łukasz", "lukasz"),
            ("NON ACQUIS", "non\u{A0}acquis"),
            ("non‑acquis", "non_acquis"),
            ("-1", "−1"),
            ("한국", "한국\u{FEFF}"),
        ] {
            assert!(same(a, b), "{a} {b}: {} {}", key(a), key(b));
        }
        let different = ["A", "A+", "A-", "A--B+", "-A", "1", "-1", "…", "!", "+", "한국", "日本", "и", "й"];
        for (i, a) in different.iter().enumerate() {
            for b in &different[i + 1..] {
                assert!(!same(a, b), "{a} {b}");
            }
        }
        assert!(!same("", " ") && !same_words("…", "!"));
    }

    #[test]
    fn the_exact_name_comes_first() {
        assert_eq!(find("Na", ["na", "Na"].into_iter()), Some(1));
        assert_eq!(find("NA", ["x", "na"].into_iter()), Some(1));
        assert_eq!(find("", [""].into_iter()), Some(0));
        assert_eq!(find("…", ["!", "x"].into_iter()), None);
    }
}
