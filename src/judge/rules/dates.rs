//! The first and the last day of an evaluation are written where they are asked for, in this order.

use super::obligatoires::demande;
use super::rule::{Manque, OfBloc};
use crate::ground::diagnostic::{Code, Diagnostic};

pub(crate) static RULE: OfBloc = OfBloc {
    code: "dates",
    contradictions: Some(|_, evaluation, diagnostics| {
        if let Some(dates) = &evaluation.dates
            && dates.days() < 1
        {
            diagnostics.push(
                Diagnostic::new(Code::DatesInversees, dates.au.span, "l'évaluation finit avant d'avoir commencé")
                    .label("avant la date de début")
                    .related(dates.du.span, "début")
                    .help("échangez les deux dates, ou corrigez l'une d'elles"),
            );
        }
    }),
    manque: Some(|bloc, evaluation| {
        Manque::of(demande(bloc, RULE.code) && evaluation.dates.is_none(), "les dates", "dates")
    }),
};
