//! A diagnostic as data, for a page to show: what other programs are told, and the line itself, as a terminal shows it.

use serde::Serialize;

use crate::ground::diagnostic::Diagnostic;
use crate::ground::diagnostic::record::Record;
use crate::ground::paths::CONTENT;
use crate::ground::source::{Marked, Sources};

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    #[serde(flatten)]
    record: Record,
    /// None if the file has no text to show.
    excerpt: Option<Excerpt>,
}

/// A line, cut where it is marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Excerpt {
    before: String,
    marked: String,
    after: String,
}

impl Problem {
    pub(crate) fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let excerpt = diagnostic.span().map(|span| Excerpt::of(&sources.marked(span)));
        Self { record: Record::new(diagnostic, sources), excerpt }
    }

    /// The file that it is about, from the project's folder.
    pub(crate) fn path(&self) -> &str {
        self.record.place.as_ref().map_or("", |place| &place.file)
    }

    /// Whether it is about the file of one candidat, and so of no interest on other pages.
    pub(crate) fn is_of_one_candidat(&self) -> bool {
        self.path().strip_prefix(CONTENT).is_some_and(|inner| inner.starts_with("/candidats/"))
    }
}

impl Excerpt {
    fn of(Marked { text, range, .. }: &Marked) -> Self {
        let [before, marked, after] =
            [&text[..range.start], &text[range.clone()], &text[range.end..]].map(ToOwned::to_owned);
        Self { before, marked, after }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::diagnostic::Code;
    use crate::ground::source::Span;

    #[test]
    fn the_marked_words_stand_in_their_line() {
        let mut sources = Sources::default();
        let id = sources.add("content/candidats/s/a.md", "nom: É\nrésultat: acquit\nfin");
        let at = sources.text(id).find("acquit").unwrap();
        let diagnostic = Diagnostic::new(Code::NiveauInconnu, Span::new(id, at..at + 6), "niveau inconnu")
            .label("ici")
            .help("écrivez acquis");
        let problem = Problem::of(&diagnostic, &sources);
        let told = serde_json::to_value(&problem).unwrap();
        assert_eq!((&told["line"], &told["column"], &told["label"]), (&2.into(), &11.into(), &"ici".into()));
        let excerpt = ["before", "marked", "after"].map(|part| told["excerpt"][part].as_str().unwrap());
        assert_eq!(excerpt, ["résultat: ", "acquit", ""]);
        assert!(problem.is_of_one_candidat());
        let file =
            Problem::of(&Diagnostic::in_file(Code::FichierIllisible, "livret.yaml", "ce fichier manque"), &sources);
        assert_eq!((file.path(), &file.excerpt), ("livret.yaml", &None));
    }
}
