//! A PDF to print as data: which document, what it will say of itself, and all that it is made from.

use super::inputs;
use crate::documents::finish::Metadata;
use crate::documents::plan::{Document, Sujet};
use crate::documents::record::{Entry, PdfEntry};
use crate::ground::fingerprint::Fingerprint;
use crate::ground::typographie::typographier;
use crate::judge::project::Project;
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
    /// Documents of one kind mostly have the same page numbers.
    pub kind: String,
}

/// What is the same for all documents that are printed.
pub(crate) struct Jobs<'a> {
    project: &'a Project,
    program: Fingerprint,
    date: Option<i64>,
}

impl<'a> Jobs<'a> {
    pub(crate) fn of(project: &'a Project) -> Self {
        Self { project, program: load::program(), date: load::source_date() }
    }

    /// What to print for a document whose page is made. `None` if it has no PDF.
    pub(crate) fn job(&self, document: &Document, entry: &Entry) -> Option<Job> {
        let path = document.pdf()?;
        let metadata = metadata(document, self.project, self.date);
        let script = self.project.theme.mise_en_page.as_deref();
        let inputs = inputs::pdf(&entry.content, script, &metadata, &self.program);
        let kind = kind(document, self.project);
        Some(Job { document: document.clone(), path, metadata, content: entry.content.clone(), inputs, kind })
    }
}

impl Job {
    /// Whether a PDF was made from this, by the given Chrome if it is known. Its bytes are not looked at.
    pub(crate) fn made(&self, pdf: &PdfEntry, chrome: Option<&str>) -> bool {
        pdf.path == self.path && pdf.inputs == self.inputs && chrome.is_none_or(|version| version == pdf.chrome)
    }
}

fn metadata(document: &Document, project: &Project, date: Option<i64>) -> Metadata {
    let referentiel = match document.sujet {
        Sujet::Projet => None,
        Sujet::Referentiel(i) => Some(&project.referentiels[i]),
        Sujet::Candidat(i) => Some(&project.referentiels[project.candidat(i).referentiel]),
    };
    Metadata {
        title: typographier(&document.titre),
        author: typographier(&project.projet.organisme.nom),
        subject: referentiel.map(|r| typographier(&format!("{} {}", r.certification, r.titre))),
        keywords: referentiel.map(|r| r.chemin()),
        language: "fr".to_owned(),
        date,
    }
}

/// The kind of a document: what it shows of which référentiel.
fn kind(document: &Document, project: &Project) -> String {
    let blocs = |i: usize| project.candidat(i).blocs.iter().map(|b| b.bloc.to_string()).collect::<Vec<_>>().join(",");
    match document.sujet {
        Sujet::Projet => document.id.clone(),
        // A blank livret has the pages of a complete one.
        Sujet::Referentiel(i) => format!(
            "{i}:{}",
            (0..project.referentiels[i].blocs.len()).map(|b| b.to_string()).collect::<Vec<_>>().join(",")
        ),
        Sujet::Candidat(i) => format!("{}:{}", project.candidat(i).referentiel, blocs(i)),
    }
}
