//! A PDF to print as data: which document, what it will say of itself, and all that it is made from.

use std::collections::BTreeSet;

use super::inputs;
use crate::documents::finish::Metadata;
use crate::documents::plan::{Document, Sujet};
use crate::documents::record::{Entry, PdfEntry};
use crate::ground::fingerprint::Fingerprint;
use crate::ground::typographie::typographier;
use crate::judge::project::Project;
use crate::model::referentiel::Referentiel;
use crate::sources::load;

/// A document to print.
#[derive(Clone)]
pub(crate) struct Job {
    pub document: Document,
    /// Of the PDF, in the output.
    pub path: String,
    pub metadata: Metadata,
    /// The page with its assets.
    pub content: Fingerprint,
    /// All that it is printed from, Chrome aside.
    pub inputs: Fingerprint,
}

impl Job {
    /// What to print for a document whose page is made. `None` if it has no PDF.
    pub(crate) fn of(document: &Document, entry: &Entry, project: &Project) -> Option<Self> {
        let path = document.pdf()?;
        let metadata = metadata(&document.titre, document.sujet, project);
        let inputs = inputs::pdf(&entry.content, project.theme.mise_en_page.as_deref(), &metadata);
        Some(Self { document: document.clone(), path, metadata, content: entry.content.clone(), inputs })
    }

    /// Whether a PDF was made from this, by the given Chrome if it is known. Its bytes are not looked at.
    pub(crate) fn made(&self, pdf: &PdfEntry, chrome: Option<&str>) -> bool {
        pdf.path == self.path && pdf.inputs == self.inputs && chrome.is_none_or(|version| version == pdf.chrome)
    }
}

/// What the PDF with a title says of itself, which is about this.
pub(crate) fn metadata(titre: &str, sujet: Sujet, project: &Project) -> Metadata {
    let referentiels: BTreeSet<usize> = match sujet {
        Sujet::Projet => BTreeSet::new(),
        Sujet::Referentiel(i) => BTreeSet::from([i]),
        Sujet::Candidat(i) => BTreeSet::from([project.candidat(i).referentiel]),
        Sujet::Session(i) => {
            let session = project.sessions().into_iter().nth(i);
            project.candidats().filter(|c| Some(c.session.as_str()) == session).map(|c| c.referentiel).collect()
        }
    };
    let each = |text: fn(&Referentiel) -> String| {
        let texts: Vec<String> = referentiels.iter().map(|i| text(&project.referentiels[*i])).collect();
        (!texts.is_empty()).then(|| texts.join(", "))
    };
    Metadata {
        title: typographier(titre),
        author: typographier(&project.projet.organisme.nom),
        subject: each(|r| typographier(&format!("{} {}", r.certification, r.titre))),
        keywords: each(Referentiel::chemin),
        date: load::source_date(),
    }
}

/// The kind of a document, what it shows of which référentiel: those of one kind mostly have the same page numbers.
pub(crate) fn kind(document: &Document, project: &Project) -> String {
    let joined = |blocs: Vec<usize>| blocs.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    match document.sujet {
        Sujet::Projet | Sujet::Session(_) => document.id.clone(),
        // A blank livret has the pages of a complete one.
        Sujet::Referentiel(i) => format!("{i}:{}", joined((0..project.referentiels[i].blocs.len()).collect())),
        Sujet::Candidat(i) => {
            let candidat = project.candidat(i);
            format!("{}:{}", candidat.referentiel, joined(candidat.blocs.iter().map(|b| b.bloc).collect()))
        }
    }
}
