//! YAML as a tree whose every key and value keeps its place, so that all mistakes of a file can be told at once
//! (deserializing straight into structs stops at the first). The only module that knows the YAML library;
//! [`fields`] turns the tree into values.

pub mod fields;
mod lines;
mod messages;
pub mod spelling;

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Location, MergeKeyPolicy, Spanned as YamlSpanned};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Sources, Span, Spanned, offset_in};

/// A value of the tree.
#[derive(Debug, Clone)]
pub struct Node {
    pub kind: Kind,
    pub span: Span,
}

/// What a value is. Scalars stay text: what they mean is decided by the field that they stand in, so that
/// `version: 2024` and `version: "2024"` are the same.
#[derive(Debug, Clone)]
pub enum Kind {
    Null,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// What a value is called in messages.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "rien",
            Kind::Text(_) => "un texte",
            Kind::List(_) => "une liste",
            Kind::Map(_) => "un groupe de clés",
        }
    }
}

/// Many more levels than any of our files has.
const MAX_DEPTH: usize = 30;

/// Parses `range` of a source as one YAML document. `None`, with a diagnostic, if it does not parse.
pub fn parse(
    sources: &Sources,
    source: SourceId,
    range: std::ops::Range<usize>,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let text = &sources.text(source)[range.clone()];
    let mut options = serde_yaml::Options::default();
    options.strict_booleans = true;
    options.with_snippet = false;
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.merge_keys = MergeKeyPolicy::Error;
    // Each level is a call on the stack, and our threads have little of it.
    if let Some(budget) = &mut options.budget {
        budget.max_depth = MAX_DEPTH;
    }
    match serde_yaml::from_str_with_options::<Option<Raw>>(text, options) {
        Ok(raw) => Some(raw.map_or_else(
            || Node { kind: Kind::Null, span: Span::new(source, range.start..range.start) },
            |raw| raw.into_node(text, source, range.start),
        )),
        Err(error) => {
            let at = error.location().map_or(0..0, |l| bytes(l, text));
            let span = Span::new(source, at.start + range.start..at.end + range.start);
            diagnostics.push(messages::syntax(&error, range.clone(), span, sources));
            None
        }
    }
}

/// The byte range of a location in the parsed text.
fn bytes(location: Location, text: &str) -> std::ops::Range<usize> {
    let span = location.span();
    let start = match span.byte_offset() {
        Some(offset) => text.floor_char_boundary((offset as usize).min(text.len())),
        // The scanner's own errors know line and column only.
        None => offset_in(text, location.line() as usize, (location.column() as usize).saturating_sub(1)),
    };
    let length = span.byte_len().unwrap_or(0) as usize;
    start..text.floor_char_boundary((start + length).min(text.len()))
}

/// The tree as the library gives it, with locations relative to the parsed text.
struct Raw(YamlSpanned<RawKind>);

enum RawKind {
    Null,
    /// The text, and whether it is the source's own spelling (numbers and booleans are re-read from there).
    Text(String),
    Verbatim,
    List(Vec<Raw>),
    Map(Vec<(YamlSpanned<RawKey>, Raw)>),
}

struct RawKey(String);

impl Raw {
    fn into_node(self, text: &str, source: SourceId, base: usize) -> Node {
        let at = bytes(self.0.referenced, text);
        let span = Span::new(source, at.start + base..at.end + base);
        let kind = match self.0.value {
            RawKind::Null => Kind::Null,
            RawKind::Text(value) => Kind::Text(value),
            RawKind::Verbatim => Kind::Text(text[at].trim().to_owned()),
            RawKind::List(items) => {
                Kind::List(items.into_iter().map(|item| item.into_node(text, source, base)).collect())
            }
            RawKind::Map(entries) => Kind::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| {
                        let at = bytes(key.referenced, text);
                        let span = Span::new(source, at.start + base..at.end + base);
                        (Spanned::new(key.value.0, span), value.into_node(text, source, base))
                    })
                    .collect(),
            ),
        };
        Node { kind, span }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        YamlSpanned::deserialize(deserializer).map(Raw)
    }
}

impl<'de> Deserialize<'de> for RawKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(RawKey)
    }
}

impl<'de> Deserialize<'de> for RawKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KindVisitor)
    }
}

struct KindVisitor;

impl<'de> Visitor<'de> for KindVisitor {
    type Value = RawKind;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<RawKind, E> {
        Ok(RawKind::Null)
    }

    fn visit_none<E>(self) -> Result<RawKind, E> {
        Ok(RawKind::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawKind, D::Error> {
        RawKind::deserialize(deserializer)
    }

    fn visit_str<E>(self, value: &str) -> Result<RawKind, E> {
        Ok(RawKind::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<RawKind, E> {
        Ok(RawKind::Text(value))
    }

    fn visit_bool<E>(self, _: bool) -> Result<RawKind, E> {
        Ok(RawKind::Verbatim)
    }

    fn visit_i64<E>(self, _: i64) -> Result<RawKind, E> {
        Ok(RawKind::Verbatim)
    }

    fn visit_u64<E>(self, _: u64) -> Result<RawKind, E> {
        Ok(RawKind::Verbatim)
    }

    fn visit_i128<E>(self, _: i128) -> Result<RawKind, E> {
        Ok(RawKind::Verbatim)
    }

    fn visit_u128<E>(self, _: u128) -> Result<RawKind, E> {
        Ok(RawKind::Verbatim)
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawKind, E> {
        Ok(RawKind::Verbatim)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawKind, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(RawKind::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawKind, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(RawKind::Map(map))
    }
}

/// A key between guillemets; a description (« la fiche du candidat », « livret.yaml ») as it stands.
pub(crate) fn named(what: &str) -> String {
    if what.contains([' ', '.']) { what.to_owned() } else { format!("« {what} »") }
}

/// An error at a value: « attendu …, trouvé … ».
pub(crate) fn wrong_type(node: &Node, field: &str, expected: &str) -> Diagnostic {
    let message = format!("{} doit être {expected}, et non {}", named(field), node.kind_name());
    Diagnostic::new(Code::MauvaiseSorte, node.span, message).label(format!("attendu : {expected}"))
}

/// « -Anne » is no item of a list for YAML.
pub(crate) fn tiret_sans_espace(place: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::TiretSansEspace, place, message)
        .label("un tiret sans espace")
        .help("pour une liste, mettez une espace après chaque tiret : - Anne Le Goff")
}
