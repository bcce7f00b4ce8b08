//! What must hold of a level, and which outcome follows. Three answers: a condition holds, is missed, or cannot be told;
//! a missed one decides, even beside one that cannot be told, and one that cannot be told is left to the jury.

use rust_decimal::Decimal;

use super::etat::{Etat, Tenue};
use super::mesure::Quantite;
use super::part::{Enfant, tenue_seuil};
use super::raison::{Cause, Raison, Sujet};
use crate::model::calcul::{Combien, Issue, Validation};
use crate::model::forme::ENSEMBLE;

/// What a level came to, with the reasons, the missed ones first.
pub(super) fn juger(
    validation: &Validation,
    (valeur, partiel): (Quantite, bool),
    enfants: &[Enfant],
    eliminatoires: &[Raison],
) -> (Etat, Vec<Raison>) {
    let mut raisons: Vec<Raison> = Vec::new();
    let mut etat = None;
    let mut before = 0..0;
    for issue in &validation.issues {
        let own = conditions(issue, (valeur, partiel), enfants);
        let own = own.into_iter().chain(eliminatoires.iter().filter(|_| issue.favorable).cloned());
        let first = raisons.len();
        raisons.extend(own);
        let tenue = Tenue::all(raisons[first..].iter().map(|raison| raison.tenue));
        if tenue == Tenue::Manquee && validation.liste {
            before = first..raisons.len();
            continue;
        }
        // « Otherwise » follows from what the outcome before it missed.
        let why = if raisons.len() == first { before.clone() } else { first..raisons.len() };
        etat = Some(match tenue {
            Tenue::Indeterminee => Etat::ATrancher,
            Tenue::Remplie => Etat::Rendu { favorable: issue.favorable, nom: issue.nom.clone() },
            Tenue::Manquee => Etat::Rendu { favorable: false, nom: None },
        });
        let missed = raisons[why.clone()].iter().any(|raison| raison.tenue == Tenue::Manquee);
        for raison in &mut raisons[why] {
            raison.decide = match tenue {
                Tenue::Indeterminee => raison.tenue == Tenue::Indeterminee,
                _ => !missed || raison.tenue == Tenue::Manquee,
            };
        }
        break;
    }
    let etat = etat.unwrap_or_else(|| {
        raisons.push(Raison { decide: true, ..Raison::new(Tenue::Indeterminee, Cause::Imprevu) });
        Etat::ATrancher
    });
    let told: Vec<Raison> = raisons.iter().filter(|raison| raison.decide).cloned().collect();
    let same = |raison: &Raison| told.iter().any(|told| told.sujet == raison.sujet && told.cause == raison.cause);
    raisons.retain(|raison| raison.decide || !same(raison));
    raisons.sort_by_key(|raison| raison.tenue);
    (etat, raisons)
}

fn conditions(issue: &Issue, (valeur, partiel): (Quantite, bool), enfants: &[Enfant]) -> Vec<Raison> {
    let mut all = Vec::new();
    if let Some(combien) = &issue.acquis {
        all.extend(compte(combien.value, enfants));
    }
    if let Some(seuil) = &issue.seuil {
        let tenue = tenue_seuil((valeur, partiel), seuil.value);
        let open =
            |enfant: &&Enfant| enfant.compte && matches!(enfant.valeur, Quantite::Aucune | Quantite::Indeterminee);
        let ouverts = match valeur {
            Quantite::Indeterminee => enfants.iter().filter(open).map(|enfant| enfant.sujet.clone()).collect(),
            _ => Vec::new(),
        };
        all.push(Raison::new(tenue, Cause::Seuil { valeur, seuil: seuil.value, ouverts }));
    }
    all
}

/// How many are acquired, of those that count; then each bloc that is not, with its own reason.
fn compte(combien: Combien, enfants: &[Enfant]) -> Vec<Raison> {
    let counted = || enfants.iter().filter(|enfant| enfant.compte);
    let number = |tenue| counted().filter(|enfant| enfant.acquis == tenue).count();
    let (acquis, open, sur) = (number(Tenue::Remplie), number(Tenue::Indeterminee), counted().count());
    let tenue = match sur {
        0 => Tenue::Indeterminee,
        _ if enough(acquis, sur, combien) => Tenue::Remplie,
        _ if enough(acquis + open, sur, combien) => Tenue::Indeterminee,
        _ => Tenue::Manquee,
    };
    let is_bloc = |enfant: &Enfant| matches!(enfant.sujet, Sujet::Bloc(_));
    if let [only] = enfants
        && only.sujet == Sujet::Item(ENSEMBLE.to_owned())
    {
        return vec![Raison::new(tenue, Cause::Resultat)];
    }
    let blocs = enfants.iter().any(is_bloc);
    let open_items = counted().filter(|enfant| enfant.acquis == Tenue::Indeterminee);
    let named = |enfant: &Enfant| if let Sujet::Item(nom) = &enfant.sujet { Some(nom.clone()) } else { None };
    let a_trancher = open_items.filter_map(named).collect();
    let mut all = vec![Raison::new(tenue, Cause::Compte { acquis, sur, combien, blocs, a_trancher })];
    // Those that are missed speak where too many are; those that are open where it hangs on them.
    let speaks = |enfant: &&Enfant| tenue != Tenue::Remplie && enfant.acquis == tenue && is_bloc(enfant);
    all.extend(counted().filter(speaks).filter_map(|enfant| {
        let cause = Cause::Etat(enfant.etat.clone()?, enfant.raison.clone().map(Box::new));
        Some(Raison::new(tenue, cause).of(enfant.sujet.clone()))
    }));
    all
}

fn enough(acquis: usize, sur: usize, combien: Combien) -> bool {
    match combien {
        Combien::Tous => acquis == sur,
        Combien::Nombre(n) => acquis >= n as usize,
        Combien::PourCent(part) => Decimal::from(acquis) * Decimal::ONE_HUNDRED >= part * Decimal::from(sur),
    }
}
