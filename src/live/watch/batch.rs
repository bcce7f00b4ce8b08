//! Many changes to one batch: a save alone is passed on at once, a burst when it is over. Time is an argument.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// After a save alone. Editors write, rename and set rights within a few milliseconds.
const ALONE: Duration = Duration::from_millis(15);
/// Between two files of a burst: a checkout, a replacement in many files.
const BURST: Duration = Duration::from_millis(150);
/// For a file that is gone or empty: whoever replaces it needs a moment.
const HALFWAY: Duration = Duration::from_millis(250);
/// A burst that does not end is looked at now and then.
const LONGEST: Duration = Duration::from_secs(5);
/// More paths than an editor touches for one save.
const FEW: usize = 4;

/// The changes that are waiting to be passed on.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    paths: BTreeSet<PathBuf>,
    /// First and last change.
    times: Option<(Instant, Instant)>,
    /// Whether changes may have been missed.
    unknown: bool,
}

impl Batch {
    pub(crate) fn add(&mut self, path: &Path, now: Instant) {
        if !self.paths.contains(path) {
            self.paths.insert(path.to_path_buf());
        }
        self.times = Some((self.times.map_or(now, |(first, _)| first), now));
    }

    /// Notes that something changed, nobody knows what.
    pub(crate) fn add_unknown(&mut self, now: Instant) {
        self.unknown = true;
        self.times = Some((self.times.map_or(now, |(first, _)| first), now));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.times.is_none()
    }

    /// When to pass it on, if nothing else comes. `halfway` tells whether a file looks as if it were being replaced.
    pub(crate) fn due(&self, halfway: impl Fn(&Path) -> bool) -> Option<Instant> {
        let (first, last) = self.times?;
        let quiet = if self.unknown || self.paths.len() > FEW {
            BURST
        } else if self.paths.iter().any(|path| halfway(path)) {
            HALFWAY
        } else {
            ALONE
        };
        Some((last + quiet).min(first + LONGEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(batch: &Batch, start: Instant, halfway: bool) -> Duration {
        batch.due(|_| halfway).unwrap().duration_since(start)
    }

    #[test]
    fn a_save_alone_waits_a_moment_and_a_file_half_replaced_longer() {
        let start = Instant::now();
        let mut batch = Batch::default();
        assert!(batch.is_empty() && batch.due(|_| true).is_none());
        batch.add(Path::new("a.md"), start);
        assert_eq!(after(&batch, start, false), ALONE);
        assert_eq!(after(&batch, start, true), HALFWAY);
    }

    #[test]
    fn three_hundred_files_are_one_batch() {
        let start = Instant::now();
        let mut batch = Batch::default();
        for i in 0..300 {
            let now = start + Duration::from_millis(i * 10);
            assert!(i < FEW as u64 || batch.due(|_| false).unwrap() > now, "not passed on before the end: {i}");
            batch.add(Path::new(&format!("{i}.md")), now);
        }
        assert_eq!(after(&batch, start, false), Duration::from_millis(2990) + BURST);
    }

    #[test]
    fn what_never_ends_is_passed_on_all_the_same() {
        let start = Instant::now();
        let mut batch = Batch::default();
        for i in 0..1000 {
            batch.add(Path::new(&format!("{i}.md")), start + Duration::from_millis(i * 10));
        }
        assert_eq!(after(&batch, start, false), LONGEST);
    }

    #[test]
    fn what_was_missed_counts_as_a_burst() {
        let start = Instant::now();
        let mut batch = Batch::default();
        batch.add_unknown(start);
        assert_eq!(after(&batch, start, false), BURST);
    }
}
