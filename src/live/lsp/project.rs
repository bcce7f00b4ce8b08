//! One project that an editor works in: read anew with what its windows show, and what there is to say of its files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::fixes;
use super::known::Known;
use super::text::{self, Range};
use crate::ground::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::ground::source::{Marked, Sources, Span};
use crate::judge::project::{Memory, Project};
use crate::sources::load::Overlay;

/// How many messages of one file are sent.
const MOST: usize = 1000;

#[derive(Default)]
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
        Self { root, stale: true, ..Self::default() }
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
    pub(crate) fn refresh(&mut self) -> Vec<Value> {
        (self.stale, self.read) = (false, true);
        let mut diagnostics = Diagnostics::default();
        let read = Project::read_again(&self.root, &mut self.memory, &mut self.sources, &mut diagnostics);
        let sources = &self.sources;
        if let Some(project) = read {
            self.known.update(&project, sources);
        }
        let mut files: BTreeMap<String, Vec<Value>> =
            std::mem::take(&mut self.published).into_iter().map(|path| (path, Vec::new())).collect();
        for diagnostic in diagnostics.sorted(sources) {
            let path = diagnostic.path(sources).to_owned();
            // What is still to be filled in is said of the files being written, not of a whole session.
            if diagnostic.severity() >= Severity::Note && !self.memory.overlay.contains_key(&path) {
                continue;
            }
            self.published.insert(path.clone());
            let said = files.entry(path).or_default();
            // Nobody reads more, and an editor that is sent as many does not answer any more.
            if said.len() < MOST {
                said.push(self.shown(diagnostic, sources));
            }
        }
        files.iter().map(|(path, all)| json!({ "uri": self.uri(path), "diagnostics": all })).collect()
    }

    fn shown(&self, diagnostic: &Diagnostic, sources: &Sources) -> Value {
        let severity = match diagnostic.severity() {
            Severity::Error => 1,
            Severity::Warning | Severity::Advice => 2,
            Severity::Note | Severity::Verdict => 3,
        };
        let range = diagnostic.span().map_or_else(Range::default, |span| place(span, sources));
        let related = diagnostic.related.iter().map(|(span, label)| {
            let location = self.location(&sources.get(span.source).path, place(*span, sources));
            json!({ "location": location, "message": label })
        });
        let help = diagnostic.help.iter().map(|help| format!("aide : {help}"));
        let lines: Vec<String> =
            std::iter::once(diagnostic.message.clone()).chain(diagnostic.notes.iter().cloned()).chain(help).collect();
        let mut shown = json!({
            "range": range,
            "severity": severity,
            "code": diagnostic.code,
            "source": "livret",
            "message": lines.join("\n"),
        });
        if !diagnostic.related.is_empty() {
            shown["relatedInformation"] = related.collect();
        }
        if let Some(fix) = fixes::data(diagnostic, sources) {
            shown["data"] = fix;
        }
        shown
    }

    /// A place in a file, as the editor names it.
    pub(crate) fn location(&self, path: &str, range: Range) -> Value {
        json!({ "uri": self.uri(path), "range": range })
    }

    fn uri(&self, path: &str) -> String {
        self.uris.get(path).cloned().unwrap_or_else(|| text::uri(&self.root.join(path)))
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
    Range { start: text::place(line, &text[..range.start]), end: text::place(line, &text[..end]) }
}
