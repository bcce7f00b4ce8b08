//! What the program has to say about the user's files: one type for all of it, independent of how it is shown
//! ([`show`]). Mistakes are collected over the whole project and shown once, in the order of files and lines.

pub mod nearest;
pub mod show;

use crate::source::{Sources, Span};

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

/// Where a diagnostic points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Span(Span),
    /// A file without a text to show (missing, not UTF-8, an image), relative to the project.
    File(String),
}

/// One message to the user, in French.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    pub severity: Severity,
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
    pub fn new(severity: Severity, place: Place, message: impl Into<String>) -> Self {
        Self {
            severity,
            message: message.into(),
            place,
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    pub fn error(span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, Place::Span(span), message)
    }

    pub fn warning(span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, Place::Span(span), message)
    }

    pub fn advice(span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Advice, Place::Span(span), message)
    }

    pub fn note(span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, Place::Span(span), message)
    }

    /// An error about a file that has no text to show.
    pub fn file_error(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, Place::File(path.into()), message)
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

    /// The file that it is about.
    pub fn path<'a>(&'a self, sources: &'a Sources) -> &'a str {
        match &self.place {
            Place::Span(span) => &sources.get(span.source).path,
            Place::File(path) => path,
        }
    }

    fn order<'a>(&'a self, sources: &'a Sources) -> (&'a str, usize, Severity) {
        match &self.place {
            Place::Span(span) => (&sources.get(span.source).path, span.start, self.severity),
            Place::File(path) => (path, 0, self.severity),
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

    /// Forgets those that are not wanted.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity).count()
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
