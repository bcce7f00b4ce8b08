//! Something is written of a bloc that is presented, and of the sheet of the whole, which has words of its own.

use super::rule::{Manque, OfBloc};
use crate::model::candidat::Evaluation;
use crate::model::referentiel::Bloc;

pub(crate) static RULE: OfBloc =
    OfBloc::wanting("evaluation", |bloc, evaluation| manque(bloc, evaluation).filter(|_| !bloc.ensemble));

pub(crate) static ENSEMBLE: OfBloc =
    OfBloc::wanting("evaluation_ensemble", |bloc, evaluation| manque(bloc, evaluation).filter(|_| bloc.ensemble));

fn manque(bloc: &Bloc, evaluation: &Evaluation) -> Option<Manque> {
    let n = bloc.items().len();
    let manque = Manque::of(evaluation.is_blank(), "toute l'évaluation", "toute l'évaluation")?;
    Some(Manque { n, total: n, ..manque })
}
