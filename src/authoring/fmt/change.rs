//! What may be changed in whose words, and what was.

use std::collections::BTreeSet;

use crate::ground::paths::role::Role;
use crate::ground::typographie::simple::{espacer, simplifier};

/// Whose words a text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wording {
    /// The branche's: printed to the letter as it is written, a missing space included.
    Official,
    /// One's own: a space that was forgotten is added.
    Own,
}

impl Wording {
    pub(crate) fn of(role: Role) -> Self {
        if role == Role::Candidat { Self::Own } else { Self::Official }
    }

    /// A text as one types it. `before` and `after` are what stands beside it on its line.
    pub(crate) fn typed(self, text: &str, before: &str, after: Option<char>) -> String {
        let simple = simplifier(text, before);
        if self == Self::Own { espacer(&simple, before, after) } else { simple }
    }
}

/// What was set right in a file, for who reads what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    Keys,
    Quotes,
    Dates,
    Typography,
    Blanks,
}

pub(crate) type Changes = BTreeSet<Change>;

impl Change {
    /// What became of a text, if anything did by this.
    pub(crate) fn noted(self, before: &str, after: String, changes: &mut Changes) -> String {
        if before != after {
            changes.insert(self);
        }
        after
    }

    /// In French.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Keys => "ordre des clés",
            Self::Quotes => "guillemets",
            Self::Dates => "dates",
            Self::Typography => "apostrophes et espaces",
            Self::Blanks => "blancs en fin de ligne ou de fichier",
        }
    }
}
