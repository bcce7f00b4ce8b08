//! Three answers: what holds, what is missed, what cannot be told; what a thing came to by them.

use super::mots::{self, Mots, dire};

/// Whether a condition holds. In the order in which reasons are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tenue {
    Manquee,
    Indeterminee,
    Remplie,
}

impl Tenue {
    /// All at once: a missed one decides, then one that cannot be told.
    pub(super) fn all(tenues: impl Iterator<Item = Self>) -> Self {
        tenues.min().unwrap_or(Self::Remplie)
    }
}

/// What a thing came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Etat {
    /// It waits for something that is not acquired.
    NonAccessible,
    /// Something is still to come.
    EnCours,
    /// The jury decides.
    ATrancher,
    Rendu {
        favorable: bool,
        nom: Option<String>,
    },
}

impl Etat {
    /// The name used by themes.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NonAccessible => "non-accessible",
            Self::EnCours => "en-cours",
            Self::ATrancher => "a-trancher",
            Self::Rendu { favorable: true, .. } => "acquis",
            Self::Rendu { favorable: false, .. } => "non-acquis",
        }
    }

    /// In words.
    pub(crate) fn nom(&self, mots: Mots) -> String {
        match self {
            Self::NonAccessible => dire(mots::VERDICT_FERME, mots),
            Self::EnCours => dire(mots::VERDICT_EN_COURS, mots),
            Self::ATrancher => dire(mots::VERDICT_A_TRANCHER, mots),
            Self::Rendu { nom: Some(nom), .. } => nom.clone(),
            Self::Rendu { favorable: true, .. } => dire(mots::VERDICT_ACQUIS, mots),
            Self::Rendu { favorable: false, .. } => dire(mots::VERDICT_NON_ACQUIS, mots),
        }
    }

    pub(super) fn acquis(&self) -> Tenue {
        match self {
            Self::Rendu { favorable: true, .. } => Tenue::Remplie,
            Self::Rendu { favorable: false, .. } | Self::NonAccessible => Tenue::Manquee,
            Self::EnCours | Self::ATrancher => Tenue::Indeterminee,
        }
    }
}
