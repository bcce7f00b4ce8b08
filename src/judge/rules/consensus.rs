//! All évaluateurs agree on each result.

use super::rule::{Manque, OfBloc};
use crate::model::candidat::Resultat;
use crate::model::noeud::Item;
use crate::model::referentiel::Bloc;

pub(crate) static RULE: OfBloc = OfBloc::wanting("consensus", |bloc, evaluation| {
    let items = bloc.items();
    let apart = |item: &&Item| evaluation.resultat(item).is_some_and(|r| desaccord(bloc, r));
    let noms: Vec<String> = items.iter().filter(apart).map(|item| item.cle.clone()).collect();
    let (n, total, shown) = (noms.len(), items.len(), noms.join(", "));
    let (phrase, bref) = (format!("l'accord des évaluateurs ({shown})"), format!("accord sur {shown}"));
    (n > 0).then(|| Manque { n, total, noms, phrase, bref, ..Manque::default() })
});

/// Whether évaluateurs gave different levels where they must agree.
pub(crate) fn desaccord(bloc: &Bloc, resultat: &Resultat) -> bool {
    bloc.regles.oui(RULE.code) && resultat.desaccord()
}
