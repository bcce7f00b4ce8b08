//! The parts of front matter that [`crate::sources::keys`] declares, in the order in which they are written.

use crate::sources::keys::{Group, Shape};
use crate::sources::parse::yaml::spelling::{Piece, PieceKind};

/// Something of which is known what it is.
#[derive(Clone, Copy)]
pub(crate) enum Part<'p> {
    Map(&'p Piece, &'static Group),
    /// A key, or a single value with its shape; and whether it stands between braces or brackets.
    Scalar(&'p Piece, Option<&'p Shape>, bool),
}

/// All that is known of a value and below it: maps before those within them.
pub(crate) fn parts<'p>(piece: &'p Piece, shape: &'p Shape) -> Vec<Part<'p>> {
    let mut parts = Vec::new();
    collect(piece, shape, false, &mut parts);
    parts
}

fn collect<'p>(piece: &'p Piece, shape: &'p Shape, flow: bool, parts: &mut Vec<Part<'p>>) {
    match (shape.of(matches!(piece.kind, PieceKind::Map { .. })), &piece.kind) {
        (Shape::Map(known), PieceKind::Map { flow, entries }) => {
            parts.push(Part::Map(piece, known));
            for (key, value) in entries {
                if let Some(known) = key.word().and_then(|name| known.key(name)) {
                    parts.push(Part::Scalar(key, None, *flow));
                    collect(value, &known.shape, *flow, parts);
                }
            }
        }
        (Shape::Map(_), _) => {}
        (Shape::Own(inner), PieceKind::Map { flow: own, entries }) => {
            for (key, value) in entries {
                parts.push(Part::Scalar(key, None, flow || *own));
                collect(value, inner, flow || *own, parts);
            }
        }
        (Shape::List(_, inner), PieceKind::List { flow: own, items }) => {
            items.iter().for_each(|item| collect(item, inner, flow || *own, parts));
        }
        // One that stands alone.
        (Shape::List(_, inner), _) => collect(piece, inner, flow, parts),
        (shape, PieceKind::Scalar { .. }) => parts.push(Part::Scalar(piece, Some(shape), flow)),
        _ => {}
    }
}
