//! The form of an evaluation: the levels of the tree that a grille is, its columns, what has a result, on which scale, by
//! whom, how often. A référentiel says it for its blocs, a bloc for itself.

use rust_decimal::Decimal;

use super::calcul::PoidsEcrit;
use crate::ground::fold;
use crate::ground::source::{Span, Spanned};

#[derive(Debug, Clone)]
pub struct Forme {
    /// The levels of titles, the outermost first: at least one, four at most.
    pub structure: Vec<Rang>,
    /// The columns of texts.
    pub colonnes: Vec<Colonne>,
    /// What titles that carry their own id begin with.
    pub codes: Vec<String>,
    pub resultat_par: Etage,
    pub echelle: Echelle,
    pub cases: Cases,
    /// What was written of the two, for blocs that say nothing.
    pub ecrit: Ecrit,
}

/// What has a result and how boxes stand, as far as that was written.
#[derive(Debug, Clone, Default)]
pub struct Ecrit {
    /// A level of titles by its id, `critere`, `bloc` or `ensemble`.
    pub resultat_par: Option<Spanned<String>>,
    pub cases: Option<Cases>,
}

/// A level of titles: a column whose cells span what is below them, or a row across the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rang {
    pub id: String,
    pub bandeau: bool,
    /// The heading of its column; without one it is the theme's.
    pub titre: Option<String>,
}

/// A column of texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colonne {
    pub id: String,
    /// Its heading; without one it is the theme's.
    pub titre: Option<String>,
}

/// Where texts go that name no column.
pub(crate) const CRITERES: &str = "criteres";

/// What has a result of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Etage {
    /// The whole certification: its blocs have none.
    Ensemble,
    Bloc,
    /// A level of titles, counted from 0.
    Rang(usize),
    Critere,
}

/// How boxes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cases {
    /// One below the other, each with its name.
    Liste,
    /// Each in a column with its code as heading.
    Colonnes,
}

#[derive(Debug, Clone)]
pub enum Echelle {
    Niveaux(Vec<Niveau>),
    Note(Note),
    /// One box, ticked or not.
    Coche,
}

/// Marks from 0 to a maximum.
#[derive(Debug, Clone)]
pub struct Note {
    pub max: Decimal,
    pub pas: Decimal,
    /// Printed after a mark instead of its maximum: « % ».
    pub unite: Option<String>,
    /// What can be said instead of a mark.
    pub autres: Vec<Niveau>,
}

/// One level of a scale.
#[derive(Debug, Clone)]
pub struct Niveau {
    /// What evaluations write.
    pub id: String,
    pub code: String,
    /// What is printed beside its box.
    pub nom: String,
    pub definition: String,
    /// Whether a bloc with this result is expected to say why.
    pub commentaire_attendu: bool,
    /// Whether it has a box of its own.
    pub case: bool,
    /// What it is worth in a calculation.
    pub valeur: Option<Decimal>,
    /// Whether what has it is acquired.
    pub acquis: bool,
    /// Whether what has it counts at all.
    pub compte: bool,
    /// The place of its id.
    pub span: Span,
}

/// What was found: an index into the levels, a mark, a tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Valeur {
    Niveau(usize),
    Note(Decimal),
    Coche(bool),
}

impl Valeur {
    /// The level, if it is one.
    pub(crate) fn niveau(self) -> Option<usize> {
        if let Self::Niveau(niveau) = self { Some(niveau) } else { None }
    }
}

/// Who evaluates in one of the places for a signature.
#[derive(Debug, Clone)]
pub struct Role {
    pub id: String,
    /// Its name; an évaluateur without one is called by number.
    pub nom: Option<String>,
    /// How many persons at least and at most.
    pub nombre: (usize, usize),
    pub poids: PoidsEcrit,
}

impl Role {
    /// A role by its id or its name, however it is spelled.
    pub(crate) fn find(written: &str, roles: &[Self]) -> Option<usize> {
        let noms = roles.iter().map(|role| role.nom.as_deref().unwrap_or(&role.id));
        let words = roles.iter().map(|role| role.id.as_str()).chain(noms);
        fold::find(written, words).map(|at| at % roles.len())
    }

    /// The role whose opinion a key holds. Évaluateurs by number have one spelling: « evaluateur_01 » would be a second
    /// name of « evaluateur_1 ».
    pub(crate) fn of_avis(written: &str, roles: &[Self]) -> Option<usize> {
        match roles.iter().any(|role| role.nom.is_some()) {
            true => Self::find(written, roles),
            false => roles.iter().position(|role| role.id == written),
        }
    }
}

/// Who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signataire {
    /// The persons of a role.
    Role(usize),
    Candidat,
    /// A stamp.
    Cachet,
}

/// How often a bloc is evaluated.
#[derive(Debug, Clone, Default)]
pub enum Situations {
    #[default]
    Une,
    Declarees(Vec<Situation>),
    /// As many as a fiche has.
    Libres,
}

#[derive(Debug, Clone)]
pub struct Situation {
    pub id: Spanned<String>,
    pub nom: String,
    pub poids: PoidsEcrit,
    /// Its own, if it is another than that of the bloc.
    pub echelle: Option<Echelle>,
}

impl Situations {
    /// Those that the référentiel names.
    pub(crate) fn declarees(&self) -> &[Situation] {
        if let Self::Declarees(all) = self { all } else { &[] }
    }

    /// Those that have a scale of their own, each with it.
    pub(crate) fn echelles(&self) -> impl Iterator<Item = (&str, &Echelle)> {
        self.declarees().iter().filter_map(|situation| Some((situation.id.value.as_str(), situation.echelle.as_ref()?)))
    }
}

impl Forme {
    /// Whether its levels are those of the official livret.
    pub(crate) fn is_officielle(&self) -> bool {
        let ids: Vec<&str> = self.structure.iter().map(|rang| rang.id.as_str()).collect();
        ids == OFFICIELLE
    }

    /// One of several names, however it is spelled; codes are compared number by number.
    pub(crate) fn find<'a>(&self, written: &str, names: impl Iterator<Item = &'a str> + Clone) -> Option<usize> {
        fold::find(written, names.clone()).or_else(|| {
            let code = self.code(written)?;
            names.clone().position(|name| self.code(name).as_ref() == Some(&code))
        })
    }

    /// What a code means, « ob-2-2 » for « OB.2.2 ». `None` for what is none.
    pub(crate) fn code(&self, written: &str) -> Option<String> {
        let (code, rest) = self.starting_code(written)?;
        rest.trim().is_empty().then_some(code)
    }

    /// The code that a title starts with, and the rest of the title.
    pub(crate) fn starting_code<'t>(&self, titre: &'t str) -> Option<(String, &'t str)> {
        self.codes.iter().find_map(|prefixe| {
            let (head, rest) = titre.split_at_checked(prefixe.len())?;
            let between = rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']);
            let between = between.strip_prefix(['.', '-']).unwrap_or(between).trim_start();
            let end = between.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-')).unwrap_or(between.len());
            let numbers = between[..end].trim_end_matches(['.', '-']);
            let rest = &between[numbers.len()..];
            let sound = numbers.starts_with(|c: char| c.is_ascii_digit())
                && fold::key(head) == fold::key(prefixe)
                && !rest.starts_with(char::is_alphanumeric);
            let parts = numbers.split(['.', '-']).map(|part| part.trim_start_matches('0'));
            sound.then(|| (format!("{}-{}", fold::key(prefixe), parts.collect::<Vec<_>>().join("-")), rest))
        })
    }
}

/// The levels of the official livret.
pub(crate) const OFFICIELLE: [&str; 2] = ["activite", "competence"];

/// What the whole certification is called where levels are named.
pub(crate) const ENSEMBLE: &str = "ensemble";

impl Etage {
    /// Whether results are of something that is no row of a grille.
    pub(crate) fn hors_grille(self) -> bool {
        matches!(self, Self::Ensemble | Self::Bloc)
    }

    /// What it is called where levels are named.
    pub(crate) fn nom(self, structure: &[Rang]) -> &str {
        match self {
            Self::Ensemble => ENSEMBLE,
            Self::Bloc => "bloc",
            Self::Rang(rang) => &structure[rang].id,
            Self::Critere => "critere",
        }
    }
}

impl Echelle {
    /// Its levels, or what can be said instead of a mark.
    pub fn niveaux(&self) -> &[Niveau] {
        match self {
            Self::Niveaux(niveaux) => niveaux,
            Self::Note(note) => &note.autres,
            Self::Coche => &[],
        }
    }

    /// Whether the same can be written on both, and means the same.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let same = |(a, b): (&Niveau, &Niveau)| {
            (&a.id, &a.nom, a.valeur, a.acquis, a.compte) == (&b.id, &b.nom, b.valeur, b.acquis, b.compte)
        };
        let niveaux = (self.niveaux(), other.niveaux());
        let kind = match (self, other) {
            (Self::Note(a), Self::Note(b)) => (a.max, a.pas) == (b.max, b.pas),
            (Self::Niveaux(_), Self::Niveaux(_)) | (Self::Coche, Self::Coche) => true,
            _ => false,
        };
        kind && niveaux.0.len() == niveaux.1.len() && niveaux.0.iter().zip(niveaux.1).all(same)
    }

    /// Whether a level has a box: none has beside a mark.
    pub(crate) fn has_box(&self, niveau: usize) -> bool {
        matches!(self, Self::Niveaux(niveaux) if niveaux[niveau].case)
    }

    /// A level by its id or its code, however it is spelled. The exact word comes first, and an id before a code.
    pub(crate) fn niveau(&self, written: &str) -> Option<usize> {
        let niveaux = self.niveaux();
        let words = niveaux.iter().map(|n| n.id.as_str()).chain(niveaux.iter().map(|n| n.code.as_str()));
        fold::find(written, words).map(|at| at % niveaux.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_however_they_are_written() {
        let forme = Forme {
            structure: Vec::new(),
            colonnes: Vec::new(),
            codes: vec!["OB".to_owned(), "C".to_owned()],
            resultat_par: Etage::Bloc,
            echelle: Echelle::Coche,
            cases: Cases::Liste,
            ecrit: Ecrit::default(),
        };
        for written in ["OB.2.2", "OB 2.2", "ob2-2", "OB - 2.2", "OB 02.2", "OB\u{A0}2.2"] {
            assert_eq!(forme.code(written).as_deref(), Some("ob-2-2"), "{written}");
        }
        assert_eq!(forme.starting_code("C3.1.6 Choisir, "), Some(("c-3-1-6".to_owned(), " Choisir, ")));
        for none in ["Observer 2", "OB", "OB x", "C3b", "Choisir 2", "OB 2.2 suite"] {
            assert_eq!(forme.code(none), None, "{none}");
        }
        assert_ne!(forme.code("OB 1.11"), forme.code("OB 11.1"));
    }
}
