//! The commands: each a recipe of the steps.

pub mod build;
pub mod bundle;
pub mod check;
pub mod doctor;
pub mod explain;
pub mod export;
pub mod fmt;
pub mod import;
pub mod init;
pub mod lsp;
pub mod new;
pub mod open;
pub mod schema;
pub mod shell;
pub mod watch;

use std::path::Path;

use crate::authoring::import::Refusal;
use crate::ground::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::ground::source::Sources;
use crate::ground::terminal::Terminal;
use crate::ground::terminal::ask::GivenUp;
use crate::judge::project::Project;
use crate::sources::load::{self, Overlay};

/// How a command ended, as the exit status says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// 0: all done.
    Done,
    /// 1: mistakes in the content; all that is sound is done.
    Mistakes,
    /// 2: it could not work at all.
    Impossible,
}

impl Outcome {
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Mistakes => 1,
            Self::Impossible => 2,
        }
    }
}

/// Why a command ends before its work is done.
pub(crate) enum Ended {
    /// With all said.
    With(Outcome),
    Refused(Refusal),
    Told(Outcome, Box<Diagnostic>),
    GivenUp,
}

impl From<Outcome> for Ended {
    fn from(outcome: Outcome) -> Self {
        Self::With(outcome)
    }
}

impl From<Refusal> for Ended {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Box<Diagnostic>> for Ended {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        Self::Told(Outcome::Mistakes, diagnostic)
    }
}

impl From<Diagnostic> for Ended {
    fn from(diagnostic: Diagnostic) -> Self {
        Box::new(diagnostic).into()
    }
}

impl From<GivenUp> for Ended {
    fn from(_: GivenUp) -> Self {
        Self::GivenUp
    }
}

fn refused(message: impl Into<String>, help: impl Into<String>) -> Ended {
    Refusal::new(message, help).into()
}

/// As a diagnostic says it that lets nothing be done.
fn impossible(diagnostic: Box<Diagnostic>) -> Ended {
    Ended::Told(Outcome::Impossible, diagnostic)
}

/// How a command ended; says what was in its way.
fn outcome(done: Result<Outcome, Ended>, terminal: &Terminal) -> Outcome {
    ended(done, &Sources::default(), terminal)
}

/// The same where diagnostics may have places.
fn ended(done: Result<Outcome, Ended>, sources: &Sources, terminal: &Terminal) -> Outcome {
    match done {
        Err(Ended::Told(outcome, diagnostic)) => {
            terminal.show(&[diagnostic.as_ref()], sources);
            return outcome;
        }
        Ok(outcome) | Err(Ended::With(outcome)) => return outcome,
        Err(Ended::Refused(Refusal { message, help })) if help.is_empty() => {
            terminal.error(&format!("erreur : {message}\n"));
        }
        Err(Ended::Refused(Refusal { message, help })) => {
            terminal.error(&format!("erreur : {message}\n = aide : {help}\n"));
        }
        Err(Ended::GivenUp) => terminal.error("Abandonné : rien n'est écrit.\n"),
    }
    Outcome::Impossible
}

/// Shows diagnostics, those of `least` gravity and above. For people what is gravest stands last, where it is seen.
fn report(diagnostics: &Diagnostics, least: Severity, sources: &Sources, terminal: &Terminal) {
    let mut shown = diagnostics.sorted(sources);
    shown.retain(|d| d.severity() <= least);
    if terminal.is_for_people() {
        shown.sort_by_key(|d| std::cmp::Reverse(d.severity()));
    }
    if !shown.is_empty() {
        terminal.show(&shown, sources);
    }
}

/// A project to add something to: its mistakes matter only if nothing at all can be read, and are shown then.
fn project(root: &Path, terminal: &Terminal) -> Result<Project, Ended> {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    Project::read(root, &mut sources, &mut diagnostics).ok_or_else(|| {
        report(&diagnostics, Severity::Error, &sources, terminal);
        Outcome::Mistakes.into()
    })
}

/// Says why a folder is none of a project.
fn no_project(root: &Path, terminal: &Terminal) -> Outcome {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    load::project_file(root, &Overlay::default(), &mut sources, &mut diagnostics);
    report(&diagnostics, Severity::Error, &sources, terminal);
    Outcome::Mistakes
}

/// A path as one types it from where one is.
fn shown(path: &Path) -> String {
    quoted(&path.strip_prefix(".").unwrap_or(path).display().to_string())
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = path.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '\\' | ':'));
    if plain { path.to_owned() } else { format!("\"{path}\"") }
}
