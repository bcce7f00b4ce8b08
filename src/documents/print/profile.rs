//! The temporary folder of a Chrome: its profile, its own temporary files, what it says on stderr.
//!
//! A file in it stays locked while we live. A folder whose lock is free was left behind by a run
//! that was killed: [`sweep`] removes those at the next start.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{io, thread};

const PREFIX: &str = "livret-chrome-";
const LOCK: &str = "lock";

pub(super) const DATA: &str = "data";
pub(super) const TEMPORARY: &str = "tmp";
pub(super) const STDERR: &str = "stderr";

#[derive(Debug)]
pub(super) struct Profile {
    // Dropped first: Windows removes no open file.
    lock: Option<File>,
    pub(super) path: PathBuf,
}

impl Profile {
    pub(super) fn create() -> io::Result<Self> {
        loop {
            let folder = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
            let lock = File::create_new(folder.path().join(LOCK))?;
            lock.lock()?;
            // Another run may have swept it before it was locked.
            if folder.path().join(LOCK).exists() {
                fs::create_dir(folder.path().join(TEMPORARY))?;
                return Ok(Self { lock: Some(lock), path: folder.keep() });
            }
        }
    }

    /// Whether we are root: who made the folder owns it.
    pub(super) fn is_roots(&self) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            fs::metadata(&self.path).is_ok_and(|data| data.uid() == 0)
        }
        #[cfg(not(unix))]
        false
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        self.lock = None;
        remove(&self.path);
    }
}

/// Processes that were just killed may still be writing for some milliseconds.
fn remove(folder: &Path) {
    for _ in 0..20 {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                thread::sleep(Duration::from_millis(10));
            }
            _ => return,
        }
    }
}

/// Removes the folders that killed runs of this user left behind. Never fails: it is housekeeping.
pub(super) fn sweep(own: &Profile) {
    let Some(parent) = own.path.parent() else { return };
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with(PREFIX) && path != own.path {
            sweep_one(&path, &own.path);
        }
    }
}

fn sweep_one(folder: &Path, own: &Path) {
    let (Ok(data), Ok(ours)) = (fs::symlink_metadata(folder), fs::symlink_metadata(own)) else { return };
    if !data.is_dir() || !same_owner(&data, &ours) {
        return;
    }
    let lock = folder.join(LOCK);
    match fs::symlink_metadata(&lock) {
        Ok(data) if data.is_file() => {
            if let Ok(file) = File::open(&lock)
                && file.try_lock().is_ok()
            {
                // The lock is held until the folder is gone.
                remove(folder);
            }
        }
        Ok(_) => {}
        // Not locked yet, or left behind at that very moment.
        Err(_) => {
            let age = data.modified().ok().and_then(|time| SystemTime::now().duration_since(time).ok());
            if age.is_some_and(|age| age > Duration::from_secs(60)) {
                remove(folder);
            }
        }
    }
}

#[cfg(unix)]
fn same_owner(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    a.uid() == b.uid()
}

#[cfg(not(unix))]
fn same_owner(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_lives_as_long_as_its_owner() {
        let one = Profile::create().unwrap();
        let path = one.path.clone();
        sweep(&Profile::create().unwrap());
        assert!(path.is_dir(), "a locked folder was swept");
        drop(one);
        assert!(!path.exists());
    }

    #[test]
    fn a_folder_left_behind_is_swept() {
        let own = Profile::create().unwrap();
        let mut left = Profile::create().unwrap();
        let path = left.path.clone();
        left.lock = None;
        std::mem::forget(left);
        sweep(&own);
        assert!(!path.exists());
    }
}
