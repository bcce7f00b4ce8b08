//! A level that has a rule: what it makes of what is below, and what it gives to what is above.

use rust_decimal::Decimal;

use super::conditions::juger;
use super::etat::{Etat, Tenue};
use super::mesure::{Quantite, calculer};
use super::part::{Enfant, Part, termes};
use super::raison::Sujet;
use super::regle::Regle;
use super::rendu::Verdict;
use crate::model::candidat::Decide;

/// What a level's rule makes of what is below it, and what it gives to what is above.
pub(super) fn judged(regle: &Regle, part: Part, sujet: Sujet, decided: Option<(usize, Decide)>) -> (Verdict, Part) {
    let Part { enfants, eliminatoires } = part;
    let worth = |decided: Option<Decide>| match (decided, regle.calcul) {
        (Some(Decide::Mesure(mesure)), _) => (Quantite::Connue(mesure), false),
        (_, Some(calcul)) => calculer(calcul, regle.arrondi, termes(&enfants)),
        (_, None) => (Quantite::Aucune, false),
    };
    let judge = |decided: Option<Decide>| {
        let worth = worth(decided);
        let en_cours = decided.is_none() && enfants.iter().any(|enfant| enfant.en_cours);
        let (etat, raisons) = match (decided, regle.validation) {
            (Some(Decide::Issue(favorable)), _) => (Some(Etat::Rendu { favorable, nom: None }), Vec::new()),
            (Some(Decide::Nommee(at)), Some(validation)) => {
                let issue = &validation.issues[at];
                (Some(Etat::Rendu { favorable: issue.favorable, nom: issue.nom.clone() }), Vec::new())
            }
            (_, None) => (None, Vec::new()),
            (_, Some(_)) if en_cours => (Some(Etat::EnCours), Vec::new()),
            (_, Some(validation)) => {
                let (etat, raisons) = juger(validation, worth, &enfants, &eliminatoires);
                (Some(etat), raisons)
            }
        };
        (worth, en_cours, etat, raisons)
    };
    let ((valeur, partiel), en_cours, etat, raisons) = judge(decided.map(|(_, decide)| decide));
    let counts = enfants.iter().any(|enfant| enfant.compte) || decided.is_some();
    // A bloc that nobody can judge stays open for the whole, even if nothing in it counts.
    let judged = matches!(sujet, Sujet::Bloc(_)) && etat.is_some();
    let raison = raisons.iter().find(|raison| raison.decide).cloned();
    let acquis = etat.as_ref().map_or(Tenue::Indeterminee, Etat::acquis);
    let own = Enfant {
        sujet,
        poids: Decimal::ONE,
        en_cours,
        compte: counts || en_cours || judged,
        acquis,
        valeur: if counts { valeur } else { Quantite::Vide },
        partiel,
        etat: etat.clone(),
        raison,
    };
    let valeur = if en_cours { Quantite::Indeterminee } else { valeur };
    let verdict = Verdict { valeur, etat, raisons, decision: decided.map(|(i, _)| i) };
    // Where nothing is judged, what must be reached is asked further up.
    let eliminatoires = if regle.validation.is_some() { Vec::new() } else { eliminatoires };
    (verdict, Part { enfants: vec![own], eliminatoires })
}
