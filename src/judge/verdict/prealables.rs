//! What must come before: a bloc that is acquired, a paper that was brought. A bloc is closed only once what it waits for is
//! refused; as long as that is open it may be filled, and stays under way.

use super::etat::Tenue;
use super::raison::Raison;
use crate::model::calcul::{Exige, Pour, Prealable};

/// Whether something may be judged.
pub(super) enum Acces {
    Ouvert,
    Attend(Vec<Raison>),
    Ferme(Vec<Raison>),
}

/// What follows from all that comes before, each with how it came out.
pub(super) fn acces(all: Vec<Raison>) -> Acces {
    let told = |tenue: Tenue| {
        let own = all.iter().filter(|raison| raison.tenue == tenue);
        let mut told = own.map(|raison| Raison { decide: true, ..raison.clone() }).collect::<Vec<_>>();
        // Two gates may ask for the same.
        told.dedup();
        told
    };
    match (told(Tenue::Manquee), told(Tenue::Indeterminee)) {
        (open, refused) if open.is_empty() && refused.is_empty() => Acces::Ouvert,
        (refused, _) if !refused.is_empty() => Acces::Ferme(refused),
        (_, open) => Acces::Attend(open),
    }
}

/// Whether a bloc waits for this; none waits for itself.
pub(crate) fn attend(prealable: &Prealable, bloc: usize) -> bool {
    prealable.exige != Exige::Bloc(bloc)
        && match &prealable.pour {
            Pour::Tous => true,
            Pour::Blocs(all) => all.contains(&bloc),
            Pour::Ensemble => false,
        }
}
