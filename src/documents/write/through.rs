//! Files that are too large to be held in memory: written beside their target while their fingerprint is taken.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::temporary::{beside, in_french};
use crate::ground::fingerprint::{Fingerprint, Through};
use crate::sources::load;

/// A file beside its target with what `fill` wrote, its fingerprint and its length.
pub(super) fn filled<E: From<io::Error>>(
    target: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(NamedTempFile, Fingerprint, u64), E> {
    let mut file = load::only_file(target).and_then(|()| beside(target)).map_err(in_french)?;
    let mut through = Through::new(French(BufWriter::new(&mut file)));
    fill(&mut through)?;
    through.flush()?;
    let (fingerprint, length) = through.seen();
    drop(through);
    Ok((file, fingerprint, length))
}

/// What refuses something in French.
struct French<W>(W);

impl<W: Write> Write for French<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(in_french)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(in_french)
    }
}

/// The fingerprint of a file on the disk, if it is one and can be read.
pub(super) fn fingerprint(path: &Path) -> Option<Fingerprint> {
    load::only_file(path).and_then(|()| File::open(path)).and_then(Fingerprint::of_all).ok()
}

/// Puts the file in the place of its target if that has other bytes; `first` is done before anything can be seen of it.
pub(super) fn replace(
    target: &Path,
    file: NamedTempFile,
    fingerprint: &Fingerprint,
    first: impl FnOnce() -> io::Result<()>,
) -> io::Result<bool> {
    let same = self::fingerprint(target).is_some_and(|old| old == *fingerprint);
    first()?;
    if !same {
        file.persist(target).map_err(|e| e.error)?;
    }
    Ok(!same)
}
