//! A bloc has comments.

use super::rule::{Manque, OfBloc};
use crate::model::referentiel::Bloc;

pub(crate) static RULE: OfBloc = OfBloc::wanting("commentaires", |bloc, evaluation| {
    let missing = obligatoires(bloc) && !evaluation.commente;
    Manque::of(missing, "les commentaires (obligatoires)", "commentaires")
});

pub(crate) fn obligatoires(bloc: &Bloc) -> bool {
    bloc.regles.dit(RULE.code, "obligatoires")
}
