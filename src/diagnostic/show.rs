//! Diagnostics as text for a terminal: rustc's look, with French names for the levels. Plain or styled is the
//! caller's choice; nothing here looks at the terminal.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Place, Severity};
use crate::source::{Sources, Span};

/// Every diagnostic, each followed by an empty line.
pub fn show(diagnostics: &[&Diagnostic], sources: &Sources, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    diagnostics.iter().map(|diagnostic| renderer.render(&[group(diagnostic, sources)]) + "\n\n").collect()
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR.with_name(Some("erreur")),
        Severity::Warning => Level::WARNING.with_name(Some("avertissement")),
        Severity::Note => Level::NOTE.with_name(Some("à compléter")),
    }
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let title = level(diagnostic.severity).primary_title(diagnostic.message.as_str());
    let mut group =
        match &diagnostic.place {
            Place::File(path) => Group::with_title(title).element(Origin::path(path.as_str())),
            Place::Span(span) => {
                let mut group = Group::with_title(title).element(snippet(*span, sources).annotation(
                    AnnotationKind::Primary.span(visible(*span, sources)).label(diagnostic.label.as_str()),
                ));
                for (related, label) in &diagnostic.related {
                    group = group
                        .element(snippet(*related, sources).annotation(
                            AnnotationKind::Context.span(visible(*related, sources)).label(label.as_str()),
                        ));
                }
                group
            }
        };
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.with_name(Some("note")).message(note.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.with_name(Some("aide")).message(help.as_str()));
    }
    group
}

fn snippet<'a, T: Clone>(span: Span, sources: &'a Sources) -> Snippet<'a, T> {
    let source = sources.get(span.source);
    Snippet::source(source.text.as_str()).path(source.path.as_str())
}

/// What to underline: the span's first line only, on character boundaries, at least one character if there is one.
fn visible(span: Span, sources: &Sources) -> std::ops::Range<usize> {
    let text = sources.text(span.source);
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
    let end = text.ceil_char_boundary(span.end.clamp(start, line_end));
    start..end
}
