//! Sources that the program writes for people: a new project, a référentiel, a bloc, the file of a candidat. Texts are
//! made here, as a person would write them; [`disk`] alone puts them where they belong. Asking what to write is left
//! to [`crate::commands`].

pub(crate) mod candidat;
pub(crate) mod disk;
pub(crate) mod project;
pub(crate) mod referentiel;
pub mod yaml;

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewSource {
    /// From the project's root, with `/`.
    pub path: String,
    pub bytes: Vec<u8>,
}

impl NewSource {
    pub(crate) fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}
