//! The fingerprint of everything that a document is made from.

use crate::documents::finish::Metadata;
use crate::documents::plan::{Document, Sujet};
use crate::documents::record::Record;
use crate::documents::render::Renderer;
use crate::documents::render::assets::Assets;
use crate::documents::render::context::en_erreur::Anciens;
use crate::ground::fingerprint::{Fingerprint, Parts};
use crate::judge::project::{Dossier, Faute, Project};
use crate::sources::load;

/// What all pages are rendered from. `program` stands for the program itself.
#[derive(Clone, Copy)]
pub(crate) struct Inputs<'a> {
    pub project: &'a Project,
    pub with_pdf: bool,
    /// What is left of documents that are not made anew.
    pub anciens: &'a Anciens,
    pub program: &'a Fingerprint,
}

impl<'a> Inputs<'a> {
    pub(crate) fn of(renderer: &'a Renderer<'a>, program: &'a Fingerprint) -> Self {
        Self { project: renderer.project, with_pdf: renderer.with_pdf, anciens: &renderer.anciens, program }
    }

    /// What a page is rendered from.
    pub(crate) fn page(&self, document: &Document) -> Fingerprint {
        let project = self.project;
        let mut parts = Parts::default();
        parts.add(self.program).add(&project.empreinte).add([u8::from(self.with_pdf)]);
        parts.add(document.html()).add(&document.gabarit).add(&document.titre);
        match document.sujet {
            Sujet::Referentiel(_) => {}
            Sujet::Candidat(i) => {
                parts.add(&project.dossiers[i].empreinte);
            }
            // A session tells of its candidats, and a little too often is no harm.
            Sujet::Projet | Sujet::Session(_) => {
                for Dossier { candidat, empreinte, .. } in project.dossiers.iter().map(|dossier| &**dossier) {
                    parts.add(&candidat.session).add(&candidat.id).add(empreinte);
                }
                for broken in &project.candidats_en_erreur {
                    let faute = project.fautes.of_candidat(broken).map(Faute::fingerprint);
                    parts.add("erreur").add(broken.fingerprint()).maybe(faute);
                }
                for chemin in &project.referentiels_en_erreur {
                    let faute = project.fautes.of_referentiel(chemin).map(Faute::fingerprint);
                    parts.add("erreur").add(chemin).maybe(faute);
                }
                parts.add(self.anciens.fingerprint());
            }
        }
        parts.fingerprint()
    }

    /// Whether the record knows no page of a document that was rendered from what it would be rendered from now.
    pub(crate) fn changed(&self, document: &Document, record: &Record) -> bool {
        let inputs = self.page(document);
        record.documents.get(&document.html()).is_none_or(|entry| entry.inputs != inputs)
    }
}

/// What the printer is given: the page and the assets that it uses.
pub(crate) fn content(html: &str, assets: &Assets) -> Fingerprint {
    let mut parts = Parts::default();
    parts.add(html);
    for path in assets.used(html) {
        parts.add(&path).maybe(assets.fingerprint(&path));
    }
    parts.fingerprint()
}

/// What a PDF is made from, Chrome aside.
pub(crate) fn pdf(content: &Fingerprint, script: Option<&str>, metadata: &Metadata) -> Fingerprint {
    let mut parts = Parts::default();
    parts.add(load::program()).add(content).add(script.unwrap_or_default()).add(metadata.fingerprint());
    parts.fingerprint()
}
