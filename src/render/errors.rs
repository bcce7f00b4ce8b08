//! What Tera says of a template, as a diagnostic at the template's line.

use tera::{Error, ErrorKind};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::layout::THEMES;
use crate::model::theme::Theme;
use crate::source::{Sources, Span, offset_in};

/// A diagnostic for a template's mistake.
pub fn diagnostic(error: &Error, theme: &Theme, sources: &Sources) -> Diagnostic {
    let at = Places { theme, sources };
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let place = at.range(report.filename(), report.span().range.clone());
            build(Code::GabaritMalEcrit, place, "ce gabarit n'est pas bien écrit", &french(report.message()))
        }
        ErrorKind::RenderingError(report) => {
            let place = at.range(report.filename(), report.span().range.clone());
            build(Code::GabaritQuiEchoue, place, "ce gabarit ne peut pas être rempli", &french(report.message()))
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("le gabarit « {parent} », dont celui-ci est la suite, n'existe pas");
            build(Code::GabaritMalEcrit, at.word(current, parent), "ce gabarit n'est pas bien écrit", &message)
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            let message = format!("le gabarit « {tpl} » mène à lui-même");
            build(Code::GabaritMalEcrit, at.word(tpl, tpl), "ce gabarit n'est pas bien écrit", &message)
        }
        // Names that are not known are reported together, as one text: the first is shown in its place.
        ErrorKind::Msg(text) => match reported(text) {
            Some((message, file, line, column)) => build(
                Code::GabaritMalEcrit,
                at.line(file, line, column),
                "ce gabarit n'est pas bien écrit",
                &french(message),
            ),
            None => build(Code::ThemeInutilisable, at.nowhere(), "le thème ne peut pas être utilisé", &french(text)),
        },
        other => build(Code::ThemeInutilisable, at.nowhere(), "le thème ne peut pas être utilisé", &other.to_string()),
    }
}

fn build(code: Code, place: Place, message: &str, fact: &str) -> Diagnostic {
    Diagnostic::new(code, place, message).label("ici").fact(fact)
}

struct Places<'a> {
    theme: &'a Theme,
    sources: &'a Sources,
}

impl Places<'_> {
    fn nowhere(&self) -> Place {
        Place::File(format!("{THEMES}/{}", self.theme.nom))
    }

    fn range(&self, file: &str, range: std::ops::Range<usize>) -> Place {
        let Some(&id) = self.theme.gabarits.get(file) else { return self.nowhere() };
        let length = self.sources.text(id).len();
        Place::Span(Span::new(id, range.start.min(length)..range.end.min(length)))
    }

    /// From a 1-based line and column to the end of the word there.
    fn line(&self, file: &str, line: usize, column: usize) -> Place {
        let Some(&id) = self.theme.gabarits.get(file) else { return self.nowhere() };
        let text = self.sources.text(id);
        let start = offset_in(text, line, column.saturating_sub(1));
        let word = text[start..].find(|c: char| c.is_whitespace() || c == '}').unwrap_or(text.len() - start);
        Place::Span(Span::new(id, start..start + word))
    }

    /// Where a template says a word, or its start.
    fn word(&self, file: &str, word: &str) -> Place {
        let at = self.theme.gabarits.get(file).and_then(|&id| self.sources.text(id).find(word)).unwrap_or(0);
        self.range(file, at..at + word.len())
    }
}

/// The first of Tera's reports in a text: its message, file, line and column.
fn reported(text: &str) -> Option<(&str, &str, usize, usize)> {
    let (_, report) = text.split_once("error: ")?;
    let (message, rest) = report.split_once('\n')?;
    let (place, _) = rest.trim_start().strip_prefix("--> ")?.split_once('\n')?;
    let mut parts = place.trim().rsplitn(3, ':');
    let (column, line, file) = (parts.next()?, parts.next()?, parts.next()?);
    Some((message.trim(), file, line.parse().ok()?, column.parse().ok()?))
}

/// Tera's commonest messages in French; others as they are.
fn french(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let names = [
        ("Unknown filter `", "le filtre"),
        ("Unknown function `", "la fonction"),
        ("Unknown test `", "le test"),
        ("Unknown template `", "le gabarit"),
        ("Unknown component `", "le composant"),
        ("Field `", "le champ"),
        ("Variable `", "la variable"),
    ];
    for (start, what) in names {
        if let Some((name, rest)) = message.strip_prefix(start).and_then(|m| m.split_once('`')) {
            let known = rest.split_once(": ").map(|(_, known)| format!(" ; possibles : {known}"));
            return format!("{what} « {name} » n'existe pas{}", known.unwrap_or_default());
        }
    }
    if let Some((name, [a, b])) = twice(message) {
        return format!("le composant « {name} » est défini deux fois, dans {a} et dans {b}");
    }
    if message == "Unknown tag" {
        return "cette consigne n'est pas connue, ou elle ferme autre chose que ce qui est ouvert".to_owned();
    }
    match message.strip_prefix("Found ").and_then(|m| m.split_once(" but expected ")) {
        Some((found, expected)) => format!("trouvé : {found} ; attendu : {expected}"),
        None => message.to_owned(),
    }
}

/// A component that two templates define, and those.
fn twice(message: &str) -> Option<(&str, [&str; 2])> {
    let (name, files) = message.strip_prefix("Component `")?.split_once("` is defined in both `")?;
    let (a, b) = files.strip_suffix('`')?.split_once("` and `")?;
    Some((name, [a, b]))
}
