//! What the user sees while it works: lines on the standard output, diagnostics and a progress bar on the error
//! output. The only module that writes to the terminal, and the only one that looks at the clock.

pub mod ask;

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use crate::ground::diagnostic::formats::{Format, json, sarif, short};
use crate::ground::diagnostic::record::Record;
use crate::ground::diagnostic::{Diagnostic, Diagnostics, show};
use crate::ground::lock::lock;
use crate::ground::reason::disk_reason;
use crate::ground::source::Sources;

const OUTPUT: &str = "la sortie standard";

/// The terminal, or the files that stand in for it.
pub struct Terminal {
    started: Instant,
    bar: Option<ProgressBar>,
    interactive: bool,
    format: Format,
    /// What was shown, for the document that some formats end with.
    records: Mutex<Vec<Record>>,
    /// The first thing that could not be written, and where to.
    failed: Mutex<Option<(&'static str, io::Error)>>,
}

impl Terminal {
    pub fn open() -> Self {
        let interactive = std::io::stderr().is_terminal() && std::io::stdout().is_terminal();
        Self {
            started: Instant::now(),
            bar: None,
            interactive,
            format: Format::Human,
            records: Mutex::default(),
            failed: Mutex::default(),
        }
    }

    /// Diagnostics are given in this form from now on. Where it is meant for programs the standard output holds
    /// nothing else; what is said besides goes to the error output.
    pub fn set_format(&mut self, format: Format) {
        self.format = format;
    }

    /// Whether diagnostics are shown as people read them.
    pub(crate) fn is_for_people(&self) -> bool {
        self.format == Format::Human
    }

    /// Diagnostics, in the form that was asked for.
    pub(crate) fn show(&self, diagnostics: &[&Diagnostic], sources: &Sources) {
        let records = || diagnostics.iter().map(|diagnostic| Record::new(diagnostic, sources));
        match self.format {
            Format::Human => self.error(&show::show(diagnostics, sources, self.styled())),
            Format::Short => self.output(&short(&records().collect::<Vec<_>>())),
            Format::Json | Format::Sarif => lock(&self.records).extend(records()),
        }
    }

    /// Says one thing at once and keeps it, unless the project allows it.
    pub(crate) fn tell(&self, diagnostic: Diagnostic, diagnostics: &mut Diagnostics, sources: &Sources) {
        if !diagnostics.allows(diagnostic.code) {
            self.show(&[&diagnostic], sources);
            diagnostics.push(diagnostic);
        }
    }

    /// The document that a form for programs ends with. Returns whether all that was to be said was written; if not,
    /// that is said.
    pub fn close(&self) -> bool {
        let records = std::mem::take(&mut *lock(&self.records));
        match self.format {
            Format::Human | Format::Short => {}
            Format::Json => self.output(&json(&records)),
            Format::Sarif => self.output(&sarif(&records)),
        }
        let flushed = std::io::stdout().flush();
        self.wrote(OUTPUT, flushed);
        let failed = lock(&self.failed).take();
        if let Some((place, error)) = &failed {
            self.error(&format!(
                "erreur : {place} ne peut pas être écrite : {} ; ce qui s'y trouve n'est pas complet\n",
                disk_reason(error)
            ));
        }
        failed.is_none()
    }

    /// Keeps what went wrong first. Who closes a pipe does not want the rest.
    fn wrote(&self, place: &'static str, result: io::Result<()>) {
        if let Err(error) = result
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            lock(&self.failed).get_or_insert((place, error));
        }
    }

    /// Whether the error output shows colours.
    pub(crate) fn styled(&self) -> bool {
        anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
    }

    /// Announces `total` documents, or that they are as many by now. On a terminal a bar shows how many are done and
    /// the time left; elsewhere each document is a line of its own.
    pub(crate) fn expect(&mut self, total: usize) {
        if let Some(bar) = &self.bar {
            bar.set_length(total as u64);
        } else if self.interactive && total > 1 {
            let style = ProgressStyle::with_template("{msg}\n{bar:40} {pos}/{len}, reste {eta}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            self.bar = Some(ProgressBar::new(total as u64).with_style(style));
        }
    }

    /// One document is done.
    pub(crate) fn done(&self, line: &str) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(line.to_owned());
                bar.inc(1);
            }
            None => self.line(line),
        }
    }

    pub(crate) fn finish(&mut self) {
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
    pub(crate) fn bytes(&self, bytes: &[u8]) {
        let mut out = std::io::stdout();
        self.wrote(OUTPUT, out.write_all(bytes).and_then(|()| out.flush()));
    }

    /// Whether a person types on the standard input.
    pub(crate) fn typed(&self) -> bool {
        std::io::stdin().is_terminal()
    }

    fn output(&self, text: &str) {
        self.beside_the_bar(|| self.wrote(OUTPUT, std::io::stdout().write_all(text.as_bytes())));
    }

    fn beside_the_bar(&self, write: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Begins anew: on a terminal what is shown is cleared away, elsewhere a line sets it off.
    pub(crate) fn clear(&self) {
        let clear = if self.interactive { "\x1b[2J\x1b[3J\x1b[H" } else { "---\n" };
        self.bytes(clear.as_bytes());
    }

    /// Text on the error output, beside the bar if there is one.
    pub fn error(&self, text: &str) {
        self.beside_the_bar(|| self.wrote("la sortie d'erreur", write!(anstream::stderr(), "{text}")));
    }

    /// The year that it is, for names that people make of it.
    pub(crate) fn year(&self) -> i16 {
        jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).year()
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }
}
