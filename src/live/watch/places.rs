//! Which folders are watched: the project's own without what is in it (it may hold anything), those of its sources
//! with all that is in them. A folder that was deleted and made again is another one, and is watched anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::ground::paths::{CONTENT, THEMES};

pub(crate) struct Places {
    watcher: RecommendedWatcher,
    watched: BTreeMap<PathBuf, Identity>,
}

/// Tells a folder from another one of the same name.
type Identity = (u64, u64);

impl Places {
    pub(crate) fn new(watcher: RecommendedWatcher) -> Self {
        Self { watcher, watched: BTreeMap::new() }
    }

    /// Notes that something happened to a folder itself: the next [`renew`](Self::renew) watches it anew. Its number
    /// alone does not tell: a disk may give it to the next one.
    pub(crate) fn lost(&mut self, path: &Path) {
        if self.watched.contains_key(path) {
            self.watched.retain(|known, _| !known.starts_with(path));
        }
    }

    /// Watches what is there and is not watched yet: `linked` are folders whose files links lead to. Returns whether
    /// anything is new or gone.
    pub(crate) fn renew(
        &mut self,
        root: &Path,
        logo: Option<&Path>,
        linked: &BTreeSet<PathBuf>,
    ) -> notify::Result<bool> {
        let mut wanted = BTreeMap::from([
            (root.to_path_buf(), RecursiveMode::NonRecursive),
            (root.join(CONTENT), RecursiveMode::Recursive),
            (root.join(THEMES), RecursiveMode::Recursive),
        ]);
        let logo = logo.and_then(Path::parent).map(|folder| root.join(folder));
        for folder in logo.into_iter().chain(linked.iter().cloned()) {
            if !wanted.iter().any(|(path, mode)| *mode == RecursiveMode::Recursive && folder.starts_with(path)) {
                wanted.entry(folder).or_insert(RecursiveMode::NonRecursive);
            }
        }
        let there: BTreeMap<PathBuf, Identity> =
            wanted.keys().filter_map(|path| Some((path.clone(), identity(path)?))).collect();
        if there == self.watched {
            return Ok(false);
        }
        for path in self.watched.keys().filter(|path| there.get(*path) != self.watched.get(*path)) {
            // What is gone is mostly not watched any more.
            let _ = self.watcher.unwatch(path);
        }
        for (path, identity) in &there {
            if self.watched.get(path) != Some(identity) {
                match self.watcher.watch(path, wanted[path]) {
                    // It vanished again: that is for the next time.
                    Err(error) if is_gone(&error) => return Ok(true),
                    result => result?,
                }
            }
        }
        self.watched = there;
        Ok(true)
    }
}

fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).ok().filter(std::fs::Metadata::is_dir).map(|folder| (folder.dev(), folder.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    let folder = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_dir)?;
    let made = folder.created().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some((made.as_secs(), u64::from(made.subsec_nanos())))
}
