//! Front matter: one walk along what is written and what [`crate::sources::keys`] declares of it, which finds all that
//! is to be written otherwise. What is declared nowhere is left as it is.

use super::change::{Change, Changes, Wording};
use super::{order, spaces};
use crate::sources::keys::Shape;
use crate::sources::parse::copy::{Edits, replaced};
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, spelling};

/// The text so written.
pub(crate) fn format(text: &str, known: &Shape, wording: Wording, changes: &mut Changes) -> String {
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let whole = format!("{text}{end}");
    // Anchors and the like: whoever writes them knows what he does.
    let Some(piece) = spelling(&whole) else { return text.to_owned() };
    let edits = Walk { text: &whole, wording, changes }.edits(&piece, known, false);
    let made = replaced(&whole, edits);
    Change::BLANKS.noted(&made, spaces::front(&made), changes)
}

/// What goes along.
pub(crate) struct Walk<'w> {
    pub text: &'w str,
    pub wording: Wording,
    pub changes: &'w mut Changes,
}

impl Walk<'_> {
    /// What to write otherwise of a value and below it, in order. `flow`: between braces or brackets.
    fn edits(&mut self, piece: &Piece, shape: &Shape, flow: bool) -> Edits {
        match (shape.of(matches!(piece.kind, PieceKind::Map { .. })), &piece.kind) {
            (shape @ (Shape::Map(_) | Shape::Own(_)), PieceKind::Map { flow, entries }) => {
                let mut edits = Edits::new();
                for (key, value) in entries {
                    if let Some(inner) = key.word().and_then(|word| shape.below(word)) {
                        edits.extend(self.scalar(key, None, *flow));
                        edits.extend(self.edits(value, inner, *flow));
                    }
                }
                let Shape::Map(known) = shape else { return edits };
                let Some(ordered) = order::reordered(self.text, piece, known, &edits) else { return edits };
                self.changes.insert(Change::KEYS);
                vec![ordered]
            }
            (Shape::List(_, inner), PieceKind::List { flow, items }) => {
                items.iter().flat_map(|item| self.edits(item, inner, *flow)).collect()
            }
            // One that stands alone.
            (Shape::List(_, inner), _) => self.edits(piece, inner, flow),
            (Shape::Map(_), _) => Edits::new(),
            (shape, _) => self.scalar(piece, Some(shape), flow).into_iter().collect(),
        }
    }
}
