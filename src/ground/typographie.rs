//! French typography of what is printed: narrow no-break spaces where French sets them, real apostrophes, soft
//! hyphens for narrow columns, dates in words. Only spacing and quotes change, never a word; a space that the
//! text does not have is not added.
//! Source of the spacing rules: Lexique des règles typographiques en usage à l'Imprimerie nationale.

pub(crate) mod nombres;
pub(crate) mod simple;

use hypher::Lang;
use jiff::civil::Date;

const NARROW: char = '\u{202F}';
const SOFT_HYPHEN: &str = "\u{AD}";

/// Sets a text: « aujourd'hui : oui ! » with a curly apostrophe and spaces that do not break.
pub(crate) fn typographier(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let set = match c {
            ' ' | '\u{A0}' if matches!(next, Some(':' | ';' | '?' | '!' | '»' | '%' | '€')) => NARROW,
            ' ' | '\u{A0}' if before == Some('«') => NARROW,
            // Carlito and other fonts have no glyph of their own for U+00A0.
            '\u{A0}' => NARROW,
            '\'' if before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphabetic) => '’',
            other => other,
        };
        out.push(set);
        before = Some(c);
    }
    out
}

/// Whether a sign leaves nothing on the paper: blanks of every width, and signs that only steer.
pub(crate) fn sans_encre(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Soft hyphens where French words may be cut.
pub(crate) fn couper(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        if word.chars().count() < 7 {
            out.push_str(word);
        } else {
            out.push_str(&hypher::hyphenate(word, Lang::French).join(SOFT_HYPHEN));
        }
        out.push_str(&piece[word.len()..]);
    }
    out
}

pub(crate) const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// « le 2 mars 2026 », « du 2 au 6 mars 2026 », « du 30 mars au 3 avril 2026 ».
pub fn periode(du: Date, au: Date) -> String {
    let day = |d: Date| match d.day() {
        1 => "1er".to_owned(),
        n => n.to_string(),
    };
    let month = |d: Date| MOIS[usize::from(d.month().unsigned_abs()) - 1];
    let end = format!("{} {} {}", day(au), month(au), au.year());
    if du == au {
        format!("le {end}")
    } else if du.year() != au.year() {
        format!("du {} {} {} au {end}", day(du), month(du), du.year())
    } else if du.month() != au.month() {
        format!("du {} {} au {end}", day(du), month(du))
    } else {
        format!("du {} au {end}", day(du))
    }
}

/// A session named by its month, « 2026-06 », as one says it: « juin 2026 »; any other name as it is.
pub(crate) fn nom_de_session(id: &str) -> String {
    let month = id.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2);
    let said = month.and_then(|(year, month)| {
        let (year, month): (u16, usize) = (year.parse().ok()?, month.parse().ok()?);
        Some(format!("{} {year}", MOIS.get(month.checked_sub(1)?)?))
    });
    said.unwrap_or_else(|| id.to_owned())
}

/// A small number in letters, as forms write it; digits above ten.
pub(crate) fn en_lettres(n: usize) -> String {
    const LETTRES: [&str; 11] = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"];
    LETTRES.get(n).map_or_else(|| n.to_string(), |&l| l.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_said_by_its_month() {
        for (id, said) in
            [("2026-06", "juin 2026"), ("2026-13", "2026-13"), ("printemps", "printemps"), ("26-6", "26-6")]
        {
            assert_eq!(nom_de_session(id), said);
        }
    }

    #[test]
    fn spaces_and_apostrophes_are_french() {
        assert_eq!(
            typographier("L'échelle « acquis » : d'accord ? 'x' 5' rendez-vous:"),
            "L’échelle «\u{202F}acquis\u{202F}»\u{202F}: d’accord\u{202F}? 'x' 5' rendez-vous:"
        );
    }

    #[test]
    fn only_long_words_are_cut_and_no_letter_is_lost() {
        assert_eq!(couper("le bloc"), "le bloc");
        let cut = couper("l’organisation réglementaire");
        assert!(cut.contains(SOFT_HYPHEN));
        assert_eq!(cut.replace(SOFT_HYPHEN, ""), "l’organisation réglementaire");
    }

    #[test]
    fn periods_say_no_more_than_needed() {
        let day = |y, m, d| Date::new(y, m, d).unwrap();
        assert_eq!(periode(day(2026, 3, 2), day(2026, 3, 6)), "du 2 au 6 mars 2026");
        assert_eq!(periode(day(2026, 3, 30), day(2026, 4, 1)), "du 30 mars au 1er avril 2026");
        assert_eq!(periode(day(2026, 12, 1), day(2026, 12, 1)), "le 1er décembre 2026");
        assert_eq!(periode(day(2026, 12, 30), day(2027, 1, 2)), "du 30 décembre 2026 au 2 janvier 2027");
    }
}
