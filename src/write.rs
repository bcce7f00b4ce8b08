//! The only module that writes: each file whole or not at all, and only where its bytes change. Deletes nothing.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// The output folder.
#[derive(Debug)]
pub struct Output {
    root: PathBuf,
}

impl Output {
    /// Makes the folder if there is none, and makes sure that files can be written there.
    ///
    /// # Errors
    /// If it cannot be made or written to.
    pub fn open(root: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(root)?;
        temporary(root)?.close()?;
        Ok(Self { root: root.to_path_buf() })
    }

    /// Writes a file by its path from the output folder. Returns whether it changed.
    ///
    /// # Errors
    /// Those of the disk; the file is then as it was before.
    pub fn write(&self, path: &str, bytes: &[u8]) -> io::Result<bool> {
        let target = self.root.join(path);
        if std::fs::read(&target).is_ok_and(|old| old == bytes) {
            return Ok(false);
        }
        let folder = target.parent().unwrap_or(&self.root);
        std::fs::create_dir_all(folder)?;
        let mut file = temporary(folder)?;
        file.write_all(bytes)?;
        file.persist(&target).map_err(|e| e.error)?;
        Ok(true)
    }
}

/// A file beside its target, so that it can be renamed onto it; with the rights of an ordinary new file.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".livret-");
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
}
