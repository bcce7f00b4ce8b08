//! `livret check`: every diagnostic of the project, templates tried on every document; nothing written. With
//! `--watch`, again whenever something changed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use rayon::prelude::*;

use super::build::{inputs, interrupted};
use super::{Outcome, bundle, count, report};
use crate::cli::CheckConfig;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::fingerprint::Fingerprint;
use crate::plan::plan;
use crate::project::{Memory, Project};
use crate::render::Renderer;
use crate::source::Sources;
use crate::terminal::Terminal;
use crate::watch::Watch;

/// How often it is looked whether folders came back, or Ctrl-C was pressed.
const TICK: Duration = Duration::from_millis(300);

/// What is kept from one check to the next.
#[derive(Default)]
struct Checker {
    memory: Memory,
    sources: Sources,
    /// What came of rendering each document, and from what it was rendered.
    tried: BTreeMap<String, (Fingerprint, Option<Diagnostic>)>,
    logo: Option<PathBuf>,
}

pub fn run(config: &CheckConfig, terminal: &Terminal) -> Outcome {
    let mut checker = Checker::default();
    if !config.watch {
        return checker.check(config, terminal);
    }
    let start = |poll| Watch::start(&config.directory, None, poll);
    let mut watch = match start(config.poll).or_else(|_| start(true)) {
        Ok(watch) => watch,
        Err(error) => {
            terminal.error(&format!("erreur : les fichiers ne peuvent pas être suivis : {error}\n"));
            return Outcome::Impossible;
        }
    };
    let mut outcome = checker.check(config, terminal);
    terminal.line("Vérification à chaque enregistrement (Ctrl-C pour arrêter)");
    while !interrupted() {
        let changed = watch.wait(TICK);
        if watch.renew(checker.logo.as_deref()).is_err()
            && let Ok(fresh) = start(true)
        {
            watch = fresh;
        }
        if changed && !interrupted() {
            terminal.clear();
            outcome = checker.check(config, terminal);
        }
    }
    outcome
}

impl Checker {
    fn check(&mut self, config: &CheckConfig, terminal: &Terminal) -> Outcome {
        let mut diagnostics = Diagnostics::default();
        let project = Project::read_again(&config.directory, &mut self.memory, &mut self.sources, &mut diagnostics);
        if let Some(project) = &project {
            self.logo = project.projet.organisme.logo.as_ref().map(|logo| logo.value.clone().into());
            self.render(project, &mut diagnostics);
        }
        report(&diagnostics, Severity::Note, &self.sources, terminal);
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

    /// Renders every document that changed since it was last rendered, and throws the pages away.
    fn render(&mut self, project: &Project, diagnostics: &mut Diagnostics) {
        let documents = plan(project, diagnostics).unwrap_or_default();
        let Some(renderer) = Renderer::new(project, &documents, &self.sources, true, diagnostics) else { return };
        // Nothing outlives the program here.
        let program = Fingerprint::of(b"");
        let tried: Vec<_> = documents
            .par_iter()
            .map(|document| {
                let inputs = inputs::page(document, project, true, &program);
                match self.tried.get(&document.html()) {
                    Some((from, result)) if *from == inputs => (document.html(), (inputs, result.clone())),
                    _ => (document.html(), (inputs, renderer.render(document).err().map(|diagnostic| *diagnostic))),
                }
            })
            .collect();
        for diagnostic in tried.iter().filter_map(|(_, (_, result))| result.clone()) {
            diagnostics.push(diagnostic);
        }
        self.tried = tried.into_iter().collect();
        if let Err(diagnostic) = bundle::try_list(project, &renderer) {
            diagnostics.push(*diagnostic);
        }
    }
}
