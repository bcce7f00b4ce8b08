//! What can go wrong between Chrome and us.

use std::fmt;
use std::time::{Duration, Instant};

use serde_json::Value;

/// Why a call brought no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// No answer in time.
    Late,
    /// The tab crashed.
    Crashed,
    /// The connection broke.
    Lost(String),
    /// Chrome answered with an error.
    Refused(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Late => out.write_str("pas de réponse"),
            Self::Crashed => out.write_str("onglet arrêté"),
            Self::Lost(detail) | Self::Refused(detail) => out.write_str(detail),
        }
    }
}

/// Whether a message tells that its tab is gone.
pub(super) fn has_crashed(message: &Value) -> bool {
    message["method"] == "Inspector.targetCrashed"
}

/// What is left until a deadline.
pub(super) fn left(until: Instant) -> Duration {
    until.saturating_duration_since(Instant::now()).max(Duration::from_millis(1))
}
