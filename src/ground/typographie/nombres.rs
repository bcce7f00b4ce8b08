//! Ordinals and dates within a text: « 1er » is set with a raised ending, « 12 mars 2026 » on one line. The text stays as
//! it is written; what markup that takes is left to those who make HTML.

use std::ops::Range;

use super::MOIS;
use crate::ground::fold::letters;
use crate::ground::source::{offset_of, place_of};

/// A part of a text. The texts of all parts, in order, are the text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    Text(&'a str),
    /// The ending of an ordinal.
    Raised(&'a str),
    /// What follows, up to its end, stays on one line.
    DateStart,
    DateEnd,
}

/// The parts of a text.
pub(crate) fn parts(text: &str) -> Vec<Part<'_>> {
    // Most texts have neither.
    if !text.bytes().any(|b| b.is_ascii_digit() || matches!(b, b'I' | b'V' | b'X')) {
        return vec![Part::Text(text)];
    }
    // What comes between words, each with the bytes that it takes. A date begins before the ending of its day.
    let mut marks: Vec<(Range<usize>, Part)> = Vec::new();
    marks.extend(dates(text).flat_map(|at| [(at.start..at.start, Part::DateStart), (at.end..at.end, Part::DateEnd)]));
    marks.extend(endings(text).map(|at| (at.clone(), Part::Raised(&text[at]))));
    marks.sort_by_key(|(at, _)| at.start);
    marks.push((text.len()..text.len(), Part::Text("")));
    let mut at = 0;
    let parts = marks.into_iter().flat_map(|(range, mark)| {
        let before = Part::Text(&text[at..range.start]);
        at = range.end;
        [before, mark]
    });
    parts.filter(|part| *part != Part::Text("")).collect()
}

/// Where the ending of each ordinal stands: « 1er », « 2e », « XIXe ».
fn endings(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split(|c: char| !c.is_alphanumeric()).filter_map(|word| {
        let number = number(word)?;
        let Range { start, end } = place_of(word, text);
        // Addresses, paths and the like are no text.
        let before = text[..start].chars().next_back();
        let mut after = text[end..].chars();
        let next = after.next();
        let technical = |c: Option<char>| matches!(c, Some('/' | '_' | '@' | '#' | '=' | '&' | '\\'));
        let file = before == Some('.') || next == Some('.') && after.next().is_some_and(char::is_alphanumeric);
        (!technical(before) && !technical(next) && !file).then_some(start + number..end)
    })
}

/// How long the number of an ordinal is.
fn number(word: &str) -> Option<usize> {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let roman = word.len() - word.trim_start_matches(['I', 'V', 'X']).len();
    let (number, ending) = word.split_at(digits.max(roman));
    let known: &[&str] = match number {
        "" => &[],
        "1" => &["er", "ers", "re", "res", "ère", "ères"],
        "I" => &["er", "re"],
        "2" => &["e", "es", "ème", "èmes", "nd", "nds", "nde", "ndes"],
        _ => &["e", "es", "ème", "èmes"],
    };
    known.contains(&ending).then_some(number.len())
}

/// The dates: a day and its month, a month and its year, or all three.
fn dates(text: &str) -> impl Iterator<Item = Range<usize>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..words.len()).filter_map(move |i| {
        let month = words[i].trim_end_matches(|c: char| !c.is_alphanumeric());
        let plain = letters(month);
        if !MOIS.iter().any(|name| letters(name) == plain) {
            return None;
        }
        let day = i.checked_sub(1).and_then(|before| day(words[before]));
        let year = words.get(i + 1).filter(|_| month == words[i]).and_then(|next| year(next));
        let first = day.or(year.map(|_| month))?;
        Some(offset_of(first, text)..place_of(year.unwrap_or(month), text).end)
    })
}

/// The day that a word ends with.
fn day(word: &str) -> Option<&str> {
    let before = word.trim_end_matches(|c: char| c.is_alphanumeric());
    let day = &word[before.len()..];
    let number: u8 = day.strip_suffix("er").filter(|n| *n == "1").unwrap_or(day).parse().ok()?;
    let part = before.ends_with(['.', ',', ':', '/', '_']);
    ((1..=31).contains(&number) && day.len() <= 3 && !part).then_some(day)
}

/// The year that a word begins with.
fn year(word: &str) -> Option<&str> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 4 && !word[digits..].starts_with(char::is_alphanumeric)).then(|| &word[..digits])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Raised endings as ^er^, dates as [1 mars].
    fn shown(text: &str) -> String {
        let shown = parts(text).into_iter().map(|part| match part {
            Part::Text(text) => text.to_owned(),
            Part::Raised(text) => format!("^{text}^"),
            Part::DateStart => "[".to_owned(),
            Part::DateEnd => "]".to_owned(),
        });
        shown.collect()
    }

    #[test]
    fn ordinals_have_a_raised_ending() {
        for (text, expected) in [
            ("Le 1er groupe, la 1re, les 2es (3e).", "Le 1^er^ groupe, la 1^re^, les 2^es^ (3^e^)."),
            ("au XIXe siècle, XVIIIe-XIXe, Ier", "au XIX^e^ siècle, XVIII^e^-XIX^e^, I^er^"),
            ("la 2ème, la 1ère, le 2nd, 100e", "la 2^ème^, la 1^ère^, le 2^nd^, 100^e^"),
            ("l’été 1er", "l’été 1^er^"),
            ("21er, 1e3, 3e8, A1er, 5er, Le, Ie", "21er, 1e3, 3e8, A1er, 5er, Le, Ie"),
            ("https://x.fr/2e, 2e@x.fr, plan.2e, 2e.html, v_2e", "https://x.fr/2e, 2e@x.fr, plan.2e, 2e.html, v_2e"),
            ("La VIE, le CV, VI, 12", "La VIE, le CV, VI, 12"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn dates_stay_on_one_line() {
        for (text, expected) in [
            ("du 30 mars au 1er avril 2026.", "du [30 mars] au [1^er^ avril 2026]."),
            ("(12 mars 2026), le 3 Août, en juin\n2027", "([12 mars 2026]), le [3 Août], en [juin\n2027]"),
            ("12-13\u{A0}mai 2026", "12-[13\u{A0}mai 2026]"),
            ("le 5 sep\u{AD}tem\u{AD}bre 2026", "le [5 sep\u{AD}tem\u{AD}bre 2026]"),
            ("en mars, 2026 places ; 45 mars ; 3,5 mai", "en mars, 2026 places ; 45 mars ; 3,5 mai"),
            ("mars 20261, avril 2026e", "mars 20261, avril 2026^e^"),
            ("", ""),
        ] {
            assert_eq!(shown(text), expected);
        }
    }
}
