//! Diagnostics for other programs: every place as line and column, all texts owned, so that they outlive the sources.
//! How they are written down is left to [`super::formats`].

use serde::Serialize;

use super::{Code, Diagnostic, Place, Severity};
use crate::ground::source::{Sources, Span};

/// One diagnostic. The names of the fields are a contract: see `docs/messages.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Record {
    pub severity: Severity,
    pub code: Code,
    pub message: String,
    #[serde(flatten)]
    pub place: Option<RecordPlace>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    pub related: Vec<Related>,
    pub notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<RecordCorrection>,
}

/// A file, and where in it. A file without a text to point into has no region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct RecordPlace {
    /// Relative to the project (to the output folder for a document), with `/`.
    pub file: String,
    #[serde(flatten)]
    pub region: Option<Region>,
}

/// Lines and columns count from 1, columns in characters; the end is the first character after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Region {
    pub line: usize,
    pub column: usize,
    pub end: Position,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Position {
    pub line: usize,
    pub column: usize,
}

/// Another place that the message is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Related {
    #[serde(flatten)]
    pub place: RecordPlace,
    pub label: String,
}

/// What to write instead of what stands at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct RecordCorrection {
    #[serde(flatten)]
    pub place: RecordPlace,
    pub text: String,
}

impl Record {
    pub(crate) fn new(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let written = |text: &String| (!text.is_empty()).then(|| text.clone());
        Self {
            severity: diagnostic.severity(),
            code: diagnostic.code,
            message: diagnostic.message.clone(),
            place: match &diagnostic.place {
                Place::Span(span) => Some(place(*span, sources)),
                Place::File(path) => Some(RecordPlace { file: path.clone(), region: None }),
                Place::Nowhere => None,
            },
            label: written(&diagnostic.label),
            related: diagnostic
                .related
                .iter()
                .map(|(span, label)| Related { place: place(*span, sources), label: label.clone() })
                .collect(),
            notes: diagnostic.notes.clone(),
            help: diagnostic.help.clone(),
            correction: diagnostic
                .correction(sources)
                .map(|(span, text)| RecordCorrection { place: place(span, sources), text }),
        }
    }
}

fn place(span: Span, sources: &Sources) -> RecordPlace {
    let (line, column) = sources.line_column(span.source, span.start);
    let end = sources.line_column(span.source, span.end.max(span.start));
    let region = Region { line, column, end: Position { line: end.0, column: end.1 } };
    RecordPlace { file: sources.get(span.source).path.clone(), region: Some(region) }
}
