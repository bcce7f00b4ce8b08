//! What could count below each level, before anything is evaluated: how many things, of which highest value, and whether
//! one can tell that they are acquired. What follows for a rule is left to `judge::check`.

use rust_decimal::Decimal;

use super::avis::{maximum, tells};
use super::regle::{self, Regle, ReglesDeBloc};
use crate::model::calcul::{Calcul, Joints, facteur};
use crate::model::forme::{Echelle, Etage, Situations};
use crate::model::noeud::Noeud;
use crate::model::referentiel::{Bloc, Referentiel};

/// Something that can count.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub poids: Decimal,
    pub max: Option<Decimal>,
    /// Whether one can tell that it is acquired.
    pub acquis: bool,
    /// The scale of a result; `None` for a level that has a rule.
    pub note: Option<bool>,
}

/// What could count in a thing of a level that has a rule.
pub(crate) struct Niveau<'r> {
    /// `None` for the whole.
    pub etage: Option<Etage>,
    pub regle: Regle<'r>,
    pub places: Vec<Place>,
}

/// All things of a bloc that have a rule, the innermost first, and what the bloc gives to the whole.
pub(crate) fn bloc<'r>(bloc: &'r Bloc, referentiel: &'r Referentiel) -> (Vec<Niveau<'r>>, Vec<Place>) {
    let regles = ReglesDeBloc::of(bloc, referentiel);
    let mut walk = Walk { bloc, referentiel, regles, niveaux: Vec::new() };
    let mut places = Vec::new();
    if bloc.est_evalue_entier() {
        places.extend(walk.feuilles());
    }
    bloc.noeuds.iter().for_each(|noeud| places.extend(walk.noeud(noeud, 0)));
    let given = walk.level(Etage::Bloc, places);
    (walk.niveaux, times(given, facteur(&bloc.poids)))
}

/// The whole, if it has a rule, with what could count in it.
pub(crate) fn ensemble(referentiel: &Referentiel) -> Option<Niveau<'_>> {
    let regle = regle::ensemble(referentiel)?;
    let counted = referentiel.blocs.iter().filter(|bloc| bloc.compte);
    let places = counted.flat_map(|own| bloc(own, referentiel).1).collect();
    Some(Niveau { etage: None, regle, places })
}

/// The highest value of a bloc that has a rule.
pub(crate) fn maximum_du_bloc(own: &Bloc, referentiel: &Referentiel) -> Option<Decimal> {
    let (niveaux, _) = bloc(own, referentiel);
    niveaux.iter().find(|niveau| niveau.etage == Some(Etage::Bloc))?.max()
}

impl Niveau<'_> {
    /// The highest value of such a thing.
    pub(crate) fn max(&self) -> Option<Decimal> {
        match self.regle.calcul? {
            Calcul::Sur(max) => Some(max),
            Calcul::Moyenne => self.places.first()?.max,
            Calcul::Somme => {
                let one = |place: &Place| place.poids.checked_mul(place.max?);
                self.places.iter().try_fold(Decimal::ZERO, |sum, place| sum.checked_add(one(place)?))
            }
        }
    }
}

struct Walk<'r> {
    bloc: &'r Bloc,
    referentiel: &'r Referentiel,
    regles: ReglesDeBloc<'r>,
    niveaux: Vec<Niveau<'r>>,
}

impl Walk<'_> {
    /// The results of one thing: in each situation, of each role where opinions are counted.
    fn feuilles(&self) -> Vec<Place> {
        let roles = self.referentiel.roles.len();
        let each = if self.bloc.joints() == Some(Joints::Comptes) { roles } else { 1 };
        // The mean of several levels is none of them.
        let mean = self.bloc.joints() == Some(Joints::Moyenne) && roles > 1;
        let usual = &self.bloc.forme.echelle;
        let sheets: Vec<(Decimal, &Echelle)> = match &self.bloc.situations {
            Situations::Declarees(all) => {
                all.iter().map(|own| (facteur(&own.poids), own.echelle.as_ref().unwrap_or(usual))).collect()
            }
            _ => vec![(Decimal::ONE, usual)],
        };
        let place = |poids, echelle: &Echelle| Place {
            poids,
            max: maximum(echelle),
            acquis: tells(echelle) && (!mean || matches!(echelle, Echelle::Coche)),
            note: Some(mean || matches!(echelle, Echelle::Note(_))),
        };
        sheets.into_iter().flat_map(|(poids, echelle)| (0..each).map(move |_| place(poids, echelle))).collect()
    }

    fn noeud(&mut self, noeud: &Noeud, rang: usize) -> Vec<Place> {
        let mut places = Vec::new();
        for item in self.bloc.items_de(noeud) {
            let own = self.feuilles();
            places.extend(if item.critere.is_some() { self.level(Etage::Critere, own) } else { own });
        }
        noeud.enfants.iter().for_each(|enfant| places.extend(self.noeud(enfant, rang + 1)));
        times(self.level(Etage::Rang(rang), places), facteur(&noeud.poids))
    }

    /// What a level gives to the one above: itself, if it has a rule.
    fn level(&mut self, etage: Etage, places: Vec<Place>) -> Vec<Place> {
        let Some(regle) = self.regles.get(etage).filter(|_| !places.is_empty()) else { return places };
        let niveau = Niveau { etage: Some(etage), regle, places };
        let own = Place { poids: Decimal::ONE, max: niveau.max(), acquis: regle.validation.is_some(), note: None };
        self.niveaux.push(niveau);
        vec![own]
    }
}

fn times(mut places: Vec<Place>, poids: Decimal) -> Vec<Place> {
    places.iter_mut().for_each(|place| place.poids *= poids);
    places
}
