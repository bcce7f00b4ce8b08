//! PDFs in the background: workers with a Chrome that stays warm, the page that is looked at first, before the others are
//! rendered. A newer rebuild replaces what is waiting; what was printed for a page that has changed since is thrown away.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::snapshot::Snapshot;
use crate::documents::build::job::Job;
use crate::documents::build::printing::{self, Failure};
use crate::documents::build::promises;
use crate::documents::finish::Finished;
use crate::documents::print::{self, Engine, PrintError, PrintOptions};
use crate::documents::record::Entry;
use crate::documents::render::sommaire;
use crate::ground::diagnostic::Diagnostic;
use crate::ground::fingerprint::Fingerprint;
use crate::ground::lock::lock;
use crate::ground::source::Sources;
use crate::ground::text::count;
use crate::live::serve::{Page, Pdf, Stand};

/// The record is saved, and progress told, after so many PDFs.
const SOME: usize = 100;
/// How often a waiting worker looks whether the program ends.
const LOOK: Duration = Duration::from_millis(200);

pub(crate) struct Printing<'a> {
    desk: &'a Desk<'a>,
    options: &'a PrintOptions,
    state: Mutex<State>,
    wake: Condvar,
    engine: Mutex<Option<Arc<Engine>>>,
    /// The version of the Chrome that prints, if it is known.
    chrome: Mutex<Option<String>>,
    numbers: sommaire::Numbers,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Waiting>,
    /// What is being printed, by path.
    busy: BTreeMap<String, Fingerprint>,
    /// What cannot be printed, by path: from what, and why. Not tried again until it changes.
    failed: BTreeMap<String, (Fingerprint, String)>,
    /// How many rebuilds, and prints of what is looked at, want the machine for themselves.
    held: usize,
    closed: bool,
    /// Why nothing can be printed; said once.
    unable: Option<String>,
    done: Done,
}

/// What is to be printed, and from what.
struct Waiting {
    job: Job,
    snapshot: Arc<Snapshot>,
    /// Somebody looks at it: it does not wait for the machine to be free.
    now: bool,
}

/// What a worker prints.
struct Taken<'a> {
    job: Job,
    snapshot: Arc<Snapshot>,
    /// Others wait until what is looked at is there.
    hold: Option<AtEnd<'a>>,
}

/// What was printed since nothing was waiting.
#[derive(Default)]
struct Done {
    since: Option<Instant>,
    pdf: usize,
    pages: usize,
}

/// Changes the state when it is dropped, and wakes the workers.
pub(crate) struct AtEnd<'a>(&'a Printing<'a>, fn(&mut State));

impl Drop for AtEnd<'_> {
    fn drop(&mut self) {
        (self.1)(&mut lock(&self.0.state));
        self.0.wake.notify_all();
    }
}

impl<'a> Printing<'a> {
    pub(crate) fn new(desk: &'a Desk<'a>, options: &'a PrintOptions) -> Self {
        Self {
            desk,
            options,
            state: Mutex::default(),
            wake: Condvar::new(),
            engine: Mutex::default(),
            chrome: Mutex::new(print::version(&options.chrome).ok()),
            numbers: sommaire::Numbers::default(),
        }
    }

    /// How many threads are to call [`work`](Self::work).
    pub(crate) fn workers(&self) -> usize {
        self.options.workers().get()
    }

    /// Whether a PDF is there as it should be, by the record.
    pub(crate) fn is_made(&self, job: &Job, entry: &Entry) -> bool {
        entry.pdf.as_ref().is_some_and(|pdf| job.made(pdf, lock(&self.chrome).as_deref()))
    }

    /// Keeps workers from beginning anything but what is looked at until it is dropped: Chrome would take the processors
    /// while pages are rendered.
    pub(crate) fn hold(&self) -> AtEnd<'_> {
        self.held(&mut lock(&self.state))
    }

    fn held(&self, state: &mut State) -> AtEnd<'_> {
        state.held += 1;
        AtEnd(self, |state| state.held -= 1)
    }

    /// Prints what is looked at, while rebuilding goes on.
    pub(crate) fn hurry(&self, snapshot: &Arc<Snapshot>, jobs: Vec<Job>) {
        let mut state = lock(&self.state);
        for job in jobs {
            state.jobs.retain(|other| other.job.path != job.path);
            let is_known = state.failed.get(&job.path).is_some_and(|(inputs, _)| *inputs == job.inputs);
            if !is_known && state.busy.get(&job.path) != Some(&job.inputs) {
                state.jobs.push_front(Waiting { job, snapshot: Arc::clone(snapshot), now: true });
            }
        }
        self.begin(state);
    }

    /// Prints these from now on, and no others, and shows `pages`, with what is known not to be printable: before any of
    /// them is done, so that none is shown as waiting that is there.
    pub(crate) fn replace(&self, snapshot: &Arc<Snapshot>, jobs: Vec<Job>, mut pages: BTreeMap<String, Page>) {
        let mut state = lock(&self.state);
        let State { failed, busy, .. } = &mut *state;
        let mut again = BTreeMap::new();
        let jobs: VecDeque<Waiting> = jobs
            .into_iter()
            .filter(|job| match failed.remove(&job.path) {
                Some((inputs, message)) if inputs == job.inputs => {
                    if let Some(pdf) = pages.get_mut(&job.document.html()).and_then(|page| page.pdf.as_mut()) {
                        pdf.stand = Stand::Failed(message.clone());
                    }
                    again.insert(job.path.clone(), (inputs, message));
                    false
                }
                _ => busy.get(&job.path) != Some(&job.inputs),
            })
            .map(|job| Waiting { job, snapshot: Arc::clone(snapshot), now: false })
            .collect();
        state.failed = again;
        state.jobs = jobs;
        self.desk.board.set_pages(pages);
        self.begin(state);
    }

    fn begin(&self, mut state: MutexGuard<State>) {
        if !state.jobs.is_empty() && state.done.since.is_none() {
            state.done.since = Some(Instant::now());
        }
        self.count(&state);
        drop(state);
        self.wake.notify_all();
    }

    /// Lets workers end when it is dropped.
    pub(crate) fn closing(&self) -> AtEnd<'_> {
        AtEnd(self, |state| state.closed = true)
    }

    /// What a worker does until the end.
    pub(crate) fn work(&self, worker: usize) {
        if worker == 0
            && let Ok(engine) = self.engine()
        {
            engine.warm_up();
            // Kept by the first worker, which gets the documents that come alone.
            self.print(worker, &engine, self.take(worker));
        }
        while let Some(next) = self.take(worker) {
            match self.engine() {
                Ok(engine) => self.print(worker, &engine, Some(next)),
                Err(error) => self.give_up(&error),
            }
        }
    }

    /// Prints until nothing can be printed with this Chrome, or the program ends.
    fn print<'s>(&'s self, worker: usize, engine: &Engine, mut next: Option<Taken<'s>>) {
        let mut printer = engine.printer();
        while let Some(Taken { job, snapshot, hold }) = next {
            match printing::make_job(&mut printer, &job, &snapshot.renderer(), &self.numbers) {
                Err(Failure::Print(error)) if error.is_fatal() => return self.give_up(&error),
                made => self.keep(&job, &snapshot, made, &engine.version()),
            }
            drop(hold);
            next = self.take(worker);
        }
    }

    /// The Chrome that all share; tried anew for whatever is to be printed while there is none.
    fn engine(&self) -> Result<Arc<Engine>, PrintError> {
        let mut known = lock(&self.engine);
        if let Some(engine) = &*known {
            return Ok(Arc::clone(engine));
        }
        let engine = Arc::new(Engine::start(self.options.clone())?);
        for warning in engine.warnings() {
            self.desk.terminal.show(&[warning], &Sources::default());
        }
        *lock(&self.chrome) = Some(engine.version());
        lock(&self.state).unable = None;
        *known = Some(Arc::clone(&engine));
        Ok(engine)
    }

    /// The next document for a worker: one that is looked at, or the first. `None` when the program ends.
    fn take(&self, worker: usize) -> Option<Taken<'_>> {
        let mut state = lock(&self.state);
        loop {
            if state.closed || print::stopped() {
                return None;
            }
            // The first workers first: their tabs are open.
            if state.jobs.len() + state.busy.len() > worker {
                let (looked, free) = (self.desk.board.looked_at(), state.held == 0);
                let may = state.jobs.iter().enumerate().filter(|(_, waiting)| free || waiting.now);
                let next = may.min_by_key(|(_, waiting)| !looked.contains(&waiting.job.document.html()));
                let at = next.map(|(at, _)| at);
                if let Some(Waiting { job, snapshot, now }) = at.and_then(|at| state.jobs.remove(at)) {
                    state.busy.insert(job.path.clone(), job.inputs.clone());
                    let hold = now.then(|| self.held(&mut state));
                    return Some(Taken { job, snapshot, hold });
                }
            }
            state = self.wake.wait_timeout(state, LOOK).map_or_else(|error| error.into_inner().0, |(state, _)| state);
        }
    }

    /// Writes what was printed, if it is still what is wanted.
    fn keep(&self, job: &Job, snapshot: &Snapshot, made: Result<Finished, Failure>, chrome: &str) {
        let html = job.document.html();
        let mut record = self.desk.record();
        // The page may have changed since, or be gone: then another job is on its way, or none.
        let wanted = record.documents.get_mut(&html).filter(|entry| entry.content == job.content);
        let kept = wanted.map(|entry| -> Result<(), Box<Diagnostic>> {
            let made = made.map_err(|failure| failure.diagnostic(&job.path));
            let written = made.and_then(|finished| printing::write(job, finished, chrome, &self.desk.output()))?;
            for warning in promises::broken([&written]) {
                self.desk.terminal.show(&[&warning], &snapshot.sources);
            }
            entry.pdf = Some(written);
            Ok(())
        });
        let last = record.documents.get(&html).and_then(|entry| entry.pdf.clone());
        drop(record);
        let mut state = lock(&self.state);
        state.busy.remove(&job.path);
        if let Some(kept) = kept {
            let stand = match kept {
                Ok(()) => {
                    state.done.pdf += 1;
                    state.done.pages += last.as_ref().map_or(0, |pdf| pdf.pages);
                    Stand::Ready
                }
                Err(diagnostic) => {
                    self.desk.terminal.show(&[&*diagnostic], &snapshot.sources);
                    let message = sentence(&diagnostic);
                    state.failed.insert(job.path.clone(), (job.inputs.clone(), message.clone()));
                    Stand::Failed(message)
                }
            };
            let (version, pages) = last.map_or((None, 0), |pdf| (Some(pdf.bytes.to_string()), pdf.pages));
            self.desk.board.set_pdf(&html, Pdf { path: job.path.clone(), version, pages, stand });
        }
        self.count(&state);
        self.report(state);
        self.wake.notify_all();
    }

    /// Nothing can be printed: HTML goes on, and Chrome is tried again with the next change.
    fn give_up(&self, error: &PrintError) {
        let diagnostic = error.diagnostic(None);
        let message = diagnostic.message.as_str();
        let mut state = lock(&self.state);
        state.jobs.clear();
        state.busy.clear();
        state.done = Done::default();
        if state.unable.as_deref() != Some(message) && !print::stopped() {
            self.desk.terminal.show(&[&diagnostic], &Sources::default());
            self.desk.terminal.line("Les pages HTML continuent ; les PDF reprendront au prochain enregistrement.");
            state.unable = Some(message.to_owned());
        }
        self.count(&state);
        drop(state);
        *lock(&self.engine) = None;
        // How to install one is for the terminal.
        self.desk.board.fail_pdfs(message);
    }

    fn count(&self, state: &State) {
        self.desk.board.set_waiting(state.jobs.len() + state.busy.len());
    }

    /// Tells the terminal what is printed, and saves the record.
    fn report(&self, mut state: MutexGuard<State>) {
        let waiting = state.jobs.len() + state.busy.len();
        let Done { since, pdf, pages } = &state.done;
        let done = if *pdf == 0 { None } else { Some(format!("{pdf} PDF ({})", count(*pages, "page(s)"))) };
        let seconds = since.map_or(0.0, |since| since.elapsed().as_secs_f64());
        if waiting == 0 {
            let seconds = format!("{seconds:.1}").replace('.', ",");
            if let Some(done) = done {
                self.desk.terminal.line(&format!("{done}, en {seconds} s"));
            }
            state.done = Done::default();
        } else if pdf.is_multiple_of(SOME) && *pdf > 0 {
            self.desk.terminal.line(&format!("{} ; encore {waiting}", done.unwrap_or_default()));
        } else {
            return;
        }
        drop(state);
        self.desk.save();
    }
}

/// A diagnostic in one line, for the bar of a page.
fn sentence(diagnostic: &Diagnostic) -> String {
    let Diagnostic { message, help, .. } = diagnostic;
    help.as_ref().map_or_else(|| message.clone(), |help| format!("{message} ; {help}"))
}
