//! Blanks that nobody sees: at the ends of lines and of the text.

use std::collections::BTreeSet;
use std::ops::Range;

use super::change::Change;
use crate::ground::source::lines_at;
use crate::sources::parse::yaml::spelling::{PieceKind, Style, spelling};

/// Front matter without blanks at the ends of lines. Those within a text of several lines are part of it.
pub(crate) fn front(text: &str, changes: &mut BTreeSet<Change>) -> String {
    let Some(piece) = spelling(text) else { return text.to_owned() };
    let is_long = |style, written: &str| style == Style::Block || written.contains('\n');
    let long = piece.scalars().into_iter().filter_map(|scalar| match &scalar.kind {
        PieceKind::Scalar { style, .. } if is_long(*style, &text[scalar.at.clone()]) => Some(&scalar.at),
        _ => None,
    });
    // To the end of their last lines.
    let kept: Vec<Range<usize>> =
        long.map(|at| at.start..text[at.end..].find('\n').map_or(text.len(), |end| at.end + end + 1)).collect();
    let mut out = trimmed(text, |at| kept.iter().any(|range| range.contains(&at)));
    if !matches!(kept.last(), Some(last) if last.end >= text.trim_end().len()) {
        out = end(&out);
    }
    note(text, &out, changes);
    out
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

pub(crate) fn note(before: &str, after: &str, changes: &mut BTreeSet<Change>) {
    if before != after {
        changes.insert(Change::Blanks);
    }
}
