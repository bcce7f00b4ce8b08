//! What a branche should know of its own text: printed as it stands, reported as a warning.

use std::collections::BTreeMap;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold::slug;
use crate::ground::source::Span;
use crate::model::noeud::Noeud;
use crate::model::prose::words;
use crate::model::referentiel::{Bloc, Referentiel};

const SON_TEXTE: &str = "la branche décide de son texte";

/// Warns of compétences that are repeated or without critères, and of critères that are repeated.
pub(crate) fn referentiel(referentiel: &Referentiel, diagnostics: &mut Diagnostics) {
    a_remplacer(referentiel, diagnostics);
    let mut seen: BTreeMap<String, (&Bloc, Span)> = BTreeMap::new();
    for bloc in &referentiel.blocs {
        for competence in bloc.competences() {
            if let Some((first, span)) = seen.insert(slug(&competence.titre), (bloc, competence.id_span())) {
                let message = if first.numero == bloc.numero {
                    format!("cette compétence en répète une autre du bloc {}", bloc.numero)
                } else {
                    format!("cette compétence du bloc {} répète une compétence du bloc {}", bloc.numero, first.numero)
                };
                let diagnostic = Diagnostic::new(Code::CompetenceRepetee, competence.id_span(), message)
                    .label("la même que plus haut")
                    .related(span, "déjà ici");
                diagnostics.push(diagnostic.help(format!("imprimée telle quelle ; {SON_TEXTE}")));
            }
            criteres(competence, bloc, diagnostics);
        }
    }
}

/// Once a file: whoever mends the first sees the others.
fn a_remplacer(referentiel: &Referentiel, diagnostics: &mut Diagnostics) {
    for lines in referentiel.a_remplacer.chunk_by(|a, b| a.source == b.source) {
        let message = "ce texte est celui que « livret new » a écrit";
        let diagnostic = Diagnostic::new(Code::TexteARemplacer, lines[0], message)
            .label("à remplacer")
            .help("écrivez le vôtre ; jusque-là, les livrets sont imprimés PROVISOIRE");
        diagnostics.push(lines[1..].iter().fold(diagnostic, |diagnostic, line| diagnostic.related(*line, "de même")));
    }
}

fn criteres(competence: &Noeud, bloc: &Bloc, diagnostics: &mut Diagnostics) {
    // Other trees have critères of groups, in other columns, or none.
    if bloc.forme.is_officielle() && competence.cellules.is_empty() {
        let message = "cette compétence n'a aucun critère d'évaluation";
        let diagnostic = Diagnostic::new(Code::CompetenceSansCritere, competence.id_span(), message);
        diagnostics.push(diagnostic.help("ajoutez ses critères sous le titre"));
    }
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for critere in competence.criteres() {
        if let Some(first) = seen.insert(slug(&words(&critere.contenu)), critere.span) {
            let message = "ce critère en répète un autre de la même compétence";
            let diagnostic = Diagnostic::new(Code::CritereRepete, first_words(critere.span), message)
                .label("le même que plus haut")
                .related(first_words(first), "déjà ici");
            diagnostics.push(diagnostic.help(format!("imprimé tel quel ; {SON_TEXTE}")));
        }
    }
}

/// The start of a long text is enough to point at.
fn first_words(span: Span) -> Span {
    Span { end: span.end.min(span.start + 9), ..span }
}
