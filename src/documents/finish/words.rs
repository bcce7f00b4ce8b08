//! Words that are cut at the end of a line. Chrome draws a hyphen there that is in no text, and what listens or copies
//! would have two halves with a hyphen between: here the first half carries the whole word (`ActualText`), the hyphen and
//! the rest nothing. The bytes of a content stay as they are; marks are put between them.

use std::ops::Range;
use std::rc::Rc;

use lopdf::Document;
use memchr::memmem;

use super::contents::Contents;
use super::drawn::drawings;
use super::fonts::{Font, Fonts};
use super::metadata::text;
use super::tokens::{Tokens, is_operator};
use super::written;

/// The mark of a place where a word may be cut, as Chrome writes it.
const CUT: &str = "\u{ad}";

/// Gives the words of all pages their whole text.
pub(super) fn join(document: &Document, contents: &mut Contents, fonts: &mut Fonts) {
    for drawing in document.page_iter().flat_map(|page| drawings(document, page)) {
        for id in drawing.streams {
            // Hardly any page has one.
            let content = contents.get(id).filter(|content| memmem::find(content, b"FEFF00AD").is_some());
            let font = |name: &[u8]| fonts.named(document, drawing.resources, name);
            if let Some(joined) = content.and_then(|content| joined(content, font)) {
                contents.replace(id, joined);
            }
        }
    }
}

/// A sign as it is drawn, or several that have one text already.
struct Sign {
    text: String,
    /// Where a mark before it goes, and one after it.
    from: usize,
    to: usize,
    /// Whether these places are inside of a string, which has to be closed there.
    inside: (bool, bool),
    /// The marks that give it its text, which have no place in a mark of ours: programs read the inner one.
    own: [Range<usize>; 2],
}

/// What is drawn between `BT` and `ET`: mostly what of a text stands on one line.
struct Line {
    /// The part of the structure that it belongs to.
    part: usize,
    signs: Vec<Sign>,
}

/// The content with marks; `None` if it has no such word, or is not understood.
fn joined(content: &[u8], font_of: impl FnMut(&[u8]) -> Option<Rc<Font>>) -> Option<Vec<u8>> {
    let lines = lines(content, font_of)?;
    let mut marks: Vec<(Range<usize>, Vec<u8>)> = Vec::new();
    let mut next = 0;
    while next < lines.len() {
        let first = next;
        next += 1;
        // The word's parts: of the first line, of those that it fills, of the last.
        let mut last = first;
        while is_cut(&lines[last..]) && (last == first || !lines[last].signs.iter().any(is_space)) {
            last += 2;
        }
        if last == first {
            continue;
        }
        next = last;
        let begin = lines[first].signs.iter().rposition(is_space).map_or(0, |at| at + 1);
        let end = lines[last].signs.iter().position(is_space).unwrap_or(lines[last].signs.len());
        let parts: Vec<&[Sign]> = (first..=last)
            .map(|n| match n {
                n if n == first => &lines[n].signs[begin..],
                n if n == last => &lines[n].signs[..end],
                n => &lines[n].signs[..],
            })
            .collect();
        let whole: String =
            parts.iter().step_by(2).flat_map(|part| part.iter()).map(|sign| sign.text.as_str()).collect();
        let mut words = vec![whole.replace(CUT, "")];
        words.resize(parts.len(), String::new());
        for (part, word) in parts.iter().zip(&words) {
            let (Some(one), Some(other)) = (part.first(), part.last()) else { continue };
            marks.push((one.from..one.from, opening(word, one.inside.0)?));
            marks.extend(part.iter().flat_map(|sign| sign.own.clone()).map(|own| (own, Vec::new())));
            let end = if other.inside.1 { b"> Tj EMC <".to_vec() } else { b" EMC".to_vec() };
            marks.push((other.to..other.to, end));
        }
    }
    if marks.is_empty() {
        return None;
    }
    let (mut marked, mut kept) = (Vec::with_capacity(content.len() + 64 * marks.len()), 0);
    for (place, mark) in marks.into_iter().filter(|(place, mark)| !place.is_empty() || !mark.is_empty()) {
        marked.extend_from_slice(content.get(kept..place.start)?);
        marked.extend(mark);
        kept = place.end;
    }
    marked.extend_from_slice(&content[kept..]);
    Some(marked)
}

fn opening(word: &str, inside: bool) -> Option<Vec<u8>> {
    let value = written::bytes(&text(word)).ok()?;
    let (close, open) = if inside { ("> Tj ", "<") } else { ("", "") };
    Some([close.as_bytes(), b"/Span<</ActualText ", &value, b">> BDC ", open.as_bytes()].concat())
}

/// Whether the first line ends with a cut, the second is a hyphen alone, and the third goes on, all in one part.
fn is_cut(lines: &[Line]) -> bool {
    let [one, hyphen, rest, ..] = lines else { return false };
    one.signs.last().is_some_and(|sign| sign.text == CUT)
        && matches!(&hyphen.signs[..], [sign] if ["-", "\u{2010}"].contains(&sign.text.as_str()))
        && !rest.signs.is_empty()
        && one.part == hyphen.part
        && one.part == rest.part
}

fn is_space(sign: &Sign) -> bool {
    sign.text.contains(char::is_whitespace)
}

/// The lines of a content with their signs.
fn lines(content: &[u8], mut font_of: impl FnMut(&[u8]) -> Option<Rc<Font>>) -> Option<Vec<Line>> {
    let (mut lines, mut signs): (Vec<Line>, Vec<Sign>) = (Vec::new(), Vec::new());
    // What is open: the text of what stands for its signs, and where that began; `None` for other marks.
    let mut open: Vec<Option<(String, Range<usize>)>> = Vec::new();
    let (mut part, mut font) = (0, None);
    let mut operands: Vec<(usize, &[u8])> = Vec::new();
    let mut tokens = Tokens::of(content);
    while let Some((start, token)) = tokens.next()? {
        if !is_operator(token) {
            operands.push((start, token));
            continue;
        }
        let given = std::mem::take(&mut operands);
        match token {
            b"Tf" => font = given.iter().find_map(|(_, name)| font_of(name.strip_prefix(b"/")?)),
            b"BDC" | b"BMC" => {
                let key = given.iter().position(|(_, token)| *token == b"/ActualText");
                let actual = key.and_then(|key| actual(given.get(key + 1)?.1));
                part += usize::from(actual.is_none());
                open.push(actual.zip(given.first().map(|(start, _)| *start..tokens.at())));
            }
            b"EMC" => {
                if let Some((text, mark)) = open.pop()? {
                    let (from, end) = (mark.start, start..tokens.at());
                    signs.push(Sign { text, from, to: end.end, inside: (false, false), own: [mark, end] });
                } else {
                    part += 1;
                }
            }
            b"Tj" if open.iter().all(Option::is_none) => {
                let (at, string) = *given.last()?;
                signs.extend(shown(font.as_deref()?, string, at, tokens.at())?);
            }
            b"ET" => lines.push(Line { part, signs: std::mem::take(&mut signs) }),
            b"TJ" | b"'" | b"\"" => return None,
            _ => {}
        }
    }
    Some(lines)
}

/// The signs of a string, shown by the operator that ends at `end`.
fn shown(font: &Font, string: &[u8], at: usize, end: usize) -> Option<Vec<Sign>> {
    let digits = string.strip_prefix(b"<")?.strip_suffix(b">")?;
    let (size, count) = (font.digits(), digits.len() / font.digits());
    let sign = |(n, code): (usize, &[u8])| {
        let code = u16::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok()?;
        let (first, last) = (n == 0, n + 1 == count);
        Some(Sign {
            text: font.text(code),
            from: if first { at } else { at + 1 + n * size },
            to: if last { end } else { at + 1 + (n + 1) * size },
            inside: (!first, !last),
            own: [0..0, 0..0],
        })
    };
    digits.chunks_exact(size).enumerate().map(sign).collect()
}

/// The text that a string in a content means.
fn actual(string: &[u8]) -> Option<String> {
    if let Some(digits) = string.strip_prefix(b"<") {
        let digits = std::str::from_utf8(digits.strip_suffix(b">")?).ok()?.strip_prefix("FEFF")?;
        let units = (0..digits.len() / 4).map(|n| u16::from_str_radix(digits.get(4 * n..4 * n + 4)?, 16).ok());
        return String::from_utf16(&units.collect::<Option<Vec<u16>>>()?).ok();
    }
    let plain = string.strip_prefix(b"(")?.strip_suffix(b")")?;
    (!plain.contains(&b'\\')).then(|| plain.iter().map(|byte| char::from(*byte)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHY: &str = "/Span<</ActualText <FEFF00AD> >> BDC <0002> Tj EMC";

    /// With a font whose codes are the numbers of characters.
    fn marked(content: &str) -> Option<String> {
        let font = Rc::new(Font::of_ascii());
        let joined = joined(content.as_bytes(), |_| Some(font.clone()))?;
        Some(String::from_utf8(joined).unwrap())
    }

    fn hex(text: &str) -> String {
        text.bytes().map(|byte| format!("{byte:04X}")).collect()
    }

    #[test]
    fn a_word_on_two_lines_is_whole_on_the_first() {
        let [a, hyphen, b] = ["a mo", "-", "tif b"].map(hex);
        let content = format!("/P<</MCID 0>>BDC BT /F1 9 Tf <{a}> Tj {SHY} ET BT <{hyphen}> Tj ET BT <{b}> Tj ET EMC");
        let [a, mo, tif, b] = ["a ", "mo", "tif", " b"].map(hex);
        let expected = format!(
            "/P<</MCID 0>>BDC BT /F1 9 Tf <{a}> Tj /Span<</ActualText (motif)>> BDC <{mo}> Tj  <0002> Tj  EMC ET \
             BT /Span<</ActualText ()>> BDC <{hyphen}> Tj EMC ET \
             BT /Span<</ActualText ()>> BDC <{tif}> Tj EMC <{b}> Tj ET EMC"
        );
        assert_eq!(marked(&content).as_deref(), Some(expected.as_str()));
    }

    #[test]
    fn a_word_on_three_lines_is_whole_on_the_first() {
        let [a, hyphen, b, c] = ["par", "-", "ti", "cipe"].map(hex);
        let content = format!(
            "BT /F1 9 Tf <{a}> Tj {SHY} ET BT <{hyphen}> Tj ET BT <{b}> Tj {SHY} ET BT <{hyphen}> Tj ET BT <{c}> Tj ET"
        );
        let marked = marked(&content).unwrap();
        assert!(marked.contains("ActualText (participe)") && marked.matches("ActualText ()").count() == 4, "{marked}");
    }

    #[test]
    fn what_is_not_cut_stays() {
        let [a, hyphen, b] = ["a", "-", "b"].map(hex);
        for content in [
            format!("BT /F1 9 Tf <{a}> Tj ET BT <{hyphen}> Tj ET BT <{b}> Tj ET"),
            format!("BT /F1 9 Tf <{a}> Tj {SHY} <{b}> Tj ET"),
            format!("BT /F1 9 Tf <{a}> Tj {SHY} ET BT <{hyphen}> Tj ET EMC BT <{b}> Tj ET"),
            format!("BT /F1 9 Tf <{a}> Tj {SHY} ET BT <{hyphen}> Tj ET /P<</MCID 1>>BDC BT <{b}> Tj ET EMC"),
            "BT (".to_owned(),
        ] {
            assert_eq!(marked(&content), None, "{content}");
        }
    }
}
