//! The project: who certifies, with which theme, and what a candidat's file may leave out.

use crate::ground::source::Spanned;

#[derive(Debug, Clone)]
pub struct Projet {
    pub(crate) organisme: Organisme,
    pub theme: Spanned<String>,
    pub(crate) defauts: Defauts,
}

/// The certifying body.
#[derive(Debug, Clone)]
pub(crate) struct Organisme {
    pub nom: String,
    pub sigle: Option<String>,
    /// The running header; the name if absent.
    pub entete: String,
    /// Path of a picture from the project's root.
    pub logo: Option<Spanned<String>>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Defauts {
    pub referentiel: Option<Spanned<String>>,
    pub parcours: Option<Spanned<String>>,
}
