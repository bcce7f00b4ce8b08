//! What is kept of a project from one reading to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::en_erreur::Faute;
use crate::ground::diagnostic::Diagnostics;
use crate::ground::fingerprint::Fingerprint;
use crate::model::referentiel::Referentiel;
use crate::sources::load::{Overlay, Seen};
use crate::sources::parse::picture::Pictures;

/// What was understood of a project when it was last read, for a program that reads it again and again: only what
/// changed since is read and understood anew.
#[derive(Default)]
pub struct Memory {
    /// What stands in for files: what an editor shows and has not saved yet.
    pub overlay: Overlay,
    /// Advice on texts is not wanted: it compares every text with all others.
    pub(super) without_advice: bool,
    pub(super) seen: Seen,
    pub(super) pictures: Pictures,
    pub(super) referentiels: Option<Understood>,
    pub(super) candidats: super::candidats::Memory,
}

/// The référentiels, as long as nothing that they are made of changes.
pub(super) struct Understood {
    pub(super) empreinte: Fingerprint,
    pub(super) sound: Arc<Vec<Referentiel>>,
    pub(super) broken: Vec<String>,
    /// The first mistake of each broken one.
    pub(super) fautes: BTreeMap<String, Faute>,
    pub(super) diagnostics: Diagnostics,
}

impl Memory {
    /// For a program that does not show advice on texts.
    pub fn without_advice() -> Self {
        Self { without_advice: true, ..Self::default() }
    }
}
