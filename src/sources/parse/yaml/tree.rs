//! The YAML library's events as a tree of what is written, every piece with its bytes: nothing is resolved, so that a
//! text is what was typed. The only module that knows the library. [`super::parse`] gives the pieces their meaning,
//! `fmt` and `check` look at how they are spelled.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};

use crate::ground::source::line_start;

pub(crate) use granit_parser::ErrorKind;

/// A value and its bytes in the text.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub kind: PieceKind,
    /// A block map's or list's reach from its first value to its last.
    pub at: Range<usize>,
    /// What it begins with: of a value that is none, nothing; of a word, the word.
    pub sign: Range<usize>,
}

impl Piece {
    fn new(kind: PieceKind, at: Range<usize>) -> Self {
        Self { kind, sign: at.clone(), at }
    }

    pub(crate) fn scalar(value: String, style: Style, at: Range<usize>) -> Self {
        Self::new(PieceKind::Scalar { value, style }, at)
    }
}

/// A value that is not written at all is a plain scalar, empty, without bytes.
#[derive(Debug, Clone)]
pub(crate) enum PieceKind {
    Scalar { value: String, style: Style },
    List { flow: bool, items: Vec<Piece> },
    Map { flow: bool, entries: Vec<(Piece, Piece)> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Single,
    Double,
    /// `|` or `>`
    Block,
}

/// What stands before a value and is none of it: `&nom` that nothing refers to, `!sorte`.
#[derive(Debug)]
pub(crate) struct Property {
    pub at: Range<usize>,
    /// Together with the value, if that is a text.
    pub with_value: Option<Range<usize>>,
    anchor: Option<usize>,
    node: usize,
}

/// A text that was read to its end.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub root: Option<Piece>,
    /// Remarks that follow something on their line, from their `#` on.
    pub remarks: Vec<Range<usize>>,
    pub properties: Vec<Property>,
    /// Whether it holds what our files do without: anchors, tags, blocks that keep what is empty after them.
    pub odd: bool,
}

/// Why a text cannot be read.
#[derive(Debug)]
pub(crate) enum Fault {
    Syntax(ErrorKind),
    SecondDocument,
    /// A key that is a list, a group, or nothing.
    NoKey,
    /// `<<`
    Merge,
    /// References to references that grow without bound.
    TooManyCopies,
}

/// Many more levels than any of our files has.
const MAX_DEPTH: usize = 30;

/// How many values references may stand for, all together.
const MAX_COPIES: usize = 10_000;

type Found<T> = Result<T, (Fault, Range<usize>)>;

/// Reads a text as one YAML document.
///
/// # Errors
/// What the reader cannot pass, and where.
pub(crate) fn read(text: &str) -> Found<Tree> {
    let options = granit_parser::options! {
        disallow_directives: true,
        emit_anchor_events: true,
        max_buffered_comment_events: usize::MAX,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut reader = Reader { text, ..Reader::default() };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| {
            let at = text.floor_char_boundary(error.marker().byte_offset().unwrap_or(0).min(text.len()));
            (Fault::Syntax(error.kind().clone()), at..at)
        })?;
        reader.event(event, span)?;
    }
    let Reader { mut tree, used, .. } = reader;
    tree.properties.retain(|property| property.anchor.is_none_or(|id| !used.contains(&id)));
    Ok(tree)
}

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    tree: Tree,
    /// What is being read, outermost first; a map waits for the value of its last key.
    open: Vec<Open>,
    /// How many values began.
    nodes: usize,
    anchored: BTreeMap<usize, Piece>,
    used: BTreeSet<usize>,
    copies: usize,
}

struct Open {
    piece: Piece,
    key: Option<Piece>,
    anchor: Option<usize>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event, span: Span) -> Found<()> {
        let at = span.byte_range().unwrap_or_default();
        let anchor = event.anchor_id();
        if event.is_node() {
            self.nodes += 1;
        }
        if let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) {
            let value = matches!(event, Event::Scalar(..)).then(|| at.clone());
            self.property(tag, value, None);
        }
        let flow = |style| matches!(style, StructureStyle::Flow);
        let mut begin = |kind| self.open.push(Open { piece: Piece::new(kind, at.clone()), key: None, anchor });
        match event {
            // One without a word has a root too: nothing.
            Event::DocumentStart(..) if self.tree.root.is_some() => return Err((Fault::SecondDocument, at)),
            Event::Comment(..) => {
                let before = self.text[..at.start].rsplit('\n').next().unwrap_or_default();
                if !before.trim().is_empty() {
                    self.tree.remarks.push(at);
                }
            }
            Event::Anchor(id, _) => {
                let value = self.anchored.get(&id).map(|piece| piece.sign.clone());
                self.property(at, value, Some(id));
            }
            Event::Alias(id) => {
                self.tree.odd = true;
                self.used.insert(id);
                // A value cannot hold itself.
                let Some(kind) = self.anchored.get(&id).map(|piece| piece.kind.clone()) else {
                    return Err((Fault::Syntax(ErrorKind::UnknownAnchor), at));
                };
                let piece = Piece::new(kind, at.clone());
                self.copies += size(&piece);
                if self.copies > MAX_COPIES {
                    return Err((Fault::TooManyCopies, at));
                }
                self.add(piece, None)?;
            }
            Event::Scalar(value, style, ..) => {
                let piece = self.scalar(value.into_owned(), style, at);
                self.add(piece, anchor)?;
            }
            Event::SequenceStart(style, ..) => begin(PieceKind::List { flow: flow(style), items: Vec::new() }),
            Event::MappingStart(style, ..) => begin(PieceKind::Map { flow: flow(style), entries: Vec::new() }),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open { piece, anchor, .. }) = self.open.pop() {
                    self.add(closed(piece, at.end), anchor)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Two of them before one value are one.
    fn property(&mut self, at: Range<usize>, value: Option<Range<usize>>, anchor: Option<usize>) {
        self.tree.odd = true;
        let node = self.nodes;
        match self.tree.properties.last_mut() {
            Some(other) if other.node == node => {
                other.at = other.at.start.min(at.start)..other.at.end.max(at.end);
                other.with_value = other.with_value.take().map(|with| other.at.start.min(with.start)..with.end);
            }
            _ => {
                let with_value = value.map(|value| at.start..value.end.max(at.end));
                self.tree.properties.push(Property { at, with_value, anchor, node });
            }
        }
    }

    fn scalar(&mut self, value: String, style: ScalarStyle, at: Range<usize>) -> Piece {
        let written = &self.text[at.clone()];
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal | ScalarStyle::Folded => {
                // The bytes start after the line of the sign, and after empty lines.
                let header = self.text[..at.start].trim_end().lines().next_back().unwrap_or_default();
                // The blanks that it starts or ends with may be part of it.
                let sign = header.rsplit(['|', '>']).next().unwrap_or_default();
                self.tree.odd |= sign.contains(|c: char| c == '+' || c.is_ascii_digit());
                self.tree.odd |= written.trim().is_empty() || ends_with_blanks(self.text, at.start);
                Style::Block
            }
        };
        // The blanks of YAML only: others are part of the value.
        let at = at.start..at.start + written.trim_end_matches([' ', '\t', '\n']).len();
        // The library writes « ~ » for what is not there.
        let value = if at.is_empty() && style == Style::Plain { String::new() } else { value };
        Piece::scalar(value, style, at)
    }

    /// A value that is complete, to where it belongs.
    fn add(&mut self, piece: Piece, anchor: Option<usize>) -> Found<()> {
        if let Some(id) = anchor {
            self.anchored.insert(id, piece.clone());
        }
        let Some(Open { piece: parent, key, .. }) = self.open.last_mut() else {
            self.tree.root = Some(piece);
            return Ok(());
        };
        match &mut parent.kind {
            PieceKind::List { items, .. } => items.push(piece),
            PieceKind::Map { entries, .. } => match key.take() {
                Some(key) => entries.push((key, piece)),
                None => match &piece.kind {
                    PieceKind::Scalar { value, style: Style::Plain } if value == "<<" => {
                        return Err((Fault::Merge, piece.at));
                    }
                    PieceKind::Scalar { .. } if !piece.at.is_empty() => *key = Some(piece),
                    _ => return Err((Fault::NoKey, piece.sign)),
                },
            },
            PieceKind::Scalar { .. } => {}
        }
        Ok(())
    }
}

/// Whether lines of blanks after a block that starts at `start` are part of it: they are longer than it is indented.
fn ends_with_blanks(text: &str, start: usize) -> bool {
    let width = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let is_blank = |line: &&str| line.trim_matches(' ').is_empty();
    let first = line_start(text, start);
    let indent = width(&text[first..]);
    let block = text[first..].lines().take_while(|line| is_blank(line) || width(line) >= indent);
    block.collect::<Vec<_>>().iter().rev().take_while(|line| is_blank(line)).any(|line| line.len() > indent)
}

/// How many values a piece holds, itself included.
fn size(piece: &Piece) -> usize {
    match &piece.kind {
        PieceKind::Scalar { .. } => 1,
        PieceKind::List { items, .. } => 1 + items.iter().map(size).sum::<usize>(),
        PieceKind::Map { entries, .. } => 1 + entries.iter().map(|(_, value)| 1 + size(value)).sum::<usize>(),
    }
}

/// A map or a list that ends at `end`. In block notation that is where the next one starts: it ends with its values.
fn closed(piece: Piece, end: usize) -> Piece {
    let values: Vec<&Piece> = match &piece.kind {
        PieceKind::List { flow: false, items } => items.iter().collect(),
        PieceKind::Map { flow: false, entries } => entries.iter().flat_map(|(key, value)| [key, value]).collect(),
        _ => return Piece { at: piece.at.start..end, ..piece },
    };
    // A value that is not written has no place of its own.
    let written = values.iter().filter(|value| !value.at.is_empty());
    let start = written.clone().map(|value| value.at.start).min().unwrap_or(piece.at.start);
    let last = written.map(|value| value.at.end).max().unwrap_or(start);
    Piece { at: start..last, ..piece }
}
