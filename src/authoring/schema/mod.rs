//! JSON Schemas of everything that people write as YAML, for editors. Drafts of `draft-07` without references:
//! what every editor understands.

pub mod project;
#[cfg(test)]
mod tests;
mod values;
pub(crate) mod walk;

use serde_json::Value;

use crate::ground::paths::THEMES;
use crate::ground::paths::role::Role;
use crate::sources::keys;
use values::group;

/// The kinds of YAML that a project has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Livret,
    Theme,
    Referentiel,
    Bloc,
    Candidat,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Livret, Self::Theme, Self::Referentiel, Self::Bloc, Self::Candidat];

    pub fn name(self) -> &'static str {
        match self {
            Self::Livret => "livret",
            Self::Theme => "theme",
            Self::Referentiel => "referentiel",
            Self::Bloc => "bloc",
            Self::Candidat => "candidat",
        }
    }

    /// The kind of a file, by its path from the project's root; `None` if it holds no such YAML.
    pub fn of(path: &str) -> Option<Self> {
        if matches!(path.split('/').collect::<Vec<_>>().as_slice(), [THEMES, _, "theme.yaml"]) {
            return Some(Self::Theme);
        }
        match Role::of(path)? {
            Role::Projet => Some(Self::Livret),
            Role::Referentiel => Some(Self::Referentiel),
            Role::Bloc => Some(Self::Bloc),
            Role::Candidat => Some(Self::Candidat),
            Role::Prose | Role::Inclus => None,
        }
    }

    /// Whether it is YAML from end to end, and not the header of a text.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Livret | Self::Theme)
    }

    /// What holds in every project.
    pub fn schema(self) -> Value {
        let mut schema = group(match self {
            Self::Livret => &keys::PROJET,
            Self::Theme => &keys::THEME,
            Self::Referentiel => &keys::REFERENTIEL,
            Self::Bloc => &keys::BLOC,
            Self::Candidat => &keys::CANDIDAT,
        });
        schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
        schema
    }
}
