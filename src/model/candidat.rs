//! A candidat and the evaluation of the blocs presented, linked to their référentiel.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::prose::Element;
use super::referentiel::Noeud;
use crate::ground::source::{Span, Spanned};

#[derive(Debug, Clone)]
pub struct Candidat {
    /// The file's name without its extension.
    pub id: String,
    pub session: String,
    pub nom: String,
    pub prenom: String,
    pub entreprise: Option<String>,
    /// Index into the référentiels.
    pub referentiel: usize,
    /// Index into the référentiel's parcours.
    pub parcours: usize,
    /// As many as the référentiel asks for; `None` for one not named yet.
    pub evaluateurs: Vec<Option<Evaluateur>>,
    /// The blocs presented, in the référentiel's order.
    pub blocs: Vec<BlocPresente>,
    /// Where the file speaks of evaluations, for what is missing altogether.
    pub span: Span,
}

impl Candidat {
    pub fn nom_complet(&self) -> String {
        format!("{} {}", self.prenom, self.nom)
    }

    /// The places of what is written of this person.
    pub fn commentaires(&self) -> impl Iterator<Item = Span> {
        self.blocs.iter().filter_map(|bloc| bloc.evaluation.texte)
    }
}

#[derive(Debug, Clone)]
pub struct Evaluateur {
    pub nom: Spanned<String>,
    pub fonction: Option<String>,
}

#[derive(Debug, Clone)]
pub struct BlocPresente {
    /// Index into the référentiel's blocs.
    pub bloc: usize,
    pub evaluation: Evaluation,
}

#[derive(Debug, Clone)]
pub struct Evaluation {
    /// The bloc's key in the file, or the file's first key if there is none.
    pub span: Span,
    pub activites_exercees: Option<bool>,
    pub dates: Option<Dates>,
    pub lieu: Option<String>,
    pub entretiens: Option<Spanned<u32>>,
    pub duree: Option<String>,
    /// By the ids of compétences.
    pub resultats: BTreeMap<String, Resultat>,
    pub(crate) commentaires: Vec<Element>,
    /// Whether they are words: a dash, a rule or a remark in HTML is none.
    pub commente: bool,
    /// The place of the comments in the file.
    pub texte: Option<Span>,
}

impl Evaluation {
    /// What was found for a compétence.
    pub fn resultat(&self, competence: &Noeud) -> Option<&Resultat> {
        self.resultats.get(competence.id())
    }

    /// Whether nothing at all was written down.
    pub fn is_blank(&self) -> bool {
        self.activites_exercees.is_none()
            && self.dates.is_none()
            && self.lieu.is_none()
            && self.entretiens.is_none()
            && self.duree.is_none()
            && !self.commente
            && self.resultats.is_empty()
    }
}

/// First and last day, both counted.
#[derive(Debug, Clone)]
pub struct Dates {
    pub du: Spanned<Date>,
    pub au: Spanned<Date>,
}

impl Dates {
    /// How many days they are; none or fewer if the last is before the first.
    pub fn days(&self) -> i32 {
        (self.au.value - self.du.value).get_days() + 1
    }
}

/// What was found for one compétence. Levels are indices into the scale.
#[derive(Debug, Clone)]
pub struct Resultat {
    pub avis: Avis,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum Avis {
    /// One result for all évaluateurs.
    Commun(usize),
    /// Each évaluateur's own, `None` for one not given yet.
    Separes(Vec<Option<usize>>),
}

impl Resultat {
    /// The level that all évaluateurs gave, if they all gave one and the same.
    pub fn niveau(&self) -> Option<usize> {
        match &self.avis {
            Avis::Commun(niveau) => Some(*niveau),
            Avis::Separes(avis) => {
                let first = *avis.first()?;
                avis.iter().all(|a| *a == first).then_some(first)?
            }
        }
    }

    /// Whether two évaluateurs gave different levels.
    pub fn desaccord(&self) -> bool {
        match &self.avis {
            Avis::Commun(_) => false,
            Avis::Separes(avis) => {
                let mut given = avis.iter().flatten();
                given.next().is_some_and(|first| given.any(|a| a != first))
            }
        }
    }

    /// Whether every évaluateur gave a level, the same or not.
    pub fn complet(&self) -> bool {
        match &self.avis {
            Avis::Commun(_) => true,
            Avis::Separes(avis) => avis.iter().all(Option::is_some),
        }
    }
}
