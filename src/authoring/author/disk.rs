//! The only module that writes sources. Nothing is ever overwritten by chance: a new file needs a free name, an edited
//! one must still be what the edit was made from. Each file is there whole or not at all. The output folder is left
//! to [`mod@crate::documents::write`].

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::NewSource;
use crate::documents::write::temporary;
use crate::ground::reason::{Reason, disk_reason};
use crate::ground::stop;
use crate::sources::load::read;

/// Why a source was not written. Nothing of what was asked for is then on the disk.
#[derive(Debug)]
pub(crate) enum SourceError {
    /// These are there already; paths from the root.
    Exists(Vec<String>),
    /// Somebody changed it since it was read.
    Changed(String),
    /// A shortcut on the way leads out of the project.
    Outside(String),
    Disk(String, io::Error),
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Exists(paths) => {
                let shown: Vec<&str> = paths.iter().take(5).map(String::as_str).collect();
                let more = if paths.len() > 5 { format!(" et {} autres", paths.len() - 5) } else { String::new() };
                let verb = match paths.len() {
                    1 => "existe déjà, et n'a pas été touché",
                    _ => "existent déjà, et n'ont pas été touchés",
                };
                write!(f, "{}{more} {verb}", shown.join(", "))
            }
            Self::Changed(path) => write!(f, "{path} a changé entre-temps, et n'a pas été touché ; recommencez"),
            Self::Outside(path) => write!(f, "{path} : un raccourci mène hors du projet ; remplacez-le par un dossier"),
            Self::Disk(path, error) => write!(f, "{path} ne peut pas être écrit : {}", disk_reason(error)),
        }
    }
}

/// Writes new files below `root`, all or none, and the folders that they need.
///
/// # Errors
/// If one of them exists (all that do are named), or the disk refuses.
pub(crate) fn create_sources(root: &Path, files: &[NewSource]) -> Result<(), SourceError> {
    let taken: Vec<String> =
        files.iter().filter(|f| root.join(&f.path).symlink_metadata().is_ok()).map(|f| f.path.clone()).collect();
    if !taken.is_empty() {
        return Err(SourceError::Exists(taken));
    }
    let _whole = stop::finishing();
    let mut made = Made::default();
    for file in files {
        made.folders(root, &file.path)?;
        create(&root.join(&file.path), &file.bytes).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => SourceError::Exists(vec![file.path.clone()]),
            _ => SourceError::Disk(file.path.clone(), error),
        })?;
        made.files.push(root.join(&file.path));
    }
    made.keep = true;
    Ok(())
}

/// Writes one new file below `root`.
///
/// # Errors
/// As [`create_sources`].
pub(crate) fn create_source(root: &Path, file: &NewSource) -> Result<(), SourceError> {
    create_sources(root, std::slice::from_ref(file))
}

/// Replaces the text of a file that still is `old`; its rights stay.
///
/// # Errors
/// If the file is not `old` any more, or the disk refuses; it is then as it was.
pub(crate) fn replace_source(root: &Path, path: &str, old: &[u8], new: &[u8]) -> Result<(), SourceError> {
    let disk = |error| SourceError::Disk(path.to_owned(), error);
    let target = root.join(path).canonicalize().map_err(disk)?;
    if !target.starts_with(root.canonicalize().map_err(disk)?) {
        return Err(SourceError::Outside(path.to_owned()));
    }
    let done = replaced(&target, old, new).map_err(disk)?;
    if done { Ok(()) } else { Err(SourceError::Changed(path.to_owned())) }
}

/// Writes a file that somebody asked for at a path of their own: a new one, or in the place of one that still is `old`.
///
/// # Errors
/// If it is not there as it was any more, or the disk refuses; it is then as it was.
pub(crate) fn place(path: &Path, old: Option<&[u8]>, bytes: &[u8]) -> io::Result<()> {
    let _whole = stop::finishing();
    // A name alone is in the folder where one is.
    let path = Path::new(".").join(path);
    let done = match old {
        None => create(&path, bytes).map(|()| true),
        Some(old) => path.canonicalize().and_then(|target| replaced(&target, old, bytes)),
    };
    if done? { Ok(()) } else { Err(io::Error::other(Reason("il vient de changer".to_owned()))) }
}

/// Puts `new` in the stead of `old`, with the rights that were there. False if the file is not `old` any more. The
/// path is that of the file itself, so that a shortcut to it stays one.
fn replaced(target: &Path, old: &[u8], new: &[u8]) -> io::Result<bool> {
    if read(target, u64::MAX)? != old {
        return Ok(false);
    }
    let _whole = stop::finishing();
    let rights = std::fs::metadata(target)?.permissions();
    if rights.readonly() {
        return Err(ErrorKind::PermissionDenied.into());
    }
    let file = filled(target, new)?;
    file.as_file().set_permissions(rights)?;
    file.persist(target).map_err(|error| error.error)?;
    Ok(true)
}

/// What was made so far; taken away again unless all of it succeeds.
#[derive(Default)]
struct Made {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    keep: bool,
}

impl Made {
    /// Makes the folders above a file, one by one, none of them outside the root.
    fn folders(&mut self, root: &Path, path: &str) -> Result<(), SourceError> {
        let disk = |error| SourceError::Disk(path.to_owned(), error);
        let folder = root.join(path).parent().unwrap_or(root).to_path_buf();
        let above = || folder.ancestors().filter(|above| !above.as_os_str().is_empty());
        let missing: Vec<&Path> = above().take_while(|above| !above.exists()).collect();
        if root.exists() {
            let above = above().nth(missing.len()).unwrap_or(Path::new("."));
            let real_root = root.canonicalize().map_err(disk)?;
            if !above.canonicalize().map_err(disk)?.starts_with(real_root) {
                return Err(SourceError::Outside(path.to_owned()));
            }
        }
        for folder in missing.into_iter().rev() {
            std::fs::create_dir(folder).map_err(disk)?;
            self.folders.push(folder.to_path_buf());
        }
        Ok(())
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        if self.keep {
            return;
        }
        for file in &self.files {
            let _ = std::fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            // Fails, as it should, where somebody else has put something.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// A new file under a name that must be free.
fn create(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = filled(target, bytes)?;
    match file.persist_noclobber(target) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Err(error.error),
        // Some disks (USB sticks, network drives) cannot rename without overwriting: the name is taken first.
        Err(error) => {
            OpenOptions::new().write(true).create_new(true).open(target)?;
            error.file.persist(target).map(drop).map_err(|error| {
                let _ = std::fs::remove_file(target);
                error.error
            })
        }
    }
}

/// A temporary file beside the target, with these bytes, safely on the disk.
fn filled(target: &Path, bytes: &[u8]) -> io::Result<NamedTempFile<File>> {
    let mut file = temporary(target.parent().unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = walkdir::WalkDir::new(folder)
            .min_depth(1)
            .into_iter()
            .map(|e| e.unwrap().path().strip_prefix(folder).unwrap().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn all_or_none_is_created_and_nothing_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        create_source(root, &NewSource::new("a/b.md", "1")).unwrap();
        let both = [NewSource::new("c/d.md", "2"), NewSource::new("a/b.md", "3")];
        let error = create_sources(root, &both).unwrap_err();
        assert!(matches!(&error, SourceError::Exists(paths) if paths == &["a/b.md"]), "{error}");
        assert_eq!(std::fs::read(root.join("a/b.md")).unwrap(), b"1");
        // A file where a folder is needed is noticed only while writing: what was written before it goes again.
        let blocked = [NewSource::new("x/y.md", "2"), NewSource::new("a/b.md/z.md", "3")];
        assert!(create_sources(root, &blocked).is_err());
        assert_eq!(names(root), ["a", "a/b.md"]);
    }

    #[test]
    fn a_root_that_is_not_there_is_made() {
        let folder = tempfile::tempdir().unwrap();
        create_source(&folder.path().join("n/p"), &NewSource::new("a.md", "1")).unwrap();
        assert_eq!(names(folder.path()), ["n", "n/p", "n/p/a.md"]);
    }

    #[test]
    fn an_edit_of_another_text_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        create_source(root, &NewSource::new("a.md", "1")).unwrap();
        assert!(matches!(replace_source(root, "a.md", b"0", b"2"), Err(SourceError::Changed(_))));
        replace_source(root, "a.md", b"1", b"1").unwrap();
        replace_source(root, "a.md", b"1", b"2").unwrap();
        assert_eq!(std::fs::read(root.join("a.md")).unwrap(), b"2");
        assert_eq!(names(root), ["a.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn shortcuts_out_of_the_project_are_refused_and_rights_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let root = folder.path();
        symlink(other.path(), root.join("out")).unwrap();
        std::fs::write(other.path().join("a.md"), "1").unwrap();
        assert!(matches!(create_source(root, &NewSource::new("out/b.md", "")), Err(SourceError::Outside(_))));
        assert!(matches!(replace_source(root, "out/a.md", b"1", b"2"), Err(SourceError::Outside(_))));
        assert_eq!(names(other.path()), ["a.md"]);

        create_source(root, &NewSource::new("c.md", "1")).unwrap();
        std::fs::set_permissions(root.join("c.md"), std::fs::Permissions::from_mode(0o640)).unwrap();
        replace_source(root, "c.md", b"1", b"2").unwrap();
        assert_eq!(std::fs::metadata(root.join("c.md")).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_of_ones_own_keeps_its_rights_and_its_shortcut() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (own, shortcut) = (folder.path().join("own.csv"), folder.path().join("shortcut.csv"));
        place(&own, None, b"1").unwrap();
        assert!(place(&own, None, b"2").is_err());
        let mode = |mode| std::fs::set_permissions(&own, std::fs::Permissions::from_mode(mode)).unwrap();
        mode(0o600);
        symlink("own.csv", &shortcut).unwrap();
        place(&shortcut, Some(b"1"), b"2").unwrap();
        assert!(shortcut.symlink_metadata().unwrap().is_symlink());
        assert_eq!(std::fs::read(&own).unwrap(), b"2");
        assert_eq!(std::fs::metadata(&own).unwrap().permissions().mode() & 0o777, 0o600);

        let changed = place(&own, Some(b"1"), b"3").unwrap_err();
        assert_eq!(disk_reason(&changed), "il vient de changer");
        mode(0o444);
        assert_eq!(place(&own, Some(b"2"), b"3").unwrap_err().kind(), ErrorKind::PermissionDenied);
        assert_eq!(std::fs::read(&own).unwrap(), b"2");
        assert_eq!(names(folder.path()), ["own.csv", "shortcut.csv"]);
    }
}
