//! The engine: one Chrome for all workers, replaced when it fails, and the printers that share it.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::chrome::Chrome;
use super::error::{PrintError, Step};
use super::fault::Fault;
use super::job::{PrintJob, PrintOptions, Printed};
use super::locate::{self, ChromeLocation};
use super::process::stopped;
use super::profile::{self, Profile};
use super::tab::{Failure, Tab};
use super::version;
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::lock::lock;

/// How often a document is tried when it is Chrome that fails, and not the document.
const ATTEMPTS: usize = 3;
/// The shortest document.
const BLANK: &str = "<!DOCTYPE html><html lang=\"fr\"><head><title>.</title></head><body></body></html>";
/// What is done ahead of a document is not worth a longer wait.
const AHEAD: Duration = Duration::from_secs(5);

/// Chrome, ready to print.
pub struct Engine {
    options: PrintOptions,
    /// `None` for a remote Chrome.
    executable: Option<PathBuf>,
    sandbox: bool,
    chrome: Mutex<Arc<Chrome>>,
    /// Tabs that were opened ahead.
    spare: Mutex<Vec<(Arc<Chrome>, Tab)>>,
    warnings: Vec<Diagnostic>,
}

impl Engine {
    /// Finds and starts Chrome.
    ///
    /// # Errors
    /// If nothing can be printed at all: no Chrome, too old a Chrome, one that does not start.
    pub fn start(options: PrintOptions) -> Result<Self, PrintError> {
        let (mut sandbox, mut warnings, mut executable) = (options.sandbox, Vec::new(), None);
        let chrome = if let ChromeLocation::Remote(address) = &options.chrome {
            Chrome::remote(address)?
        } else {
            let path = locate::executable(&options.chrome)?;
            if let Ok(own) = Profile::create() {
                profile::sweep(&own);
                if sandbox && own.is_roots() {
                    sandbox = false;
                    warnings.push(without_sandbox());
                }
            }
            let chrome = Chrome::start(&path, sandbox)?;
            executable = Some(path);
            chrome
        };
        let (chrome, spare) = (Mutex::new(Arc::new(chrome)), Mutex::default());
        Ok(Self { options, executable, sandbox, chrome, spare, warnings })
    }

    /// What the user should know about how it is printed.
    #[must_use]
    pub(crate) fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The version of Chrome: what is printed depends on it.
    #[must_use]
    pub(crate) fn version(&self) -> String {
        version::number(&lock(&self.chrome).version)
    }

    /// Where Chrome is; a remote one has no place here.
    #[must_use]
    pub fn executable(&self) -> Option<&Path> {
        self.executable.as_deref()
    }

    /// How many workers to print with.
    #[must_use]
    pub fn workers(&self) -> NonZeroUsize {
        self.options.workers()
    }

    /// Has Chrome do now what it does at its first print, and opens a tab for the first document.
    pub(crate) fn warm_up(&self) {
        let job = PrintJob { html: BLANK.to_owned(), ..PrintJob::default() };
        // In a tab of its own: a document would have another policy.
        let _ = self.printer().print(&job);
        self.open_ahead();
    }

    /// Opens a tab ahead. Where that fails, printing will tell.
    pub(super) fn open_ahead(&self) {
        let until = Instant::now() + AHEAD;
        if let Ok(chrome) = self.chrome()
            && let Ok(tab) = chrome.open_tab(until)
        {
            lock(&self.spare).push((chrome, tab));
        }
    }

    /// A printer for one worker. It opens its tab when it gets its first document.
    #[must_use]
    pub fn printer(&self) -> ChromePrinter<'_> {
        ChromePrinter { engine: self, open: None }
    }

    /// The Chrome to print with: a fresh one if the last was thrown away.
    fn chrome(&self) -> Result<Arc<Chrome>, PrintError> {
        let mut chrome = lock(&self.chrome);
        if stopped() {
            return Err(PrintError::Cancelled);
        }
        if chrome.is_retired() {
            *chrome = Arc::new(match (&self.executable, &self.options.chrome) {
                (Some(path), _) => restart(path, self.sandbox)?,
                (None, ChromeLocation::Remote(address)) => Chrome::remote(address)?,
                (None, _) => return Err(PrintError::NotFound),
            });
        }
        Ok(Arc::clone(&chrome))
    }
}

/// Starts Chrome again. It did start on this machine, so one that dies at that very moment is no reason to give up.
fn restart(path: &Path, sandbox: bool) -> Result<Chrome, PrintError> {
    for _ in 1..ATTEMPTS {
        match Chrome::start(path, sandbox) {
            Err(PrintError::CannotStart { .. }) if !stopped() => {}
            result => return result,
        }
    }
    Chrome::start(path, sandbox)
}

fn without_sandbox() -> Diagnostic {
    Diagnostic::general(
        Code::SansBacASable,
        "Chrome tourne sans son bac à sable, car livret est lancé en tant qu'administrateur (root)",
    )
    .help("lancez-le de préférence avec votre compte ordinaire")
}

/// Prints one document after the other in a tab of the engine's Chrome. Each worker has its own.
pub struct ChromePrinter<'a> {
    engine: &'a Engine,
    open: Option<(Arc<Chrome>, Tab)>,
}

impl ChromePrinter<'_> {
    /// Prints a document and returns the PDF as Chrome made it.
    ///
    /// # Errors
    /// See [`PrintError`]; after an error that [is fatal](PrintError::is_fatal) nothing can be printed any more, after
    /// any other the printer takes the next document.
    pub fn print(&mut self, job: &PrintJob) -> Result<Printed, PrintError> {
        let limit = self.engine.options.timeout;
        let until = Instant::now() + limit;
        let mut attempt = 0;
        loop {
            let chrome = match &self.open {
                Some((chrome, _)) => Arc::clone(chrome),
                None => self.engine.chrome()?,
            };
            let (step, failure) = match self.attempt(&chrome, job, until) {
                Ok(printed) => return Ok(printed),
                Err(failed) => failed,
            };
            let fault = match failure {
                Failure::Fault(fault) => fault,
                Failure::Error(error) => {
                    // The browser is sound; but nothing of this document may reach the next.
                    self.open = None;
                    return Err(error);
                }
            };
            // What somebody else's trouble broke is not this document's fault.
            if chrome.retire() {
                attempt += 1;
            }
            self.open = None;
            if stopped() {
                return Err(PrintError::Cancelled);
            }
            let over = attempt == ATTEMPTS;
            match fault {
                _ if Instant::now() >= until => return Err(PrintError::Timeout { step, limit }),
                Fault::Crashed if over => return Err(PrintError::Crashed { step }),
                Fault::Lost(detail) if over => return Err(PrintError::Lost { step, detail }),
                Fault::Refused(detail) if over => return Err(PrintError::Refused { step, detail }),
                _ => {}
            }
        }
    }

    fn attempt(&mut self, chrome: &Arc<Chrome>, job: &PrintJob, until: Instant) -> Result<Printed, (Step, Failure)> {
        self.open.take_if(|(_, tab)| !tab.suits(job));
        let (_, tab) = match &mut self.open {
            Some(open) => open,
            none => {
                let ahead = lock(&self.engine.spare).pop().filter(|(of, _)| Arc::ptr_eq(of, chrome));
                let opened = ahead.map_or_else(|| chrome.open_tab(until), |(_, tab)| Ok(tab));
                let tab = opened.map_err(|fault| (Step::Start, Failure::Fault(fault)))?;
                none.insert((Arc::clone(chrome), tab))
            }
        };
        tab.print(job, until)
    }
}
