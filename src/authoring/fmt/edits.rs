//! Edits of a text: bytes, and what is written in their place.

use std::ops::Range;

pub(crate) type Edits = Vec<(Range<usize>, String)>;

/// The text with its edits, which are apart from each other.
pub(crate) fn replaced(text: &str, mut edits: Edits) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for (range, new) in edits {
        out.push_str(&text[at..range.start]);
        out.push_str(&new);
        at = range.end;
    }
    out + &text[at..]
}
