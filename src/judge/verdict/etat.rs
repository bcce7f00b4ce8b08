//! Three answers: what holds, what is missed, what cannot be told; what a thing came to by them; and the words for it.

/// A word of reasons: its key, and what it is where a theme has none.
pub(super) type Mot = (&'static str, &'static str);

const ACQUIS: Mot = ("verdict_acquis", "acquis");
const NON_ACQUIS: Mot = ("verdict_non_acquis", "non acquis");
const EN_COURS: Mot = ("verdict_en_cours", "en cours");
pub(super) const A_TRANCHER: Mot = ("verdict_a_trancher", "à trancher par le jury");
const FERME: Mot = ("verdict_non_accessible", "non accessible");

/// The words that a theme has for reasons; `None` leaves those of the program.
pub(crate) type Mots<'w> = &'w dyn Fn(&str) -> Option<String>;

pub(super) fn dire((key, usual): Mot, mots: Mots) -> String {
    mots(key).unwrap_or_else(|| usual.to_owned())
}

/// Whether a condition holds. In the order in which reasons are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tenue {
    Manquee,
    Indeterminee,
    Tenue,
}

impl Tenue {
    /// All at once: a missed one decides, then one that cannot be told.
    pub(super) fn all(tenues: impl Iterator<Item = Self>) -> Self {
        tenues.min().unwrap_or(Self::Tenue)
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
            Self::NonAccessible => dire(FERME, mots),
            Self::EnCours => dire(EN_COURS, mots),
            Self::ATrancher => dire(A_TRANCHER, mots),
            Self::Rendu { nom: Some(nom), .. } => nom.clone(),
            Self::Rendu { favorable: true, .. } => dire(ACQUIS, mots),
            Self::Rendu { favorable: false, .. } => dire(NON_ACQUIS, mots),
        }
    }

    pub(super) fn acquis(&self) -> Tenue {
        match self {
            Self::Rendu { favorable: true, .. } => Tenue::Tenue,
            Self::Rendu { favorable: false, .. } | Self::NonAccessible => Tenue::Manquee,
            Self::EnCours | Self::ATrancher => Tenue::Indeterminee,
        }
    }
}
