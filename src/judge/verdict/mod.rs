//! What results come to by the rules of their référentiel: the value and the verdict of each bloc and of the whole, with
//! the reasons. Derived from what was written, each time anew; no rule, no verdict. Three answers and never two: where
//! something is missing a verdict is under way, where nobody can tell it is left to the jury. Whether rules make sense
//! is left to [`crate::judge::check`].

mod arbre;
pub(crate) mod avis;
mod conditions;
mod etat;
mod juge;
mod mesure;
pub(crate) mod mots;
mod niveau;
mod part;
pub(crate) mod places;
pub(crate) mod prealables;
mod raison;
pub(crate) mod regle;
mod rendu;

use crate::model::candidat::{Candidat, Decide, Decision, Sur};
use crate::model::referentiel::Referentiel;
pub(crate) use etat::Etat;
use juge::judge;
pub(crate) use mesure::Quantite;
pub(crate) use rendu::{Avant, Verdict, Verdicts};

/// Judges a candidat.
pub(crate) fn verdicts(candidat: &Candidat, referentiel: &Referentiel) -> Verdicts {
    let decisions = candidat.decisions.as_slice();
    let before = |(i, decision): (usize, &Decision)| {
        let rien = || Avant::Rien;
        let earlier = || judge(candidat, &decisions[..i], referentiel);
        let told = |verdict: Option<&Verdict>| verdict.map_or_else(rien, |v| Avant::Verdict(v.valeur, v.etat.clone()));
        match &decision.sur {
            Sur::Ensemble => told(earlier().ensemble.as_ref()),
            Sur::Bloc(bloc) if !matches!(decision.resultat, Decide::Valeur(_)) => told(earlier().blocs.get(bloc)),
            Sur::Bloc(bloc) => resultat(candidat, *bloc, &referentiel.blocs[*bloc].id, referentiel),
            Sur::Item { bloc, cle } => resultat(candidat, *bloc, cle, referentiel),
        }
    };
    let avant = decisions.iter().enumerate().map(before).collect();
    Verdicts { avant, ..judge(candidat, decisions, referentiel) }
}

/// What the évaluateurs found for one thing, if that is one result.
fn resultat(candidat: &Candidat, bloc: usize, cle: &str, referentiel: &Referentiel) -> Avant {
    let mut sheets = candidat.blocs.iter().filter(|sheet| sheet.bloc == bloc);
    let (Some(sheet), None) = (sheets.next(), sheets.next()) else { return Avant::Rien };
    let bloc = &referentiel.blocs[bloc];
    match avis::joint(sheet.evaluation.resultats.get(cle), (bloc, sheet.echelle(bloc)), referentiel) {
        avis::Joint::Valeur(valeur) => Avant::Resultat(valeur),
        avis::Joint::Mesure(mesure) => Avant::Verdict(Quantite::Connue(mesure), None),
        avis::Joint::EnCours | avis::Joint::ATrancher => Avant::Rien,
    }
}
