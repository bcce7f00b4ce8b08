//! What the program has to say about the user's files: one type for all of it, independent of how it is shown
//! ([`show`]). Mistakes are collected over the whole project and shown once, in the order of files and lines.

mod code;
pub(crate) mod formats;
pub(crate) mod nearest;
pub(crate) mod record;
mod severity;
pub mod show;

use std::collections::BTreeSet;

use crate::ground::source::{Sources, Span};
use crate::ground::text::count;
use nearest::{nearest, suggestion};

pub use code::Code;
pub(crate) use code::RETIRED;
pub use severity::Severity;

/// Where a diagnostic points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Span(Span),
    /// A file without a text to show (missing, not UTF-8, an image), relative to the project.
    File(String),
    /// Of no file: of Chrome, of the command line.
    Nowhere,
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
    /// What to write instead, where it is known.
    correction: Option<(Span, String)>,
    /// The file that is wrong, where it is another than the one that names it.
    about: Option<String>,
}

impl Diagnostic {
    pub(crate) fn new(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            place: place.into(),
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
            correction: None,
            about: None,
        }
    }

    /// About a file that has no text to show.
    pub(crate) fn in_file(code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(code, Place::File(path.into()), message)
    }

    /// About no file of the project.
    pub(crate) fn general(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Place::Nowhere, message)
    }

    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn fact(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The first of these facts, and how many more there are.
    pub(crate) fn some_facts(self, facts: &[String]) -> Self {
        const SHOWN: usize = 3;
        let shown = facts.iter().take(SHOWN).fold(self, Self::fact);
        match facts.len().saturating_sub(SHOWN) {
            0 => shown,
            more => shown.fact(format!("et {}", count(more, "autre(s) endroit(s)"))),
        }
    }

    pub(crate) fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Shows where the same stands already.
    pub(crate) fn repeats(self, first: Span) -> Self {
        self.label("deuxième fois").related(first, "première fois")
    }

    /// Says which other file is wrong: it is told once, however many places name it ([`Diagnostics::join`]).
    pub(crate) fn about(mut self, path: impl Into<String>) -> Self {
        self.about = Some(path.into());
        self
    }

    /// Proposes the nearest of `known` to `word`, which is what stands at the place.
    pub(crate) fn suggest<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Self {
        let near = nearest(word, known.clone());
        let proposed = self.help(suggestion(word, known));
        match near {
            Some(near) if is_plain(near) => proposed.correct(near),
            _ => proposed,
        }
    }

    /// Says what to write instead of the text at the place.
    pub(crate) fn correct(self, text: impl Into<String>) -> Self {
        let span = self.span();
        self.correct_if(span, text)
    }

    /// Says what to write at another place than the diagnostic's own.
    pub(crate) fn correct_at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.correction = Some((span, text.into()));
        self
    }

    /// Without what to write instead: where there are several ways out, nobody takes one unseen.
    pub(crate) fn uncorrected(mut self) -> Self {
        self.correction = None;
        self
    }

    /// As [`correct_at`](Self::correct_at), if the place is known.
    pub(crate) fn correct_if(self, span: Option<Span>, text: impl Into<String>) -> Self {
        match span {
            Some(span) => self.correct_at(span, text),
            None => self,
        }
    }

    /// What to write instead of which text. A value between quotes stays between them; one that would need them is
    /// not proposed.
    pub(crate) fn correction(&self, sources: &Sources) -> Option<(Span, String)> {
        let (span, text) = self.correction.as_ref()?;
        let written = sources.text(span.source).get(span.range())?;
        let quoted = |quote| written.len() > 1 && written.starts_with(quote) && written.ends_with(quote);
        if quoted('"') || quoted('\'') {
            let inside = Span { start: span.start + 1, end: span.end - 1, ..*span };
            return (!text.contains(['"', '\'', '\\'])).then(|| (inside, text.clone()));
        }
        Some((*span, text.clone()))
    }

    /// The file that it is about.
    pub fn path<'a>(&'a self, sources: &'a Sources) -> &'a str {
        match &self.place {
            Place::Span(span) => &sources.get(span.source).path,
            Place::File(path) => path,
            Place::Nowhere => "",
        }
    }

    /// The text that it is about, if its file has one to show.
    pub(crate) fn span(&self) -> Option<Span> {
        match self.place {
            Place::Span(span) => Some(span),
            Place::File(_) | Place::Nowhere => None,
        }
    }

    /// The line that it is about, from 1; none where its file has no text to show.
    pub(crate) fn line(&self, sources: &Sources) -> Option<usize> {
        self.span().map(|span| sources.line_column(span.source, span.start).0)
    }

    fn order<'a>(&'a self, sources: &'a Sources) -> (&'a str, usize, Code) {
        (self.path(sources), self.span().map_or(0, |span| span.start), self.code)
    }
}

/// Whether a word stands for itself in YAML, without quotes.
fn is_plain(word: &str) -> bool {
    !word.starts_with(['-', '?', ' ']) && !word.contains(|c: char| ":#{}[],&*!|>'\"%@`\\".contains(c) || c.is_control())
}

/// All diagnostics of a run.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics {
    all: Vec<Diagnostic>,
    /// What the project wants left unsaid.
    allowed: BTreeSet<Code>,
}

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.allows(diagnostic.code) {
            self.all.push(diagnostic);
        }
    }

    /// Says why there is no value.
    pub(crate) fn refuse<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        self.push(diagnostic);
        None
    }

    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Adds what was collected elsewhere.
    pub(crate) fn append(&mut self, other: Self) {
        other.all.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Leaves a code unsaid from now on.
    pub(crate) fn allow(&mut self, code: Code) {
        self.allowed.insert(code);
    }

    pub(crate) fn allows(&self, code: Code) -> bool {
        self.allowed.contains(&code)
    }

    /// Says some of them otherwise.
    pub(crate) fn amend(&mut self, with: impl FnMut(Diagnostic) -> Diagnostic) {
        self.all = std::mem::take(&mut self.all).into_iter().map(with).collect();
    }

    /// Forgets those that are not wanted.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.all.retain(keep);
    }

    /// Makes one of those that say the same of one file, at the first of the places that name it; some others are shown.
    pub(crate) fn join(&mut self, sources: &Sources) {
        const SHOWN: usize = 2;
        let (mut about, others): (Vec<_>, Vec<_>) = self.all.drain(..).partition(|d| d.about.is_some());
        self.all = others;
        about.sort_by(|a, b| a.order(sources).cmp(&b.order(sources)));
        let mut first: Vec<(Diagnostic, usize)> = Vec::new();
        for diagnostic in about {
            let same = |(known, _): &&mut (Diagnostic, usize)| {
                known.about == diagnostic.about && known.message == diagnostic.message
            };
            match (first.iter_mut().find(same), &diagnostic.place) {
                (Some((known, more)), Place::Span(span)) if known.place != diagnostic.place => {
                    *more += 1;
                    if *more <= SHOWN {
                        known.related.push((*span, "ici aussi".to_owned()));
                    }
                }
                (Some(_), _) => {}
                (None, _) => first.push((diagnostic, 0)),
            }
        }
        self.all.extend(first.into_iter().map(|(diagnostic, more)| match more.saturating_sub(SHOWN) {
            0 => diagnostic,
            1 => diagnostic.fact("elle est nommée à un autre endroit encore"),
            more => diagnostic.fact(format!("elle est nommée à {more} autres endroits encore")),
        }));
    }

    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.all.iter().filter(|d| d.severity() == severity).count()
    }

    /// How many warnings, remarks included.
    pub(crate) fn warnings(&self) -> usize {
        self.count(Severity::Warning) + self.count(Severity::Advice)
    }

    /// How many errors there are so far: a reader compares before and after to know whether it succeeded.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many there are to show: what several documents have in common is said once.
    pub(crate) fn said(&self, severity: Severity, sources: &Sources) -> usize {
        self.sorted(sources).into_iter().filter(|d| d.severity() == severity).count()
    }

    /// In order of file and line; what is said twice of one place, be it of several documents, is said once.
    pub fn sorted(&self, sources: &Sources) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.all.iter().collect();
        // Of those that say the same the one that shows most places is kept.
        let places = |d: &Diagnostic| std::cmp::Reverse(d.related.len());
        all.sort_by(|a, b| {
            let order = a.order(sources).cmp(&b.order(sources)).then_with(|| a.message.cmp(&b.message));
            order.then_with(|| places(a).cmp(&places(b)))
        });
        all.dedup_by(|a, b| a.place == b.place && a.message == b.message && a.notes.first() == b.notes.first());
        all
    }
}
