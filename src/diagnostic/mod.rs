//! What the program has to say about the user's files: one type for all of it, independent of how it is shown
//! ([`show`]). Mistakes are collected over the whole project and shown once, in the order of files and lines.

mod code;
pub mod nearest;
pub mod show;

use std::fmt;

use crate::source::{Sources, Span};

pub use code::Code;

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document concerned is not built; the exit status is 1.
    Error,
    /// Built all the same, but somebody should look.
    Warning,
    /// A remark on a text that is printed as it stands: shown when asked for, counted always.
    Advice,
    /// What an unfinished livret still lacks: not a mistake.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(match self {
            Self::Error => "erreur",
            Self::Warning | Self::Advice => "avertissement",
            Self::Note => "à compléter",
        })
    }
}

/// Where a diagnostic points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Span(Span),
    /// A file without a text to show (missing, not UTF-8, an image), relative to the project.
    File(String),
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self::Span(span)
    }
}

/// One message to the user, in French.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// What it means, and by that how grave it is.
    pub code: Code,
    /// One sentence without a final point.
    pub message: String,
    pub place: Place,
    /// A few words under the marked text.
    pub label: String,
    /// Other places that the message is about (« défini ici »).
    pub related: Vec<(Span, String)>,
    /// Facts, such as the document being rendered.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    pub fn new(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            place: place.into(),
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// About a file that has no text to show.
    pub fn in_file(code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(code, Place::File(path.into()), message)
    }

    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub fn fact(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    fn order<'a>(&'a self, sources: &'a Sources) -> (&'a str, usize, Code) {
        match &self.place {
            Place::Span(span) => (&sources.get(span.source).path, span.start, self.code),
            Place::File(path) => (path, 0, self.code),
        }
    }
}

/// All diagnostics of a run.
#[derive(Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds what was collected elsewhere.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity() == severity).count()
    }

    /// How many warnings, remarks included.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning) + self.count(Severity::Advice)
    }

    /// How many errors there are so far: a reader compares before and after to know whether it succeeded.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// In order of file and line; what is said twice of one place, be it of several documents, is said once.
    pub fn sorted(&self, sources: &Sources) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.0.iter().collect();
        all.sort_by(|a, b| a.order(sources).cmp(&b.order(sources)).then_with(|| a.message.cmp(&b.message)));
        all.dedup_by(|a, b| a.place == b.place && a.message == b.message && a.notes.first() == b.notes.first());
        all
    }
}
