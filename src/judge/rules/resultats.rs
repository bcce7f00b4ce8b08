//! Every compétence has a result from every évaluateur.

use super::consensus;
use super::rule::{Manque, OfBloc};
use crate::model::referentiel::Noeud;

pub(crate) static RULE: OfBloc = OfBloc::wanting("resultats", |bloc, evaluation| {
    let missing = |c: &&Noeud| {
        // Where they disagree, their accord is missing.
        evaluation.resultat(c).is_none_or(|r| !r.complet() && !consensus::desaccord(bloc, r))
    };
    let noms: Vec<String> = bloc.competences().filter(missing).map(|c| c.id().to_owned()).collect();
    let (n, total) = (noms.len(), bloc.competences().count());
    let (shown, there) = (noms.join(", "), total - n);
    let s = if n > 1 { "s" } else { "" };
    let named = if n <= 2 && there > 0 { format!(" (manque {shown})") } else { String::new() };
    let phrase = format!("{n} résultat{s} sur {total} ({shown})");
    let bref = format!("résultats {there}/{total}{named}");
    (n > 0).then(|| Manque { n, total, noms, phrase, bref, ..Manque::default() })
});
