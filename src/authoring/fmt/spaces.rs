//! Blanks that nobody sees: at the ends of lines and of the text.

use crate::ground::source::{line_end, lines_at};

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
