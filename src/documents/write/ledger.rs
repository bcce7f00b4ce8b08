//! What we wrote in an output folder, and with which bytes: only that is ever removed. A line is added before a file
//! is put in its place, so that what a killed build left is known too; a line that is damaged is as if it were not
//! there. It holds more than the record, which may be lost, and knows nothing of what documents are made from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use crate::ground::fingerprint::Fingerprint;
use crate::sources::load;

/// The ledger's file in the output folder.
pub(crate) const FILE: &str = ".livret.journal";

/// So many old lines do no harm.
const MANY: usize = 100;

/// The files of ours, by path from the output folder.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    files: BTreeMap<String, Claim>,
    /// How many lines say no more than others do.
    old: usize,
    /// Whether a line tells of somebody who is not to be known any more.
    forgotten: bool,
    /// Open as long as lines are added.
    lines: Option<File>,
}

/// What is known of one file of ours.
#[derive(Debug, Default, Clone)]
struct Claim {
    /// The last ones; more than one if a write may have been cut short.
    bytes: BTreeSet<Fingerprint>,
    /// The folders of those candidats whose documents are in it, where its path does not tell.
    shows: Vec<String>,
    /// Its length, if it was written by this run.
    length: Option<u64>,
}

impl Ledger {
    /// What an output folder holds of ours, as far as it is known.
    pub(crate) fn read(root: &Path) -> Self {
        let bytes = load::read(&root.join(FILE), u64::MAX).unwrap_or_default();
        let mut ledger = Self::default();
        for line in String::from_utf8_lossy(&bytes).lines().filter(|line| !line.is_empty()) {
            let mut parts = line.split('\t');
            match (parts.next().and_then(Fingerprint::parse), parts.next()) {
                (Some(fingerprint), Some(path)) => {
                    let claim = ledger.files.entry(path.to_owned()).or_default();
                    ledger.old += usize::from(!claim.bytes.is_empty());
                    claim.bytes.insert(fingerprint);
                    claim.shows = parts.map(str::to_owned).collect();
                }
                _ => ledger.old += 1,
            }
        }
        ledger
    }

    /// The files of ours, and the folders of the candidats that each shows, where its path does not tell.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.files.iter().map(|(path, claim)| (path.as_str(), claim.shows.as_slice()))
    }

    /// Whether a file with these bytes is ours.
    pub(crate) fn owns(&self, path: &str, fingerprint: &Fingerprint) -> bool {
        self.files.get(path).is_some_and(|claim| claim.bytes.contains(fingerprint))
    }

    /// Notes that a file with these bytes is ours, or will be in a moment.
    ///
    /// # Errors
    /// Those of the disk.
    pub(crate) fn claim(
        &mut self,
        root: &Path,
        path: &str,
        fingerprint: &Fingerprint,
        shows: &[String],
    ) -> io::Result<()> {
        // Such a name has no line of its own: its file is not known to be ours, and is named when it is in the way.
        if path.contains(['\t', '\n', '\r']) || self.owns(path, fingerprint) && self.files[path].shows == shows {
            return Ok(());
        }
        let claim = self.files.entry(path.to_owned()).or_default();
        self.old += usize::from(!claim.bytes.is_empty());
        claim.bytes.insert(fingerprint.clone());
        claim.shows = shows.to_vec();
        let line = line(fingerprint, path, shows);
        let file = match &mut self.lines {
            Some(file) => file,
            None => {
                load::only_file(&root.join(FILE))?;
                self.lines.insert(File::options().create(true).append(true).open(root.join(FILE))?)
            }
        };
        file.write_all(line.as_bytes())
    }

    /// Notes that a file is there now with these bytes and no others.
    pub(crate) fn written(&mut self, path: &str, fingerprint: &Fingerprint, length: u64) {
        if let Some(claim) = self.files.get_mut(path) {
            claim.bytes.retain(|bytes| bytes == fingerprint);
            claim.length = Some(length);
        }
    }

    /// The length of a file that this run wrote.
    pub(crate) fn length(&self, path: &str) -> Option<u64> {
        self.files.get(path)?.length
    }

    pub(crate) fn forget(&mut self, path: &str) {
        self.forgotten |= self.files.remove(path).is_some();
    }

    /// The whole file anew, if it has lines of files that are gone, or many that are old.
    pub(crate) fn renewed(&mut self) -> Option<String> {
        (self.forgotten || self.old > MANY.max(self.files.len())).then(|| {
            (self.old, self.forgotten, self.lines) = (0, false, None);
            let lines = self
                .files
                .iter()
                .flat_map(|(path, claim)| claim.bytes.iter().map(|fingerprint| line(fingerprint, path, &claim.shows)));
            lines.collect()
        })
    }
}

/// One line. It begins with a line end: what a write that was cut short left before it does not matter then.
fn line(fingerprint: &Fingerprint, path: &str, shows: &[String]) -> String {
    let shows: String = shows.iter().map(|folder| format!("\t{folder}")).collect();
    format!("\n{fingerprint}\t{path}{shows}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cut_short_is_known_and_a_damaged_line_hides_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let (root, old, new) = (folder.path(), Fingerprint::of(b"1"), Fingerprint::of(b"2"));
        let mut ledger = Ledger::default();
        ledger.claim(root, "a.html", &old, &[]).unwrap();
        ledger.written("a.html", &old, 1);
        ledger.claim(root, "s/b.pdf", &old, &["candidats/s/c".to_owned()]).unwrap();
        std::fs::write(root.join(FILE), std::fs::read_to_string(root.join(FILE)).unwrap() + "\nabc\tx").unwrap();
        // Claimed, but perhaps never put in its place.
        Ledger::read(root).claim(root, "a.html", &new, &[]).unwrap();
        let mut ledger = Ledger::read(root);
        assert!(ledger.owns("a.html", &old) && ledger.owns("a.html", &new) && ledger.owns("s/b.pdf", &old));
        assert_eq!(ledger.files().map(|(_, shows)| shows.len()).collect::<Vec<_>>(), [0, 1]);
        ledger.written("a.html", &new, 1);
        ledger.forget("s/b.pdf");
        assert_eq!(ledger.renewed().unwrap().trim(), format!("{new}\ta.html"));
        assert!(ledger.renewed().is_none());
    }
}
