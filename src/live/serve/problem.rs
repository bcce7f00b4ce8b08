//! A diagnostic as data, for a page to show: the same facts that a terminal gets as text.

use serde::Serialize;

use crate::ground::diagnostic::{Diagnostic, Place};
use crate::ground::paths::CONTENT;
use crate::ground::source::{Sources, Span};

/// One mistake. Lines and columns count from 1, columns in characters; 0 if the file has no text to show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    pub message: String,
    /// From the project's folder.
    #[serde(rename = "chemin")]
    pub path: String,
    #[serde(rename = "ligne")]
    pub line: usize,
    #[serde(rename = "colonne")]
    pub column: usize,
    #[serde(rename = "extrait")]
    pub excerpt: Option<Excerpt>,
    pub notes: Vec<String>,
    #[serde(rename = "aide")]
    pub help: Option<String>,
}

/// A line, cut where it is marked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Excerpt {
    #[serde(rename = "avant")]
    pub before: String,
    #[serde(rename = "marque")]
    pub marked: String,
    #[serde(rename = "apres")]
    pub after: String,
    /// A few words on what is marked.
    #[serde(rename = "libelle")]
    pub label: String,
}

impl Problem {
    pub(crate) fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let mut notes: Vec<String> =
            diagnostic.related.iter().map(|(span, label)| related(*span, label, sources)).collect();
        notes.extend(diagnostic.notes.iter().cloned());
        let common =
            Self { message: diagnostic.message.clone(), notes, help: diagnostic.help.clone(), ..Self::default() };
        match &diagnostic.place {
            Place::Nowhere => common,
            Place::File(path) => Self { path: path.clone(), ..common },
            Place::Span(span) => {
                let (line, column) = sources.line_column(span.source, span.start);
                let path = sources.get(span.source).path.clone();
                let excerpt = Some(excerpt(*span, sources.text(span.source), &diagnostic.label));
                Self { path, line, column, excerpt, ..common }
            }
        }
    }

    /// Whether it is about the file of one candidat, and so of no interest on other pages.
    pub(crate) fn is_of_one_candidat(&self) -> bool {
        self.path.strip_prefix(CONTENT).is_some_and(|inner| inner.starts_with("/candidats/"))
    }
}

fn related(span: Span, label: &str, sources: &Sources) -> String {
    let (line, _) = sources.line_column(span.source, span.start);
    format!("{label} : {}, ligne {line}", sources.get(span.source).path)
}

fn excerpt(span: Span, text: &str, label: &str) -> Excerpt {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = text.ceil_char_boundary(span.end.clamp(start, line_end));
    Excerpt {
        before: text[line_start..start].to_owned(),
        marked: text[start..end].to_owned(),
        after: text[end..line_end].to_owned(),
        label: label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::diagnostic::Code;

    #[test]
    fn the_marked_words_stand_in_their_line() {
        let mut sources = Sources::default();
        let id = sources.add("content/candidats/s/a.md", "nom: É\nrésultat: acquit\nfin");
        let at = sources.text(id).find("acquit").unwrap();
        let diagnostic = Diagnostic::new(Code::NiveauInconnu, Span::new(id, at..at + 6), "niveau inconnu")
            .label("ici")
            .help("écrivez acquis");
        let problem = Problem::of(&diagnostic, &sources);
        assert_eq!((problem.line, problem.column), (2, 11));
        let excerpt = problem.excerpt.as_ref().unwrap();
        assert_eq!([&excerpt.before, &excerpt.marked, &excerpt.after], ["résultat: ", "acquit", ""]);
        assert!(problem.is_of_one_candidat());
        let file =
            Problem::of(&Diagnostic::in_file(Code::FichierIllisible, "livret.yaml", "ce fichier manque"), &sources);
        assert_eq!((file.path.as_str(), file.line, file.excerpt.is_none()), ("livret.yaml", 0, true));
    }
}
