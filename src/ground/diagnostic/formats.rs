//! Records as documents for other programs: JSON, SARIF 2.1.0, and one line each for the problem matchers of editors.

mod sarif;

use std::fmt::Write;

use serde::Serialize;

use super::Severity;
use super::record::{Record, RecordPlace};

/// How diagnostics are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// With the line itself, on the error output, as they come.
    #[default]
    Human,
    /// `file:line:column: erreur[E130]: message`, on the standard output, as they come.
    Short,
    /// One document on the standard output, when all is done.
    Json,
    /// The same in SARIF 2.1.0.
    Sarif,
}

impl Format {
    /// What the command line calls them.
    pub(crate) const NAMES: [(&'static str, Self); 4] =
        [("human", Self::Human), ("short", Self::Short), ("json", Self::Json), ("sarif", Self::Sarif)];
}

/// One JSON document. Its fields are described in `docs/messages.md`; `version` changes when one of them does.
pub(crate) fn json(records: &[Record]) -> String {
    #[derive(Serialize)]
    struct Document<'a> {
        version: u32,
        diagnostics: &'a [Record],
    }
    pretty(&Document { version: 1, diagnostics: records })
}

/// One line for each record, without line breaks inside.
pub(crate) fn short(records: &[Record]) -> String {
    let mut out = String::new();
    for record in records {
        if let Some(RecordPlace { file, region }) = &record.place {
            let file = one_line(file);
            // Writing to memory does not fail.
            let _ = match region {
                Some(region) => write!(out, "{file}:{}:{}: ", region.line, region.column),
                None => write!(out, "{file}: "),
            };
        }
        let _ = writeln!(out, "{}[{}]: {}", french(record.severity), record.code, one_line(&record.message));
    }
    out
}

/// As problem matchers know it.
fn french(severity: Severity) -> String {
    if severity >= Severity::Note { "note".to_owned() } else { severity.to_string() }
}

/// Control characters do nothing to a terminal, and a message stays on its line.
fn one_line(text: &str) -> String {
    text.replace('\n', " ").replace(char::is_control, "\u{FFFD}")
}

/// The same in SARIF 2.1.0.
pub(crate) fn sarif(records: &[Record]) -> String {
    pretty(&sarif::document(records))
}

/// Texts and numbers only: this does not fail.
fn pretty(document: &impl Serialize) -> String {
    serde_json::to_string_pretty(document).unwrap_or_default() + "\n"
}
