//! Diagnostics as text for a terminal: rustc's look, with French names for the levels (and the space that French
//! sets before a colon). Plain or styled is the caller's choice; nothing here looks at the terminal.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Code, Diagnostic, Place, Severity};
use crate::ground::source::{Sources, Span};

/// Every diagnostic, each followed by an empty line.
pub fn show(diagnostics: &[&Diagnostic], sources: &Sources, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    diagnostics.iter().map(|diagnostic| renderer.render(&[group(diagnostic, sources)]) + "\n\n").collect()
}

/// The level with its code. Not by the library's ids, which would put the space that French sets before a colon
/// between the two.
fn level(code: Code) -> Level<'static> {
    let level = match code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning | Severity::Advice => Level::WARNING,
        Severity::Note | Severity::Verdict => Level::NOTE,
    };
    level.with_name(Some(format!("{}[{code}] ", code.severity())))
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let title = level(diagnostic.code).primary_title(diagnostic.message.as_str());
    let mut group = match &diagnostic.place {
        Place::Nowhere => Group::with_title(title),
        Place::File(path) => Group::with_title(title).element(Origin::path(printable(path))),
        Place::Span(span) => {
            let own = snippet(*span, sources, AnnotationKind::Primary, &diagnostic.label);
            let related = diagnostic.related.iter();
            related.fold(Group::with_title(title).element(own), |group, (span, label)| {
                group.element(snippet(*span, sources, AnnotationKind::Context, label))
            })
        }
    };
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.with_name(Some("note ")).message(note.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.with_name(Some("aide ")).message(help.as_str()));
    }
    group
}

/// The line of a span's start, marked. Only that line is handed over: many diagnostics of a long file stay cheap.
fn snippet<'a>(span: Span, sources: &'a Sources, kind: AnnotationKind, label: &'a str) -> Snippet<'a, Annotation<'a>> {
    let marked = sources.marked(span);
    Snippet::source(marked.text)
        .line_start(marked.line + 1)
        .path(printable(&sources.get(span.source).path))
        .annotation(kind.span(marked.range).label(label))
}

/// A path whose control characters do nothing to the terminal.
fn printable(path: &str) -> String {
    path.replace(char::is_control, "\u{FFFD}")
}
