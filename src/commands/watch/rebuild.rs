//! One rebuild after the other: what changed is read, what it touches is rendered, the page that is looked at first.
//! A change that comes meanwhile ends it: what is left is found again by the next one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use super::desk::Desk;
use super::printing::Printing;
use super::said::Said;
use super::snapshot::Snapshot;
use crate::documents::build::inputs::Inputs;
use crate::documents::build::job::Job;
use crate::documents::build::pages;
use crate::documents::build::stale::{self, Wanted};
use crate::documents::build::tally::Tally;
use crate::documents::plan::{Document, Sujet, plan};
use crate::documents::record::{Entry, PdfEntry, Record};
use crate::documents::render::context::en_erreur::Anciens;
use crate::documents::render::{Renderer, Templates};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::ground::fingerprint::{Fingerprint, Parts};
use crate::ground::paths::CONTENT;
use crate::ground::source::Sources;
use crate::ground::text::counts;
use crate::judge::project::{Memory, Project};
use crate::live::serve::problem::Problem;
use crate::live::serve::{Page, Pdf, Stand};
use crate::live::watch::Watch;
use crate::sources::load;

/// How many pages are rendered before it is looked whether something else changed.
const CHUNK: usize = 24;
/// So many pages that cannot be made have one cause: the others are not tried.
const ENOUGH: usize = 20;

/// What is kept from one rebuild to the next.
pub(crate) struct Workshop<'a> {
    desk: &'a Desk<'a>,
    printing: Option<&'a Printing<'a>>,
    memory: Memory,
    sources: Sources,
    /// The theme, and what it was compiled from.
    templates: Option<(Fingerprint, Templates)>,
    last: Option<Arc<Snapshot>>,
    /// Whether the output is as the record says: known once it was all looked at.
    trusted: bool,
    /// What could not be made or written, by its path in the output, and why.
    failed: BTreeMap<String, Diagnostic>,
    /// What is in the output of nobody who has a fiche, as it was last looked for.
    left: Vec<Diagnostic>,
    said: Said,
}

impl<'a> Workshop<'a> {
    pub(crate) fn new(desk: &'a Desk<'a>, printing: Option<&'a Printing<'a>>) -> Self {
        Self {
            desk,
            printing,
            // Advice is for `check`: here a save should be seen at once.
            memory: Memory::without_advice(),
            sources: Sources::default(),
            templates: None,
            last: None,
            trusted: false,
            failed: BTreeMap::new(),
            left: Vec::new(),
            said: Said::default(),
        }
    }

    /// The project's logo, by its path in the project.
    pub(crate) fn logo(&self) -> Option<&str> {
        self.last.as_ref()?.project.projet.organisme.logo.as_ref().map(|logo| logo.value.as_str())
    }

    /// Whether the disk refused something, which may go better later.
    pub(crate) fn is_unwritten(&self) -> bool {
        self.failed.values().any(|diagnostic| diagnostic.code == Code::FichierNonEcrit)
    }

    /// The output is not what the record says.
    pub(crate) fn distrust(&mut self) {
        self.trusted = false;
    }

    /// Brings the output up to date with the sources as they are now.
    pub(crate) fn rebuild(&mut self, watch: &mut Watch) {
        let started = Instant::now();
        let mut diagnostics = Diagnostics::default();
        let mut tally = Tally::default();
        match self.read(&mut diagnostics) {
            Some(snapshot) => {
                self.last = Some(Arc::clone(&snapshot));
                self.build(&snapshot, &diagnostics, &mut tally, watch);
            }
            None => self.tell(&diagnostics),
        }
        let all = self.all(&diagnostics);
        let mut shown = all.sorted(&self.sources);
        shown.retain(|d| d.severity() <= Severity::Warning);
        let (news, state) = self.said.say(&shown, &self.sources, self.desk.terminal);
        let made = [(tally.html, "page(s) HTML"), (tally.removed, "document(s) retiré(s)")];
        let mut parts = counts(&made);
        if parts.is_empty() && (!news || state.is_none()) {
            return;
        }
        parts.extend(state);
        let seconds = format!("{:.2}", started.elapsed().as_secs_f64()).replace('.', ",");
        self.desk.terminal.line(&format!("{}, en {seconds} s", parts.join(", ")));
    }

    /// Reads what changed. `None`, with diagnostics, if nothing can be built: what is there stays.
    fn read(&mut self, diagnostics: &mut Diagnostics) -> Option<Arc<Snapshot>> {
        let directory = self.desk.args.folders.directory();
        if self.last.is_some() && !load::exists(directory, CONTENT) {
            diagnostics.push(
                Diagnostic::in_file(Code::DossierIllisible, CONTENT, "ce dossier n'est plus là")
                    .help("remettez-le à sa place ; les documents déjà produits restent"),
            );
            return None;
        }
        let project = Project::read_again(directory, &mut self.memory, &mut self.sources, diagnostics)?;
        let documents = plan(&project, diagnostics)?;
        let templates = match self.templates.take() {
            Some((from, templates)) if from == project.empreinte => templates,
            _ => Templates::compile(&project, &self.sources, diagnostics)?,
        };
        self.templates = Some((project.empreinte.clone(), templates.clone()));
        let with_pdf = self.printing.is_some();
        let anciens = self.anciens(&project, &documents);
        Some(Arc::new(Snapshot { project, documents, sources: self.sources.clone(), templates, with_pdf, anciens }))
    }

    /// What is known of documents that are not made anew.
    fn anciens(&self, project: &Project, documents: &[Document]) -> Anciens {
        let output = self.desk.output();
        let failed = self.failed.iter().map(|(path, failure)| (path.as_str(), failure)).collect();
        Anciens::of(project, documents, &failed, &self.sources, |path| output.has(path))
    }

    fn build(&mut self, snapshot: &Arc<Snapshot>, diagnostics: &Diagnostics, tally: &mut Tally, watch: &mut Watch) {
        let (desk, mut renderer) = (self.desk, snapshot.renderer());
        let (project, output) = (&snapshot.project, desk.output());
        let held = self.printing.map(Printing::hold);
        let mut todo = self.todo(snapshot);
        // What need not be made is as it should be.
        self.failed.retain(|path, _| todo.iter().any(|d| d.html() == *path));
        let mut written = BTreeSet::new();
        if !self.trusted {
            let known = desk.record().assets.clone();
            self.failed.extend(pages::assets(&known, &renderer, &output));
        }
        let mut first = true;
        loop {
            if todo.is_empty() {
                // The index tells what could not be made, and what can be again.
                let anciens = self.anciens(project, &snapshot.documents);
                if anciens == renderer.anciens {
                    break;
                }
                renderer = renderer.keeping(anciens);
                todo = snapshot.documents.iter().filter(|d| d.sujet == Sujet::Projet).collect();
            }
            let looked = desk.board.looked_at();
            let chunk = next(&mut todo, &looked, first);
            first = false;
            let mut made = {
                let record = desk.record();
                pages::Making { renderer: &renderer, output: &output, last: &record, force: false }
                    .render(&chunk, tally)
            };
            // Styles and pictures before the pages that show them are announced.
            let fresh: Vec<String> = made.assets.difference(&written).cloned().collect();
            made.failed.extend(pages::assets(&fresh, &renderer, &output));
            written.append(&mut made.assets);
            for document in &chunk {
                self.failed.remove(&document.html());
            }
            self.failed.extend(made.failed);
            desk.board.set_assets(assets(&renderer));
            let mut record = desk.record();
            let mut urgent = Vec::new();
            for document in &made.sound {
                let path = document.html();
                let entry = &made.entries[&path];
                let printed = entry.pdf.as_ref().filter(|_| document.pdf);
                let job = self.job(document, entry, project);
                desk.board.set_page(&path, page(&path, entry, printed, job.as_ref()));
                urgent.extend(job.filter(|_| looked.contains(&path)));
            }
            record.assets.extend(fresh);
            record.documents.extend(made.entries);
            drop(record);
            if let Some(printing) = self.printing.filter(|_| !urgent.is_empty()) {
                printing.hurry(snapshot, urgent);
            }
            self.tell(diagnostics);
            if self.failed.len() >= ENOUGH {
                break;
            }
            if !todo.is_empty() && watch.is_pending() {
                return;
            }
        }
        let trusted = self.trusted;
        self.trusted = todo.is_empty() && !self.is_unwritten();
        self.finish(snapshot, &renderer, trusted, tally);
        drop(held);
        if tally.html + tally.removed > 0 {
            desk.save();
        }
        self.tell(diagnostics);
    }

    /// The documents whose page is not there, or not as its sources say.
    fn todo<'s>(&self, snapshot: &'s Snapshot) -> Vec<&'s Document> {
        if !self.trusted {
            return snapshot.documents.iter().collect();
        }
        let (program, record) = (load::program(), self.desk.record());
        let (record, renderer) = (&*record, snapshot.renderer());
        let inputs = Inputs::of(&renderer, &program);
        snapshot.documents.par_iter().filter(|document| inputs.changed(document, record)).collect()
    }

    /// What follows when all pages are made: what no source asks for goes, and PDFs are printed. `trusted` tells that
    /// those which the record knows are there.
    fn finish(&mut self, snapshot: &Arc<Snapshot>, renderer: &Renderer, trusted: bool, tally: &mut Tally) {
        let (desk, output) = (self.desk, self.desk.output());
        let mut record = desk.record();
        record.assets.retain(|path| renderer.assets().contains(path));
        let wanted = Wanted::of(&snapshot.project, &snapshot.documents);
        stale::remove(&mut record, &wanted, &output, tally);
        if !trusted || tally.removed > 0 {
            let folders = &desk.args.folders;
            self.left = stale::left(&folders.output(), folders.directory(), &output.ledger(), &wanted);
        }
        let is_there =
            |entry: &Entry| trusted || entry.pdf.as_ref().is_some_and(|pdf| output.holds(&pdf.path, &pdf.bytes));
        let planned: Vec<(String, Page, Option<Job>)> = snapshot
            .documents
            .par_iter()
            .filter_map(|document| {
                let path = document.html();
                let entry = record.documents.get(&path)?;
                let job = self.printing.and_then(|printing| {
                    let job = Job::of(document, entry, &snapshot.project)?;
                    // Where the record is right about the rest, the file itself may be gone.
                    (!printing.is_made(&job, entry) || !is_there(entry)).then_some(job)
                });
                let page = page(&path, entry, entry.pdf.as_ref().filter(|_| document.pdf), job.as_ref());
                Some((path, page, job))
            })
            .collect();
        let (mut all, mut wanted) = (BTreeMap::new(), Vec::new());
        for (path, page, job) in planned {
            all.insert(path, page);
            wanted.extend(job);
        }
        // What has mistakes by now keeps its last good pages.
        for (path, entry) in &record.documents {
            all.entry(path.clone()).or_insert_with(|| old(path, entry));
        }
        // While the record is held: what is printed meanwhile is noted there first.
        match self.printing {
            Some(printing) => printing.replace(snapshot, wanted, all),
            None => desk.board.set_pages(all),
        }
    }

    /// What is to be printed of a document, if anything.
    fn job(&self, document: &Document, entry: &Entry, project: &Project) -> Option<Job> {
        let printing = self.printing?;
        Job::of(document, entry, project).filter(|job| !printing.is_made(job, entry))
    }

    /// Everything that is wrong: with the sources, and with what was made of them.
    fn all(&self, diagnostics: &Diagnostics) -> Diagnostics {
        let mut all = diagnostics.clone();
        self.failed.values().chain(&self.left).for_each(|diagnostic| all.push(diagnostic.clone()));
        all
    }

    fn tell(&self, diagnostics: &Diagnostics) {
        let all = self.all(diagnostics);
        let sorted = all.sorted(&self.sources);
        // A fiche that is not read where it lies has its last good document shown as well.
        let wanted = |d: &&Diagnostic| d.severity() == Severity::Error || d.code == Code::FichierMalPlace;
        self.desk
            .board
            .set_problems(sorted.into_iter().filter(wanted).map(|d| Problem::of(d, &self.sources)).collect());
    }
}

/// The next documents to render: those that are looked at alone first, then the others of the same candidats, and
/// whatever is looked at meanwhile.
fn next<'d>(todo: &mut Vec<&'d Document>, looked: &[String], first: bool) -> Vec<&'d Document> {
    let seen: Vec<&Document> = todo.iter().copied().filter(|d| looked.contains(&d.html())).collect();
    if first && !seen.is_empty() {
        todo.retain(|d| !looked.contains(&d.html()));
        return seen;
    }
    let near =
        |d: &Document| looked.iter().any(|path| !d.dossier.is_empty() && path.starts_with(&format!("{}/", d.dossier)));
    todo.sort_by_key(|d| (!looked.contains(&d.html()), !near(d)));
    todo.drain(..todo.len().min(CHUNK)).collect()
}

/// The documents of an earlier run: a page that is open since then is told that its own is still there.
pub(crate) fn earlier(record: &Record) -> BTreeMap<String, Page> {
    record.documents.iter().map(|(path, entry)| (path.clone(), old(path, entry))).collect()
}

/// What the open page is told of a document that is made of nothing any more, for its source has mistakes.
fn old(path: &str, entry: &Entry) -> Page {
    Page { is_old: true, ..page(path, entry, entry.pdf.as_ref(), None) }
}

/// What the open page is told of a document; `job` is what is still to be printed of it.
fn page(path: &str, entry: &Entry, printed: Option<&PdfEntry>, job: Option<&Job>) -> Page {
    let source = path.strip_prefix("candidats/").and_then(|_| path.rsplit_once('/'));
    let pdf = job.map(|job| &job.path).or(printed.map(|pdf| &pdf.path)).map(|path| Pdf {
        path: path.clone(),
        version: printed.map(|pdf| pdf.bytes.to_string()),
        pages: printed.map_or(0, |pdf| pdf.pages),
        stand: if job.is_some() { Stand::Waiting } else { Stand::Ready },
    });
    let source = source.map(|(folder, _)| format!("{CONTENT}/{folder}.md"));
    Page { version: entry.content.to_string(), source, pdf, is_old: false }
}

/// The version of all that pages refer to.
fn assets(renderer: &Renderer) -> String {
    let mut parts = Parts::default();
    for path in renderer.assets().files().keys() {
        parts.add(path).maybe(renderer.assets().fingerprint(path));
    }
    parts.fingerprint().to_string()
}
