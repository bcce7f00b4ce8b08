//! What counts in what is above it: results, and levels that were judged, each with its weight; and what must be reached
//! by itself.

use rust_decimal::Decimal;

use super::avis;
use super::etat::{Etat, Tenue};
use super::mesure::{Quantite, Terme, calculer};
use super::raison::{Cause, Raison, Sujet};
use crate::model::calcul::{Arrondi, Calcul, Eliminatoire};
use crate::model::forme::{Echelle, Valeur};

/// Something that counts in what is above it.
#[derive(Debug, Clone)]
pub(super) struct Enfant {
    pub sujet: Sujet,
    pub poids: Decimal,
    /// Whether something in it is still to come.
    pub en_cours: bool,
    pub compte: bool,
    pub acquis: Tenue,
    pub valeur: Quantite,
    /// Whether something that belongs in its sum was left out.
    pub partiel: bool,
    /// What it came to, if it is judged, and the first reason.
    pub etat: Option<Etat>,
    pub raison: Option<Raison>,
}

/// What a title or a bloc gives to what is above it.
#[derive(Clone, Default)]
pub(super) struct Part {
    pub enfants: Vec<Enfant>,
    /// What must be reached by itself.
    pub eliminatoires: Vec<Raison>,
}

impl Part {
    pub(super) fn add(&mut self, other: Self) {
        self.enfants.extend(other.enfants);
        self.eliminatoires.extend(other.eliminatoires);
    }

    pub(super) fn times(mut self, poids: Decimal) -> Self {
        for enfant in &mut self.enfants {
            enfant.poids *= poids;
        }
        self
    }

    /// Whether what is in it is reached by itself: as it was judged, or all its results, or their mean.
    pub(super) fn eliminatoire(&self, asked: Eliminatoire, judged: bool, arrondi: Option<Arrondi>) -> Raison {
        match asked {
            Eliminatoire::Acquis => {
                let counted = || self.enfants.iter().filter(|enfant| enfant.compte).map(|enfant| enfant.acquis);
                let tenue = if counted().next().is_none() { Tenue::Indeterminee } else { Tenue::all(counted()) };
                Raison::new(tenue, Cause::EliminatoireAcquis)
            }
            Eliminatoire::Note(seuil) => {
                let valeur = match self.enfants.as_slice() {
                    [one] if judged => one.valeur,
                    all => calculer(Calcul::Moyenne, arrondi.filter(|_| all.len() > 1), termes(all)).0,
                };
                Raison::new(tenue_seuil((valeur, false), seuil), Cause::EliminatoireNote { valeur, seuil })
            }
        }
    }
}

impl Enfant {
    /// One of which nothing is known yet.
    pub(super) fn new(sujet: Sujet) -> Self {
        Self {
            sujet,
            poids: Decimal::ONE,
            en_cours: false,
            compte: true,
            acquis: Tenue::Indeterminee,
            valeur: Quantite::Aucune,
            partiel: false,
            etat: None,
            raison: None,
        }
    }

    /// A result, on the scale that it is given on.
    pub(super) fn resultat(sujet: Sujet, valeur: Valeur, echelle: &Echelle) -> Self {
        let acquis = |oui| if oui { Tenue::Remplie } else { Tenue::Manquee };
        Self {
            compte: avis::counts(valeur, echelle),
            acquis: match valeur {
                Valeur::Niveau(niveau) => acquis(echelle.niveaux()[niveau].acquis),
                Valeur::Coche(oui) => acquis(oui),
                Valeur::Note(_) => Tenue::Indeterminee,
            },
            valeur: avis::mesure(valeur, echelle),
            ..Self::new(sujet)
        }
    }

    /// A bloc that is not accessible.
    pub(super) fn ferme(sujet: Sujet, raison: Option<Raison>) -> Self {
        Self { acquis: Tenue::Manquee, etat: Some(Etat::NonAccessible), raison, ..Self::new(sujet) }
    }

    /// Says that a bloc is under way.
    pub(super) fn raison_en_cours(&self) -> Option<Raison> {
        let Sujet::Bloc(_) = self.sujet else { return None };
        let cause = Cause::Etat(Etat::EnCours, self.raison.clone().map(Box::new));
        let raison = Raison { decide: true, ..Raison::new(Tenue::Indeterminee, cause) };
        self.en_cours.then(|| raison.of(self.sujet.clone()))
    }
}

pub(super) fn termes(enfants: &[Enfant]) -> impl Iterator<Item = Terme> + Clone {
    enfants.iter().map(|enfant| Terme {
        poids: enfant.poids,
        valeur: if enfant.en_cours { Quantite::Indeterminee } else { enfant.valeur },
        compte: enfant.compte,
        partiel: enfant.partiel,
    })
}

/// Whether a value is high enough. What was left out of one that is `partiel` might have made it up.
pub(super) fn tenue_seuil((valeur, partiel): (Quantite, bool), seuil: Decimal) -> Tenue {
    match valeur {
        Quantite::Connue(mesure) if mesure.valeur >= seuil => Tenue::Remplie,
        Quantite::Connue(_) if !partiel => Tenue::Manquee,
        _ => Tenue::Indeterminee,
    }
}
