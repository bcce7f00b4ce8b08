//! Files beside their target, which they are renamed onto once they are whole; and what a disk says, in French.

use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use crate::ground::reason::{Reason, disk_reason};

/// What their names begin and end with.
pub(super) const TEMPORARY: (&str, &str) = (".livret-", ".tmp");

/// The same error, its message ours.
pub(super) fn in_french(error: io::Error) -> io::Error {
    io::Error::new(error.kind(), Reason(disk_reason(&error)))
}

/// A file beside its target, so that it can be renamed onto it; its folder is made if there is none.
pub(super) fn beside(target: &Path) -> io::Result<NamedTempFile> {
    let folder = target.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    temporary(folder)
}

/// A file with the rights of an ordinary new one.
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
