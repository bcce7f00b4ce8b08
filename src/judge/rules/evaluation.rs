//! Something is written of a bloc that is presented.

use super::rule::{Manque, OfBloc};

pub(crate) static RULE: OfBloc = OfBloc::wanting("evaluation", |bloc, evaluation| {
    let n = bloc.items().len();
    let manque = Manque::of(evaluation.is_blank(), "toute l'évaluation", "toute l'évaluation")?;
    Some(Manque { n, total: n, ..manque })
});
