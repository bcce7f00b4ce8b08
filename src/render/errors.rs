//! What Tera says of a template, as a diagnostic at the template's line.

use tera::{Error, ErrorKind, ReportError};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::layout::THEMES;
use crate::model::theme::Theme;
use crate::source::{Sources, Span};

/// A diagnostic for a template's mistake.
pub fn diagnostic(error: &Error, theme: &Theme, sources: &Sources) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) => located(report, "ce gabarit n'est pas bien écrit", theme, sources),
        ErrorKind::RenderingError(report) => located(report, "ce gabarit ne peut pas être rempli", theme, sources),
        other => Diagnostic::new(
            Severity::Error,
            Place::File(format!("{THEMES}/{}", theme.nom)),
            "le thème ne peut pas être utilisé",
        )
        .fact(other.to_string()),
    }
}

fn located(report: &ReportError, message: &str, theme: &Theme, sources: &Sources) -> Diagnostic {
    let Some(&id) = theme.gabarits.get(report.filename()) else {
        let place = Place::File(format!("{THEMES}/{}", theme.nom));
        return Diagnostic::new(Severity::Error, place, message).fact(report.message());
    };
    let length = sources.text(id).len();
    let range = report.span().range.clone();
    let span = Span::new(id, range.start.min(length)..range.end.min(length));
    Diagnostic::error(span, message).label("ici").fact(report.message())
}
