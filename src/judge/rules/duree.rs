//! How long an evaluation took is written, where it is asked for.

use super::obligatoires::demande;
use super::rule::{Manque, OfBloc};

pub(crate) static RULE: OfBloc = OfBloc::wanting("duree", |bloc, evaluation| {
    Manque::of(demande(bloc, RULE.code) && evaluation.duree.is_none(), "la durée", "durée")
});
