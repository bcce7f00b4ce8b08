//! `livret check`: every diagnostic of the project, templates tried on every document and their boxes compared with
//! the results; nothing written. With
//! `--watch`, again whenever something changed.

mod scope;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use scope::Scope;

use super::{Outcome, bundle, report};
use crate::cli::OUTPUT;
use crate::cli::check::CheckArgs;
use crate::documents::build::inputs::Inputs;
use crate::documents::build::select::{Only, matches, nothing_matches};
use crate::documents::build::stale::{self, Wanted};
use crate::documents::plan::{Document, plan};
use crate::documents::print::stopped;
use crate::documents::render::Renderer;
use crate::documents::verify;
use crate::documents::write::Ledger;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::ground::fingerprint::Fingerprint;
use crate::ground::source::Sources;
use crate::ground::stop;
use crate::ground::terminal::Terminal;
use crate::ground::text::count;
use crate::judge::project::{Dossier, Memory, Project};
use crate::live::watch::Watch;

/// What is kept from one check to the next.
#[derive(Default)]
struct Checker {
    memory: Memory,
    sources: Sources,
    /// What came of rendering each document, and from what it was rendered.
    tried: BTreeMap<String, (Fingerprint, Option<Diagnostic>)>,
    logo: Option<PathBuf>,
}

pub fn run(args: &CheckArgs, terminal: &Terminal) -> Outcome {
    let mut checker = Checker::default();
    if !args.watch {
        return checker.check(args, terminal);
    }
    stop::ends_by_itself();
    let mut watch = Watch::start(&args.project.directory, None, args.poll, terminal);
    let mut outcome = checker.check(args, terminal);
    terminal.line("Vérification à chaque enregistrement (Ctrl-C pour arrêter)");
    while !stopped() {
        let changed = watch.wait();
        watch.renew(checker.logo.as_deref(), terminal);
        if changed && !stopped() {
            terminal.clear();
            outcome = checker.check(args, terminal);
        }
    }
    outcome
}

impl Checker {
    fn check(&mut self, args: &CheckArgs, terminal: &Terminal) -> Outcome {
        let mut diagnostics = Diagnostics::default();
        let project =
            Project::read_again(&args.project.directory, &mut self.memory, &mut self.sources, &mut diagnostics);
        let documents = project.as_ref().and_then(|p| plan(p, &mut diagnostics)).unwrap_or_default();
        let scope = Scope::new(args.wanted.as_ref(), project.as_ref(), &documents);
        if let Some(project) = &project {
            self.logo = project.projet.organisme.logo.as_ref().map(|logo| logo.value.clone().into());
            left(project, &documents, &args.project.directory, &mut diagnostics);
            self.render(project, &documents, args.wanted.as_ref(), &mut diagnostics);
        }
        diagnostics.retain(|diagnostic| scope.holds(diagnostic, &self.sources));
        if let (Some(only), Some(project)) = (scope.missed(), &project) {
            diagnostics.push(nothing_matches("--only ", &only.pattern, project));
        }
        diagnostics.join(&self.sources);
        self.show(args, project.as_ref(), &scope, &diagnostics, terminal);
        let checked = |project: &Project| {
            let sound = project.candidats().filter(|candidat| scope.holds_candidat(candidat));
            sound.count() + project.candidats_en_erreur.iter().filter(|c| scope.holds_file(&c.path)).count()
        };
        terminal.line(&format!(
            "{}, {}, {}, {}",
            count(project.as_ref().map_or(0, checked), "candidat(s) vérifié(s)"),
            count(diagnostics.said(Severity::Error, &self.sources), "erreur(s)"),
            count(diagnostics.warnings(), "avertissement(s)"),
            count(diagnostics.count(Severity::Note), "livret(s) ou bloc(s) à compléter"),
        ));
        if diagnostics.errors() > 0 { Outcome::Mistakes } else { Outcome::Done }
    }

    /// Shows what there is to say. What livrets lack is a line each where people read it, above all else.
    fn show(
        &self,
        args: &CheckArgs,
        project: Option<&Project>,
        scope: &Scope,
        diagnostics: &Diagnostics,
        terminal: &Terminal,
    ) {
        if args.erreurs || !terminal.is_for_people() {
            let least = if args.erreurs { Severity::Error } else { Severity::Verdict };
            report(diagnostics, least, &self.sources, terminal);
            return;
        }
        let livrets = project.into_iter().flat_map(|p| &p.dossiers);
        let lines: String = livrets
            .filter(|dossier| scope.holds_candidat(&dossier.candidat))
            .filter_map(|dossier| {
                let Dossier { candidat, bilan, .. } = &**dossier;
                let path = &self.sources.get(candidat.span.source).path;
                let line = |code: Code, said: &str| format!("{}[{code}] : {path} : {said}\n", code.severity());
                let manques = bilan.resume(candidat).map(|resume| line(Code::ACompleter, &resume));
                let verdicts = bilan.lignes(&project?.referentiels[candidat.referentiel]).join(" ; ");
                let verdicts = (!verdicts.is_empty()).then(|| line(Code::Verdict, &verdicts));
                Some(manques.into_iter().chain(verdicts).collect::<String>())
            })
            .collect();
        if !lines.is_empty() {
            terminal.error(&format!("{lines}\n"));
        }
        report(diagnostics, Severity::Advice, &self.sources, terminal);
    }

    /// Renders every document that changed since it was last rendered, and throws the pages away.
    fn render(
        &mut self,
        project: &Project,
        documents: &[Document],
        only: Option<&Only>,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(renderer) = Renderer::new(project, documents, &self.sources, true, diagnostics) else { return };
        // Nothing outlives the program here.
        let program = Fingerprint::of(b"");
        let inputs = Inputs::of(&renderer, &program);
        let tried: Vec<_> = documents
            .par_iter()
            .filter(|document| only.is_none_or(|only| matches(only, document, project)))
            .map(|document| {
                let (page, inputs) = (document.html(), inputs.page(document));
                let result = match self.tried.get(&page) {
                    Some((from, result)) if *from == inputs => result.clone(),
                    _ => verify::rendered(&renderer, document).err().map(|diagnostic| *diagnostic),
                };
                (page, (inputs, result))
            })
            .collect();
        diagnostics.extend(tried.iter().filter_map(|(_, (_, result))| result.clone()));
        self.tried = tried.into_iter().collect();
        if let Err(diagnostic) = bundle::try_list(project, &renderer) {
            diagnostics.push(*diagnostic);
        }
    }
}

/// What is left in the output folder of nobody who has a fiche. Without documents nothing is known of it.
fn left(project: &Project, documents: &[Document], directory: &Path, diagnostics: &mut Diagnostics) {
    let output = directory.join(OUTPUT);
    if !documents.is_empty() {
        let wanted = Wanted::of(project, documents);
        diagnostics.extend(stale::left(&output, directory, &Ledger::read(&output), &wanted));
    }
}
