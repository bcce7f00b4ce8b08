//! How a YAML text is written, which [`super::parse`] does not keep: quotes, braces, and the bytes of every value.
//! For who edits a text and leaves the rest of it alone.

pub(crate) use super::tree::{Piece, PieceKind, Style};

/// The pieces of a text that [`super::parse`] accepts. `None` if it holds what our files do without (anchors, tags,
/// keys that are no text, several documents, blocks that keep what is empty after them): no place for edits.
pub(crate) fn spelling(text: &str) -> Option<Piece> {
    super::tree::read(text).ok().filter(|tree| !tree.odd)?.root
}

/// A text between quotation marks, or between apostrophes if it holds such marks.
pub(crate) fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What every value of a text is written as, in order.
    fn written(text: &str) -> Option<Vec<&str>> {
        fn walk<'t>(piece: &Piece, text: &'t str, out: &mut Vec<&'t str>) {
            match &piece.kind {
                PieceKind::Scalar { .. } => out.push(&text[piece.at.clone()]),
                PieceKind::List { items, .. } => items.iter().for_each(|item| walk(item, text, out)),
                PieceKind::Map { entries, .. } => entries.iter().for_each(|(key, value)| {
                    walk(key, text, out);
                    walk(value, text, out);
                }),
            }
        }
        let mut out = Vec::new();
        walk(&spelling(text)?, text, &mut out);
        Some(out)
    }

    #[test]
    fn every_value_has_its_bytes() {
        let text = "a: 'x'  # r\nb:\n  - {c: , d: \"é\"}\n  - e: |\n      f\n\n      g\n\n    h:\n  # z\ni: [1, 2]\n";
        let expected = vec!["a", "'x'", "b", "c", "", "d", "\"é\"", "e", "f\n\n      g", "h", "", "i", "1", "2"];
        assert_eq!(written(text), Some(expected));
        let piece = spelling(text).unwrap();
        assert_eq!(&text[piece.at], text.trim_end());
    }

    #[test]
    fn what_cannot_be_edited_safely_is_refused() {
        for text in ["a: &x 1\nb: *x\n", "a: !!str 1\n", "[a]: 1\n", "a: |+\n  x\n\nb: 1\n", "a: 1\n---\nb: 2\n"] {
            assert_eq!(written(text), None, "{text}");
        }
    }
}
