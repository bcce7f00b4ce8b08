//! Where the front matter of a Markdown file ends and its text begins. Reading either is left to
//! [`super::yaml`] and [`super::markdown`].

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Sources, Span};

/// Byte ranges of the two parts of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the `---` lines, without them; `None` if the file does not start with one.
    pub front: Option<Range<usize>>,
    pub body: Range<usize>,
}

/// Splits a file; `None`, with a diagnostic, if it is empty or its front matter is not closed.
pub fn split(sources: &Sources, id: SourceId, diagnostics: &mut Diagnostics) -> Option<Parts> {
    let text = sources.text(id);
    if text.trim().is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::FichierVide, Span::new(id, 0..0), "ce fichier est vide")
                .help("complétez-le, ou supprimez-le"),
        );
        return None;
    }
    let first = text.lines().next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Some(Parts { front: None, body: 0..text.len() });
    }
    let start = (first.len() + 1).min(text.len());
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some(Parts { front: Some(start..at), body: at + line.len()..text.len() });
        }
        at += line.len();
    }
    diagnostics.push(
        Diagnostic::new(
            Code::EnTeteNonReferme,
            Span::new(id, 0..3),
            "l'en-tête ouvert par cette ligne n'est pas refermé",
        )
        .label("ouvert ici")
        .help("ajoutez une ligne « --- » après la dernière clé, avant le texte"),
    );
    None
}

/// As [`split`], for files that must have a front matter.
pub fn split_required(
    sources: &Sources,
    id: SourceId,
    diagnostics: &mut Diagnostics,
) -> Option<(Range<usize>, Range<usize>)> {
    let parts = split(sources, id, diagnostics)?;
    match parts.front {
        Some(front) => Some((front, parts.body)),
        None => {
            diagnostics.push(absent(sources.text(id), id));
            None
        }
    }
}

/// A file that does not start with a front matter, or with something like one.
fn absent(text: &str, id: SourceId) -> Diagnostic {
    let first = text.lines().next().unwrap_or_default();
    let diagnostic =
        Diagnostic::new(Code::EnTeteAbsent, Span::new(id, 0..first.len()), "ce fichier doit commencer par un en-tête");
    let dashes = !first.is_empty() && first.trim_end().chars().all(|c| matches!(c, '-' | '–' | '—' | '_' | '='));
    if dashes {
        return diagnostic
            .label("attendu : trois tirets")
            .help("l'en-tête commence et finit par une ligne de trois tirets, « --- »")
            .correct("---");
    }
    if text.trim_start().starts_with("---") {
        return diagnostic
            .label("attendu : ---")
            .help("supprimez ce qui est vide avant « --- », qui doit être la première ligne du fichier");
    }
    diagnostic.label("attendu : ---").help("mettez les clés (titre, nom…) entre deux lignes « --- » en haut du fichier")
}
