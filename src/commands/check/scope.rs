//! What `check --only` is about: the candidats and référentiels that match, the référentiels of these candidats, and
//! all that no candidat and no référentiel has for itself.

use std::collections::BTreeSet;

use crate::documents::build::select::Only;
use crate::documents::build::select::matches;
use crate::documents::plan::{Document, Sujet};
use crate::ground::diagnostic::{Diagnostic, Place};
use crate::ground::paths::{self, CANDIDATS, CONTENT, REFERENTIELS};
use crate::ground::source::Sources;
use crate::judge::project::Project;
use crate::model::candidat::Candidat;

pub(crate) struct Scope<'a> {
    /// All is wanted if it is `None`.
    only: Option<&'a Only>,
    /// Files of candidats, and folders of référentiels.
    wanted: BTreeSet<String>,
}

impl<'a> Scope<'a> {
    /// `project` is `None` if it could not be read: paths tell what is wanted then.
    pub(crate) fn new(only: Option<&'a Only>, project: Option<&Project>, documents: &[Document]) -> Self {
        let mut scope = Self { only, wanted: BTreeSet::new() };
        let (Some(only), Some(project)) = (only, project) else { return scope };
        let referentiel = |i: usize| paths::referentiel(&project.referentiels[i].chemin());
        for document in documents.iter().filter(|document| matches(only, document, project)) {
            match document.sujet {
                Sujet::Projet | Sujet::Session(_) => {}
                Sujet::Referentiel(i) => drop(scope.wanted.insert(referentiel(i))),
                Sujet::Candidat(i) => {
                    scope.wanted.insert(file(project.candidat(i)));
                    scope.wanted.insert(referentiel(project.candidat(i).referentiel));
                }
            }
        }
        for broken in &project.candidats_en_erreur {
            if !is_named(only, &broken.path) {
                continue;
            }
            scope.wanted.insert(broken.path.clone());
            // Which of them it follows is not known.
            scope.wanted.extend(project.referentiels_en_erreur.iter().map(|r| paths::referentiel(r)));
        }
        scope
    }

    /// The pattern, if nothing matches it.
    pub(crate) fn missed(&self) -> Option<&'a Only> {
        self.only.filter(|_| self.wanted.is_empty())
    }

    pub(crate) fn holds_candidat(&self, candidat: &Candidat) -> bool {
        self.only.is_none() || self.wanted.contains(&file(candidat))
    }

    pub(crate) fn holds_file(&self, path: &str) -> bool {
        let Some(only) = self.only else { return true };
        let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
        let owned = [CANDIDATS, REFERENTIELS].iter().any(|folder| path.starts_with(&format!("{CONTENT}/{folder}/")));
        !owned || self.wanted.contains(path) || above.any(|folder| self.wanted.contains(folder)) || is_named(only, path)
    }

    /// Whether a diagnostic speaks of something wanted.
    pub(crate) fn holds(&self, diagnostic: &Diagnostic, sources: &Sources) -> bool {
        let related = diagnostic.related.iter().map(|(span, _)| Place::Span(*span));
        std::iter::once(diagnostic.place.clone()).chain(related).any(|place| match place {
            Place::Span(span) => self.holds_file(&sources.get(span.source).path),
            Place::File(path) => self.holds_file(&path),
            Place::Nowhere => true,
        })
    }
}

/// Whether the name of a file, its session, or the référentiel that it belongs to matches: mistakes may keep it from
/// being more than a file.
fn is_named(only: &Only, path: &str) -> bool {
    let inner = path.strip_prefix(CONTENT).and_then(|inner| inner.strip_prefix('/')).unwrap_or(path);
    let name = inner.strip_suffix(".md").unwrap_or(inner);
    let parts: Vec<&str> = name.split('/').collect();
    match parts.as_slice() {
        [CANDIDATS, session, id] => only.matches(&[name, &format!("{session}/{id}"), id, session]),
        [REFERENTIELS, id, version, ..] => only.matches(&[name, &format!("{id}/{version}")]),
        _ => only.matches(&[name, parts.last().unwrap_or(&name)]),
    }
}

fn file(candidat: &Candidat) -> String {
    paths::fiche(&candidat.session, &candidat.id)
}
