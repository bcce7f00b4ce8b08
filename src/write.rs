//! The only module that writes output: each file whole or not at all, only where its bytes change. One program at a
//! time holds an output folder; what a killed one left half done is swept up by the next. Only files whose bytes
//! are known to be ours are ever removed.

use std::fs::{File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};
use walkdir::WalkDir;

use crate::fingerprint::Fingerprint;
use crate::load::disk_reason;

const LOCK: &str = ".livret.lock";
const TEMPORARY: (&str, &str) = (".livret-", ".tmp");

/// The output folder, held until dropped.
#[derive(Debug)]
pub struct Output {
    root: PathBuf,
    _lock: File,
}

/// Why an output folder cannot be used.
#[derive(Debug)]
pub enum OpenError {
    /// Another build holds it.
    Busy,
    Disk(io::Error),
}

impl Output {
    /// Makes the folder if there is none, takes hold of it, and makes sure that files can be written there.
    ///
    /// # Errors
    /// If another program holds it, or it cannot be made or written to.
    pub fn open(root: &Path) -> Result<Self, OpenError> {
        let disk = |error| OpenError::Disk(in_french(error));
        std::fs::create_dir_all(root).map_err(disk)?;
        let lock = File::options().create(true).truncate(false).write(true).open(root.join(LOCK)).map_err(disk)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::Busy),
            // A disk that knows no locks (some network drives) is used without.
            Err(TryLockError::Error(_)) => {}
        }
        temporary(root).and_then(NamedTempFile::close).map_err(disk)?;
        let output = Self { root: root.to_path_buf(), _lock: lock };
        output.sweep();
        Ok(output)
    }

    /// Whether it is still there: somebody may have removed the whole folder.
    pub fn is_there(&self) -> bool {
        self.root.join(LOCK).exists()
    }

    /// Removes the temporary files of a build that was killed.
    fn sweep(&self) {
        for entry in WalkDir::new(&self.root).into_iter().flatten() {
            let name = entry.file_name().to_string_lossy();
            if entry.file_type().is_file() && name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// A file by its path from the output folder.
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(self.root.join(path)).ok()
    }

    /// Whether a file is there, be it one that cannot be read.
    pub fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// Whether a file is there with exactly these bytes.
    pub fn holds(&self, path: &str, fingerprint: &Fingerprint) -> bool {
        self.read(path).is_some_and(|bytes| Fingerprint::of(&bytes) == *fingerprint)
    }

    /// Writes a file by its path from the output folder. Returns whether it changed.
    ///
    /// # Errors
    /// Those of the disk; the file is then as it was before.
    pub fn write(&self, path: &str, bytes: &[u8]) -> io::Result<bool> {
        self.replace(path, bytes).map_err(in_french)
    }

    fn replace(&self, path: &str, bytes: &[u8]) -> io::Result<bool> {
        let target = self.root.join(path);
        if std::fs::read(&target).is_ok_and(|old| old == bytes) {
            return Ok(false);
        }
        fill(&target, bytes)?.persist(&target).map_err(|e| e.error)?;
        Ok(true)
    }

    /// Removes a file if it is still as we wrote it, and the folders that this leaves empty. Returns whether it did.
    pub fn remove(&self, path: &str, fingerprint: &Fingerprint) -> bool {
        let target = self.root.join(path);
        if !self.holds(path, fingerprint) || std::fs::remove_file(&target).is_err() {
            return false;
        }
        for folder in target.ancestors().skip(1).take_while(|folder| *folder != self.root) {
            // Fails, as it should, where anything is left.
            if std::fs::remove_dir(folder).is_err() {
                break;
            }
        }
        true
    }
}

/// What became of a file outside the output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Written,
    /// It is there already, and as it should be.
    Same,
    /// Another one is there, and stays.
    Theirs,
}

/// Writes a file of ours into a folder of the user's. One that is there is replaced only if `mark` says that it is
/// ours; without a mark, never.
///
/// # Errors
/// Those of the disk; the file is then as it was before.
pub fn own_file(root: &Path, path: &str, text: &str, mark: Option<&str>) -> io::Result<Kept> {
    let target = root.join(path);
    match std::fs::read(&target) {
        Ok(old) if old == text.as_bytes() => return Ok(Kept::Same),
        Ok(old) if !mark.is_some_and(|mark| String::from_utf8_lossy(&old).contains(mark)) => return Ok(Kept::Theirs),
        Ok(_) => fill(&target, text.as_bytes()).and_then(|file| file.persist(&target).map_err(|e| e.error)),
        Err(_) => fill(&target, text.as_bytes()).and_then(|file| file.persist_noclobber(&target).map_err(|e| e.error)),
    }
    .map(|_| Kept::Written)
    .map_err(in_french)
}

/// Whether files can be written in a folder, or, if it does not exist yet, in the one that it would be made in.
///
/// # Errors
/// Why not.
pub fn probe(folder: &Path) -> io::Result<()> {
    let absolute = std::path::absolute(folder)?;
    let nearest = absolute.ancestors().find(|folder| folder.exists()).unwrap_or(&absolute);
    temporary(nearest).and_then(NamedTempFile::close).map_err(in_french)
}

/// A file beside its target, with all that will be in it; its folder is made if there is none.
fn fill(target: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = target.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = temporary(folder)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// The same error, its message ours.
fn in_french(error: io::Error) -> io::Error {
    io::Error::new(error.kind(), disk_reason(&error))
}

/// A file beside its target, so that it can be renamed onto it; with the rights of an ordinary new file.
pub(crate) fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    let ordinary = {
        use std::os::unix::fs::PermissionsExt;
        std::fs::Permissions::from_mode(0o666)
    };
    #[cfg(unix)]
    builder.permissions(ordinary);
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_left_alone_when_it_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let output = Output::open(&folder.path().join("a/b")).unwrap();
        assert!(output.write("c/d.html", b"1").unwrap());
        assert!(!output.write("c/d.html", b"1").unwrap());
        assert!(output.write("c/d.html", b"22").unwrap());
        let folder = folder.path().join("a/b/c");
        assert_eq!(std::fs::read(folder.join("d.html")).unwrap(), b"22");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn a_file_in_the_way_of_a_folder_is_an_error_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let output = Output::open(folder.path()).unwrap();
        output.write("x", b"1").unwrap();
        assert!(output.write("x/y", b"2").is_err());
        assert_eq!(std::fs::read(folder.path().join("x")).unwrap(), b"1");
    }

    #[test]
    fn only_our_own_bytes_are_removed_and_then_the_empty_folders() {
        let folder = tempfile::tempdir().unwrap();
        let output = Output::open(folder.path()).unwrap();
        output.write("s/c/a.html", b"ours").unwrap();
        output.write("s/c/b.html", b"theirs").unwrap();
        assert!(!output.remove("s/c/b.html", &Fingerprint::of(b"ours")));
        assert!(output.remove("s/c/a.html", &Fingerprint::of(b"ours")));
        assert!(folder.path().join("s/c/b.html").exists());
        assert!(output.remove("s/c/b.html", &Fingerprint::of(b"theirs")));
        assert!(!folder.path().join("s").exists() && folder.path().exists());
    }

    #[test]
    fn a_second_build_is_refused_and_leftovers_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("a")).unwrap();
        let (left, own) = (folder.path().join("a/.livret-x1.tmp"), folder.path().join("a/notes.tmp"));
        std::fs::write(&left, b"").unwrap();
        std::fs::write(&own, b"").unwrap();
        let output = Output::open(folder.path()).unwrap();
        assert!(!left.exists() && own.exists());
        assert!(matches!(Output::open(folder.path()), Err(OpenError::Busy)));
        drop(output);
        assert!(Output::open(folder.path()).is_ok());
    }
}
