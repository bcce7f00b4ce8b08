//! Candidats and référentiels with mistakes on the index: the first mistake, and what was built of them before it.

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::lien::lien;
use super::{Libelles, fields, list};
use crate::documents::plan::{Document, Sujet};
use crate::ground::diagnostic::Diagnostic;
use crate::ground::fingerprint::{Fingerprint, Parts};
use crate::ground::paths::{dossier_candidat, dossier_referentiel};
use crate::ground::source::Sources;
use crate::ground::typographie::typographier;
use crate::judge::project::{CandidatEnErreur, Faute, Project};
use crate::model::theme::{Portee, TypeDocument};

/// What is known of documents that are not made anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Anciens {
    /// The last good ones, as files that are there: by their path from the output.
    files: BTreeSet<String>,
    /// Why those of a sound candidat, by index, could not be made.
    echecs: BTreeMap<usize, Faute>,
}

impl Anciens {
    /// `failed` are pages that could not be made, by their path; `is_there` tells whether the output has a file.
    pub(crate) fn of(
        project: &Project,
        documents: &[Document],
        failed: &BTreeMap<&str, &Diagnostic>,
        sources: &Sources,
        is_there: impl Fn(&str) -> bool,
    ) -> Self {
        let mut echecs = BTreeMap::new();
        for document in documents.iter().filter(|_| !failed.is_empty()) {
            if let (Sujet::Candidat(i), Some(failure)) = (document.sujet, failed.get(document.html().as_str())) {
                echecs.entry(i).or_insert_with(|| Faute::of(failure, sources));
            }
        }
        let sound = echecs.keys().map(|&i| (&project.candidat(i).session, &project.candidat(i).id));
        let broken = project.candidats_en_erreur.iter().map(|c| (&c.session, &c.id));
        let candidats = sound.chain(broken).map(|(session, id)| (Portee::Candidat, dossier_candidat(session, id)));
        let referentiels =
            project.referentiels_en_erreur.iter().map(|chemin| (Portee::Referentiel, dossier_referentiel(chemin)));
        let files = candidats
            .chain(referentiels)
            .flat_map(|(portee, dossier)| kinds(project, portee).flat_map(move |kind| files(kind, &dossier)));
        let files = files.filter(|path| is_there(path)).collect();
        Self { files, echecs }
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        let Self { files, echecs } = self;
        let mut parts = Parts::default();
        for path in files {
            parts.add("document").add(path);
        }
        for (candidat, faute) in echecs {
            parts.add("echec").add(candidat.to_string()).add(faute.fingerprint());
        }
        parts.fingerprint()
    }

    fn liens(&self, project: &Project, portee: Portee, dossier: &str, words: &Libelles, with_pdf: bool) -> Value {
        list(kinds(project, portee).filter_map(|kind| {
            let [html, pdf] = files(kind, dossier);
            let pdf = Some(pdf).filter(|pdf| kind.pdf && with_pdf && self.files.contains(pdf));
            self.files.contains(&html).then(|| lien(&kind.id.value, &kind.id.value, &html, pdf.as_deref(), words))
        }))
    }

    /// Those of a candidat.
    pub(crate) fn de(&self, session: &str, id: &str, project: &Project, words: &Libelles, with_pdf: bool) -> Value {
        self.liens(project, Portee::Candidat, &dossier_candidat(session, id), words, with_pdf)
    }

    /// Why the documents of a sound candidat could not be made.
    pub(crate) fn echec(&self, candidat: usize) -> Option<Value> {
        self.echecs.get(&candidat).map(|faute| contexte_faute(faute, None, true))
    }
}

fn kinds(project: &Project, portee: Portee) -> impl Iterator<Item = &TypeDocument> {
    project.theme.documents.iter().filter(move |kind| kind.portee == portee)
}

fn files(kind: &TypeDocument, dossier: &str) -> [String; 2] {
    ["html", "pdf"].map(|ending| format!("{dossier}/{}.{ending}", kind.fichier))
}

/// The first mistake. `referentiel` is the one that it is of, for a candidat who has none himself; `document` tells that
/// the fiche is sound, but its documents cannot be made.
fn contexte_faute(faute: &Faute, referentiel: Option<&str>, document: bool) -> Value {
    fields([
        ("phrase", typographier(&faute.phrase).into()),
        // Its path in the project.
        ("fichier", faute.path.as_str().into()),
        ("ligne", faute.ligne.into()),
        ("referentiel", referentiel.into()),
        ("document", document.into()),
    ])
}

pub(crate) fn faute_du_candidat(c: &CandidatEnErreur, project: &Project) -> Option<Value> {
    let faute = project.fautes.of_candidat(c)?;
    let own = faute.path == c.path || c.path.starts_with(&format!("{}/", faute.path));
    Some(contexte_faute(faute, c.referentiel.as_deref().filter(|_| !own), false))
}

/// The référentiels with mistakes.
pub(crate) fn referentiels(project: &Project, anciens: &Anciens, words: &Libelles, with_pdf: bool) -> Value {
    list(project.referentiels_en_erreur.iter().map(|chemin| {
        let (id, version) = chemin.split_once('/').unwrap_or((chemin, ""));
        let faute = project.fautes.of_referentiel(chemin);
        fields([
            ("id", id.into()),
            ("version", version.into()),
            ("titre", project.fautes.titre(chemin).map(typographier).into()),
            ("erreur", faute.map(|faute| contexte_faute(faute, None, false)).into()),
            ("documents", anciens.liens(project, Portee::Referentiel, &dossier_referentiel(chemin), words, with_pdf)),
        ])
    }))
}
