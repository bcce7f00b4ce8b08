//! What a branche should know of its own text: printed as it stands, reported as a warning.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::referentiel::{Bloc, Competence, Referentiel};
use crate::parse::slug;
use crate::source::Span;

/// Warns of compétences that are repeated, without critères, or whose only critère reads like a compétence.
pub fn referentiel(referentiel: &Referentiel, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for competence in referentiel.blocs.iter().flat_map(Bloc::competences) {
        if let Some(first) = seen.insert(slug(&competence.titre), competence.id.span) {
            diagnostics.push(
                Diagnostic::new(
                    Code::CompetenceRepetee,
                    competence.id.span,
                    "cette compétence en répète une autre du même référentiel",
                )
                .label("la même que plus haut")
                .related(first, "déjà ici")
                .help("imprimée telle quelle ; la branche décide de son texte"),
            );
        }
        criteres(competence, diagnostics);
    }
}

fn criteres(competence: &Competence, diagnostics: &mut Diagnostics) {
    match competence.criteres.as_slice() {
        [] => diagnostics.push(
            Diagnostic::new(
                Code::CompetenceSansCritere,
                competence.id.span,
                "cette compétence n'a aucun critère d'évaluation",
            )
            .help("ajoutez ses critères sous le titre"),
        ),
        [only] if starts_with_infinitive(&only.html) => diagnostics.push(
            Diagnostic::new(
                Code::CritereCommeCompetence,
                first_words(only.span),
                "le seul critère de cette compétence se lit comme une compétence",
            )
            .label("commence par un verbe à l'infinitif")
            .related(competence.id.span, "la compétence")
            .help("imprimé tel quel ; la branche décide de son texte"),
        ),
        _ => {}
    }
}

/// Compétences start with a verb in the infinitive, critères say what is observed.
fn starts_with_infinitive(html: &str) -> bool {
    let first: String = html.chars().take_while(|c| c.is_alphabetic()).collect();
    first.chars().count() > 4 && ["er", "ir", "re"].iter().any(|end| first.ends_with(end))
}

/// The start of a long text is enough to point at.
fn first_words(span: Span) -> Span {
    Span { end: span.end.min(span.start + 9), ..span }
}
