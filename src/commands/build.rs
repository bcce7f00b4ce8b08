//! `livret build`: everything that is sound and not built yet, as HTML, then as PDF. A document that fails leaves
//! the last good one.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::thread::JoinHandle;

use super::{Ended, Outcome, impossible, outcome, report, shown};
use crate::cli::build::BuildArgs;
use crate::documents::build::output::{meanwhile, open, previous};
use crate::documents::build::pages;
use crate::documents::build::printing::PrintRun;
use crate::documents::build::promises;
use crate::documents::build::select::{nothing_matches, select};
use crate::documents::build::stale::{self, Wanted};
use crate::documents::build::tally::Tally;
use crate::documents::plan::{Document, Sujet, plan};
use crate::documents::print::{self, Starting};
use crate::documents::record::{self, Record};
use crate::documents::render::Renderer;
use crate::documents::write::{Output, unwritten};
use crate::ground::diagnostic::{Diagnostics, Severity};
use crate::ground::source::Sources;
use crate::ground::terminal::Terminal;
use crate::ground::text::{count, counts};
use crate::judge::project::Project;
use crate::sources::load;

/// A project as it was read, and the documents planned from it.
pub(crate) struct Planned {
    pub sources: Sources,
    pub diagnostics: Diagnostics,
    pub project: Project,
    pub documents: Vec<Document>,
    /// The version of the Chrome that would print, asked for meanwhile; `None` where there is none.
    pub chrome: JoinHandle<Option<String>>,
}

/// What a build leaves to whoever goes on from there; the output is still held.
pub(crate) struct Built<'a> {
    pub sources: &'a Sources,
    pub project: &'a Project,
    pub renderer: &'a Renderer<'a>,
    pub output: &'a Output,
    pub record: &'a Record,
    /// The documents that were asked for and are there as they should be.
    pub ready: BTreeSet<String>,
    /// Whether Chrome was started, and has warned of what it had to.
    pub printed: bool,
}

pub fn run(args: &BuildArgs, terminal: &mut Terminal) -> Outcome {
    let done = all(args, terminal);
    outcome(done, terminal)
}

fn all(args: &BuildArgs, terminal: &mut Terminal) -> Result<Outcome, Ended> {
    let planned = read(args, terminal)?;
    let (outcome, index) = build(args, planned, terminal, |_, _| Outcome::Done)?;
    if let Some(index) = index.filter(|_| terminal.is_for_people()) {
        terminal.line(&format!("À lire dans un navigateur : {}", shown(&index)));
    }
    Ok(outcome)
}

/// Reads a project.
///
/// # Errors
/// If nothing can be built from it; everything is said then.
pub(crate) fn read(args: &BuildArgs, terminal: &Terminal) -> Result<Planned, Ended> {
    let location = args.print().map(|options| options.chrome);
    let chrome = std::thread::spawn(move || {
        // Read now, while the other core has nothing to do.
        load::program();
        print::version(&location?).ok()
    });
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let project = Project::read(args.folders.directory(), &mut sources, &mut diagnostics);
    let documents = project.as_ref().and_then(|p| plan(p, &mut diagnostics));
    diagnostics.join(&sources);
    match (project, documents) {
        (Some(project), Some(documents)) => Ok(Planned { sources, diagnostics, project, documents, chrome }),
        _ => {
            report(&diagnostics, Severity::Warning, &sources, terminal);
            Err(Outcome::Mistakes.into())
        }
    }
}

/// Builds what is asked for, then does `then` unless nothing could be printed. Returns the worse of both outcomes, and the
/// page to begin with, if it is there.
///
/// # Errors
/// If nothing is built.
pub(crate) fn build(
    args: &BuildArgs,
    planned: Planned,
    terminal: &mut Terminal,
    then: impl FnOnce(Built, &mut Terminal) -> Outcome,
) -> Result<(Outcome, Option<PathBuf>), Ended> {
    let (directory, folder, print) = (args.folders.directory(), args.folders.output(), args.print());
    let Planned { sources, mut diagnostics, project, documents, chrome } = planned;
    let Some(selected) = select(&documents, args.wanted.as_ref(), args.shard, &project) else {
        // What was asked for may be missing because of a mistake: say all.
        report(&diagnostics, Severity::Warning, &sources, terminal);
        let pattern = args.wanted.as_ref().map_or("", |o| &o.pattern);
        return Err(nothing_matches("--only ", pattern, &project).into());
    };
    let output = open(directory, &folder).map_err(impossible)?;
    let previous = previous(&output, &sources, terminal);
    let (last, force) = (&previous, args.force);
    let engine = print.as_ref().and_then(|options| {
        let changed = pages::changed(&selected, &project, last, force);
        (changed > 0).then(|| Starting::new(options.clone(), changed))
    });
    super::schema::refresh(directory, &project);

    let mut tally = Tally::default();
    let renderer = Renderer::new(&project, &documents, &sources, print.is_some(), &mut diagnostics);
    let Some(renderer) = renderer else {
        report(&diagnostics, Severity::Warning, &sources, terminal);
        summary(&tally, &diagnostics, &sources, terminal);
        return Err(Outcome::Mistakes.into());
    };
    let renderer = &renderer;
    let making = pages::Making { renderer, output: &output, last, force };
    let pages = making.build(&selected, &mut tally);
    diagnostics.extend(pages.failed.into_iter().map(|(_, failure)| failure));
    let mut record = previous.clone();
    record.assets = pages.assets;
    record.documents.extend(pages.entries);
    let wanted = Wanted::of(&project, &documents);
    stale::remove(&mut record, &wanted, &output, &mut tally);
    for diagnostic in stale::left(&folder, directory, &output.ledger(), &wanted) {
        diagnostics.push(diagnostic);
    }
    report(&diagnostics, Severity::Warning, &sources, terminal);
    let mut printed = Ok(());
    let mut run = PrintRun { renderer, output: &output, record, tally: &mut tally, diagnostics: &mut diagnostics };
    if let Some(options) = &print {
        let chrome = chrome.join().unwrap_or_default();
        let chrome = chrome.as_deref();
        printed = run.print(&pages.sound, options, engine, chrome, args.force, terminal);
    }
    let saved = run.save().map_err(|error| unwritten(record::FILE, &error));
    let record = run.record;
    let mut told = Vec::from_iter(saved.err());
    // What was never written for want of a disk is said already.
    told.extend(meanwhile(&pages.sound, &record, &tally, &output).filter(|_| printed.is_ok()));
    if print.is_some() {
        let pdfs = pages.sound.iter().filter_map(|document| record.documents.get(&document.html())?.pdf.as_ref());
        told.extend(promises::broken(pdfs));
    }
    for diagnostic in told {
        terminal.tell(diagnostic, &mut diagnostics, &sources);
    }
    // Too much is known then, and that does no harm.
    let _ = output.settle();
    if let Err(error) = &printed {
        terminal.show(&[&error.diagnostic(None)], &sources);
    }
    summary(&tally, &diagnostics, &sources, terminal);
    let index = documents.iter().find(|d| d.sujet == Sujet::Projet).map(Document::html);
    let index = index.filter(|html| output.stands(html)).map(|html| folder.join(html));
    if printed.is_err() {
        return Ok((Outcome::Impossible, index));
    }
    let ready = pages.sound.iter().map(|d| d.html()).filter(|html| !tally.failed.contains(html)).collect();
    let outcome = if diagnostics.errors() > 0 { Outcome::Mistakes } else { Outcome::Done };
    let printed = tally.pdf + tally.failed.len() > 0;
    let built =
        Built { sources: &sources, project: &project, renderer, output: &output, record: &record, ready, printed };
    let then = then(built, terminal);
    Ok((outcome.max(then), index))
}

fn summary(tally: &Tally, diagnostics: &Diagnostics, sources: &Sources, terminal: &mut Terminal) {
    terminal.finish();
    let mut parts = Vec::new();
    if tally.html > 0 || tally.unchanged == 0 {
        parts.push(count(tally.html, "page(s) HTML"));
    }
    if tally.pdf > 0 {
        parts.push(format!("{} PDF ({})", tally.pdf, count(tally.pages, "page(s)")));
    }
    parts.extend(counts(&[
        (tally.unchanged, "document(s) inchangé(s)"),
        (tally.removed, "document(s) retiré(s)"),
        (diagnostics.said(Severity::Error, sources), "erreur(s)"),
    ]));
    parts.push(count(diagnostics.warnings(), "avertissement(s)"));
    let seconds = format!("{:.1}", terminal.seconds()).replace('.', ",");
    terminal.line(&format!("{}, en {seconds} s", parts.join(", ")));
    let notes = diagnostics.count(Severity::Note);
    if notes > 0 {
        let notes = count(notes, "livret(s) ou bloc(s) à compléter");
        terminal.line(&format!("{notes} : « livret check » dit ce qui manque"));
    }
    let advice = diagnostics.count(Severity::Advice);
    if advice > 0 {
        terminal.line(&format!("{} : « livret check » les montre", count(advice, "avertissement(s) sur les textes")));
    }
}
