//! How grave it is what a code means.

use std::fmt;

use serde::Serialize;

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The document concerned is not built; the exit status is 1.
    Error,
    /// Built all the same, but somebody should look.
    Warning,
    /// A remark on a text that is printed as it stands: shown when asked for, counted always.
    Advice,
    /// What an unfinished livret still lacks: not a mistake.
    Note,
    /// What results come to by the rules: not a mistake either.
    Verdict,
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(match self {
            Self::Error => "erreur",
            Self::Warning | Self::Advice => "avertissement",
            Self::Note => "à compléter",
            Self::Verdict => "résultats",
        })
    }
}
