//! What results come to, as a référentiel says it: what weighs how much, how opinions are joined, how a level's value is
//! made and rounded, what must hold of it, what must come before. Plain data; what it means is left to
//! `judge::verdict`.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::ground::fold;
use crate::ground::source::{Span, Spanned};

/// How much something counts among its like; 1 if it is not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Poids {
    Part(Decimal),
    /// A part of a hundred: those of one group make it full.
    PourCent(Decimal),
}

impl Poids {
    pub(crate) fn nombre(self) -> Decimal {
        match self {
            Self::Part(n) | Self::PourCent(n) => n,
        }
    }
}

/// What something weighs, if that was written.
pub(crate) type PoidsEcrit = Option<Spanned<Poids>>;

/// A weight as a factor.
pub(crate) fn facteur(poids: &PoidsEcrit) -> Decimal {
    poids.as_ref().map_or(Decimal::ONE, |poids| poids.value.nombre())
}

/// What becomes of the opinions of several roles. Where nothing is said they must be equal, or somebody decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joints {
    Moyenne,
    /// Not joined: each counts.
    Comptes,
}

/// How the value of a level is made of what is below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calcul {
    Moyenne,
    Somme,
    /// The sum as a part of this maximum.
    Sur(Decimal),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrondi {
    pub pas: Decimal,
    pub sens: Sens,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sens {
    /// To the nearest, a half upwards.
    Proche,
    Inferieur,
    Superieur,
}

/// Roundings of all levels, or of some.
#[derive(Debug, Clone, Default)]
pub struct Arrondis {
    pub tous: Option<Arrondi>,
    pub par: ParEtage<Arrondi>,
}

/// How a level is judged.
#[derive(Debug, Clone)]
pub struct Validation {
    /// Whether several outcomes are listed: then one of them must hold.
    pub liste: bool,
    /// From the best down, at least one.
    pub issues: Vec<Issue>,
    pub span: Span,
}

/// What can come of a level, and what must hold for it: all of that, or nothing in particular.
#[derive(Debug, Clone)]
pub struct Issue {
    pub nom: Option<String>,
    /// Whether it is a success.
    pub favorable: bool,
    pub acquis: Option<Spanned<Combien>>,
    pub seuil: Option<Spanned<Decimal>>,
    pub span: Span,
}

impl Issue {
    /// Whether it holds when nothing before it does.
    pub(crate) fn is_sinon(&self) -> bool {
        self.acquis.is_none() && self.seuil.is_none()
    }
}

/// How many of what is below must be acquired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combien {
    Tous,
    Nombre(u32),
    PourCent(Decimal),
}

/// What a thing must reach by itself, whatever the rest is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eliminatoire {
    Acquis,
    Note(Decimal),
}

/// What is said of levels, by their names: each is replaced whole by what a bloc says of it.
#[derive(Debug, Clone)]
pub struct ParEtage<T>(BTreeMap<String, (Spanned<String>, T)>);

impl<T> Default for ParEtage<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> ParEtage<T> {
    pub(crate) fn insert(&mut self, etage: Spanned<String>, said: T) {
        self.0.insert(fold::key(&etage.value), (etage, said));
    }

    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(crate) fn remove(&mut self, etage: &str) {
        self.0.remove(&fold::key(etage));
    }

    pub(crate) fn get(&self, etage: &str) -> Option<&T> {
        self.0.get(&fold::key(etage)).map(|(_, said)| said)
    }

    /// The name of a level of which something is said, as it is written.
    pub(crate) fn etage(&self, etage: &str) -> Option<&Spanned<String>> {
        self.0.get(&fold::key(etage)).map(|(etage, _)| etage)
    }

    /// The names of levels, as they are written.
    pub(crate) fn etages(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.0.values().map(|(etage, _)| etage)
    }
}

/// All that is said of what results come to.
#[derive(Debug, Clone, Default)]
pub struct Calculs {
    pub avis: Option<Spanned<Joints>>,
    pub calcul: ParEtage<Spanned<Calcul>>,
    pub arrondi: Arrondis,
    pub validation: ParEtage<Validation>,
}

impl Calculs {
    /// Whether some level has a rule.
    pub(crate) fn asks(&self) -> bool {
        self.calcul.etages().chain(self.validation.etages()).next().is_some()
    }

    /// The rounding of a level's values.
    pub(crate) fn arrondi(&self, etage: &str) -> Option<Arrondi> {
        self.arrondi.par.get(etage).copied().or(self.arrondi.tous)
    }

    /// The names of all levels of which something is said.
    pub(crate) fn etages(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.calcul.etages().chain(self.arrondi.par.etages()).chain(self.validation.etages())
    }
}

/// What must be met before something else is judged.
#[derive(Debug, Clone)]
pub struct Prealable {
    pub exige: Exige,
    pub pour: Pour,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exige {
    /// A bloc that is acquired: an index into the référentiel's.
    Bloc(usize),
    /// A paper that the candidat brings.
    Papier { id: String, nom: String },
}

/// For what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pour {
    /// Every other bloc.
    Tous,
    Blocs(Vec<usize>),
    Ensemble,
}
