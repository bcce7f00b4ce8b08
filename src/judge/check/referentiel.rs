//! What a branche should know of its own text: printed as it stands, reported as a warning.

use std::collections::BTreeMap;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold::slug;
use crate::ground::source::Span;
use crate::model::prose::words;
use crate::model::referentiel::{Bloc, Critere, Noeud, Referentiel};

const SON_TEXTE: &str = "la branche décide de son texte";

/// Warns of compétences that are repeated or without critères, and of critères that are repeated or read like a
/// compétence.
pub fn referentiel(referentiel: &Referentiel, diagnostics: &mut Diagnostics) {
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
                diagnostics.push(
                    Diagnostic::new(Code::CompetenceRepetee, competence.id_span(), message)
                        .label("la même que plus haut")
                        .related(span, "déjà ici")
                        .help(format!("imprimée telle quelle ; {SON_TEXTE}")),
                );
            }
            criteres(competence, diagnostics);
        }
    }
}

/// Once a file: whoever mends the first sees the others.
fn a_remplacer(referentiel: &Referentiel, diagnostics: &mut Diagnostics) {
    for lines in referentiel.a_remplacer.chunk_by(|a, b| a.source == b.source) {
        let mut diagnostic =
            Diagnostic::new(Code::TexteARemplacer, lines[0], "ce texte est celui que « livret new » a écrit")
                .label("à remplacer")
                .help("écrivez le vôtre ; jusque-là, les livrets sont imprimés PROVISOIRE");
        for line in &lines[1..] {
            diagnostic = diagnostic.related(*line, "de même");
        }
        diagnostics.push(diagnostic);
    }
}

fn criteres(competence: &Noeud, diagnostics: &mut Diagnostics) {
    if competence.criteres.is_empty() {
        diagnostics.push(
            Diagnostic::new(
                Code::CompetenceSansCritere,
                competence.id_span(),
                "cette compétence n'a aucun critère d'évaluation",
            )
            .help("ajoutez ses critères sous le titre"),
        );
    }
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for critere in &competence.criteres {
        let texte = words(&critere.contenu);
        if let Some(first) = seen.insert(slug(&texte), critere.span) {
            diagnostics.push(
                Diagnostic::new(
                    Code::CritereRepete,
                    first_words(critere.span),
                    "ce critère en répète un autre de la même compétence",
                )
                .label("le même que plus haut")
                .related(first_words(first), "déjà ici")
                .help(format!("imprimé tel quel ; {SON_TEXTE}")),
            );
        }
        if starts_with_infinitive(&texte) {
            diagnostics.push(comme_competence(critere, competence));
        }
    }
}

fn comme_competence(critere: &Critere, competence: &Noeud) -> Diagnostic {
    let message = match competence.criteres.len() {
        1 => "le seul critère de cette compétence se lit comme une compétence",
        _ => "ce critère se lit comme une compétence",
    };
    Diagnostic::new(Code::CritereCommeCompetence, first_words(critere.span), message)
        .label("commence par un verbe à l'infinitif")
        .related(competence.id_span(), "la compétence")
        .help(format!("imprimé tel quel ; {SON_TEXTE}"))
}

/// Words that critères start with and that only look like infinitives.
const PAS_DES_VERBES: &[&str] = &[
    "premier",
    "dernier",
    "dossier",
    "courrier",
    "papier",
    "calendrier",
    "particulier",
    "métier",
    "atelier",
    "cahier",
    "fichier",
    "panier",
    "quartier",
    "chantier",
    "financier",
    "régulier",
    "entier",
    "contre",
    "entre",
    "outre",
    "votre",
    "notre",
    "lettre",
    "cadre",
    "offre",
    "ordre",
    "membre",
    "nombre",
    "titre",
    "registre",
    "autre",
    "centre",
    "genre",
    "chiffre",
    "filtre",
    "avenir",
    "loisir",
    "désir",
    "plaisir",
    "moindre",
    "souvenir",
];

/// Compétences start with a verb in the infinitive, critères say what is observed.
fn starts_with_infinitive(text: &str) -> bool {
    let first: String = text.chars().take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| first.ends_with(end));
    // Of the words in -re those in -ure, -ère, -oire and -aire are mostly none: « posture », « manière », « mémoire ».
    let infinitive = ends(&["er", "ir"])
        || (ends(&["dre", "tre", "ire", "vre", "pre", "clure"]) && !ends(&["aire", "oire"]))
        || first == "faire";
    first.chars().count() > 4 && infinitive && !PAS_DES_VERBES.contains(&first.as_str())
}

/// The start of a long text is enough to point at.
fn first_words(span: Span) -> Span {
    Span { end: span.end.min(span.start + 9), ..span }
}

#[cfg(test)]
mod tests {
    use super::starts_with_infinitive;

    #[test]
    fn infinitives_are_known_from_words_that_only_look_like_them() {
        for verb in [
            "Adapter sa posture",
            "Accueillir",
            "Transmettre la réponse",
            "Conduire",
            "Faire preuve",
            "Conclure",
            "Répondre",
            "Suivre",
            "Connaître l’offre",
            "Élargir",
        ] {
            assert!(starts_with_infinitive(verb), "{verb}");
        }
        for other in [
            "La posture",
            "Posture adaptée",
            "Leur",
            "Premier niveau",
            "Dossier complet",
            "Lettre",
            "Manière",
            "Mémoire",
            "Hier",
            "Mesure",
            "Inventaire",
            "<em>x</em>",
            "",
        ] {
            assert!(!starts_with_infinitive(other), "{other}");
        }
    }
}
