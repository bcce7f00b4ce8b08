//! A level that has a rule: what it makes of what is below, and what it gives to what is above.

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
    let decide = decided.map(|(_, decide)| decide);
    let (valeur, partiel) = match (decide, regle.calcul) {
        (Some(Decide::Mesure(mesure)), _) => (Quantite::Connue(mesure), false),
        (_, Some(calcul)) => calculer(calcul, regle.arrondi, termes(&enfants)),
        (_, None) => (Quantite::Aucune, false),
    };
    let en_cours = decide.is_none() && enfants.iter().any(|enfant| enfant.en_cours);
    let rendu = |favorable, nom: Option<&String>| Some(Etat::Rendu { favorable, nom: nom.cloned() });
    let (etat, raisons) = match (decide, regle.validation) {
        (Some(Decide::Issue(favorable)), _) => (rendu(favorable, None), Vec::new()),
        (Some(Decide::Nommee(at)), Some(validation)) => {
            let issue = &validation.issues[at];
            (rendu(issue.favorable, issue.nom.as_ref()), Vec::new())
        }
        (_, None) => (None, Vec::new()),
        (_, Some(_)) if en_cours => (Some(Etat::EnCours), Vec::new()),
        (_, Some(validation)) => {
            let (etat, raisons) = juger(validation, (valeur, partiel), &enfants, &eliminatoires);
            (Some(etat), raisons)
        }
    };
    let counts = enfants.iter().any(|enfant| enfant.compte) || decide.is_some();
    // A bloc that nobody can judge stays open for the whole, even if nothing in it counts.
    let judged = matches!(sujet, Sujet::Bloc(_)) && etat.is_some();
    let raison = raisons.iter().find(|raison| raison.decide).cloned();
    let acquis = etat.as_ref().map_or(Tenue::Indeterminee, Etat::acquis);
    let own = Enfant {
        en_cours,
        compte: counts || en_cours || judged,
        acquis,
        valeur: if counts { valeur } else { Quantite::Vide },
        partiel,
        etat: etat.clone(),
        raison,
        ..Enfant::new(sujet)
    };
    let valeur = if en_cours { Quantite::Indeterminee } else { valeur };
    let verdict = Verdict { valeur, etat, raisons, decision: decided.map(|(i, _)| i) };
    // Where nothing is judged, what must be reached is asked further up.
    let eliminatoires = if regle.validation.is_some() { Vec::new() } else { eliminatoires };
    (verdict, Part { enfants: vec![own], eliminatoires })
}
