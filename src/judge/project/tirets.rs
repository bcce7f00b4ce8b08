//! A dash alone in a fiche that cannot be read: YAML takes it for a list, but it may be the code of a level. Which file
//! names which référentiel cannot be told then, so the levels of all are asked. What else is wrong is left as it was said.

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{Sources, Span};
use crate::model::referentiel::Referentiel;

/// Says of each dash how the level is written whose code it is.
pub(super) fn tirets(referentiels: &[Referentiel], sources: &Sources, diagnostics: &mut Diagnostics) {
    let alone = |d: &Diagnostic| {
        let written = |span: Span| &sources.text(span.source)[span.range()] == "-";
        d.code == Code::YamlSigneReserve && d.span().is_some_and(written)
    };
    let niveaux = || {
        let blocs = referentiels.iter().flat_map(|r| &r.blocs);
        let all = blocs.flat_map(|bloc| bloc.situations.echelles().map(|(_, own)| own).chain([&bloc.forme.echelle]));
        all.flat_map(|echelle| echelle.niveaux()).filter(|niveau| niveau.code == "-")
    };
    diagnostics.amend(|diagnostic| {
        // Few are, and the levels of all référentiels are many.
        if !alone(&diagnostic) {
            return diagnostic;
        }
        let Some(niveau) = niveaux().next() else { return diagnostic };
        let help = format!("pour le niveau, écrivez \"-\" entre guillemets, ou son identifiant, « {} »", niveau.id);
        diagnostic
            .label("lu comme le début d'une liste")
            .help(help + " ; s'il n'y a rien à dire, laissez la valeur vide")
            .uncorrected()
    });
}
