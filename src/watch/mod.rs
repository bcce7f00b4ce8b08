//! What changes on the disk below a project, as batches: when one comes, the project is to be read again. Which files
//! changed is left to the reader, who looks at all of them: notices get lost, and say too little on some systems.

mod batch;
mod places;
mod poll;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind};

use crate::load;
use batch::Batch;
use places::Places;
use poll::Poll;

/// Watches one project.
pub struct Watch {
    root: PathBuf,
    /// What we write ourselves.
    output: Option<PathBuf>,
    /// The project's logo, which may lie anywhere in it.
    logo: Option<PathBuf>,
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
    ///
    /// # Errors
    /// If the system lets nothing be watched; then polling still works.
    pub fn start(root: &Path, output: Option<&Path>, poll: bool) -> notify::Result<Self> {
        let root = absolute(root);
        let source = if poll {
            Source::Poll(Poll::new(&root))
        } else {
            let (sender, events) = mpsc::channel();
            let mut places = Places::new(notify::recommended_watcher(sender)?);
            places.renew(&root, None)?;
            Source::System { places, events }
        };
        // Where the sources lie in the output folder, nothing of it can be passed over.
        let output = output.map(absolute).filter(|output| !root.starts_with(output));
        Ok(Self { root, output, logo: None, source, batch: Batch::default() })
    }

    /// Waits for a batch, at most so long. Returns whether one came.
    pub fn wait(&mut self, longest: Duration) -> bool {
        let until = Instant::now() + longest;
        loop {
            self.collect();
            let due = self.batch.due(halfway);
            let now = Instant::now();
            if due.is_some_and(|due| due <= now) {
                self.batch = Batch::default();
                return true;
            }
            if now >= until {
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
    pub fn is_pending(&mut self) -> bool {
        self.collect();
        !self.batch.is_empty()
    }

    /// Watches folders that are there again, or new, after they were gone. To be called now and then: a folder that
    /// is deleted takes the system's notices with it. `logo` is the project's, by its path in it.
    ///
    /// # Errors
    /// If the system lets nothing more be watched.
    pub fn renew(&mut self, logo: Option<&Path>) -> notify::Result<()> {
        self.logo = logo.map(Path::to_path_buf);
        if let Source::System { places, .. } = &mut self.source
            && places.renew(&self.root, logo)?
        {
            self.batch.add_unknown(Instant::now());
        }
        Ok(())
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
            Err(_) => self.batch.add_unknown(now),
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
