//! An evaluation takes no more than so many days.

use super::rule::OfBloc;
use crate::ground::diagnostic::{Code, Diagnostic};

pub(crate) static RULE: OfBloc = OfBloc {
    code: "duree_max_jours",
    contradictions: Some(|bloc, evaluation, diagnostics| {
        let (Some(dates), Some((_, most))) = (&evaluation.dates, bloc.regles.bornes(RULE.code)) else { return };
        let days = dates.days();
        // Dates in the wrong order are told by their own rule.
        if days >= 1 && i64::from(days) > i64::from(most) {
            let message = format!("l'évaluation dure {days} jours, les modalités en permettent {most} au plus");
            let diagnostic = Diagnostic::new(Code::EvaluationTropLongue, dates.au.span, message)
                .label(format!("{days} jours, premier et dernier compris"))
                .related(dates.du.span, "début");
            diagnostics
                .push(diagnostic.help("corrigez les dates : la règle est dans le bloc, clé « duree_max_jours »"));
        }
    }),
    manque: None,
};
