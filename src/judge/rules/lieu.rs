//! The place of an evaluation is written.

use super::rule::{Manque, OfBloc};

pub(crate) static RULE: OfBloc =
    OfBloc::wanting("lieu", |_, evaluation| Manque::of(evaluation.lieu.is_none(), "le lieu", "lieu"));
