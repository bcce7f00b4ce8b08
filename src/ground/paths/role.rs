//! What a single file is, from its path alone, for who reads it outside of a project's whole.

use super::{CANDIDATS, CONTENT, PROJECT_FILE, REFERENTIELS};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Projet,
    Referentiel,
    Bloc,
    /// `note-aux-evaluateurs.md`, `mode-d-emploi.md`
    Prose,
    /// A text for others to include, read from its first line on.
    Inclus,
    Candidat,
}

impl Role {
    /// The role of a file by its path from the project's root, with `/`. `None` if it is no source.
    pub fn of(path: &str) -> Option<Self> {
        match path.split('/').collect::<Vec<_>>().as_slice() {
            [PROJECT_FILE] => Some(Self::Projet),
            _ if !path.ends_with(".md") => None,
            [CONTENT, CANDIDATS, _, _] => Some(Self::Candidat),
            [CONTENT, REFERENTIELS, _, _, "referentiel.md"] => Some(Self::Referentiel),
            [CONTENT, REFERENTIELS, _, _, "blocs", _] => Some(Self::Bloc),
            [CONTENT, REFERENTIELS, _, _, "note-aux-evaluateurs.md" | "mode-d-emploi.md"] => Some(Self::Prose),
            [CONTENT, ..] => Some(Self::Inclus),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn paths_say_what_files_are() {
        for (path, role) in [
            ("livret.yaml", Some(Role::Projet)),
            ("content/candidats/2026-06/martin.md", Some(Role::Candidat)),
            ("content/referentiels/a/1/referentiel.md", Some(Role::Referentiel)),
            ("content/referentiels/a/1/blocs/1-x.md", Some(Role::Bloc)),
            ("content/referentiels/a/1/mode-d-emploi.md", Some(Role::Prose)),
            ("content/commun/dossier.md", Some(Role::Inclus)),
            ("content/referentiels/a/1/schema.png", None),
            ("themes/officiel/theme.yaml", None),
            ("README.md", None),
        ] {
            assert_eq!(Role::of(path), role, "{path}");
        }
    }
}
