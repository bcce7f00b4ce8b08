//! What the sources mean: référentiels and candidats as plain linked data. Built by [`crate::sources::parse`] and
//! [`crate::judge::link`]; judged by [`crate::judge::check`]; shown by [`crate::documents::render`]. Nothing here reads or decides.

pub mod calcul;
pub mod candidat;
pub mod forme;
pub mod libelle;
pub mod noeud;
pub(crate) mod projet;
pub(crate) mod prose;
pub mod referentiel;
pub(crate) mod theme;
