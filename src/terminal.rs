//! What the user sees while it works: lines on the standard output, diagnostics and a progress bar on the error
//! output. The only module that writes to the terminal, and the only one that looks at the clock.

use std::io::{IsTerminal as _, Write as _};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

/// The terminal, or the files that stand in for it.
pub struct Terminal {
    started: Instant,
    bar: Option<ProgressBar>,
    interactive: bool,
}

impl Terminal {
    pub fn open() -> Self {
        let interactive = std::io::stderr().is_terminal() && std::io::stdout().is_terminal();
        Self { started: Instant::now(), bar: None, interactive }
    }

    /// Whether the error output shows colours.
    pub fn styled(&self) -> bool {
        let choice = anstream::AutoStream::choice(&std::io::stderr());
        choice != anstream::ColorChoice::Never
    }

    /// Announces `total` documents. On a terminal a bar shows how many are done and the time left; elsewhere each
    /// document is a line of its own.
    pub fn start(&mut self, total: usize) {
        if self.interactive && total > 1 {
            let style = ProgressStyle::with_template("{msg}\n{bar:40} {pos}/{len}, reste {eta}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            self.bar = Some(ProgressBar::new(total as u64).with_style(style));
        }
    }

    /// One document is done.
    pub fn done(&self, line: &str) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(line.to_owned());
                bar.inc(1);
            }
            None => self.line(line),
        }
    }

    pub fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    /// A line on the standard output. A closed pipe is no reason to fail.
    pub fn line(&self, line: &str) {
        let _ = writeln!(std::io::stdout(), "{line}");
    }

    /// Bytes on the standard output, as they are.
    pub fn bytes(&self, bytes: &[u8]) {
        let _ = std::io::stdout().write_all(bytes);
    }

    /// Whether a person types on the standard input.
    pub fn typed(&self) -> bool {
        std::io::stdin().is_terminal()
    }

    /// Text on the error output, beside the bar if there is one.
    pub fn error(&self, text: &str) {
        let write = || {
            let _ = write!(anstream::stderr(), "{text}");
        };
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    pub fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }
}
