//! A bundle: the PDFs of a session's candidats in one file, a list to tick off before them. For the print shop and
//! the day of the signatures.
//!
//! The pages are those of the documents, unchanged; only what names or numbers something is made unique: destinations
//! of links, identifiers and keys of the structure that screen readers follow. Everything here is bytes and plain
//! data: who is in the bundle, and what the list looks like, is decided elsewhere.

mod destinations;
mod merge;
mod outline;
mod part;
mod share;
mod structure;
#[cfg(test)]
mod tests;

pub(crate) use merge::{Unmade, merge};
pub(crate) use part::{PageRange, Part, places, unfit};
