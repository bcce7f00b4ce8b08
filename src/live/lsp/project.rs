//! One project that an editor works in: read anew with what its windows show, and what there is to say of its files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::{
    Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    PublishDiagnosticsParams, Range, Uri,
};

use super::fixes;
use super::known::{Defined, Known};
use super::text;
use crate::ground::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use crate::ground::source::{Marked, Sources, Span};
use crate::judge::project::{Memory, Project};
use crate::sources::load::Overlay;

/// How many messages of one file are sent.
const MOST: usize = 1000;

pub(crate) struct Open {
    pub root: PathBuf,
    pub known: Known,
    /// What was read before, and what the editor shows in place of files.
    memory: Memory,
    sources: Sources,
    /// How the editor names the files that it shows.
    uris: BTreeMap<String, String>,
    /// The files of which something was said.
    published: BTreeSet<String>,
    pub stale: bool,
    /// Whether it was read at all.
    pub read: bool,
}

impl Open {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self {
            root,
            known: Known::new(),
            memory: Memory::default(),
            sources: Sources::default(),
            uris: BTreeMap::new(),
            published: BTreeSet::new(),
            stale: true,
            read: false,
        }
    }

    /// What the editor shows, by path from the root.
    pub(crate) fn overlay(&self) -> &Overlay {
        &self.memory.overlay
    }

    pub(crate) fn show(&mut self, path: String, uri: String, text: &str) {
        self.uris.insert(path.clone(), uri);
        self.memory.overlay.insert(path, text::plain(text));
        self.stale = true;
    }

    pub(crate) fn close(&mut self, path: &str) {
        self.uris.remove(path);
        self.memory.overlay.remove(path);
        self.stale = true;
    }

    /// Reads the project, and returns what there is to say, file by file: of those too of which there is nothing
    /// to say any more.
    pub(crate) fn refresh(&mut self) -> Vec<PublishDiagnosticsParams> {
        (self.stale, self.read) = (false, true);
        let mut diagnostics = Diagnostics::default();
        let read = Project::read_again(&self.root, &mut self.memory, &mut self.sources, &mut diagnostics);
        let sources = &self.sources;
        if let Some(project) = read {
            self.known.update(&project, sources);
        }
        let mut files: BTreeMap<String, Vec<Shown>> =
            std::mem::take(&mut self.published).into_iter().map(|path| (path, Vec::new())).collect();
        for diagnostic in diagnostics.sorted(sources) {
            let path = diagnostic.path(sources).to_owned();
            // What is still to be filled in is said of the files being written, not of a whole session.
            if diagnostic.severity() == Severity::Note && !self.memory.overlay.contains_key(&path) {
                continue;
            }
            self.published.insert(path.clone());
            let said = files.entry(path).or_default();
            // Nobody reads more, and an editor that is sent as many does not answer any more.
            if said.len() < MOST {
                said.push(self.shown(diagnostic, sources));
            }
        }
        let publish = |(path, diagnostics): (String, Vec<Shown>)| {
            Some(PublishDiagnosticsParams { uri: self.uri(&path)?, diagnostics, version: None })
        };
        files.into_iter().filter_map(publish).collect()
    }

    fn shown(&self, diagnostic: &Diagnostic, sources: &Sources) -> Shown {
        let severity = match diagnostic.severity() {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning | Severity::Advice => DiagnosticSeverity::WARNING,
            Severity::Note => DiagnosticSeverity::INFORMATION,
        };
        let range = match &diagnostic.place {
            Place::Span(span) => place(*span, sources),
            Place::File(_) | Place::Nowhere => Range::default(),
        };
        let related = diagnostic.related.iter().filter_map(|(span, label)| {
            let uri = self.uri(&sources.get(span.source).path)?;
            Some(DiagnosticRelatedInformation {
                location: Location { uri, range: place(*span, sources) },
                message: label.clone(),
            })
        });
        let related: Vec<_> = related.collect();
        let help = diagnostic.help.iter().map(|help| format!("aide : {help}"));
        let lines: Vec<String> =
            std::iter::once(diagnostic.message.clone()).chain(diagnostic.notes.iter().cloned()).chain(help).collect();
        Shown {
            range,
            severity: Some(severity),
            source: Some("livret".to_owned()),
            code: Some(NumberOrString::String(diagnostic.code.as_str().to_owned())),
            message: lines.join("\n"),
            data: fixes::data(diagnostic, sources),
            related_information: (!related.is_empty()).then_some(related),
            ..Shown::default()
        }
    }

    /// Where a place is, as the editor names it.
    pub(crate) fn location(&self, place: &Defined) -> Option<Location> {
        Some(Location { uri: self.uri(&place.path)?, range: place.range })
    }

    fn uri(&self, path: &str) -> Option<Uri> {
        let uri = self.uris.get(path).cloned().unwrap_or_else(|| text::uri(&self.root.join(path)));
        Uri::from_str(&uri).ok()
    }

    /// The path of a file from the root, with `/`.
    pub(crate) fn inner(&self, path: &Path) -> Option<String> {
        let parts: Vec<_> = path.strip_prefix(&self.root).ok()?.iter().map(|part| part.to_string_lossy()).collect();
        Some(parts.join("/"))
    }
}

/// The place of a span, one character wide at least and in one line, as the terminal marks it.
fn place(span: Span, sources: &Sources) -> Range {
    let Marked { line, text, range } = sources.marked(span);
    let end = text.ceil_char_boundary(range.end.max(range.start + 1));
    Range::new(text::place(line, &text[..range.start]), text::place(line, &text[..end]))
}
