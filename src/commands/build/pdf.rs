//! The PDFs of a build: each worker renders, prints and finishes one document after the other; they are written
//! here, as they come.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Tally, count};
use crate::finish::{Finished, Metadata, finish};
use crate::plan::{Document, Sujet};
use crate::print::{Engine, PrintError, PrintJob, PrintOptions, Printer, kill_all, print_all};
use crate::project::Project;
use crate::render::Renderer;
use crate::terminal::Terminal;
use crate::typographie::typographier;
use crate::write::Output;

static STOP: AtomicBool = AtomicBool::new(false);

/// Ends printing as soon as can be, and every Chrome with it: for Ctrl-C.
pub fn interrupt() {
    STOP.store(true, Ordering::SeqCst);
    kill_all();
}

/// Why one document has no PDF.
enum Failure {
    Print(PrintError),
    Other(String),
}

/// Prints the documents that have a PDF.
///
/// # Errors
/// Why nothing (more) can be printed; a document that fails alone is reported and counted.
pub fn print(
    documents: &[&Document],
    renderer: &Renderer,
    project: &Project,
    options: &PrintOptions,
    output: &Output,
    tally: &mut Tally,
    terminal: &mut Terminal,
) -> Result<(), String> {
    let documents: Vec<&Document> = documents.iter().copied().filter(|d| d.pdf).collect();
    if documents.is_empty() {
        return Ok(());
    }
    let engine = Engine::start(options.clone()).map_err(|e| e.to_string())?;
    for warning in engine.warnings() {
        terminal.error(&format!("avertissement: {warning}\n"));
    }
    terminal.start(documents.len());
    let script: Option<Arc<str>> = project.theme.mise_en_page.as_deref().map(Arc::from);
    let mut fatal = None;
    print_all(
        documents.into_iter(),
        engine.workers(),
        &STOP,
        || engine.printer(),
        |printer, document| match make(printer, document, renderer, project, script.clone()) {
            Err(Failure::Print(error)) if error.is_fatal() => ControlFlow::Break(Err(Failure::Print(error))),
            result => ControlFlow::Continue(result),
        },
        |document, result| {
            let path = document.pdf().unwrap_or_default();
            let message = match result {
                Ok(finished) => match output.write(&path, &finished.bytes) {
                    Ok(_) => {
                        let pages = finished.facts.pages.len();
                        tally.pdf += 1;
                        tally.pages += pages;
                        terminal.done(&format!("{path} ({})", count(pages, "page(s)")));
                        return;
                    }
                    Err(error) => format!(
                        "il ne peut pas être écrit : {error} ; fermez le programme qui l'affiche, vérifiez vos droits et la place sur le disque"
                    ),
                },
                Err(Failure::Print(error)) if error.is_fatal() => {
                    fatal = Some(error.to_string());
                    return;
                }
                Err(Failure::Print(error)) => error.to_string(),
                Err(Failure::Other(message)) => message,
            };
            tally.failed += 1;
            terminal.error(&format!("erreur: {path} : {message}\n"));
        },
    );
    terminal.finish();
    fatal.map_or(Ok(()), Err)
}

fn make(
    printer: &mut impl Printer,
    document: &Document,
    renderer: &Renderer,
    project: &Project,
    script: Option<Arc<str>>,
) -> Result<Finished, Failure> {
    let html = renderer.render(document).map_err(|d| Failure::Other(format!("{} {}", d.message, d.notes.join(" "))))?;
    let job = PrintJob { name: document.pdf().unwrap_or_default(), html: renderer.assets().inline(&html), script };
    let pdf = printer.print(&job).map_err(Failure::Print)?;
    finish(&pdf, &metadata(document, project)).map_err(|e| Failure::Other(e.to_string()))
}

fn metadata(document: &Document, project: &Project) -> Metadata {
    let referentiel = match document.sujet {
        Sujet::Projet => None,
        Sujet::Referentiel(i) => Some(&project.referentiels[i]),
        Sujet::Candidat(i) => Some(&project.referentiels[project.candidats[i].referentiel]),
    };
    Metadata {
        title: typographier(&document.titre),
        author: typographier(&project.projet.organisme.nom),
        subject: referentiel.map(|r| typographier(&format!("{} {}", r.certification, r.titre))),
        keywords: referentiel.map(|r| r.chemin()),
        language: "fr".to_owned(),
        date: None,
    }
}
