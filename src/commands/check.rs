//! `livret check`: every diagnostic of the project, templates tried on every document; nothing written.

use std::path::Path;

use super::{Outcome, bundle, count, report};
use crate::diagnostic::{Diagnostics, Severity};
use crate::plan::plan;
use crate::project::Project;
use crate::render::Renderer;
use crate::source::Sources;
use crate::terminal::Terminal;

pub fn run(directory: &Path, terminal: &Terminal) -> Outcome {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let project = Project::read(directory, &mut sources, &mut diagnostics);
    if let Some(project) = &project {
        let documents = plan(project, &mut diagnostics).unwrap_or_default();
        if let Some(renderer) = Renderer::new(project, &documents, &sources, true, &mut diagnostics) {
            for document in &documents {
                if let Err(diagnostic) = renderer.render(document) {
                    diagnostics.push(*diagnostic);
                }
            }
            if let Err(diagnostic) = bundle::try_list(project, &renderer) {
                diagnostics.push(*diagnostic);
            }
        }
    }
    report(&diagnostics, Severity::Note, &sources, terminal);
    let candidats = project.map_or(0, |p| p.candidats.len() + p.candidats_en_erreur.len());
    terminal.line(&format!(
        "{}, {}, {}, {}",
        count(candidats, "candidat(s) vérifié(s)"),
        count(diagnostics.errors(), "erreur(s)"),
        count(diagnostics.warnings(), "avertissement(s)"),
        count(diagnostics.count(Severity::Note), "livret(s) ou bloc(s) à compléter"),
    ));
    if diagnostics.errors() > 0 { Outcome::Mistakes } else { Outcome::Done }
}
