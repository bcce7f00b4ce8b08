//! Replaces a source by its better self: whole or not at all, with the rights that it had, and only if it still is
//! what was read. The output folder is [`crate::write`]'s.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::Builder;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rewritten {
    Done,
    /// Somebody else wrote it since: it was left alone.
    ChangedMeanwhile,
}

/// Where the bytes of a path really are. `None` if that is outside of the project, or nowhere.
pub fn real_place(root: &Path, path: &str) -> Option<PathBuf> {
    let real = root.join(path).canonicalize().ok()?;
    real.starts_with(root.canonicalize().ok()?).then_some(real)
}

/// Replaces the bytes of `place` if they are `old`.
///
/// # Errors
/// Those of the disk; the file is then as it was before.
pub fn rewrite(place: &Path, old: &[u8], new: &[u8]) -> io::Result<Rewritten> {
    let folder = place.parent().unwrap_or(Path::new("."));
    let mut file = Builder::new().prefix(".livret-").suffix(".tmp").tempfile_in(folder)?;
    file.write_all(new)?;
    file.as_file().set_permissions(std::fs::metadata(place)?.permissions())?;
    file.as_file().sync_all()?;
    // As late as can be: what an editor saves between this and the renaming is lost, so nothing stands between.
    if std::fs::read(place)? != old {
        return Ok(Rewritten::ChangedMeanwhile);
    }
    file.persist(place).map_err(|error| error.error)?;
    Ok(Rewritten::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_with_its_rights_unless_it_changed() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.md");
        std::fs::write(&place, b"1").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&place, std::fs::Permissions::from_mode(0o640)).unwrap();
        }
        assert_eq!(rewrite(&place, b"1", b"2").unwrap(), Rewritten::Done);
        assert_eq!(rewrite(&place, b"1", b"3").unwrap(), Rewritten::ChangedMeanwhile);
        assert_eq!(std::fs::read(&place).unwrap(), b"2");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o640);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_project_has_no_place_in_it() {
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(elsewhere.path().join("a.md"), b"1").unwrap();
        std::fs::write(folder.path().join("b.md"), b"1").unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("a.md"), folder.path().join("a.md")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("b.md"), folder.path().join("c.md")).unwrap();
        assert_eq!(real_place(folder.path(), "a.md"), None);
        assert_eq!(real_place(folder.path(), "c.md"), Some(folder.path().canonicalize().unwrap().join("b.md")));
    }
}
