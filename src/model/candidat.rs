//! A candidat and the evaluation of the blocs presented, linked to their référentiel.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::forme::{Echelle, Role, Situation, Situations, Valeur};
use super::libelle::Civilite;
use super::noeud::Item;
use super::prose::Element;
use super::referentiel::Bloc;
use crate::ground::source::{Span, Spanned};

#[derive(Debug, Clone)]
pub struct Candidat {
    /// The file's name without its extension.
    pub id: String,
    pub session: String,
    pub nom: String,
    pub prenom: String,
    pub civilite: Option<Civilite>,
    pub entreprise: Option<String>,
    /// Index into the référentiels.
    pub referentiel: usize,
    /// Index into the référentiel's parcours.
    pub parcours: usize,
    pub evaluateurs: Vec<Place>,
    /// What the référentiel's `champs` ask for, by their ids.
    pub champs: BTreeMap<String, String>,
    /// The papers of which something is written: whether they were brought.
    pub prealables: BTreeMap<String, bool>,
    /// What was decided, in the order in which it is written.
    pub decisions: Vec<Decision>,
    /// The blocs presented, in the référentiel's order, once for each of its situations.
    pub blocs: Vec<BlocPresente>,
    /// Where the file speaks of evaluations, for what is missing altogether.
    pub span: Span,
}

impl Candidat {
    pub fn nom_complet(&self) -> String {
        format!("{} {}", self.prenom, self.nom)
    }

    /// The évaluateurs of the livret, then those of evaluations that have their own.
    pub(crate) fn evaluateurs(&self) -> impl Iterator<Item = impl Iterator<Item = &Evaluateur>> {
        let own = self.blocs.iter().filter_map(|bloc| bloc.evaluation.evaluateurs.as_ref());
        std::iter::once(&self.evaluateurs).chain(own).map(|all| all.iter().filter_map(|place| place.qui.as_ref()))
    }

    /// The places of what is written of this person.
    pub fn commentaires(&self) -> impl Iterator<Item = Span> {
        self.blocs.iter().filter_map(|bloc| bloc.evaluation.texte)
    }
}

/// A place for an évaluateur, at least as many as the roles ask for.
#[derive(Debug, Clone)]
pub struct Place {
    /// Index into the référentiel's roles.
    pub role: usize,
    /// `None` for one not named yet.
    pub qui: Option<Evaluateur>,
}

impl Place {
    /// The places of roles where nobody is named yet.
    pub fn vides(roles: &[Role]) -> Vec<Self> {
        let all = roles.iter().enumerate();
        all.flat_map(|(role, r)| (0..r.nombre.0).map(move |_| Self { role, qui: None })).collect()
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
    pub situation: Option<Presentee>,
    pub evaluation: Evaluation,
}

impl BlocPresente {
    /// The blank sheets of a bloc, by its index: one for all situations, or, where one of these has a scale of its own, one
    /// for each.
    pub(crate) fn vierges((at, bloc): (usize, &Bloc)) -> Vec<Self> {
        let own: Vec<Option<Presentee>> = match &bloc.situations {
            Situations::Declarees(all) if bloc.situations.echelles().next().is_some() => {
                all.iter().map(|situation| Some(Presentee::of(situation))).collect()
            }
            _ => vec![None],
        };
        let blank = |situation| Self { bloc: at, situation, evaluation: Evaluation::blank(bloc.titre_span) };
        own.into_iter().map(blank).collect()
    }

    /// The scale of its results.
    pub(crate) fn echelle<'b>(&self, bloc: &'b Bloc) -> &'b Echelle {
        bloc.echelle(self.situation.as_ref().map(|situation| situation.id.as_str()))
    }
}

/// The situation that a bloc is evaluated in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presentee {
    /// Its id, or its number where situations are as many as the fiche has.
    pub id: String,
    pub nom: Option<String>,
}

impl Presentee {
    /// One that the référentiel declares.
    pub(crate) fn of(situation: &Situation) -> Self {
        Self { id: situation.id.value.clone(), nom: Some(situation.nom.clone()) }
    }

    /// What it is called: by its id, if nobody named it.
    pub(crate) fn appelee(&self) -> &str {
        self.nom.as_deref().unwrap_or(&self.id)
    }
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
    /// What the référentiel's `champs` ask for, by their ids.
    pub champs: BTreeMap<String, String>,
    /// Who evaluated this alone, if they are others than those of the whole livret.
    pub evaluateurs: Option<Vec<Place>>,
    /// By the keys of items.
    pub resultats: BTreeMap<String, Resultat>,
    pub(crate) commentaires: Vec<Element>,
    /// Whether they are words: a dash, a rule or a remark in HTML is none.
    pub commente: bool,
    /// The place of the comments in the file.
    pub texte: Option<Span>,
}

impl Evaluation {
    /// One of which nothing is written; `span` is where it would be.
    pub(crate) fn blank(span: Span) -> Self {
        Self {
            span,
            activites_exercees: None,
            dates: None,
            lieu: None,
            entretiens: None,
            duree: None,
            champs: BTreeMap::new(),
            evaluateurs: None,
            resultats: BTreeMap::new(),
            commentaires: Vec::new(),
            commente: false,
            texte: None,
        }
    }

    /// What was found for an item.
    pub fn resultat(&self, item: &Item) -> Option<&Resultat> {
        self.resultats.get(&item.cle)
    }

    /// Whether nothing at all was written down.
    pub fn is_blank(&self) -> bool {
        self.activites_exercees.is_none()
            && self.dates.is_none()
            && self.lieu.is_none()
            && self.entretiens.is_none()
            && self.duree.is_none()
            && self.champs.is_empty()
            && !self.commente
            && self.resultats.is_empty()
    }
}

/// What somebody decided instead of what the evaluation gives.
#[derive(Debug, Clone)]
pub struct Decision {
    pub sur: Sur,
    pub resultat: Decide,
    /// The result as it is written.
    pub ecrit: String,
    pub par: String,
    pub le: Spanned<Date>,
    pub motif: String,
    /// The place of what it is about.
    pub span: Span,
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sur {
    Ensemble,
    /// An index into the référentiel's blocs.
    Bloc(usize),
    /// What is evaluated, or a title that is judged, by its key.
    Item {
        bloc: usize,
        cle: String,
    },
}

impl Sur {
    pub(crate) fn item(bloc: usize, cle: &str) -> Self {
        Self::Item { bloc, cle: cle.to_owned() }
    }
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decide {
    /// A result of the scale.
    Valeur(Valeur),
    /// A value out of a highest one.
    Mesure(Mesure),
    /// Acquired, or not.
    Issue(bool),
    /// One of the outcomes of a rule, by its position.
    Nommee(usize),
}

impl Decide {
    /// Whether it says what comes of a thing, whatever that is worth.
    pub(crate) fn is_verdict(self) -> bool {
        matches!(self, Self::Issue(_) | Self::Nommee(_))
    }
}

/// A number out of a highest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mesure {
    pub valeur: Decimal,
    pub max: Decimal,
    /// Whether it is a part of a hundred.
    pub pour_cent: bool,
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

/// What was found for one item.
#[derive(Debug, Clone)]
pub struct Resultat {
    pub avis: Avis,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum Avis {
    /// One result for all évaluateurs.
    Commun(Valeur),
    /// Each role's own, `None` for one not given yet.
    Separes(Vec<Option<Valeur>>),
}

impl Resultat {
    /// What was given: the one result of all, or each role's.
    fn donnes(&self) -> Vec<Option<Valeur>> {
        match &self.avis {
            Avis::Commun(valeur) => vec![Some(*valeur)],
            Avis::Separes(avis) => avis.clone(),
        }
    }

    /// What all évaluateurs gave, if they all gave one and the same.
    pub fn valeur(&self) -> Option<Valeur> {
        let all = self.donnes();
        let first = *all.first()?;
        all.iter().all(|avis| *avis == first).then_some(first)?
    }

    /// What one role gave.
    pub fn avis(&self, role: usize) -> Option<Valeur> {
        match &self.avis {
            Avis::Commun(valeur) => Some(*valeur),
            Avis::Separes(avis) => avis.get(role).copied().flatten(),
        }
    }

    /// Whether two évaluateurs gave different results.
    pub fn desaccord(&self) -> bool {
        let mut given = self.donnes().into_iter().flatten();
        given.next().is_some_and(|first| given.any(|avis| avis != first))
    }

    /// Whether every évaluateur gave a result, the same or not.
    pub fn complet(&self) -> bool {
        self.donnes().iter().all(Option::is_some)
    }
}
