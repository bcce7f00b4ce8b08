//! `livret build`: everything that is sound and not built yet, as HTML, then as PDF. A document that fails leaves
//! the last good one.

mod inputs;
mod pages;
mod pdf;
mod select;
mod stale;

use std::path::Path;

use super::{Outcome, count, report};
use crate::cli::BuildConfig;
use crate::diagnostic::{Diagnostics, Severity};
use crate::layout::{CONTENT, THEMES};
use crate::plan::plan;
use crate::project::Project;
use crate::record::{self, Record};
use crate::render::Renderer;
use crate::source::Sources;
use crate::terminal::Terminal;
use crate::write::{OpenError, Output};

pub use pdf::interrupt;

/// What was made so far.
#[derive(Default)]
struct Tally {
    html: usize,
    pdf: usize,
    /// Pages of the PDFs made.
    pages: usize,
    unchanged: usize,
    removed: usize,
    failed: usize,
}

pub fn run(config: &BuildConfig, terminal: &mut Terminal) -> Outcome {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let project = Project::read(&config.directory, &mut sources, &mut diagnostics);
    let documents = project.as_ref().and_then(|p| plan(p, &mut diagnostics));
    let (Some(project), Some(documents)) = (project, documents) else {
        report(&diagnostics, Severity::Warning, &sources, terminal);
        return Outcome::Mistakes;
    };
    let Some(selected) = select::select(&documents, config, &project) else {
        let pattern = config.only.as_ref().map_or("", |o| &o.pattern);
        terminal.error(&format!("erreur: aucun document ne correspond à --only « {pattern} »\n"));
        return Outcome::Mistakes;
    };
    let output = match open(config) {
        Ok(output) => output,
        Err(message) => {
            terminal.error(&format!("erreur: {message}\n"));
            return Outcome::Impossible;
        }
    };
    let previous = output.read(record::FILE).map(|bytes| Record::parse(&bytes)).unwrap_or_default();

    let mut tally = Tally::default();
    let renderer = Renderer::new(&project, &documents, &sources, config.print.is_some(), &mut diagnostics);
    let mut printed = Ok(());
    if let Some(renderer) = &renderer {
        let known = if config.force { &Record::default() } else { &previous };
        let pages = pages::build(&selected, renderer, &project, &output, known, &mut tally, &mut diagnostics);
        let mut record = Record::default();
        record.assets = pages.assets;
        record.documents = previous.documents.clone();
        record.documents.extend(pages.entries);
        stale::remove(&mut record, &documents, config, &project, &output, &mut tally);
        report(&diagnostics, Severity::Warning, &sources, terminal);
        let mut session = pdf::Session { renderer, project: &project, output: &output, record, tally: &mut tally };
        if let Some(options) = &config.print {
            printed = session.print(&pages.sound, options, config.force, terminal);
        }
        session.save();
    } else {
        report(&diagnostics, Severity::Warning, &sources, terminal);
    }
    if let Err(message) = &printed {
        terminal.error(&format!("erreur: {message}\n"));
    }
    summary(&tally, &diagnostics, terminal);
    if printed.is_err() {
        Outcome::Impossible
    } else if diagnostics.errors() + tally.failed > 0 {
        Outcome::Mistakes
    } else {
        Outcome::Done
    }
}

fn open(config: &BuildConfig) -> Result<Output, String> {
    let shown = config.output.display();
    for sources in [CONTENT, THEMES] {
        if inside(&config.output, &config.directory.join(sources)) {
            return Err(format!(
                "le dossier de sortie « {shown} » est dans {sources}/ ; choisissez-en un autre avec --output"
            ));
        }
    }
    Output::open(&config.output).map_err(|error| match error {
        OpenError::Busy => format!(
            "une autre commande livret écrit déjà dans « {shown} » ; attendez qu'elle ait fini, ou choisissez un autre dossier avec --output"
        ),
        OpenError::Disk(error) => format!(
            "le dossier de sortie « {shown} » ne peut pas être écrit : {error} ; vérifiez vos droits, ou choisissez-en un autre avec --output"
        ),
    })
}

fn inside(path: &Path, folder: &Path) -> bool {
    let absolute = |p: &Path| p.canonicalize().or_else(|_| std::path::absolute(p)).unwrap_or_else(|_| p.to_path_buf());
    absolute(path).starts_with(absolute(folder))
}

fn summary(tally: &Tally, diagnostics: &Diagnostics, terminal: &mut Terminal) {
    terminal.finish();
    let mut parts = Vec::new();
    if tally.html > 0 || tally.unchanged == 0 {
        parts.push(count(tally.html, "page(s) HTML"));
    }
    if tally.pdf > 0 {
        parts.push(format!("{} PDF ({})", tally.pdf, count(tally.pages, "page(s)")));
    }
    for (n, words) in [
        (tally.unchanged, "document(s) inchangé(s)"),
        (tally.removed, "document(s) retiré(s)"),
        (diagnostics.errors() + tally.failed, "erreur(s)"),
    ] {
        if n > 0 {
            parts.push(count(n, words));
        }
    }
    parts.push(count(diagnostics.count(Severity::Warning), "avertissement(s)"));
    let seconds = format!("{:.1}", terminal.seconds()).replace('.', ",");
    terminal.line(&format!("{}, en {seconds} s", parts.join(", ")));
    let notes = diagnostics.count(Severity::Note);
    if notes > 0 {
        let notes = count(notes, "livret(s) ou bloc(s) à compléter");
        terminal.line(&format!("{notes} : « livret check » dit ce qui manque"));
    }
}
