//! The number of entretiens is written, and one that the modalités permit.

use super::rule::{Manque, OfBloc};
use crate::ground::diagnostic::{Code, Diagnostic};

pub(crate) static RULE: OfBloc = OfBloc {
    code: "entretiens",
    contradictions: Some(|bloc, evaluation, diagnostics| {
        let (Some(written), Some((min, max))) = (&evaluation.entretiens, bloc.regles.bornes(RULE.code)) else { return };
        let n = written.value;
        if (min..=max).contains(&n) {
            return;
        }
        let expected = if min == max { format!("{min}") } else { format!("de {min} à {max}") };
        let s = if n > 1 { "s" } else { "" };
        let message = format!("{n} entretien{s}, les modalités en demandent {expected}");
        let label = format!("attendu : {expected}");
        let diagnostic = Diagnostic::new(Code::NombreDEntretiens, written.span, message).label(label);
        diagnostics.push(diagnostic.help("corrigez le nombre : la règle est dans le bloc, clé « entretiens »"));
    }),
    manque: Some(|bloc, evaluation| {
        let missing = bloc.regles.bornes(RULE.code).is_some() && evaluation.entretiens.is_none();
        Manque::of(missing, "le nombre d'entretiens", "entretiens")
    }),
};
