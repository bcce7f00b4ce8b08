//! Whether what must come before can: no bloc waits for itself, and of one that others wait for somebody says when it is
//! acquired.

use std::collections::BTreeSet;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::judge::verdict::prealables::attend;
use crate::judge::verdict::regle::{self, ReglesDeBloc};
use crate::model::calcul::{Exige, Pour};
use crate::model::forme::Etage;
use crate::model::referentiel::Referentiel;

pub(super) fn prealables(referentiel: &Referentiel, d: &mut Diagnostics) {
    let whole = regle::ensemble(referentiel).is_some_and(|regle| regle.validation.is_some());
    for prealable in referentiel.prealables.iter().filter(|prealable| prealable.pour == Pour::Ensemble && !whole) {
        let message = "ce préalable est pour l'ensemble, et rien ne dit quand celui-ci est acquis";
        let help = "ajoutez sous « regles » une « validation » : { ensemble: { acquis: tous } }";
        d.push(Diagnostic::new(Code::PrealableMalEcrit, prealable.span, message).help(help));
    }
    for prealable in &referentiel.prealables {
        let Exige::Bloc(bloc) = prealable.exige else { continue };
        let own = &referentiel.blocs[bloc];
        if prealable.pour == Pour::Blocs(vec![bloc]) {
            let message = format!("le bloc « {} » s'attend lui-même", own.id);
            let help = "nommez sous « pour » les blocs qui l'attendent";
            d.push(Diagnostic::new(Code::PrealableMalEcrit, prealable.span, message).help(help));
        }
        let regle = ReglesDeBloc::of(own, referentiel).get(Etage::Bloc);
        if regle.is_none_or(|regle| regle.validation.is_none()) {
            let message = format!("rien ne dit quand le bloc « {} » est acquis", own.id);
            let help =
                "ajoutez sous « regles » une « validation » : { bloc: { acquis: tous } }, ou { bloc: { seuil: 10 } }";
            d.push(Diagnostic::new(Code::PrealableMalEcrit, prealable.span, message).help(help));
        }
    }
    let mut told = BTreeSet::new();
    for start in 0..referentiel.blocs.len() {
        let Some(circle) = circle(start, vec![start], &mut BTreeSet::new(), referentiel) else { continue };
        // A circle is told once, of the first bloc that it leads through.
        if circle.iter().any(|bloc| told.contains(bloc)) {
            continue;
        }
        told.extend(circle.iter().copied());
        let ids: Vec<&str> = circle.iter().map(|bloc| referentiel.blocs[*bloc].id.as_str()).collect();
        let message = format!("le bloc « {} » s'attend lui-même : {}", ids[0], ids.join(" → "));
        let place = referentiel.prealables.iter().find(|p| attend(p, start) && p.exige == Exige::Bloc(circle[1]));
        if let Some(place) = place {
            let help = "supprimez l'un de ces préalables";
            d.push(Diagnostic::new(Code::PrealableMalEcrit, place.span, message).help(help));
        }
    }
}

/// The way from a bloc over what it waits for, back to itself. What was looked at without finding it is in `seen`.
fn circle(start: usize, way: Vec<usize>, seen: &mut BTreeSet<usize>, referentiel: &Referentiel) -> Option<Vec<usize>> {
    let last = way[way.len() - 1];
    let awaited = referentiel.prealables.iter().filter(|p| attend(p, last));
    for prealable in awaited {
        let Exige::Bloc(next) = prealable.exige else { continue };
        let on = || [way.as_slice(), &[next]].concat();
        if next == start {
            return Some(on());
        }
        if seen.insert(next)
            && let Some(found) = circle(start, on(), seen, referentiel)
        {
            return Some(found);
        }
    }
    None
}
