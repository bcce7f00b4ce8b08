//! Fiches and référentiels that have mistakes, as lists name them: who or what they are as far as their text tells, and
//! the first mistake of each.

use std::collections::BTreeMap;

use crate::ground::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::ground::fingerprint::{Fingerprint, Parts};
use crate::ground::fold;
use crate::ground::paths::{self, PROJECT_FILE};
use crate::ground::source::Sources;
use crate::sources::layout::CandidatFile;

/// A fiche with mistakes, be it that it cannot be read at all: named wherever candidats are, and nothing of it is removed.
#[derive(Debug, Clone)]
pub(crate) struct CandidatEnErreur {
    pub session: String,
    pub id: String,
    pub path: String,
    pub personne: Personne,
    /// The référentiel that the fiche names, `id/version`, where it is that one which has mistakes.
    pub referentiel: Option<String>,
}

/// Who a fiche is about; empty what it does not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Personne {
    pub nom: String,
    pub prenom: String,
}

/// A mistake in one sentence, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Faute {
    pub phrase: String,
    pub path: String,
    pub ligne: Option<usize>,
}

/// What is known of the sources with mistakes.
#[derive(Debug, Default)]
pub(crate) struct Fautes {
    /// The first of each file or folder.
    first: BTreeMap<String, Faute>,
    /// The titles of référentiels, by `id/version`.
    titres: BTreeMap<String, String>,
}

impl CandidatEnErreur {
    pub(crate) fn new(file: CandidatFile, personne: Personne, referentiel: Option<String>) -> Self {
        Self { session: file.session, id: file.id, path: file.path, personne, referentiel }
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        let Self { session, id, path, personne: Personne { nom, prenom }, referentiel } = self;
        let mut parts = Parts::default();
        parts.add(session).add(id).add(path).add(nom).add(prenom).maybe(referentiel.as_ref()).fingerprint()
    }

    /// The fiche of a path that could not be read; `None` if it is none.
    pub(crate) fn unreadable(path: &str) -> Option<Self> {
        let (session, id) = paths::session_and_id(path)?;
        Some(Self {
            session: fold::nfc(session).into_owned(),
            id: fold::nfc(id).into_owned(),
            path: path.to_owned(),
            personne: Personne::default(),
            referentiel: None,
        })
    }
}

impl Personne {
    /// Takes from the lines of a fiche what could not be read of it as it is meant.
    pub(crate) fn or_lines_of(self, text: &str) -> Self {
        let or = |read: String, key| if read.is_empty() { line(text, key).unwrap_or_default() } else { read };
        Self { nom: or(self.nom, "nom"), prenom: or(self.prenom, "prenom") }
    }
}

/// The value of a key on a line of front matter that may be no YAML at all: in words, or not at all.
fn line(text: &str, key: &str) -> Option<String> {
    let is_key = |written: &str| written.trim_start().starts_with(char::is_alphabetic) && fold::slug(written) == key;
    // Below these stand the names of others.
    let others = |line: &&str| ["## ", "evaluateurs", "evaluations"].iter().any(|start| line.starts_with(start));
    let mut lines = text.lines().take_while(|line| !others(line));
    let value = lines.find_map(|line| line.split_once(':').filter(|(k, _)| is_key(k)))?.1;
    let value = value.split(" #").next()?.trim().trim_matches(['"', '\'', '«', '»', ',']).trim();
    let is_words = value.chars().any(char::is_alphabetic) && !value.contains(['{', '}', '[', ']', '<', '>', '\\', '"']);
    is_words.then(|| fold::nfc(value).into_owned())
}

impl Faute {
    pub(crate) fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let (phrase, path) = (diagnostic.message.clone(), diagnostic.path(sources).to_owned());
        Self { phrase, path, ligne: diagnostic.line(sources) }
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        let Self { phrase, path, ligne } = self;
        Parts::default().add(phrase).add(path).maybe(ligne.map(|line| line.to_string())).fingerprint()
    }

    /// The first mistake of all that was found.
    pub(crate) fn first(diagnostics: &Diagnostics, sources: &Sources) -> Option<Self> {
        errors(diagnostics, sources).next().map(|first| Self::of(first, sources))
    }
}

/// The mistakes among all that was found, in order.
fn errors<'d>(diagnostics: &'d Diagnostics, sources: &Sources) -> impl Iterator<Item = &'d Diagnostic> {
    diagnostics.sorted(sources).into_iter().filter(|d| d.severity() == Severity::Error)
}

impl Fautes {
    /// `own` are those of référentiels, be they in files that they include, by `id/version`.
    pub(crate) fn of(diagnostics: &Diagnostics, sources: &Sources, own: &BTreeMap<String, Faute>) -> Self {
        let mut first: BTreeMap<String, Faute> =
            own.iter().map(|(chemin, faute)| (paths::referentiel(chemin), faute.clone())).collect();
        for error in errors(diagnostics, sources) {
            first.entry(error.path(sources).to_owned()).or_insert_with(|| Faute::of(error, sources));
        }
        Self { first, titres: BTreeMap::new() }
    }

    /// Reads the title of a référentiel in its main file.
    pub(crate) fn entitle(&mut self, chemin: &str, text: &str) {
        self.titres.extend(line(text, "titre").map(|titre| (chemin.to_owned(), titre)));
    }

    pub(crate) fn titre(&self, chemin: &str) -> Option<&str> {
        self.titres.get(chemin).map(String::as_str)
    }

    /// Why there are no documents of a candidat: a mistake in his fiche or of its place, in his référentiel, or in what
    /// is the default of all.
    pub(crate) fn of_candidat(&self, candidat: &CandidatEnErreur) -> Option<&Faute> {
        let above = candidat.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let own = self.first.get(&candidat.path).or_else(|| self.first.get(above));
        own.or_else(|| self.of_referentiel(candidat.referentiel.as_ref()?)).or_else(|| self.first.get(PROJECT_FILE))
    }

    /// Why a référentiel, `id/version`, is none.
    pub(crate) fn of_referentiel(&self, chemin: &str) -> Option<&Faute> {
        let folder = paths::referentiel(chemin);
        let below = format!("{folder}/");
        self.first.get(&folder).or_else(|| {
            let (path, faute) = self.first.range(below.clone()..).next()?;
            path.starts_with(&below).then_some(faute)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_found_in_lines_that_are_no_yaml() {
        let of = |text: &str| {
            let Personne { nom, prenom } = Personne::default().or_lines_of(text);
            (nom, prenom)
        };
        let pair = |nom: &str, prenom: &str| (nom.to_owned(), prenom.to_owned());
        assert_eq!(of("---\nnom: \"Martin\nprenom: Claire # sic\n"), pair("Martin", "Claire"));
        assert_eq!(of("---\nNom : D'Hervilly\n\tPrénom: 'Benoît'\n"), pair("D'Hervilly", "Benoît"));
        assert_eq!(of("---\nnom: [a, b]\nprenom: 12\n"), pair("", ""));
        assert_eq!(of("---\nprenom: Claire\n## accueil\nnom: aucun\n"), pair("", "Claire"));
        assert_eq!(of("---\nevaluateurs:\n  - nom: Le Goff\n    prenom: Anne\n"), pair("", ""));
        let known = Personne { nom: "Roux".to_owned(), prenom: String::new() };
        assert_eq!(known.or_lines_of("nom: Martin").nom, "Roux");
    }
}
