//! From texts to the model, file by file: front matter and Markdown, every mistake with its place. What refers to
//! another file (a candidat to its référentiel) is linked by [`crate::judge::link`].

pub mod bloc;
pub mod candidat;
pub mod filler;
pub mod front_matter;
pub mod markdown;
pub mod picture;
pub mod projet;
pub mod referentiel;
pub mod regles;
pub mod suites;
pub mod theme;
pub mod yaml;
