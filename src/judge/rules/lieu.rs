//! The place of an evaluation is written.

use super::rule::{Manque, OfBloc};

pub static RULE: OfBloc = OfBloc {
    code: "lieu",
    contradictions: None,
    manque: Some(|_, evaluation| Manque::of(evaluation.lieu.is_none(), "le lieu", "lieu")),
};
