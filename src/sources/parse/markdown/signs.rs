//! The signs within a line. Emphasis around words, links and pictures are meant; every other sign of Markdown is made
//! text: code, HTML, entities, stars in the middle of a word, a path's backslashes.

use std::ops::Range;

use super::slips::{Slip, SlipKind};
use crate::ground::typographie::sans_encre;
use crate::sources::parse::copy::Copy;

/// The first bytes of what is looked at.
const SIGNS: &[u8] = b"`<&*\\[]!";

/// Copies a piece of a line so that it is read as what it was meant to be.
pub(crate) fn copy(body: &str, range: Range<usize>, out: &mut Copy, slips: &mut Vec<Slip>) {
    let mut at = range.start;
    let mut path = Path { end: at, found: false };
    while let Some(words) = body.as_bytes()[at..range.end].iter().position(|byte| SIGNS.contains(byte)) {
        out.copy(body, at..at + words);
        at += words;
        let rest = &body[at + 1..range.end];
        let following = rest.chars().next();
        let mut end = at + 1;
        match body.as_bytes()[at] {
            b'`' => out.insert("\\", at),
            sign @ (b'<' | b'&') if following.is_some_and(|c| follows_html(sign, c)) => {
                say_html(at, &body[range.clone()], range.start, slips);
                out.insert("\\", at);
            }
            b'*' => {
                end += rest.len() - rest.trim_start_matches('*').len();
                if within_a_word(body[..at].chars().next_back(), end - at, body[end..range.end].chars().next()) {
                    (at..end).for_each(|star| {
                        out.insert("\\", star);
                        out.copy(body, star..star + 1);
                    });
                    at = end;
                    continue;
                }
            }
            b'\\' => match following {
                Some('*' | '_' | '[' | ']' | '|') if !body[..at].ends_with('\\') && !path.holds(body, at, &range) => {
                    end += 1;
                }
                _ => out.insert("\\", at),
            },
            b'[' if rest.starts_with('^') => {
                let label = rest[1..].find(|c: char| matches!(c, '[' | ']') || sans_encre(c));
                let note = label.filter(|len| *len > 0 && rest[1 + len..].starts_with(']'));
                slips.extend(note.map(|len| Slip::new(SlipKind::Note, at..at + len + 3)));
            }
            // A path between « < > » is none of the text.
            b']' if path_in_brackets(rest) => end += 2,
            b'!' if following == Some('[') => {
                if let Some(picture) = picture(&body[at..range.end]) {
                    out.copy(body, at..at + 2);
                    copy(body, at + 2..at + picture.start, out, slips);
                    out.copy(body, at + picture.start..at + picture.start + 2);
                    out.insert("<", at + picture.start + 2);
                    out.copy(body, at + picture.start + 2..at + picture.end);
                    out.insert(">", at + picture.end);
                    at += picture.end;
                    continue;
                }
            }
            _ => {}
        }
        out.copy(body, at..end);
        at = end;
    }
    out.copy(body, at..range.end);
}

/// Whether a sign that HTML begins with may begin some before another one.
fn follows_html(sign: u8, next: char) -> bool {
    next.is_ascii_alphabetic() || if sign == b'<' { matches!(next, '/' | '!' | '?') } else { next == '#' }
}

/// `(<a path>)`, after the words of a link or a picture.
fn path_in_brackets(text: &str) -> bool {
    let Some(path) = text.strip_prefix("(<") else { return false };
    let Some(end) = path.find(['<', '>']) else { return false };
    path[end..].starts_with(">)") || path[end..].starts_with("> ")
}

/// « 2*3*4 », « étudiant*e*s »: no emphasis. Two stars between letters may be: « **A**ccueil ».
fn within_a_word(before: Option<char>, stars: usize, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let letters = before.is_alphanumeric() && after.is_alphanumeric();
    letters && (stars == 1 || (before.is_numeric() && after.is_numeric()))
}

/// Whether the word that was looked at last is a path of Windows.
struct Path {
    end: usize,
    found: bool,
}

impl Path {
    /// Whether the word at a byte is one.
    fn holds(&mut self, body: &str, at: usize, range: &Range<usize>) -> bool {
        if at >= self.end {
            let start = body[range.start..at].rfind(sans_encre).map_or(range.start, |blank| range.start + blank);
            self.end = body[at..range.end].find(sans_encre).map_or(range.end, |blank| at + blank);
            let word = body[start..self.end].trim_start_matches(sans_encre);
            self.found = word.starts_with("\\\\") || word.contains(":\\");
        }
        self.found
    }
}

/// Notes a piece of HTML, if it is one; tags of one line are said at once.
fn say_html(at: usize, line: &str, start: usize, slips: &mut Vec<Slip>) {
    let text = &line[at - start..];
    let last = slips.last_mut().filter(|slip| matches!(slip.kind, SlipKind::Html) && slip.at.start >= start);
    if last.as_ref().is_some_and(|slip| slip.at.end > at) {
        return;
    }
    let Some(len) = (if text.starts_with('<') { html(text) } else { entity(text) }) else { return };
    let comment = |at: usize| line[at - start..].starts_with("<!--");
    match last {
        Some(slip) if !comment(at) && !comment(slip.at.start) => slip.at.end = at + len,
        _ => slips.push(Slip::new(SlipKind::Html, at..at + len)),
    }
}

/// The length of a piece of HTML that a text starts with: a tag, or a comment as far as its line goes.
fn html(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return Some(text.find("-->").map_or(text.trim_end().len(), |end| end + 3));
    }
    let close = text[1..].find(['<', '>'])? + 1;
    let tag = text[..=close].strip_suffix('>').map(|_| &text[..=close])?;
    let name = tag[1..].trim_start_matches('/');
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?];
    // « <claire@exemple.fr> » and « <https://…> » are addresses.
    let address = tag.contains('@') || tag.contains("://") && !tag.contains(' ');
    (name.starts_with(|c: char| c.is_ascii_alphabetic()) && !address).then_some(tag.len())
}

/// The length of an entity that a text starts with: « &nbsp; », « &#8217; ».
fn entity(text: &str) -> Option<usize> {
    let name = text[1..].trim_start_matches('#');
    let len = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    (len > 1 && name[len..].starts_with(';')).then_some(text.len() - name.len() + len + 1)
}

/// Where the path of a picture stands whose name has spaces, its bracket and parenthesis (« ]( ») included.
fn picture(text: &str) -> Option<Range<usize>> {
    let start = text[2..].find(['[', ']'])? + 2;
    let path = text[start..].strip_prefix("](")?;
    let mut depth = 0;
    let end = path.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth < 0 || c == '['
    })?;
    let path = path[..end].trim();
    let titled = path.ends_with(['"', '\'']);
    let spaced = path.contains(char::is_whitespace) && !titled && !path.starts_with('<');
    (spaced && depth < 0).then_some(start..start + 2 + end)
}

/// A text without its HTML: what it says.
pub(crate) fn without_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = text[at..].find(['<', '&']).map(|found| at + found) {
        out.push_str(&text[at..found]);
        let rest = &text[found..];
        let len = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.find("-->").map_or(rest.len(), |end| end + 7)
        } else if rest.starts_with('<') {
            html(rest).unwrap_or(0)
        } else {
            entity(rest).unwrap_or(0)
        };
        if len == 0 {
            out.push_str(&rest[..1]);
        }
        at = found + len.max(1);
    }
    out.push_str(&text[at..]);
    out
}
