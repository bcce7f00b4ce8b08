//! The only module that writes output: each file whole or not at all, only where its bytes change. One program at a
//! time holds an output folder; what a killed one left half done is swept up by the next. Only files whose bytes
//! are known to be ours ([`Ledger`]) are ever removed.

mod ledger;
mod temporary;
mod through;

use std::fs::{File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;
use walkdir::WalkDir;

use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::fingerprint::Fingerprint;
use crate::sources::load;

pub(crate) use ledger::Ledger;
pub(crate) use temporary::temporary;
use temporary::{TEMPORARY, beside, in_french};

const LOCK: &str = ".livret.lock";

/// The output folder, held until dropped.
#[derive(Debug)]
pub(crate) struct Output {
    root: PathBuf,
    ledger: Mutex<Ledger>,
    _lock: File,
}

impl Output {
    /// Makes the folder if there is none, takes hold of it, and makes sure that files can be written there.
    ///
    /// # Errors
    /// If another program holds it ([`io::ErrorKind::WouldBlock`]), or it cannot be made or written to.
    pub(crate) fn open(root: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(root).map_err(in_french)?;
        load::only_file(&root.join(LOCK)).map_err(in_french)?;
        let lock = File::options().create(true).truncate(false).write(true).open(root.join(LOCK)).map_err(in_french)?;
        // A disk that knows no locks (some network drives) is used without.
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        temporary(root).and_then(NamedTempFile::close).map_err(in_french)?;
        let ledger = Mutex::new(Ledger::read(root));
        let output = Self { root: root.to_path_buf(), ledger, _lock: lock };
        output.sweep();
        Ok(output)
    }

    /// Whether it is still there: somebody may have removed the whole folder.
    pub(crate) fn is_there(&self) -> bool {
        self.root.join(LOCK).exists()
    }

    /// Removes the temporary files of a build that was killed, and the folders that it made for nothing else.
    fn sweep(&self) {
        for entry in WalkDir::new(&self.root).into_iter().flatten() {
            let name = entry.file_name().to_string_lossy();
            if entry.file_type().is_file() && name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) {
                let _ = std::fs::remove_file(entry.path());
                self.remove_empty(entry.path().parent());
            }
        }
    }

    /// A file by its path from the output folder.
    pub(crate) fn read(&self, path: &str) -> Option<Vec<u8>> {
        load::read(&self.root.join(path), u64::MAX).ok()
    }

    /// Whether a file is there, be it one that cannot be read.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// Whether a file is there, as long as it was if this run wrote it.
    pub(crate) fn stands(&self, path: &str) -> bool {
        let length = self.ledger().length(path);
        self.root.join(path).metadata().is_ok_and(|file| file.is_file() && length.is_none_or(|l| l == file.len()))
    }

    /// Whether a file is there with exactly these bytes.
    pub(crate) fn holds(&self, path: &str, fingerprint: &Fingerprint) -> bool {
        through::fingerprint(&self.root.join(path)).is_some_and(|found| found == *fingerprint)
    }

    /// What is ours.
    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a file with these bytes is ours, which only somebody else's record said until now.
    ///
    /// # Errors
    /// Those of the disk.
    pub(crate) fn claim(&self, path: &str, fingerprint: &Fingerprint) -> io::Result<()> {
        self.ledger().claim(&self.root, path, fingerprint, &[])
    }

    /// Writes a file by its path from the output folder. Returns whether it changed.
    ///
    /// # Errors
    /// Those of the disk; the file is then as it was before.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<bool> {
        let fingerprint = Fingerprint::of(bytes);
        let claim = || self.claim(path, &fingerprint);
        let changed = replace(&self.root.join(path), bytes, claim).map_err(in_french)?;
        self.ledger().written(path, &fingerprint, bytes.len() as u64);
        Ok(changed)
    }

    /// The same for a file that is too large to be held, which `fill` writes, and that goes when one of these folders of
    /// candidats does.
    ///
    /// # Errors
    /// Those of `fill` and of the disk; the file is then as it was before.
    pub(crate) fn write_through<E: From<io::Error>>(
        &self,
        path: &str,
        shows: &[String],
        fill: impl FnOnce(&mut dyn io::Write) -> Result<(), E>,
    ) -> Result<bool, E> {
        let target = self.root.join(path);
        let (file, fingerprint, length) = through::filled(&target, fill)?;
        let kept = through::replace(&target, file, &fingerprint, || {
            self.ledger().claim(&self.root, path, &fingerprint, shows)
        });
        let changed = kept.map_err(in_french)?;
        self.ledger().written(path, &fingerprint, length);
        Ok(changed)
    }

    /// Writes a file that is of use to us only.
    ///
    /// # Errors
    /// Those of the disk; the file is then as it was before.
    pub(crate) fn note(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        replace(&self.root.join(path), bytes, || Ok(())).map(drop).map_err(in_french)
    }

    /// Brings what is known to be ours to what it is now.
    ///
    /// # Errors
    /// Those of the disk; too much is known then, and that does no harm.
    pub(crate) fn settle(&self) -> io::Result<()> {
        let renewed = self.ledger().renewed();
        renewed.map_or(Ok(()), |text| self.note(ledger::FILE, text.as_bytes()))
    }

    /// Removes a file if it is still as we wrote it, and the folders that this leaves empty. Returns whether it did.
    /// One that somebody changed is not ours any more.
    pub(crate) fn remove(&self, path: &str) -> bool {
        let target = self.root.join(path);
        let ours = through::fingerprint(&target).is_some_and(|found| self.ledger().owns(path, &found));
        // What the disk does not give away now is for the next time.
        let removed = ours && std::fs::remove_file(&target).is_ok();
        if removed || !ours {
            self.ledger().forget(path);
        }
        if removed {
            self.remove_empty(target.parent());
        }
        removed
    }

    /// Removes folders that hold nothing, from one upwards.
    fn remove_empty(&self, folder: Option<&Path>) {
        let above = folder.into_iter().flat_map(Path::ancestors).take_while(|folder| *folder != self.root);
        // Fails, as it should, where anything is left.
        above.map(std::fs::remove_dir).take_while(Result::is_ok).for_each(drop);
    }
}

/// The path of a file from the output folder, with `/`.
fn inner(output: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(output).ok()?.iter().map(|part| part.to_string_lossy());
    Some(parts.collect::<Vec<_>>().join("/"))
}

/// The files below a folder of an output, hidden ones too, by their path from the output with `/`.
pub(crate) fn files_below(output: &Path, folder: &str) -> Vec<String> {
    let entries = WalkDir::new(output.join(folder)).sort_by_file_name().into_iter().flatten();
    entries.filter(|entry| !entry.file_type().is_dir()).filter_map(|entry| inner(output, entry.path())).collect()
}

/// Whether a file of an output is one that its ledger knows, with the bytes that we gave it.
pub(crate) fn is_ours(output: &Path, path: &str, ledger: &Ledger) -> bool {
    through::fingerprint(&output.join(path)).is_some_and(|found| ledger.owns(path, &found))
}

/// Replaces a file if its bytes change, whole or not at all; `first` is done before anything can be seen of it.
fn replace(target: &Path, bytes: &[u8], first: impl FnOnce() -> io::Result<()>) -> io::Result<bool> {
    let same = match load::read(target, u64::MAX) {
        Ok(old) => old == bytes,
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory) => {
            return Err(error);
        }
        Err(_) => false,
    };
    if same {
        return first().map(|()| false);
    }
    let file = fill(target, bytes)?;
    first()?;
    file.persist(target).map_err(|e| e.error)?;
    Ok(true)
}

/// What became of a file outside the output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
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
pub(crate) fn own_file(root: &Path, path: &str, text: &str, mark: Option<&str>) -> io::Result<Kept> {
    let target = root.join(path);
    load::only_file(&target).map_err(in_french)?;
    match load::read(&target, u64::MAX) {
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
pub(crate) fn probe(folder: &Path) -> io::Result<()> {
    let absolute = std::path::absolute(folder)?;
    let nearest = absolute.ancestors().find(|folder| folder.exists()).unwrap_or(&absolute);
    temporary(nearest).and_then(NamedTempFile::close).map_err(in_french)
}

/// A file beside its target, with all that will be in it.
fn fill(target: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = beside(target)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// A file of the output that the disk refused.
pub(crate) fn unwritten(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::in_file(Code::FichierNonEcrit, path, format!("ce fichier ne peut pas être écrit : {error}"))
        .help("fermez les programmes qui l'ont ouvert, vérifiez vos droits et la place sur le disque")
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
        output.write("s/c/b.html", b"ours").unwrap();
        std::fs::write(folder.path().join("s/c/b.html"), b"changed").unwrap();
        drop(output);
        let output = Output::open(folder.path()).unwrap();
        assert!(!output.remove("s/c/b.html") && output.remove("s/c/a.html"));
        assert!(folder.path().join("s/c/b.html").exists());
        assert!(!output.remove("s/c/b.html"), "it is not ours any more");
        output.write("s/c/b.html", b"changed").unwrap();
        assert!(output.remove("s/c/b.html"), "written by us, with the same bytes");
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
        assert_eq!(Output::open(folder.path()).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        drop(output);
        assert!(Output::open(folder.path()).is_ok());
    }
}
