//! A text made of another one, piece by piece, that knows where each of its bytes comes from;
//! and edits of a text.

use std::ops::Range;

#[derive(Debug, Default)]
pub(crate) struct Copy {
    pub text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug)]
struct Piece {
    at: usize,
    from: usize,
    /// Whether its bytes stand in the original, or stand for what is there.
    copied: bool,
}

impl Copy {
    pub(crate) fn copy(&mut self, original: &str, range: Range<usize>) {
        let (at, from) = (self.text.len(), range.start);
        let goes_on = self.pieces.last().is_some_and(|last| last.copied && last.from + (at - last.at) == from);
        if !goes_on && !range.is_empty() {
            self.pieces.push(Piece { at, from, copied: true });
        }
        self.text.push_str(&original[range]);
    }

    /// Adds what the original does not have, at this place of it.
    pub(crate) fn insert(&mut self, text: &str, from: usize) {
        self.pieces.push(Piece { at: self.text.len(), from, copied: false });
        self.text.push_str(text);
    }

    /// A part of a text with other words instead of some of its pieces, which come in order.
    pub(crate) fn but<'t, I>(original: &str, range: Range<usize>, pieces: I) -> Self
    where
        I: IntoIterator<Item = (Range<usize>, &'t str)>,
    {
        let mut copy = Self::default();
        let mut from = range.start;
        for (at, instead) in pieces {
            copy.copy(original, from..at.start);
            copy.insert(instead, at.start);
            from = at.end;
        }
        copy.copy(original, from..range.end);
        copy
    }

    /// Where some bytes come from.
    pub(crate) fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.place(range.start);
        // The end of what stands for nothing is where it starts.
        let end = range.end.checked_sub(1).filter(|last| *last >= range.start).map_or(start, |last| {
            let inserted = self.piece(last).is_some_and(|piece| !piece.copied);
            self.place(last) + usize::from(!inserted)
        });
        start..end.max(start)
    }

    fn place(&self, at: usize) -> usize {
        self.piece(at).map_or(at, |piece| if piece.copied { piece.from + (at - piece.at) } else { piece.from })
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(after.checked_sub(1)?)
    }
}

/// An edit of a text: bytes, and what is written in their place.
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

#[cfg(test)]
mod tests {
    use super::Copy;

    #[test]
    fn every_byte_knows_where_it_comes_from() {
        let original = "\té<b>\n";
        let mut copy = Copy::default();
        copy.copy(original, 1..3);
        copy.insert("\\", 3);
        copy.copy(original, 3..4);
        copy.copy(original, 4..7);
        assert_eq!(copy.text, "é\\<b>\n");
        assert_eq!(copy.original(0..2), 1..3);
        assert_eq!(copy.original(2..4), 3..4);
        assert_eq!(copy.original(0..7), 1..7);
        assert_eq!(copy.original(2..3), 3..3);
    }
}
