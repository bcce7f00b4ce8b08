//! A theme: the words and the look of the documents, and which documents there are.

use std::collections::BTreeMap;

use super::libelle::Libelle;
use crate::ground::source::{SourceId, Spanned};

#[derive(Debug, Default)]
pub struct Theme {
    pub nom: String,
    /// Each with the place of its key.
    pub libelles: BTreeMap<String, Spanned<Libelle>>,
    pub(crate) documents: Vec<TypeDocument>,
    /// The templates, by their name within the theme.
    pub gabarits: BTreeMap<String, SourceId>,
    /// CSS, fonts, pictures, scripts of pages on a screen, by their path within the theme.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// Fonts for the signs that the theme's own lack.
    pub(crate) polices: Option<Polices>,
    /// The script that the printer runs in the page before it prints.
    pub mise_en_page: Option<String>,
}

/// What `polices:` says.
#[derive(Debug, Clone)]
pub(crate) struct Polices {
    /// The family that its style sheets name, which the further fonts complete.
    pub famille: String,
    /// Paths within the theme, in the order in which a sign is looked for.
    pub secours: Vec<Spanned<String>>,
}

/// A kind of document that the theme makes.
#[derive(Debug, Clone)]
pub(crate) struct TypeDocument {
    pub id: Spanned<String>,
    pub portee: Portee,
    pub gabarit: Spanned<String>,
    /// The output file's name without extension.
    pub fichier: String,
    pub pdf: bool,
    /// Whether the boxes of a candidat's results must be there.
    pub resultats: bool,
    /// The title, with `{candidat}`, `{certification}`, `{referentiel}`, `{version}`, `{session}`, `{document}`.
    pub titre: String,
}

/// What there is one document for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Portee {
    Projet,
    Referentiel,
    Candidat,
    /// What stands before the documents of a session's candidats: made by `bundle`, not by `build`.
    Session,
}
