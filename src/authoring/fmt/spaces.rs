//! Blanks that nobody sees: at the ends of lines and of the text.

use crate::ground::source::{line_end, lines_at};
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, Style, spelling};

/// Front matter without blanks at the ends of lines. Those within a text of several lines are part of it.
pub(crate) fn front(text: &str) -> String {
    let Some(piece) = spelling(text) else { return text.to_owned() };
    let is_long = |Piece { kind, at, .. }: &&Piece| {
        matches!(kind, PieceKind::Scalar { style: Style::Block, .. }) || text[at.clone()].contains('\n')
    };
    let long = piece.scalars().into_iter().filter(is_long);
    let kept: Vec<_> = long.map(|Piece { at, .. }| at.start..=line_end(text, at.end)).collect();
    let out = trimmed(text, |at| kept.iter().any(|range| range.contains(&at)));
    if kept.last().is_some_and(|last| *last.end() >= text.trim_end().len()) { out } else { end(&out) }
}

/// The text without blanks at the ends of its lines, those that `keep` their place aside.
pub(crate) fn trimmed(text: &str, keep: impl Fn(usize) -> bool) -> String {
    let line = |(start, line)| {
        let words = str::trim_end_matches(line, '\n');
        // A line of any blanks is read as an empty one; behind words others than these may be meant.
        let visible = if words.trim().is_empty() { "" } else { words.trim_end_matches([' ', '\t']) };
        let kept = visible != words && keep(start + words.len());
        [if kept { words } else { visible }, &line[words.len()..]]
    };
    lines_at(text).flat_map(line).collect()
}

/// The text with one line end at its end; nothing if there is nothing but blanks.
pub(crate) fn end(text: &str) -> String {
    let visible = text[..line_end(text, text.trim_end().len())].trim_end_matches([' ', '\t']);
    if visible.is_empty() { String::new() } else { format!("{visible}\n") }
}
