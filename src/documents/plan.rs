//! Every output as data, before anything is rendered: which document, from which template, to which file. Two
//! documents for one file, and names that would leave the output folder, are refused here.

use std::collections::BTreeMap;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold::file_name;
use crate::ground::paths::{check_name, dossier_candidat, dossier_referentiel, dossier_session, join};
use crate::ground::text::fill;
use crate::ground::typographie::nom_de_session;
use crate::judge::project::Project;
use crate::model::candidat::Candidat;
use crate::model::referentiel::Referentiel;
use crate::model::theme::{Portee, Theme, TypeDocument};

/// What a document is about, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sujet {
    Projet,
    Referentiel(usize),
    Candidat(usize),
    /// By its place among the project's sessions.
    Session(usize),
}

/// One document to make. Paths are relative to the output folder, with `/`.
#[derive(Debug, Clone)]
pub struct Document {
    pub id: String,
    pub sujet: Sujet,
    pub gabarit: String,
    pub titre: String,
    /// Folder of the document, empty for the output itself.
    pub dossier: String,
    pub fichier: String,
    pub pdf: bool,
    /// Whether the boxes of results must be there, the candidat's or blank ones.
    pub resultats: bool,
}

impl Document {
    fn new(kind: &TypeDocument, sujet: Sujet, dossier: String, titre: String) -> Self {
        Self {
            id: kind.id.value.clone(),
            sujet,
            gabarit: kind.gabarit.value.clone(),
            titre,
            dossier,
            fichier: kind.fichier.clone(),
            pdf: kind.pdf,
            resultats: kind.resultats,
        }
    }

    pub fn html(&self) -> String {
        join(&self.dossier, &format!("{}.html", self.fichier))
    }

    pub(crate) fn pdf(&self) -> Option<String> {
        self.pdf.then(|| join(&self.dossier, &format!("{}.pdf", self.fichier)))
    }

    /// The way from the document's folder back to the output folder: `../../`.
    pub(crate) fn racine(&self) -> String {
        "../".repeat(self.dossier.split('/').filter(|p| !p.is_empty()).count())
    }
}

/// All documents of the project, subject by subject, in a stable order. What a theme has for sessions is not among
/// them: [`bordereau`].
///
/// # Errors
/// `None`, with diagnostics, if the theme would write outside its folders or twice to one file.
pub fn plan(project: &Project, diagnostics: &mut Diagnostics) -> Option<Vec<Document>> {
    let Project { theme, referentiels, .. } = project;
    if !check_kinds(theme, diagnostics) {
        return None;
    }
    let of = |portee| theme.documents.iter().filter(move |t: &&TypeDocument| t.portee == portee);
    let mut documents = Vec::new();
    for kind in of(Portee::Projet) {
        let titre = kind.titre.replace("{organisme}", &project.projet.organisme.nom);
        documents.push(Document::new(kind, Sujet::Projet, String::new(), titre));
    }
    for (i, referentiel) in referentiels.iter().enumerate() {
        let dossier = dossier_referentiel(&referentiel.chemin());
        // The blank form of what shows results has their boxes too.
        let shown = |gabarit: &str| theme.documents.iter().any(|kind| kind.resultats && kind.gabarit.value == gabarit);
        documents.extend(of(Portee::Referentiel).map(|kind| Document {
            resultats: shown(&kind.gabarit.value),
            ..Document::new(kind, Sujet::Referentiel(i), dossier.clone(), titre(kind, referentiel, None))
        }));
    }
    for (i, candidat) in project.candidats().enumerate() {
        let (dossier, referentiel) =
            (dossier_candidat(&candidat.session, &candidat.id), &referentiels[candidat.referentiel]);
        documents.extend(of(Portee::Candidat).map(|kind| {
            Document::new(kind, Sujet::Candidat(i), dossier.clone(), titre(kind, referentiel, Some(candidat)))
        }));
    }
    Some(documents)
}

/// Those of one subject, among all that were planned.
pub(crate) fn documents_de(documents: &[Document], sujet: Sujet) -> &[Document] {
    let rest = &documents[documents.partition_point(|d| d.sujet < sujet)..];
    &rest[..rest.partition_point(|d| d.sujet == sujet)]
}

/// What stands before the documents of a session in a bundle; the theme calls these `ensemble`. `None` if the theme
/// has no such document, or there is no such session.
pub(crate) fn bordereau(project: &Project, session: &str, ensemble: &str) -> Option<Document> {
    let kind = project.theme.documents.iter().find(|t| t.portee == Portee::Session && t.pdf)?;
    let sujet = Sujet::Session(project.sessions().into_iter().position(|known| known == session)?);
    let nom = nom_de_session(session);
    let titre = fill(&kind.titre, |place| match place {
        "{session}" => Some(&nom),
        "{document}" => Some(ensemble),
        _ => None,
    });
    Some(Document::new(kind, sujet, dossier_session(session), titre))
}

fn titre(kind: &TypeDocument, referentiel: &Referentiel, candidat: Option<&Candidat>) -> String {
    let nom = candidat.map(Candidat::nom_complet);
    let session = candidat.map(|c| nom_de_session(&c.session));
    fill(&kind.titre, |place| match place {
        "{certification}" => Some(&referentiel.certification),
        "{referentiel}" => Some(&referentiel.titre),
        "{version}" => Some(&referentiel.version),
        "{candidat}" => nom.as_deref(),
        "{session}" => session.as_deref(),
        _ => None,
    })
}

/// Two kinds of document of one portée must not share a file, nor leave their folder.
fn check_kinds(theme: &Theme, diagnostics: &mut Diagnostics) -> bool {
    let errors_before = diagnostics.errors();
    let mut seen: BTreeMap<(u8, String), &TypeDocument> = BTreeMap::new();
    for kind in &theme.documents {
        if let Err(reason) = check_name(&kind.fichier) {
            let message = format!("« {} » ne peut pas être un nom de fichier : {reason}", kind.fichier);
            let diagnostic = Diagnostic::new(Code::NomImpossible, kind.id.span, message);
            diagnostics.push(diagnostic.help("gardez des lettres, des chiffres et des tirets"));
        }
        if let Some(first) = seen.insert((kind.portee as u8, file_name(&kind.fichier)), kind) {
            let message = format!("deux documents du thème s'écrivent dans « {}.html »", kind.fichier);
            let diagnostic = Diagnostic::new(Code::DocumentsConfondus, kind.id.span, message);
            let diagnostic = diagnostic.related(first.id.span, "le premier");
            diagnostics.push(diagnostic.help("donnez à l'un une autre clé « fichier »"));
        }
    }
    diagnostics.errors() == errors_before
}
