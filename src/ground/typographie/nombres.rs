//! Ordinals and dates within a text: « 1er » is set with a raised ending, « 12 mars 2026 » on one line. The text stays as
//! it is written; what markup that takes is left to those who make HTML.

use std::ops::Range;

use super::MOIS;
use crate::ground::fold::letters;

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
    let mut marks: Vec<(Range<usize>, bool)> = endings(text).into_iter().map(|at| (at, false)).collect();
    marks.extend(dates(text).into_iter().map(|at| (at, true)));
    // A date begins before the ending of its day.
    marks.sort_by_key(|(at, _)| at.start);
    let mut parts = Vec::new();
    let (mut at, mut date_end) = (0, usize::MAX);
    let push = |parts: &mut Vec<_>, from: usize, to: usize| {
        if from < to {
            parts.push(Part::Text(&text[from..to]));
        }
    };
    for (range, is_date) in marks {
        if date_end <= range.start {
            push(&mut parts, at, date_end);
            parts.push(Part::DateEnd);
            (at, date_end) = (date_end, usize::MAX);
        }
        push(&mut parts, at, range.start);
        at = range.start;
        if is_date {
            parts.push(Part::DateStart);
            date_end = range.end;
        } else {
            parts.push(Part::Raised(&text[range.clone()]));
            at = range.end;
        }
    }
    if date_end != usize::MAX {
        push(&mut parts, at, date_end);
        parts.push(Part::DateEnd);
        at = date_end;
    }
    push(&mut parts, at, text.len());
    parts
}

/// Where the ending of each ordinal stands: « 1er », « 2e », « XIXe ».
fn endings(text: &str) -> Vec<Range<usize>> {
    let part = |c: char| c.is_alphanumeric();
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|c| !part(c)) {
        let (start, word) = (at, word.trim_end_matches(|c| !part(c)));
        at += word.len();
        at += text[at..].chars().next().map_or(0, |c| if part(c) { 0 } else { c.len_utf8() });
        // Addresses, paths and the like are no text.
        let before = text[..start].chars().next_back();
        let mut after = text[start + word.len()..].chars();
        let next = after.next();
        let technical = |c: Option<char>| matches!(c, Some('/' | '_' | '@' | '#' | '=' | '&' | '\\'));
        let file = before == Some('.') || next == Some('.') && after.next().is_some_and(part);
        if let Some(number) = number(word).filter(|_| !technical(before) && !technical(next) && !file) {
            found.push(start + number..start + word.len());
        }
    }
    found
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
fn dates(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    for (i, at) in words.iter().enumerate() {
        let word = &text[at.clone()];
        let month = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let plain = letters(month);
        if !MOIS.iter().any(|name| letters(name) == plain) {
            continue;
        }
        let day = i.checked_sub(1).and_then(|before| day(text, words[before].clone()));
        let year = words.get(i + 1).filter(|_| month.len() == word.len()).and_then(|next| year(text, next.clone()));
        if day.is_some() || year.is_some() {
            found.push(day.unwrap_or(at.start)..year.unwrap_or(at.start + month.len()));
        }
    }
    found
}

/// Where the day begins that a word ends with.
fn day(text: &str, at: Range<usize>) -> Option<usize> {
    let word = &text[at.clone()];
    let before = word.trim_end_matches(|c: char| c.is_alphanumeric());
    let day = &word[before.len()..];
    let number: u8 = day.strip_suffix("er").filter(|n| *n == "1").unwrap_or(day).parse().ok()?;
    let part = before.ends_with(['.', ',', ':', '/', '_']);
    ((1..=31).contains(&number) && day.len() <= 3 && !part).then_some(at.start + before.len())
}

/// Where the year ends that a word begins with.
fn year(text: &str, at: Range<usize>) -> Option<usize> {
    let word = &text[at.clone()];
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 4 && !word[digits..].starts_with(char::is_alphanumeric)).then_some(at.start + digits)
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
