//! `livret build`: everything that is sound, as HTML, then as PDF. A document that fails leaves the last good one.

mod pages;
mod pdf;

use std::path::Path;

use super::{Outcome, count, report};
use crate::cli::{BuildConfig, Only};
use crate::diagnostic::{Diagnostics, Severity};
use crate::layout::{CONTENT, THEMES};
use crate::plan::{Document, Sujet, plan};
use crate::project::Project;
use crate::render::Renderer;
use crate::source::Sources;
use crate::terminal::Terminal;
use crate::write::Output;

pub use pdf::interrupt;

/// What was made so far.
#[derive(Default)]
struct Tally {
    html: usize,
    pdf: usize,
    pages: usize,
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
    let Some(selected) = select(&documents, config.only.as_ref(), &project) else {
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

    let mut tally = Tally::default();
    let with_pdf = config.print.is_some();
    let renderer = Renderer::new(&project, &documents, &sources, with_pdf, &mut diagnostics);
    let written = renderer
        .as_ref()
        .map_or(Ok(Vec::new()), |renderer| pages::write(&selected, renderer, &output, &mut tally, &mut diagnostics));
    report(&diagnostics, Severity::Warning, &sources, terminal);
    let printed = match (written, &renderer, &config.print) {
        (Err(message), ..) => Err(message),
        (Ok(sound), Some(renderer), Some(options)) => {
            pdf::print(&sound, renderer, &project, options, &output, &mut tally, terminal)
        }
        _ => Ok(()),
    };
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

/// The documents asked for, and the index, which always shows all. `None` if nothing matches.
fn select<'a>(documents: &'a [Document], only: Option<&Only>, project: &Project) -> Option<Vec<&'a Document>> {
    let Some(only) = only else { return Some(documents.iter().collect()) };
    let wanted = |d: &&Document| {
        let (html, pdf) = (d.html(), d.pdf().unwrap_or_default());
        let without = html.trim_end_matches(".html");
        match d.sujet {
            Sujet::Projet => true,
            Sujet::Referentiel(i) => only.matches(&[&html, &pdf, without, &project.referentiels[i].chemin()]),
            Sujet::Candidat(i) => {
                let c = &project.candidats[i];
                let in_session = format!("{}/{}", c.session, c.id);
                only.matches(&[&html, &pdf, without, &in_session, &c.id, &c.session])
            }
        }
    };
    let selected: Vec<&Document> = documents.iter().filter(wanted).collect();
    selected.iter().any(|d| d.sujet != Sujet::Projet).then_some(selected)
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
    Output::open(&config.output).map_err(|error| {
        format!("le dossier de sortie « {shown} » ne peut pas être écrit : {error} ; vérifiez vos droits, ou choisissez-en un autre avec --output")
    })
}

fn inside(path: &Path, folder: &Path) -> bool {
    let absolute = |p: &Path| p.canonicalize().or_else(|_| std::path::absolute(p)).unwrap_or_else(|_| p.to_path_buf());
    absolute(path).starts_with(absolute(folder))
}

fn summary(tally: &Tally, diagnostics: &Diagnostics, terminal: &mut Terminal) {
    terminal.finish();
    let mut parts = vec![count(tally.html, "page(s) HTML")];
    if tally.pdf > 0 {
        parts.push(format!("{} ({})", count(tally.pdf, "PDF"), count(tally.pages, "page(s)")));
    }
    let errors = diagnostics.errors() + tally.failed;
    if errors > 0 {
        parts.push(count(errors, "erreur(s)"));
    }
    parts.push(count(diagnostics.count(Severity::Warning), "avertissement(s)"));
    let seconds = format!("{:.1}", terminal.seconds()).replace('.', ",");
    terminal.line(&format!("{}, en {seconds} s", parts.join(", ")));
    let notes = diagnostics.count(Severity::Note);
    if notes > 0 {
        terminal.line(&format!(
            "{} : « livret check » dit ce qui manque",
            count(notes, "livret(s) ou bloc(s) à compléter")
        ));
    }
}
