//! Blanks that nobody sees: at the ends of lines and of the text.

use std::ops::Range;

use crate::ground::source::lines_at;
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, Style, spelling};

/// Front matter without blanks at the ends of lines. Those within a text of several lines are part of it.
pub(crate) fn front(text: &str) -> String {
    let Some(piece) = spelling(text) else { return text.to_owned() };
    let is_block = |kind: &PieceKind| matches!(kind, PieceKind::Scalar { style: Style::Block, .. });
    let scalars = piece.scalars().into_iter();
    let long = scalars.filter(|Piece { kind, at, .. }| is_block(kind) || text[at.clone()].contains('\n'));
    let last_line = |end: usize| text[end..].find('\n').map_or(text.len(), |line| end + line + 1);
    let kept: Vec<Range<usize>> = long.map(|Piece { at, .. }| at.start..last_line(at.end)).collect();
    let out = trimmed(text, |at| kept.iter().any(|range| range.contains(&at)));
    if kept.last().is_some_and(|last| last.end >= text.trim_end().len()) { out } else { end(&out) }
}

/// The text without blanks at the ends of its lines, those that `keep` their place aside (the byte after them).
pub(crate) fn trimmed(text: &str, keep: impl Fn(usize) -> bool) -> String {
    let line = |(start, line)| {
        let words = str::trim_end_matches(line, '\n');
        let visible = match words.trim() {
            _ if keep(start + words.len()) => words,
            // A line of any blanks is read as an empty one; behind words others than these may be meant.
            "" => "",
            _ => words.trim_end_matches([' ', '\t']),
        };
        [visible, &line[words.len()..]]
    };
    lines_at(text).flat_map(line).collect()
}

/// The text with one line end at its end; nothing if there is nothing but blanks.
pub(crate) fn end(text: &str) -> String {
    let last = text.trim_end().len();
    let line = text[last..].split('\n').next().map_or(0, str::len);
    let visible = text[..last + line].trim_end_matches([' ', '\t']);
    if visible.is_empty() { String::new() } else { format!("{visible}\n") }
}
