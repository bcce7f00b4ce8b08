//! Edits of a text: bytes, and what is written in their place.

use std::ops::Range;

use crate::sources::parse::copy::Copy;

pub(crate) type Edits = Vec<(Range<usize>, String)>;

/// The text with its edits, which are apart from each other.
pub(crate) fn replaced(text: &str, mut edits: Edits) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    Copy::but(text, 0..text.len(), edits.iter().map(|(range, new)| (range.clone(), new.as_str()))).text
}
