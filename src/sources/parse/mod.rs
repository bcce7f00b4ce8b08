//! From texts to the model, file by file: front matter and Markdown, every mistake with its place. What refers to
//! another file (a candidat to its référentiel) is linked by [`crate::judge::link`].

mod bloc;
mod calculs;
pub mod candidat;
pub(crate) mod copy;
pub(crate) mod echelle;
mod ensemble;
pub(crate) mod filler;
mod forme;
pub(crate) mod front_matter;
mod grille;
pub mod markdown;
pub(crate) mod names;
pub(crate) mod picture;
pub(crate) mod prealables;
pub mod projet;
pub mod referentiel;
mod regles;
pub mod theme;
pub(crate) mod yaml;
