//! What a text is read to: blocks with their places; and what stands in the braces behind a title,
//! `{#id .page parcours=isole}`, word by word: what is given twice, and what has no effect where it stands.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{Span, Spanned, place_of};
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

    /// What is written behind the « = » of a word of the braces, or for a word that stands alone.
    pub(crate) fn indication(&self, kind: &str) -> Option<Spanned<String>> {
        let word = self.indications.iter().find(|word| word.kind() == kind)?;
        // A word that lacks its value has been told.
        if !kind.starts_with('.') && !word.texte.contains('=') {
            return None;
        }
        let value = word.texte.split_once('=').map_or(word.texte.as_str(), |(_, value)| value.trim_matches('"'));
        Some(Spanned::new(value.to_owned(), word.span))
    }

    /// Reports each word of the braces that has no effect, where only these kinds have one.
    pub(crate) fn expect(&self, kinds: &[&str], place: &str, help: &str, d: &mut Diagnostics) {
        const KNOWN: [&str; 7] = ["#", ".page", ".fin", "parcours", "poids", ".eliminatoire", "eliminatoire"];
        let known = |word: &&Indication| KNOWN.contains(&word.kind());
        for word in self.indications.iter().filter(known).filter(|word| !kinds.contains(&word.kind())) {
            let message = format!("« {} » n'a pas d'effet sur {place}", word.texte);
            let diagnostic = Diagnostic::new(Code::IndicationInconnue, word.span, message);
            d.push(diagnostic.label("sans effet").help(help));
        }
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

/// The words of the last braces of a title. Those that say again what another one has said are reported.
pub(crate) fn indications(written: &str, span: Span, d: &mut Diagnostics) -> Vec<Indication> {
    let braces = written.rfind('{').and_then(|open| Some(open + 1..open + written[open..].find('}')?));
    let Some(braces) = braces else { return Vec::new() };
    let mut all: Vec<Indication> = Vec::new();
    for word in written[braces.clone()].split_whitespace() {
        let new = Indication { texte: word.to_owned(), span: span.within(place_of(word, written)) };
        if let Some(first) = all.iter().find(|other| other.kind() == new.kind()) {
            let message = format!("« {word} » répète « {} »", first.texte);
            let diagnostic = Diagnostic::new(Code::IndicationInconnue, new.span, message).repeats(first.span);
            d.push(diagnostic.help("gardez l'une des deux"));
        }
        all.push(new);
    }
    all
}
