//! The place of an evaluation is written, where it is asked for.

use super::obligatoires::demande;
use super::rule::{Manque, OfBloc};

pub(crate) static RULE: OfBloc = OfBloc::wanting("lieu", |bloc, evaluation| {
    Manque::of(demande(bloc, RULE.code) && evaluation.lieu.is_none(), "le lieu", "lieu")
});
