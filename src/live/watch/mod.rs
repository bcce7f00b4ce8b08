//! What changes on the disk below a project, as batches: when one comes, the project is to be read again. Which files
//! changed is left to the reader, who looks at all of them: notices get lost, and say too little on some systems.

mod batch;
mod places;
mod poll;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind};

use crate::ground::paths::{CONTENT, PROJECT_FILE, THEMES};
use crate::ground::terminal::Terminal;
use crate::sources::load;
use batch::Batch;
use places::Places;
use poll::Poll;

/// How often who waits looks whether folders came back, or Ctrl-C was pressed.
const TICK: Duration = Duration::from_millis(300);

/// Watches one project.
pub(crate) struct Watch {
    root: PathBuf,
    /// What we write ourselves.
    output: Option<PathBuf>,
    /// The project's logo, which may lie anywhere in it.
    logo: Option<PathBuf>,
    /// The folders of files that links lead to.
    linked: BTreeSet<PathBuf>,
    /// Whether these are to be looked for again, when nothing else is to be done.
    moved: bool,
    /// Why the system gives no notice any more.
    failed: Option<notify::Error>,
    source: Source,
    batch: Batch,
}

/// Where changes are known from.
enum Source {
    System { places: Places, events: Receiver<notify::Result<Event>> },
    Poll(Poll),
}

impl Watch {
    /// Begins to watch. `output` is passed over; `poll` looks at every file now and then instead of asking the system.
    /// If it looks at files without being asked to, it says why.
    pub(crate) fn start(root: &Path, output: Option<&Path>, poll: bool, terminal: &Terminal) -> Self {
        let root = absolute(root);
        // Where the sources lie in the output folder, nothing of it can be passed over.
        let output = output.map(absolute).filter(|output| !root.starts_with(output));
        let linked = linked(&root, None);
        let system = (!poll).then(|| system(&root, &linked)).transpose();
        let system = system.map_err(|error| terminal.error(&reason(&error)));
        let source = system.ok().flatten().unwrap_or_else(|| Source::Poll(Poll::new(&root)));
        Self { root, output, logo: None, linked, moved: false, failed: None, source, batch: Batch::default() }
    }

    /// Waits for a batch, but not long. Returns whether one came.
    pub(crate) fn wait(&mut self) -> bool {
        let until = Instant::now() + TICK;
        loop {
            self.collect();
            let due = self.batch.due(halfway);
            let now = Instant::now();
            if due.is_some_and(|due| due <= now) {
                self.batch = Batch::default();
                self.moved = true;
                return true;
            }
            if now >= until {
                if std::mem::take(&mut self.moved) {
                    self.linked = linked(&self.root, self.logo.as_deref());
                }
                return false;
            }
            let next = due.unwrap_or(until).min(until);
            match &self.source {
                Source::System { events, .. } => match events.recv_timeout(next - now) {
                    Ok(event) => self.take(event),
                    Err(RecvTimeoutError::Timeout) => {}
                    // The watcher's thread is gone, which only a bug of the library could do.
                    Err(RecvTimeoutError::Disconnected) => std::thread::sleep(next - now),
                },
                Source::Poll(poll) => std::thread::sleep(next.min(poll.next()).saturating_duration_since(now)),
            }
        }
    }

    /// Whether something changed that no batch has told yet.
    pub(crate) fn is_pending(&mut self) -> bool {
        self.collect();
        !self.batch.is_empty()
    }

    /// Watches folders that are there again, or new, after they were gone. To be called now and then: a folder that
    /// is deleted takes the system's notices with it. `logo` is the project's, by its path in it. Where the system
    /// lets nothing more be watched, files are looked at from now on: it says why.
    pub(crate) fn renew(&mut self, logo: Option<&Path>, terminal: &Terminal) {
        if self.logo.as_deref() != logo {
            self.logo = logo.map(Path::to_path_buf);
            self.moved = true;
        }
        let Source::System { places, .. } = &mut self.source else { return };
        let renewed = match self.failed.take() {
            Some(error) => Err(error),
            None => places.renew(&self.root, logo, &self.linked),
        };
        if matches!(renewed, Ok(false)) {
            return;
        }
        self.batch.add_unknown(Instant::now());
        if let Err(error) = renewed {
            self.source = Source::Poll(Poll::new(&self.root));
            terminal.error(&reason(&error));
        }
    }

    /// Takes what is known by now, without waiting.
    fn collect(&mut self) {
        match &mut self.source {
            Source::System { events, .. } => {
                let events: Vec<_> = events.try_iter().collect();
                events.into_iter().for_each(|event| self.take(event));
            }
            Source::Poll(poll) => {
                let now = Instant::now();
                for path in poll.look(&self.root, self.logo.as_deref()) {
                    self.batch.add(&path, now);
                }
            }
        }
    }

    fn take(&mut self, event: notify::Result<Event>) {
        let now = Instant::now();
        match event {
            Ok(event) if event.need_rescan() => self.batch.add_unknown(now),
            Ok(event) if is_change(&event.kind) => {
                if let Source::System { places, .. } = &mut self.source
                    && matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
                {
                    event.paths.iter().for_each(|path| places.lost(path));
                }
                for path in &event.paths {
                    if self.concerns(path) {
                        self.batch.add(path, now);
                    }
                }
            }
            Ok(_) => {}
            Err(error) => {
                self.batch.add_unknown(now);
                // A folder that is new could not be watched: others would not be either.
                if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) {
                    self.failed = Some(error);
                }
            }
        }
    }

    fn concerns(&self, path: &Path) -> bool {
        if self.output.as_ref().is_some_and(|output| path.starts_with(output)) {
            return false;
        }
        let inner = path.strip_prefix(&self.root).unwrap_or(path);
        !inner.components().any(|part| load::passed_over(&part.as_os_str().to_string_lossy()))
    }
}

/// The folders that links of the sources lead to.
fn linked(root: &Path, logo: Option<&Path>) -> BTreeSet<PathBuf> {
    let sources = [CONTENT, THEMES, PROJECT_FILE].map(Path::new);
    load::linked_folders(root, sources.into_iter().chain(logo))
}

/// Notices of the system for what there is.
fn system(root: &Path, linked: &BTreeSet<PathBuf>) -> notify::Result<Source> {
    let (sender, events) = mpsc::channel();
    let mut places = Places::new(notify::recommended_watcher(sender)?);
    places.renew(root, None, linked)?;
    Ok(Source::System { places, events })
}

/// Why the system gives no notice, as a warning.
fn reason(error: &notify::Error) -> String {
    let reason = match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "il n'en suit pas autant à la fois".to_owned(),
        notify::ErrorKind::Io(error) => crate::ground::reason::disk_reason(error),
        _ => "il ne sait pas les suivre ici".to_owned(),
    };
    format!(
        "avertissement : ce système n'annonce pas les changements des fichiers ({reason}) ; ils sont regardés à intervalles réguliers\n"
    )
}

fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(access) => *access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// Whether a file looks as if it were being replaced: gone, or still empty.
fn halfway(path: &Path) -> bool {
    path.extension().is_some() && std::fs::metadata(path).map_or(true, |file| file.is_file() && file.len() == 0)
}

fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf())
}
