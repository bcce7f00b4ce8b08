//! Every compétence has a result from every évaluateur.

use super::consensus;
use super::rule::{Manque, OfBloc};
use crate::model::noeud::Item;

pub(crate) static RULE: OfBloc = OfBloc::wanting("resultats", |bloc, evaluation| {
    let items = bloc.items();
    let missing = |item: &&Item| {
        // Where they disagree, their accord is missing.
        evaluation.resultat(item).is_none_or(|r| !r.complet() && !consensus::desaccord(bloc, r))
    };
    let noms: Vec<String> = items.iter().filter(missing).map(|item| item.cle.clone()).collect();
    let (n, total) = (noms.len(), items.len());
    let (shown, there) = (noms.join(", "), total - n);
    let s = if n > 1 { "s" } else { "" };
    let named = if n <= 2 && there > 0 { format!(" (manque {shown})") } else { String::new() };
    let phrase = format!("{n} résultat{s} sur {total} ({shown})");
    let bref = format!("résultats {there}/{total}{named}");
    (n > 0).then(|| Manque { n, total, noms, phrase, bref, ..Manque::default() })
});
