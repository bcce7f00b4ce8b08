//! As many évaluateurs as the référentiel asks for are named.

use super::rule::{Manque, OfLivret};
use crate::model::candidat::Place;

pub(crate) static RULE: OfLivret = OfLivret::wanting("evaluateurs", |_, candidat| {
    // Those of each evaluation may be others.
    let shared = candidat.blocs.iter().any(|bloc| bloc.evaluation.evaluateurs.is_none());
    let own = candidat.blocs.iter().filter_map(|bloc| bloc.evaluation.evaluateurs.as_ref()).flatten();
    let places: Vec<&Place> = candidat.evaluateurs.iter().filter(|_| shared).chain(own).collect();
    let total = places.len();
    let named = places.iter().filter(|place| place.qui.is_some()).count();
    let n = total - named;
    let (phrase, bref) = match n {
        0 => return None,
        _ if named == 0 => ("les évaluateurs".to_owned(), "évaluateurs".to_owned()),
        1 => ("un évaluateur".to_owned(), format!("évaluateurs {named}/{total}")),
        _ => (format!("{n} évaluateurs sur {total}"), format!("évaluateurs {named}/{total}")),
    };
    Some(Manque { n, total, phrase, bref, ..Manque::default() })
});
