//! The words of a theme or a référentiel, which may agree with the person that they speak of.

/// How a person is addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Civilite {
    Mme,
    M,
}

impl Civilite {
    pub(crate) const ALL: [Self; 2] = [Self::Mme, Self::M];

    /// As it is written and printed.
    pub(crate) fn mot(self) -> &'static str {
        match self {
            Self::Mme => "Mme",
            Self::M => "M.",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Libelle {
    /// Where nobody is spoken of, or nothing is said of that person.
    pub neutre: String,
    /// Of a woman, and of a man.
    pub accorde: Option<[String; 2]>,
}

impl Libelle {
    /// What is printed of somebody.
    pub(crate) fn pour(&self, civilite: Option<Civilite>) -> &str {
        match (&self.accorde, civilite) {
            (Some([mme, _]), Some(Civilite::Mme)) => mme,
            (Some([_, m]), Some(Civilite::M)) => m,
            _ => &self.neutre,
        }
    }
}
