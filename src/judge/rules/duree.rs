//! How long an evaluation took is written.

use super::rule::{Manque, OfBloc};

pub(crate) static RULE: OfBloc =
    OfBloc::wanting("duree", |_, evaluation| Manque::of(evaluation.duree.is_none(), "la durée", "durée"));
