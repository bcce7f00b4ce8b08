//! The print engine: self-contained HTML in, the bytes of a PDF out, through headless Chrome.
//!
//! [`Engine`] finds and owns Chrome, [`Printer`] is what a worker prints with (tests put a fake one
//! in its place), [`print_all`] is the pool that hands documents to workers. One Chrome serves all
//! workers, each with a tab and a connection of its own. A browser that misbehaved once is thrown
//! away with all its processes; what it was printing is printed again by a fresh one.

use std::{num::NonZeroUsize, sync::Arc, thread, time::Duration};

mod ahead;
mod call;
mod chrome;
mod engine;
mod error;
mod fonts;
mod http;
mod locate;
mod page;
mod pool;
mod process;
mod profile;
mod tab;
mod version;

pub use self::{
    ahead::Starting,
    engine::{ChromePrinter, Engine},
    error::{PrintError, Step},
    locate::{ChromeLocation, executable},
    pool::print_all,
    process::kill_all,
    version::version,
};

/// The oldest Chrome whose `@page` margin boxes print.
pub const OLDEST_CHROME: u32 = 131;

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
    /// Chrome's own sandbox. As root it has to be off: see [`Engine::warnings`].
    pub sandbox: bool,
    /// The deadline of one document, all its attempts included.
    pub timeout: Duration,
}

impl PrintOptions {
    /// How many workers to print with: a document keeps one core busy, here or in Chrome.
    #[must_use]
    pub fn workers(&self) -> NonZeroUsize {
        let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.jobs.unwrap_or_else(|| cores().min(MOST))
    }
}

impl Default for PrintOptions {
    fn default() -> Self {
        Self { chrome: ChromeLocation::Auto, jobs: None, sandbox: true, timeout: Duration::from_secs(60) }
    }
}

/// Prints one document after the other. Each worker has its own.
pub trait Printer {
    /// Prints a document and returns the PDF as Chrome made it.
    ///
    /// # Errors
    /// See [`PrintError`]; after an error that [is fatal](PrintError::is_fatal) nothing can be
    /// printed any more, after any other the printer takes the next document.
    fn print(&mut self, job: &PrintJob) -> Result<Vec<u8>, PrintError>;
}
