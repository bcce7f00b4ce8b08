//! Looking at every file now and then, for disks that give no notice (network drives). notify's own poller compares
//! times by the second and misses a file that is replaced by an older one; ours compares all that the reader does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::ground::paths::{CONTENT, PROJECT_FILE, THEMES};
use crate::sources::load::{self, Stamp};

/// How often files are looked at.
const CALM: Duration = Duration::from_millis(700);
/// The same while changes keep coming: one batch for a burst.
const BUSY: Duration = Duration::from_millis(100);

pub(crate) struct Poll {
    known: BTreeMap<PathBuf, Stamp>,
    next: Instant,
}

impl Poll {
    pub(crate) fn new(root: &Path) -> Self {
        Self { known: scan(root, None), next: Instant::now() + CALM }
    }

    /// When to look next.
    pub(crate) fn next(&self) -> Instant {
        self.next
    }

    /// The files that changed, came or went since the last look, if it is time.
    pub(crate) fn look(&mut self, root: &Path, logo: Option<&Path>) -> Vec<PathBuf> {
        if Instant::now() < self.next {
            return Vec::new();
        }
        let now = scan(root, logo);
        let mut changed: Vec<PathBuf> = now
            .iter()
            .filter(|(path, stamp)| self.known.get(*path) != Some(stamp))
            .map(|(path, _)| path.clone())
            .collect();
        changed.extend(self.known.keys().filter(|path| !now.contains_key(*path)).cloned());
        self.known = now;
        self.next = Instant::now() + if changed.is_empty() { CALM } else { BUSY };
        changed
    }
}

fn scan(root: &Path, logo: Option<&Path>) -> BTreeMap<PathBuf, Stamp> {
    let single = [Some(Path::new(PROJECT_FILE)), logo];
    let mut all = BTreeMap::new();
    for path in single.into_iter().flatten() {
        all.extend(load::stamps(&root.join(path)));
    }
    for folder in [CONTENT, THEMES] {
        all.extend(load::stamps(&root.join(folder)));
    }
    all
}
