//! Facts of the machine that `livret doctor` tells: space on disks, memory shared between processes, the language of
//! the terminal. Nothing that is printed depends on them.

use std::path::{Path, PathBuf};

/// Bytes that are free on the disk of a folder, or of the nearest one above it that exists; `None` if the system
/// does not say.
pub(crate) fn free_space(folder: &Path) -> Option<u64> {
    let absolute = std::path::absolute(folder).ok()?;
    fs4::available_space(absolute.ancestors().find(|folder| folder.exists())?).ok()
}

/// Where temporary files go.
pub(crate) fn temporary() -> PathBuf {
    std::env::temp_dir()
}

/// The folder of shared memory that Chrome uses; only Linux has one.
pub(crate) fn shared_memory() -> Option<&'static Path> {
    cfg!(target_os = "linux").then_some(Path::new("/dev/shm"))
}

/// The language and encoding of the terminal as the system names them: `fr_FR.UTF-8`; `None` where it has none.
pub(crate) fn locale() -> Option<String> {
    if cfg!(windows) {
        return None;
    }
    let set =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    Some(set.unwrap_or_else(|| "C".to_owned()))
}

/// How many processors may be used.
pub(crate) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
