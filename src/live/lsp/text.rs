//! Places as editors count them (lines, and columns in UTF-16 units), and files as they name them.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::ground::source::{line_start, lines_at};

/// A text, by how the editor names its file.
#[derive(Deserialize)]
pub(crate) struct Document {
    pub uri: String,
}

/// A place, from 0.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    pub line: u32,
    pub character: u32,
}

/// From a place to the one behind the last.
#[derive(Debug, Default, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Range {
    pub start: Position,
    pub end: Position,
}

/// The byte offset of a place; the nearest one if there is no such place.
pub(crate) fn offset(text: &str, position: Position) -> usize {
    let Some((start, line)) = lines_at(text).nth(position.line as usize) else { return text.len() };
    let line = line.trim_end_matches('\n');
    let mut units = 0;
    let found = line.char_indices().find(|(_, c)| {
        let before = units;
        units += c.len_utf16();
        before >= position.character as usize
    });
    start + found.map_or(line.len(), |(at, _)| at)
}

/// The place of a byte offset.
pub(crate) fn position(text: &str, offset: usize) -> Position {
    let before = &text[..text.floor_char_boundary(offset)];
    place(before.matches('\n').count(), &before[line_start(text, before.len())..])
}

/// The place behind a part of a line, from its start.
pub(crate) fn place(line: usize, before: &str) -> Position {
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Position { line: small(line), character: small(before.chars().map(char::len_utf16).sum()) }
}

pub(crate) fn range(text: &str, bytes: std::ops::Range<usize>) -> Range {
    Range { start: position(text, bytes.start), end: position(text, bytes.end) }
}

/// A text to write over a range.
pub(crate) fn edit(range: Range, text: &str) -> Value {
    json!({ "range": range, "newText": text })
}

/// One kind of line ends and no mark, as [`crate::sources::load`] reads files: then all places agree.
pub(crate) fn plain(text: &str) -> String {
    text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n")
}

/// The path of a `file:` address.
pub(crate) fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let path = &rest[rest.find('/')?..];
    let decoded = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    // file:///C:/…
    let drive = decoded.as_bytes().get(2) == Some(&b':') && decoded.as_bytes()[1].is_ascii_alphabetic();
    Some(PathBuf::from(if drive && cfg!(windows) { &decoded[1..] } else { decoded.as_str() }))
}

const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b':');

/// The `file:` address of a path.
pub(crate) fn uri(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}", utf8_percent_encode(&path, PATH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_utf16_and_go_both_ways() {
        let text = "é😀a\nb";
        let at = text.find('a').unwrap();
        let place = |line, character| Position { line, character };
        assert_eq!(position(text, at), place(0, 3));
        assert_eq!(offset(text, place(0, 3)), at);
        assert_eq!(offset(text, place(0, 99)), at + 1);
        assert_eq!(offset(text, place(9, 9)), text.len());
        assert_eq!(offset(text, place(0, 2)), at, "in the middle of a character");
    }

    #[test]
    fn addresses_go_both_ways() {
        let file = Path::new("/a b/é#1/c.md");
        assert_eq!(uri(file), "file:///a%20b/%C3%A9%231/c.md");
        assert_eq!(path(&uri(file)).as_deref(), Some(file));
        assert_eq!(path("untitled:Untitled-1"), None);
    }
}
