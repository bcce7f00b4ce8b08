//! Blanks that nobody sees: at the ends of lines and of the text.

use std::ops::Range;

use super::change::Change;
use super::lines::{replaced, starts};
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, Style, spelling};

/// Front matter without blanks at the ends of lines. Those within a text of several lines are part of it.
pub(crate) fn front(text: &str, changes: &mut Vec<Change>) -> String {
    let Some(piece) = spelling(text) else { return text.to_owned() };
    let mut kept = Vec::new();
    long_values(text, &piece, &mut kept);
    let mut out = trimmed(text, |at| kept.iter().any(|range| range.contains(&at)));
    if !matches!(kept.last(), Some(last) if last.end >= text.trim_end().len()) {
        out = end(&out);
    }
    note(text, &out, changes);
    out
}

/// The bytes of values that have several lines, to the end of the last.
fn long_values(text: &str, piece: &Piece, kept: &mut Vec<Range<usize>>) {
    match &piece.kind {
        PieceKind::Scalar { style, .. } => {
            let written = &text[piece.at.clone()];
            if *style == Style::Block || written.contains('\n') {
                let end = text[piece.at.end..].find('\n').map_or(text.len(), |at| piece.at.end + at + 1);
                kept.push(piece.at.start..end);
            }
        }
        PieceKind::List { items, .. } => items.iter().for_each(|item| long_values(text, item, kept)),
        PieceKind::Map { entries, .. } => entries.iter().for_each(|(key, value)| {
            long_values(text, key, kept);
            long_values(text, value, kept);
        }),
    }
}

/// The text without blanks at the ends of its lines, those that `keep` their place aside (the byte after them).
pub(crate) fn trimmed(text: &str, keep: impl Fn(usize) -> bool) -> String {
    let edits: Vec<_> = starts(text)
        .into_iter()
        .filter_map(|start| {
            let line = text[start..].split('\n').next().unwrap_or_default();
            // A line of any blanks is read as an empty one; behind words others than these may be meant.
            let empty = line.chars().all(char::is_whitespace);
            let visible = if empty { "" } else { line.trim_end_matches([' ', '\t']) };
            let end = start + line.len();
            (visible.len() < line.len() && !keep(end)).then(|| (start + visible.len()..end, String::new()))
        })
        .collect();
    replaced(text, &edits)
}

/// The text with one line end at its end; nothing if there is nothing but blanks.
pub(crate) fn end(text: &str) -> String {
    let last = text.trim_end().len();
    let line = text[last..].split('\n').next().map_or(0, str::len);
    let visible = text[..last + line].trim_end_matches([' ', '\t']);
    if visible.is_empty() { String::new() } else { format!("{visible}\n") }
}

pub(crate) fn note(before: &str, after: &str, changes: &mut Vec<Change>) {
    if before != after {
        changes.push(Change::Blanks);
    }
}
