//! Files as they were last read, so that a program that lives on reads only those that changed since.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use super::file;

/// Disks round the times of files; one that was read so soon after it changed may change again unseen.
const ROUNDING: Duration = Duration::from_secs(3);

/// What was read so far.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    files: BTreeMap<PathBuf, File>,
    /// Counts the readings of the whole project, to know what was not asked for any more.
    round: u64,
}

#[derive(Debug)]
struct File {
    stamp: Stamp,
    /// Whether the stamp tells all changes from now on.
    settled: bool,
    bytes: Arc<[u8]>,
    round: u64,
}

/// What changes with the content of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Device, number, and time of the last change of anything, where there are such.
    place: (u64, u64, i64, i64),
}

impl Seen {
    /// The bytes of a file: those of the last time if it is the same file, unchanged.
    ///
    /// # Errors
    /// Those of the disk.
    pub(crate) fn read(&mut self, path: &Path) -> io::Result<Arc<[u8]>> {
        let before = SystemTime::now();
        let stamp = Stamp::of(&std::fs::metadata(path)?);
        if let Some(file) = self.files.get_mut(path).filter(|file| file.settled && file.stamp == stamp) {
            file.round = self.round;
            return Ok(Arc::clone(&file.bytes));
        }
        let bytes: Arc<[u8]> = file::read(path, file::MOST)?.into();
        let settled = stamp.modified.is_some_and(|time| before.duration_since(time).is_ok_and(|age| age > ROUNDING));
        let file = File { stamp, settled, bytes: Arc::clone(&bytes), round: self.round };
        self.files.insert(path.to_path_buf(), file);
        Ok(bytes)
    }

    /// Forgets what was not asked for since the last call.
    pub(crate) fn forget_unused(&mut self) {
        self.files.retain(|_, file| file.round == self.round);
        self.round += 1;
    }
}

/// The stamps of a file, or of all that a project reads below a folder.
pub(crate) fn stamps(start: &Path) -> BTreeMap<PathBuf, Stamp> {
    let entries = WalkDir::new(start).follow_links(true).into_iter().filter_entry(file::wanted).flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.filter_map(|file| Some((file.path().to_path_buf(), Stamp::of(&file.metadata().ok()?)))).collect()
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let place = {
            use std::os::unix::fs::MetadataExt as _;
            (metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
        };
        #[cfg(not(unix))]
        let place = (0, 0, 0, 0);
        Self { length: metadata.len(), modified: metadata.modified().ok(), place }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn every_change_is_seen_however_soon_it_follows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let mut seen = Seen::default();
        for text in ["1", "2", "3"] {
            fs::write(&path, text).unwrap();
            assert_eq!(&*seen.read(&path).unwrap(), text.as_bytes());
        }
        // Another old file put in its place, of the same length.
        let old = SystemTime::now() - Duration::from_secs(60);
        for text in ["4", "5", "5"] {
            let other = folder.path().join("b.md");
            fs::write(&other, text).unwrap();
            fs::File::options().write(true).open(&other).unwrap().set_modified(old).unwrap();
            fs::rename(&other, &path).unwrap();
            assert_eq!(&*seen.read(&path).unwrap(), text.as_bytes());
        }
    }

    #[test]
    fn what_is_gone_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let mut seen = Seen::default();
        fs::write(&path, "1").unwrap();
        seen.read(&path).unwrap();
        seen.forget_unused();
        assert_eq!(seen.files.len(), 1);
        fs::remove_file(&path).unwrap();
        assert!(seen.read(&path).is_err());
        seen.forget_unused();
        assert!(seen.files.is_empty());
    }
}
