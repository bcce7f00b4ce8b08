//! What building and printing share while `watch` runs.

use std::sync::{Arc, Mutex, MutexGuard};

use crate::cli::watch::WatchArgs;
use crate::documents::build::output;
use crate::documents::record::{self, Record};
use crate::documents::write::Output;
use crate::ground::lock::lock;
use crate::ground::terminal::Terminal;
use crate::live::serve::Board;

pub(crate) struct Desk<'a> {
    pub args: &'a WatchArgs,
    pub terminal: &'a Terminal,
    pub board: Arc<Board>,
    pub output: Mutex<Arc<Output>>,
    pub record: Mutex<Record>,
}

impl Desk<'_> {
    pub(crate) fn output(&self) -> Arc<Output> {
        Arc::clone(&lock(&self.output))
    }

    pub(crate) fn record(&self) -> MutexGuard<'_, Record> {
        lock(&self.record)
    }

    /// Makes the output folder again if somebody removed it. Returns whether that was so: nothing of it is left then.
    pub(crate) fn renew_output(&self) -> bool {
        let mut output = lock(&self.output);
        if output.is_there() {
            return false;
        }
        let fresh = output::open(self.args.folders.directory(), &self.args.folders.output());
        // Otherwise the next time, perhaps.
        fresh.map(|fresh| *output = Arc::new(fresh)).is_ok()
    }

    /// Saves the record. Without it the next build does everything again: slower, not wrong.
    pub(crate) fn save(&self) {
        let (bytes, output) = (self.record().to_bytes(), self.output());
        let _ = output.note(record::FILE, &bytes).and_then(|()| output.settle());
    }
}
