//! The PDFs of a build: each worker renders, prints and finishes one document after the other; they are written
//! here, as they come.

use std::ops::ControlFlow;
use std::sync::{Arc, mpsc};
use std::thread;

use super::job::{self, Job};
use super::queue::Queue;
use super::tally::Tally;
use crate::documents::finish::{self, Finished, Metadata};
use crate::documents::plan::{Document, Sujet};
use crate::documents::print::{
    ChromePrinter, Engine, PrintError, PrintJob, PrintOptions, STOPPED, Starting, print_all, stopped,
};
use crate::documents::record::{self, PdfEntry, Record};
use crate::documents::render::Renderer;
use crate::documents::render::sommaire::{self, Numbers};
use crate::documents::verify;
use crate::documents::write::{Output, unwritten};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fingerprint::Fingerprint;
use crate::ground::stop;
use crate::ground::terminal::Terminal;
use crate::ground::text::count;

/// How often a document is printed until the numbers in its sommaire agree with its pages.
const PASSES: usize = 4;

/// The record is saved after so many PDFs, so that a build that is killed need not start all over.
const SAVE_EVERY: usize = 50;

/// Why one document has no PDF.
pub(crate) enum Failure {
    Print(PrintError),
    Other(Box<Diagnostic>),
}

impl Failure {
    fn other(diagnostic: Diagnostic) -> Self {
        Self::Other(Box::new(diagnostic))
    }

    /// Whether nothing at all can be printed.
    pub(crate) fn is_fatal(&self) -> bool {
        matches!(self, Self::Print(error) if error.is_fatal())
    }

    /// What to say of it, of the PDF at `path`.
    pub(crate) fn diagnostic(self, path: &str) -> Box<Diagnostic> {
        match self {
            Self::Print(error) => Box::new(error.diagnostic(Some(path))),
            Self::Other(diagnostic) => diagnostic,
        }
    }
}

/// What printing works on.
pub(crate) struct PrintRun<'a> {
    pub renderer: &'a Renderer<'a>,
    pub output: &'a Output,
    pub record: Record,
    pub tally: &'a mut Tally,
    pub diagnostics: &'a mut Diagnostics,
}

impl PrintRun<'_> {
    /// Prints the documents whose PDF is not there yet, with the `engine` that was started for them, if one was.
    /// `known` is the version of the Chrome that would print, if it is known.
    ///
    /// # Errors
    /// Why nothing (more) can be printed; a document that fails alone is reported and counted.
    pub(crate) fn print(
        &mut self,
        documents: &[&Document],
        options: &PrintOptions,
        engine: Option<Starting>,
        known: Option<&str>,
        force: bool,
        terminal: &mut Terminal,
    ) -> Result<(), PrintError> {
        let queue = Queue::new(documents, self.renderer.project, &self.record, known, force);
        let (sender, jobs) = mpsc::channel();
        let (output, queue) = (self.output, &queue);
        let result = thread::scope(|scope| {
            scope.spawn(move || queue.send(output, sender));
            let mut jobs = jobs.into_iter().peekable();
            // Chrome is not started for nothing.
            if jobs.peek().is_none() {
                return Ok(());
            }
            let engine = engine.map_or_else(|| Engine::start(options.clone()), Starting::ready)?;
            self.print_with(&engine, jobs, queue, terminal)
        });
        self.tally.unchanged += queue.unchanged();
        result
    }

    fn print_with(
        &mut self,
        engine: &Engine,
        jobs: impl Iterator<Item = Job> + Send,
        queue: &Queue,
        terminal: &mut Terminal,
    ) -> Result<(), PrintError> {
        // What is printed by then is kept.
        stop::ends_by_itself();
        for warning in engine.warnings() {
            terminal.tell(warning.clone(), self.diagnostics, self.renderer.sources);
        }
        let chrome = engine.version();
        terminal.expect(queue.count());
        let renderer = self.renderer;
        let memory = Numbers::new(self.record.sommaires.clone());
        let mut fatal = None;
        print_all(
            jobs,
            engine.workers(),
            &STOPPED,
            || engine.printer(),
            |printer, job| match make_job(printer, job, renderer, &memory) {
                Err(failure) if failure.is_fatal() => ControlFlow::Break(Err(failure)),
                result => ControlFlow::Continue(result),
            },
            |job, result| {
                terminal.expect(queue.count());
                let kept = match result {
                    Err(Failure::Print(error)) if error.is_fatal() => {
                        fatal = Some(error);
                        return;
                    }
                    Err(failure) => Err(failure.diagnostic(&job.path)),
                    Ok(finished) => self.keep(&job, finished, &chrome),
                };
                match kept {
                    Ok(pages) => terminal.done(&format!("{} ({})", job.path, count(pages, "page(s)"))),
                    Err(diagnostic) => {
                        self.tally.failed.insert(job.document.html());
                        terminal.tell(*diagnostic, self.diagnostics, self.renderer.sources);
                    }
                }
            },
        );
        terminal.finish();
        self.record.sommaires = memory.into_inner().expect("no panic while held");
        if stopped() {
            fatal = Some(PrintError::Cancelled);
        }
        fatal.map_or(Ok(()), Err)
    }

    /// Writes a PDF and notes it. Returns its number of pages.
    fn keep(&mut self, job: &Job, finished: Finished, chrome: &str) -> Result<usize, Box<Diagnostic>> {
        let entry = write(job, finished, chrome, self.output)?;
        let pages = entry.pages;
        if let Some(known) = self.record.documents.get_mut(&job.document.html()) {
            known.pdf = Some(entry);
        }
        self.tally.pdf += 1;
        self.tally.pages += pages;
        if self.tally.pdf.is_multiple_of(SAVE_EVERY) {
            // The last time is the one that counts.
            let _ = self.save();
        }
        Ok(pages)
    }

    /// Saves the record. Without it the next build does everything again: slower, not wrong.
    ///
    /// # Errors
    /// Those of the disk.
    pub(crate) fn save(&self) -> std::io::Result<()> {
        self.output.note(record::FILE, &self.record.to_bytes())
    }
}

/// Writes a PDF.
///
/// # Errors
/// Those of the disk; the last good one is then still there.
pub(crate) fn write(job: &Job, finished: Finished, chrome: &str, output: &Output) -> Result<PdfEntry, Box<Diagnostic>> {
    output.write(&job.path, &finished.bytes).map_err(|error| Box::new(unwritten(&job.path, &error)))?;
    Ok(PdfEntry {
        path: job.path.clone(),
        inputs: job.inputs.clone(),
        chrome: chrome.to_owned(),
        bytes: Fingerprint::of(&finished.bytes),
        pages: finished.facts.pages.len(),
        narrow: finished.remarks,
    })
}

/// Renders, prints, finishes and verifies the document of a job: see [`make`].
///
/// # Errors
/// Why it has no PDF, and whether others can have one.
pub(crate) fn make_job(
    printer: &mut ChromePrinter,
    job: &Job,
    renderer: &Renderer,
    memory: &Numbers,
) -> Result<Finished, Failure> {
    let Job { document, path, metadata, .. } = job;
    make(printer, document, path, metadata, renderer, memory, |_| verify::rendered(renderer, document))
}

/// Prints, finishes and verifies one document, which messages call `name`, until its page numbers agree with its pages.
/// `page` renders it, given how many pages it has: that of a session tells where the others begin that follow it.
///
/// # Errors
/// Why it has no PDF, and whether others can have one.
pub(crate) fn make(
    printer: &mut ChromePrinter,
    document: &Document,
    name: &str,
    metadata: &Metadata,
    renderer: &Renderer,
    memory: &Numbers,
    page: impl Fn(usize) -> Result<String, Box<Diagnostic>>,
) -> Result<Finished, Failure> {
    let kind = job::kind(document, renderer.project);
    let memory = || memory.lock().expect("no panic while held");
    let mut guess = memory().get(&kind).cloned().unwrap_or_default();
    let mut own = 1;
    for _ in 0..PASSES {
        let html = page(own).map_err(Failure::Other)?;
        let (inlined, fonts) = renderer.assets().inline(&sommaire::fill(&verify::marked(&html), &guess));
        let print =
            PrintJob { html: inlined, fonts, script: renderer.project.theme.mise_en_page.as_deref().map(Arc::from) };
        let printed = printer.print(&print).map_err(|error| Failure::Print(named(error, renderer)))?;
        let damaged = |error: finish::FinishError| Failure::other(error.diagnostic(name));
        let opened = finish::open(&printed).map_err(damaged)?;
        let (found, pages) = (&opened.facts.destinations, opened.facts.pages.len());
        let is_placed = own == pages || !matches!(document.sujet, Sujet::Session(_));
        if is_placed && sommaire::ids(&html).iter().all(|id| guess.get(*id) == found.get(*id)) {
            let finished = opened.finish(metadata).map_err(damaged)?;
            let fonts = finished.facts.fonts.iter().map(|font| font.name.as_str());
            let foreign = renderer.foreign_font(fonts);
            verify::pdf(&finished.facts, &verify::cases(&html), foreign, name).map_err(Failure::Other)?;
            verify::notes(&html, &printed.notes, name).map_err(Failure::Other)?;
            verify::claims(&finished.unclaimed, name).map_err(Failure::Other)?;
            return Ok(Finished { remarks: printed.remarks, ..finished });
        }
        (guess, own) = (found.clone(), pages);
        memory().insert(kind.clone(), guess.clone());
    }
    Err(Failure::other(unsettled(document, name)))
}

/// An error that names the files which were put into the page.
fn named(error: PrintError, renderer: &Renderer) -> PrintError {
    match error {
        PrintError::Page { problems } => {
            PrintError::Page { problems: problems.iter().map(|p| renderer.assets().named(p)).collect() }
        }
        other => other,
    }
}

/// A document whose page numbers move what they number.
fn unsettled(document: &Document, name: &str) -> Diagnostic {
    let unsettled = |message| Diagnostic::in_file(Code::SommaireInstable, name, message);
    match document.sujet {
        Sujet::Session(_) => unsettled("son nombre de pages change à chaque impression"),
        _ => unsettled("les numéros de page de son sommaire changent à chaque impression")
            .help("dans le thème, laissez-leur une largeur fixe"),
    }
}
