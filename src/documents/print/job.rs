//! What is asked of the engine: a document, how to print it, and who prints.

use std::{num::NonZeroUsize, ops::Deref, sync::Arc, thread, time::Duration};

use super::error::PrintError;
use super::locate::ChromeLocation;

/// More tabs than this in one Chrome only cost memory.
const MOST: NonZeroUsize = NonZeroUsize::new(16).unwrap();

/// A document to print.
#[derive(Clone, Debug)]
pub struct PrintJob {
    /// What messages and fakes call it, usually the path of the PDF.
    pub name: String,
    /// The whole page, every asset inlined as a `data:` URI. Its scripts never run.
    pub html: String,
    /// The theme's layout script: the body of an async function that may change the page and
    /// returns an array of strings, the problems that forbid printing. It must not wait for timers,
    /// events or animation frames: those never fire. Awaiting promises is fine.
    pub script: Option<Arc<str>>,
}

/// How to print.
#[derive(Clone, Debug)]
pub struct PrintOptions {
    pub chrome: ChromeLocation,
    /// How many documents are printed at once; `None` derives it from the cores.
    pub jobs: Option<NonZeroUsize>,
    /// Chrome's own sandbox. As root it has to be off: see [`Engine::warnings`](super::Engine::warnings).
    pub sandbox: bool,
    /// The deadline of one document, all its attempts included.
    pub timeout: Duration,
}

impl PrintOptions {
    /// How many workers to print with: a document keeps one core busy, here or in Chrome.
    #[must_use]
    pub(crate) fn workers(&self) -> NonZeroUsize {
        let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.jobs.unwrap_or_else(|| cores().min(MOST))
    }
}

impl Default for PrintOptions {
    fn default() -> Self {
        Self { chrome: ChromeLocation::Auto, jobs: None, sandbox: true, timeout: Duration::from_secs(60) }
    }
}

/// A document as Chrome printed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    pub pdf: Vec<u8>,
    /// Places that are smaller than the theme promises (`data-min`), each with its size.
    pub remarks: Vec<String>,
}

impl Deref for Printed {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.pdf
    }
}

/// Prints one document after the other. Each worker has its own.
pub trait Printer {
    /// Prints a document and returns the PDF as Chrome made it.
    ///
    /// # Errors
    /// See [`PrintError`]; after an error that [is fatal](PrintError::is_fatal) nothing can be
    /// printed any more, after any other the printer takes the next document.
    fn print(&mut self, job: &PrintJob) -> Result<Printed, PrintError>;
}
