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

/// Whether a text may stand without quotes, and is the same text to every reader of YAML: a cautious answer, which
/// leaves some that could do without. `flow`: between braces or brackets.
pub(crate) fn is_plain(text: &str, flow: bool) -> bool {
    let starts = text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '«' | '('));
    let invisible = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}');
    let cut = text.ends_with(':') || [": ", " :", " #"].iter().any(|signs| text.contains(signs));
    let cut_in_braces = flow && text.contains([',', '[', ']', '{', '}', ':']);
    let otherwise = is_null(text) || is_other_than_text(text);
    starts && text.trim() == text && !text.contains(invisible) && !cut && !cut_in_braces && !otherwise
}

/// Whether a reader of YAML may take it for nothing.
pub(crate) fn is_null(plain: &str) -> bool {
    plain == "~" || plain.eq_ignore_ascii_case("null")
}

/// Whether another reader of YAML, a spreadsheet's or an editor's, would take it for a number, a date, a yes or no.
fn is_other_than_text(plain: &str) -> bool {
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n"];
    words.contains(&plain.to_ascii_lowercase().as_str())
        || plain.starts_with(|c: char| c.is_ascii_digit())
            && plain.chars().all(|c| c.is_ascii_hexdigit() || "+-._:xXoO/TZ".contains(c))
}

impl Piece {
    /// The words of a single value, or of a key.
    pub(crate) fn word(&self) -> Option<&str> {
        match &self.kind {
            PieceKind::Scalar { value, .. } => Some(value),
            PieceKind::List { .. } | PieceKind::Map { .. } => None,
        }
    }

    /// Every key and single value in it, in order.
    pub(crate) fn scalars(&self) -> Vec<&Self> {
        match &self.kind {
            PieceKind::Scalar { .. } => vec![self],
            PieceKind::List { items, .. } => items.iter().flat_map(Self::scalars).collect(),
            PieceKind::Map { entries, .. } => {
                entries.iter().flat_map(|(key, value)| [key, value]).flat_map(Self::scalars).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What every value of a text is written as, in order.
    fn written(text: &str) -> Option<Vec<&str>> {
        let piece = spelling(text)?;
        Some(piece.scalars().into_iter().map(|scalar| &text[scalar.at.clone()]).collect())
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
