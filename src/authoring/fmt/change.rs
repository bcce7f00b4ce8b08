//! What may be changed in whose words, and what was.

use std::collections::BTreeSet;

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
    /// A text as one types it. `before` and `after` are what stands beside it on its line.
    pub(crate) fn typed(self, text: &str, before: &str, after: Option<char>) -> String {
        let simple = simplifier(text, before);
        if self == Self::Own { espacer(&simple, before, after) } else { simple }
    }
}

/// What was set right in a file, in French, for who reads what became of it; in the order in which it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change(u8, pub &'static str);

pub(crate) type Changes = BTreeSet<Change>;

impl Change {
    pub(crate) const KEYS: Self = Self(1, "ordre des clés");
    pub(crate) const QUOTES: Self = Self(2, "guillemets");
    pub(crate) const DATES: Self = Self(3, "dates");
    pub(crate) const TYPOGRAPHY: Self = Self(4, "apostrophes et espaces");
    pub(crate) const BLANKS: Self = Self(5, "blancs en fin de ligne ou de fichier");
}
