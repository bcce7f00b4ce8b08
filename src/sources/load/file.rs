//! One file to its bytes: only what is a file (a pipe or a device could be waited for without end), and not more of it
//! than was asked for.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use walkdir::DirEntry;

use crate::ground::reason::Reason;

fn refused(kind: ErrorKind, reason: impl Into<String>) -> io::Error {
    io::Error::new(kind, Reason(reason.into()))
}

/// Nobody writes a source of so many bytes; reading one takes many times as much memory.
pub(crate) const MOST: u64 = 20 << 20;

/// The bytes of a file.
///
/// # Errors
/// Those of the disk; also if it is no file, or larger than `most`.
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let found = fs::metadata(path)?;
    is_file(&found)?;
    at_most(found.len(), most)?;
    limited(File::open(path)?, most)
}

/// All of a stream, if that is not more than `most` bytes.
///
/// # Errors
/// Those of the stream; also if there is more.
pub(crate) fn limited(stream: impl io::Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    at_most(bytes.len() as u64, most)?;
    Ok(bytes)
}

/// Refuses what is there and is no file, before it is opened.
///
/// # Errors
/// If it is none.
pub(crate) fn only_file(path: &Path) -> io::Result<()> {
    fs::metadata(path).map_or(Ok(()), |found| is_file(&found))
}

fn is_file(found: &fs::Metadata) -> io::Result<()> {
    match (found.is_file(), found.is_dir()) {
        (true, _) => Ok(()),
        (_, true) => Err(refused(ErrorKind::IsADirectory, "c'est un dossier")),
        _ => Err(refused(ErrorKind::InvalidInput, "c'est un tube ou un périphérique, et non un fichier")),
    }
}

/// Refuses what is larger than `most` bytes.
///
/// # Errors
/// If it is.
pub(crate) fn at_most(length: u64, most: u64) -> io::Result<()> {
    if length <= most {
        return Ok(());
    }
    // One more than the limit is not shown as the limit itself.
    let millions = length.div_ceil(1 << 20);
    let message = format!("il est trop grand ({millions} Mo ; {} Mo au plus)", most >> 20);
    Err(refused(ErrorKind::FileTooLarge, message))
}

/// Whether a walk goes into a folder, or takes a file.
pub(crate) fn wanted(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !passed_over(&entry.file_name().to_string_lossy())
}

/// Whether a file or folder of this name is none of the project's: hidden, or what an editor leaves beside a file.
pub(crate) fn passed_over(name: &str) -> bool {
    name.starts_with(['.', '#']) || name.starts_with("~$") || name.ends_with('~')
}
