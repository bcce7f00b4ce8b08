//! How a YAML text is written, which [`super::parse`] does not keep: quotes, braces, and the bytes of every value.
//! For who edits a text and leaves the rest of it alone.

use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle};

/// A value and its bytes in the text. A block map's or list's reach from its first value to its last.
#[derive(Debug)]
pub struct Piece {
    pub kind: PieceKind,
    pub at: Range<usize>,
}

#[derive(Debug)]
pub enum PieceKind {
    /// A value that is not written at all is plain, empty, and has no bytes.
    Scalar {
        value: String,
        style: Style,
    },
    List {
        flow: bool,
        items: Vec<Piece>,
    },
    Map {
        flow: bool,
        entries: Vec<(Piece, Piece)>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Plain,
    Single,
    Double,
    /// `|` or `>`
    Block,
}

/// The pieces of a text that [`super::parse`] accepts. `None` if it holds what our files do without (anchors, tags,
/// keys that are no text, several documents, blocks that keep what is empty after them): no place for edits.
pub fn spelling(text: &str) -> Option<Piece> {
    let mut options = Options::default();
    options.disallow_directives = true;
    // What is being read, outermost first; a map waits for the value of its last key.
    let mut open: Vec<Piece> = Vec::new();
    let mut keys: Vec<Option<Piece>> = Vec::new();
    let mut root = None;
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.ok()?;
        if event.anchor_id().is_some() || event.tag().is_some() {
            return None;
        }
        let at = span.byte_range()?;
        let done = match event {
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => None,
            Event::DocumentStart(..) => {
                documents += 1;
                None
            }
            Event::Scalar(value, style, ..) => Some(scalar(text, value.into_owned(), style, at)?),
            Event::SequenceStart(style, ..) => {
                let flow = matches!(style, StructureStyle::Flow);
                open.push(Piece { kind: PieceKind::List { flow, items: Vec::new() }, at });
                keys.push(None);
                None
            }
            Event::MappingStart(style, ..) => {
                let flow = matches!(style, StructureStyle::Flow);
                open.push(Piece { kind: PieceKind::Map { flow, entries: Vec::new() }, at });
                keys.push(None);
                None
            }
            Event::SequenceEnd | Event::MappingEnd => {
                keys.pop();
                open.pop().map(|piece| closed(piece, at))
            }
            _ => return None,
        };
        let Some(piece) = done else { continue };
        match open.last_mut().map(|parent| &mut parent.kind) {
            None => root = Some(piece),
            Some(PieceKind::List { items, .. }) => items.push(piece),
            Some(PieceKind::Map { entries, .. }) => match keys.last_mut()?.take() {
                Some(key) => entries.push((key, piece)),
                None if matches!(piece.kind, PieceKind::Scalar { .. }) => *keys.last_mut()? = Some(piece),
                None => return None,
            },
            Some(PieceKind::Scalar { .. }) => return None,
        }
    }
    if documents > 1 { None } else { root }
}

fn scalar(text: &str, value: String, style: ScalarStyle, at: Range<usize>) -> Option<Piece> {
    let style = match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal | ScalarStyle::Folded => {
            // The bytes start after the line of the sign, and after empty lines.
            let header = text.get(..at.start)?.trim_end().lines().next_back().unwrap_or_default();
            if header.contains('+') || ends_with_blanks(text, at.start, header) {
                return None;
            }
            Style::Block
        }
    };
    // The blanks of YAML only: others are part of the value.
    let end = at.start + text.get(at.clone())?.trim_end_matches([' ', '\t', '\n']).len();
    Some(Piece { kind: PieceKind::Scalar { value, style }, at: at.start..end })
}

/// Whether lines of blanks after a block that starts at `start` may be part of it: they are longer than it is indented.
fn ends_with_blanks(text: &str, start: usize, header: &str) -> bool {
    let width = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let is_blank = |line: &&str| line.trim_matches(' ').is_empty();
    let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let sign = header.rsplit(['|', '>']).next().unwrap_or_default();
    let indent = if sign.contains(|c: char| c.is_ascii_digit()) { 0 } else { width(&text[first..]) };
    let block = text[first..].lines().take_while(|line| is_blank(line) || width(line) >= indent.max(1));
    block.collect::<Vec<_>>().iter().rev().take_while(|line| is_blank(line)).any(|line| line.len() > indent)
}

/// A map or a list that ends at `end`. In block notation that is where the next one starts: it ends with its values.
fn closed(mut piece: Piece, end: Range<usize>) -> Piece {
    let values: Vec<&Piece> = match &piece.kind {
        PieceKind::List { flow: false, items } => items.iter().collect(),
        PieceKind::Map { flow: false, entries } => entries.iter().flat_map(|(key, value)| [key, value]).collect(),
        _ => {
            piece.at.end = end.end;
            return piece;
        }
    };
    // A value that is not written has no place of its own.
    let written = values.iter().filter(|value| !value.at.is_empty());
    let start = written.clone().map(|value| value.at.start).min().unwrap_or(piece.at.start);
    let last = written.map(|value| value.at.end).max().unwrap_or(start);
    piece.at = start..last;
    piece
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
