//! What a line begins with: the mark of a list, of one that is none, of a title, a rule.

use crate::ground::typographie::sans_encre;

/// The mark of an item: a dash, star or plus, or a number, and a blank of any kind.
pub(crate) struct Marker {
    /// Of the mark itself, without the blank.
    pub len: usize,
    /// Of the blanks behind it.
    pub blanks: usize,
    pub number: Option<u64>,
}

/// Numbers above are years and the like.
const HIGHEST: u64 = 999;

pub(crate) fn marker(text: &str) -> Option<Marker> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = text[..digits].parse().ok().filter(|_| text[digits..].starts_with(['.', ')']));
    if number.is_none() && !text.starts_with(['-', '*', '+']) {
        return None;
    }
    let len = if number.is_some() { digits + 1 } else { 1 };
    let blanks = text.len() - len - text[len..].trim_start_matches(sans_encre).len();
    let ends = blanks > 0 || text.len() == len;
    (ends && number.is_none_or(|number| number <= HIGHEST)).then_some(Marker { len, blanks, number })
}

/// The sign that a line is made of, three times or more: a rule.
pub(crate) fn rule(text: &str) -> Option<char> {
    let sign = text.chars().next().filter(|sign| matches!(sign, '-' | '*' | '_'))?;
    let only = text.chars().all(|c| c == sign || matches!(c, ' ' | '\t'));
    (only && text.chars().filter(|c| *c == sign).count() > 2).then_some(sign)
}

/// Whether this line makes a title of the one above.
pub(crate) fn underline(text: &str) -> bool {
    let line = text.trim_end_matches([' ', '\t']);
    ['-', '='].iter().any(|sign| !line.is_empty() && line.chars().all(|c| c == *sign))
}

/// Hashes that a line begins with, whether they make a title or were meant to.
pub(crate) struct Hashes<'a> {
    /// Backslashes before them.
    pub escaped: bool,
    pub count: usize,
    /// Whether they are those of the keyboard.
    pub plain: bool,
    /// What is between them and the title.
    pub blank: &'a str,
    pub title: &'a str,
}

pub(crate) fn hashes(text: &str) -> Option<Hashes<'_>> {
    let visible = text.trim_start_matches('\\');
    let rest = visible.trim_start_matches(|c: char| matches!(c, '#' | '＃') || (sans_encre(c) && !c.is_whitespace()));
    let signs = &visible[..visible.len() - rest.len()];
    let count = signs.chars().filter(|c| matches!(c, '#' | '＃')).count();
    let title = rest.trim_start_matches(sans_encre);
    let blank = &rest[..rest.len() - title.len()];
    let (escaped, plain, title) =
        (visible.len() < text.len(), signs.len() == count, title.trim_end_matches(sans_encre));
    (count > 0).then_some(Hashes { escaped, count, plain, blank, title })
}

/// A sign that looks like the mark of a list and makes none.
pub(crate) struct Lookalike {
    /// Lines that have the same belong together.
    pub sign: char,
    /// Whether one line is enough to be sure.
    pub sure: bool,
    /// Of what is to be replaced.
    pub len: usize,
    pub instead: String,
}

/// The bullets of word processors; the private signs are those of its symbol fonts.
fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '·' | '▪' | '■' | '□' | '◦' | '‣' | '➢' | '➤' | '✓' | '✔' | '●' | '○' | '◆' | '\u{F000}'..='\u{F0FF}'
    )
}

/// Signs that a sentence begins with, or that mean something here.
const ORDINARY: &str = "«»\"“”„'‘’([{*_`\\!<#|…&@§$€£/.,;:?%~^=+";

pub(crate) fn lookalike(text: &str) -> Option<Lookalike> {
    let sign = text.chars().next()?;
    let rest = &text[sign.len_utf8()..];
    let blank = rest.len() - rest.trim_start_matches(sans_encre).len();
    let next = rest[blank..].chars().next()?;
    let after = sign.len_utf8() + blank;
    let dash = |sure| Some(Lookalike { sign, sure, len: after, instead: "- ".to_owned() });
    match sign {
        '0'..='9' => enumerated(text),
        'o' | '§' if rest.starts_with('\t') => dash(true),
        // « a) »: the letter is printed.
        _ if sign.is_alphabetic() => {
            let letter = rest.starts_with(')') && rest[1..].starts_with(sans_encre) || is_roman(text);
            letter.then(|| Lookalike { sign: 'a', sure: false, len: 0, instead: "- ".to_owned() })
        }
        '-' => (blank == 0 && next.is_alphabetic()).then(|| dash(false))?,
        _ if is_bullet(sign) => dash(blank > 0),
        '–' | '—' if rest.starts_with('\t') => dash(true),
        _ if sign.is_alphanumeric() || ORDINARY.contains(sign) || next.is_numeric() && blank == 0 => None,
        _ => dash(false),
    }
}

/// « II. deux », « ii) deux ».
fn is_roman(text: &str) -> bool {
    let rest = text.trim_start_matches(['I', 'V', 'X']);
    let rest = if rest.len() == text.len() { text.trim_start_matches(['i', 'v', 'x']) } else { rest };
    let mark = rest.strip_prefix(['.', ')']);
    rest.len() < text.len() && mark.is_some_and(|rest| rest.starts_with(sans_encre))
}

/// « 1.un », « 1/ un », « 1° un ».
fn enumerated(text: &str) -> Option<Lookalike> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let mut chars = rest.chars();
    let (sign, next) = (chars.next()?, chars.next()?);
    let glued = matches!(sign, '.' | ')') && next.is_alphabetic();
    let other = matches!(sign, '/' | '°' | '-' | '–') && next.is_whitespace();
    if digits > 2 || !(glued || other) {
        return None;
    }
    let len = digits + sign.len_utf8();
    if glued {
        return Some(Lookalike { sign: '1', sure: false, len, instead: format!("{} ", &text[..len]) });
    }
    Some(Lookalike { sign, sure: false, len: 0, instead: "- ".to_owned() })
}
