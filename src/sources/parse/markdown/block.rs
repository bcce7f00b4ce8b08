//! What a text is read to: blocks with their places.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::ground::source::Span;
use crate::model::prose::{Element, Inline};

/// An event and its byte range in the source.
pub(crate) type Located<'a> = (Event<'a>, Range<usize>);

/// A block at the top of the document.
#[derive(Debug)]
pub(crate) struct Block {
    pub kind: BlockKind,
    pub span: Span,
}

#[derive(Debug)]
pub(crate) enum BlockKind {
    Heading(Heading),
    Element(Element),
}

/// A heading and what stands in its braces: `{#id .page parcours=isole}`.
#[derive(Debug, Clone)]
pub(crate) struct Heading {
    pub niveau: u8,
    pub titre: String,
    /// Whether it is written as one, and not only meant.
    pub sound: bool,
    /// The title's words with their markup.
    pub content: Vec<Inline>,
    /// The place of the title's words.
    pub titre_span: Span,
    pub id: Option<String>,
    /// The place of the id, or of the heading if it has none.
    pub id_span: Span,
    pub page: bool,
    /// Whether it stands after the grille of its bloc.
    pub fin: bool,
    pub parcours: Option<(String, Span)>,
    /// All words in its braces.
    pub indications: Vec<Indication>,
    pub span: Span,
}

impl Heading {
    /// The place of the hashes, if it is marked by hashes.
    pub(crate) fn hashes(&self) -> Option<Span> {
        let end = self.span.start + usize::from(self.niveau);
        (self.titre_span.start > end).then_some(Span { end, ..self.span })
    }
}

/// A word between the braces.
#[derive(Debug, Clone)]
pub(crate) struct Indication {
    pub texte: String,
    pub span: Span,
}

impl Indication {
    /// `#`, `.page`, `parcours`.
    pub(crate) fn kind(&self) -> &str {
        match self.texte.strip_prefix('#') {
            Some(_) => "#",
            None => self.texte.split('=').next().unwrap_or_default(),
        }
    }
}
