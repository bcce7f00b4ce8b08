//! What the user sees while it works: lines on the standard output, diagnostics and a progress bar on the error
//! output. The only module that writes to the terminal, and the only one that looks at the clock.

pub mod ask;

use std::io::{IsTerminal as _, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use crate::diagnostic::formats::{Format, json, sarif, short};
use crate::diagnostic::record::Record;
use crate::diagnostic::{Diagnostic, show};
use crate::source::Sources;

/// The terminal, or the files that stand in for it.
pub struct Terminal {
    started: Instant,
    bar: Option<ProgressBar>,
    interactive: bool,
    format: Format,
    /// What was shown, for the document that some formats end with.
    records: Mutex<Vec<Record>>,
}

impl Terminal {
    pub fn open() -> Self {
        let interactive = std::io::stderr().is_terminal() && std::io::stdout().is_terminal();
        Self { started: Instant::now(), bar: None, interactive, format: Format::Human, records: Mutex::default() }
    }

    /// Diagnostics are given in this form from now on. Where it is meant for programs the standard output holds
    /// nothing else; what is said besides goes to the error output.
    pub fn set_format(&mut self, format: Format) {
        self.format = format;
    }

    /// Whether diagnostics are shown as people read them.
    pub fn is_for_people(&self) -> bool {
        self.format == Format::Human
    }

    /// Diagnostics, in the form that was asked for.
    pub fn show(&self, diagnostics: &[&Diagnostic], sources: &Sources) {
        let records = || diagnostics.iter().map(|diagnostic| Record::new(diagnostic, sources));
        match self.format {
            Format::Human => self.error(&show::show(diagnostics, sources, self.styled())),
            Format::Short => self.output(&short(&records().collect::<Vec<_>>())),
            Format::Json | Format::Sarif => self.lock().extend(records()),
        }
    }

    /// The document that a form for programs ends with.
    pub fn close(&self) {
        let records = std::mem::take(&mut *self.lock());
        match self.format {
            Format::Human | Format::Short => {}
            Format::Json => self.output(&json(&records)),
            Format::Sarif => self.output(&sarif(&records)),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Record>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the error output shows colours.
    pub fn styled(&self) -> bool {
        let choice = anstream::AutoStream::choice(&std::io::stderr());
        choice != anstream::ColorChoice::Never
    }

    /// Announces `total` documents, or that they are as many by now. On a terminal a bar shows how many are done and
    /// the time left; elsewhere each document is a line of its own.
    pub fn expect(&mut self, total: usize) {
        if let Some(bar) = &self.bar {
            bar.set_length(total as u64);
        } else if self.interactive && total > 1 {
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

    /// A line on the standard output, or on the error output if the standard output is for a program.
    pub fn line(&self, line: &str) {
        match self.format {
            Format::Human => self.output(&format!("{line}\n")),
            Format::Short | Format::Json | Format::Sarif => self.error(&format!("{line}\n")),
        }
    }

    /// A whole text on the standard output, as it is.
    pub fn bytes(&self, bytes: &[u8]) {
        let mut out = std::io::stdout();
        let _ = out.write_all(bytes).and_then(|()| out.flush());
    }

    /// Whether a person types on the standard input.
    pub fn typed(&self) -> bool {
        std::io::stdin().is_terminal()
    }

    /// A closed pipe is no reason to fail.
    fn output(&self, text: &str) {
        let write = || {
            let _ = std::io::stdout().write_all(text.as_bytes());
        };
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Begins anew: on a terminal what is shown is cleared away, elsewhere a line sets it off.
    pub fn clear(&self) {
        let clear = if self.interactive { "\x1b[2J\x1b[3J\x1b[H" } else { "---\n" };
        let _ = write!(std::io::stdout(), "{clear}").and_then(|()| std::io::stdout().flush());
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

    /// The year that it is, for names that people make of it.
    pub fn year(&self) -> i16 {
        jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).year()
    }

    pub fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }
}
