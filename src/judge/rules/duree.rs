//! How long an evaluation took is written.

use super::rule::{Manque, OfBloc};

pub static RULE: OfBloc = OfBloc {
    code: "duree",
    contradictions: None,
    manque: Some(|_, evaluation| Manque::of(evaluation.duree.is_none(), "la durée", "durée")),
};
