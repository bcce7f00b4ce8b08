//! Edits of a text: bytes, and what is written in their place.

use std::ops::Range;

use crate::sources::parse::copy::Copy;

pub(crate) type Edit = (Range<usize>, String);
pub(crate) type Edits = Vec<Edit>;

/// The text with its edits, which are apart from each other.
pub(crate) fn replaced(text: &str, mut edits: Edits) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    with(text, 0..text.len(), &edits)
}

/// A part of a text with those of some edits, in order, that are within it.
pub(crate) fn with(text: &str, part: Range<usize>, edits: &[Edit]) -> String {
    let within = edits.iter().filter(|(range, _)| part.start <= range.start && range.end <= part.end);
    Copy::but(text, part.clone(), within.map(|(range, new)| (range.clone(), new.as_str()))).text
}
