//! What is asked of the engine: a document, and how to print it.

use std::num::NonZeroUsize;
use std::ops::Deref;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::fonts::Font;
use super::locate::ChromeLocation;

/// More tabs than this in one Chrome only cost memory.
const MOST: NonZeroUsize = NonZeroUsize::new(16).unwrap();

/// A document to print.
#[derive(Clone, Debug, Default)]
pub struct PrintJob {
    /// The whole page, every asset inlined as a `data:` URI. Its scripts never run.
    pub html: String,
    /// Fonts that are not in the page: those of its style sheets, which are the same for many pages.
    pub fonts: Vec<Arc<Font>>,
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
    /// The marks (`data-note`) as they are seen on the paper, in order.
    pub notes: Vec<String>,
}

impl Deref for Printed {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.pdf
    }
}
