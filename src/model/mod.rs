//! What the sources mean: référentiels and candidats as plain linked data. Built by [`crate::parse`] and
//! [`crate::link`]; judged by [`crate::check`]; shown by [`crate::render`]. Nothing here reads or decides.

pub mod candidat;
pub mod projet;
pub mod prose;
pub mod referentiel;
pub mod theme;
