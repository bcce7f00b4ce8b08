//! « Activités exercées ou formation suivie » is answered.

use super::rule::{Manque, OfBloc};

pub(crate) static RULE: OfBloc = OfBloc::wanting("activites_exercees", |bloc, evaluation| {
    Manque::of(
        bloc.regles.oui(RULE.code) && evaluation.activites_exercees.is_none(),
        "la réponse « activités exercées ou formation suivie » (activites_exercees)",
        "activités exercées",
    )
});
