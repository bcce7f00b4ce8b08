//! What keeps a bundle from being made.

use crate::commands::Outcome;
use crate::ground::diagnostic::Diagnostic;

/// Why there is no bundle, and how bad that is.
pub(crate) struct Failure(pub Outcome, pub Box<Diagnostic>);

impl Failure {
    pub(crate) fn mistake(diagnostic: Diagnostic) -> Self {
        Self(Outcome::Mistakes, Box::new(diagnostic))
    }
}
