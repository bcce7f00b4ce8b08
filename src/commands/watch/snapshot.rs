//! What one rebuild works on, and what printers may still work on while the next one is made.

use crate::documents::plan::Document;
use crate::documents::render::context::en_erreur::Anciens;
use crate::documents::render::{Renderer, Templates};
use crate::ground::source::Sources;
use crate::judge::project::Project;

/// A project as it was read, with its documents and its theme: whole, and never changed again.
pub(crate) struct Snapshot {
    pub project: Project,
    pub documents: Vec<Document>,
    pub sources: Sources,
    pub(super) templates: Templates,
    pub(super) with_pdf: bool,
    pub(super) anciens: Anciens,
}

impl Snapshot {
    pub(crate) fn renderer(&self) -> Renderer<'_> {
        let Self { project, documents, sources, templates, with_pdf, anciens } = self;
        Renderer::with(templates.clone(), project, documents, sources, *with_pdf).keeping(anciens.clone())
    }
}
