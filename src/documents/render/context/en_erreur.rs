//! Candidats and référentiels with mistakes on the index: the first mistake, and what was built of them before it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Libelles;
use super::lien::Lien;
use crate::ground::paths::dossier_candidat;
use crate::ground::typographie::typographier;
use crate::judge::project::{CandidatEnErreur, Faute, Project};
use crate::model::theme::{Portee, TypeDocument};

/// The last good documents of sources with mistakes, as files that are there: by their path from the output.
#[derive(Debug, Clone, Default)]
pub struct Anciens(BTreeSet<String>);

impl Anciens {
    /// `is_there` tells whether the output has a file.
    pub fn of(project: &Project, is_there: impl Fn(&str) -> bool) -> Self {
        let candidats =
            project.candidats_en_erreur.iter().map(|c| (Portee::Candidat, dossier_candidat(&c.session, &c.id)));
        let referentiels = project.referentiels_en_erreur.iter().map(|chemin| (Portee::Referentiel, dossier(chemin)));
        let files = candidats
            .chain(referentiels)
            .flat_map(|(portee, dossier)| kinds(project, portee).flat_map(move |kind| files(kind, &dossier)));
        Self(files.filter(|path| is_there(path)).collect())
    }

    pub fn paths(&self) -> impl Iterator<Item = &String> {
        self.0.iter()
    }

    fn liens(&self, project: &Project, portee: Portee, dossier: &str, words: &Libelles, with_pdf: bool) -> Vec<Lien> {
        kinds(project, portee)
            .filter_map(|kind| {
                let [html, pdf] = files(kind, dossier);
                let pdf = Some(pdf).filter(|pdf| kind.pdf && with_pdf && self.0.contains(pdf));
                self.0.contains(&html).then(|| Lien::new(&kind.id.value, &kind.id.value, &html, pdf.as_deref(), words))
            })
            .collect()
    }

    pub fn of_candidat(&self, c: &CandidatEnErreur, project: &Project, words: &Libelles, with_pdf: bool) -> Vec<Lien> {
        self.liens(project, Portee::Candidat, &dossier_candidat(&c.session, &c.id), words, with_pdf)
    }
}

fn kinds(project: &Project, portee: Portee) -> impl Iterator<Item = &TypeDocument> {
    project.theme.documents.iter().filter(move |kind| kind.portee == portee)
}

fn files(kind: &TypeDocument, dossier: &str) -> [String; 2] {
    ["html", "pdf"].map(|ending| format!("{dossier}/{}.{ending}", kind.fichier))
}

fn dossier(chemin: &str) -> String {
    format!("referentiels/{chemin}")
}

/// The first mistake.
#[derive(Debug, Serialize)]
pub struct ContexteFaute {
    phrase: String,
    /// Its path in the project.
    fichier: String,
    ligne: Option<usize>,
    /// Of which référentiel it is, for a candidat who has none himself.
    referentiel: Option<String>,
}

impl ContexteFaute {
    fn new(faute: &Faute, referentiel: Option<&String>) -> Self {
        Self {
            phrase: typographier(&faute.phrase),
            fichier: faute.path.clone(),
            ligne: faute.ligne,
            referentiel: referentiel.cloned(),
        }
    }

    pub fn of_candidat(c: &CandidatEnErreur, project: &Project) -> Option<Self> {
        let faute = project.fautes.of_candidat(c)?;
        let own = faute.path == c.path || c.path.starts_with(&format!("{}/", faute.path));
        Some(Self::new(faute, c.referentiel.as_ref().filter(|_| !own)))
    }
}

/// A référentiel with mistakes.
#[derive(Debug, Serialize)]
pub struct LigneReferentielEnErreur {
    id: String,
    version: String,
    titre: Option<String>,
    erreur: Option<ContexteFaute>,
    documents: Vec<Lien>,
}

pub fn referentiels(
    project: &Project,
    anciens: &Anciens,
    words: &Libelles,
    with_pdf: bool,
) -> Vec<LigneReferentielEnErreur> {
    project
        .referentiels_en_erreur
        .iter()
        .map(|chemin| {
            let (id, version) = chemin.split_once('/').unwrap_or((chemin, ""));
            LigneReferentielEnErreur {
                id: id.to_owned(),
                version: version.to_owned(),
                titre: project.fautes.titre(chemin).map(typographier),
                erreur: project.fautes.of_referentiel(chemin).map(|faute| ContexteFaute::new(faute, None)),
                documents: anciens.liens(project, Portee::Referentiel, &dossier(chemin), words, with_pdf),
            }
        })
        .collect()
}
