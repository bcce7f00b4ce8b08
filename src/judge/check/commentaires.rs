//! Comments against one another: the same for two candidats, or naming somebody else than whom they are about.

use std::collections::HashMap;

use rayon::prelude::*;

use super::noms::Noms;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold::slug;
use crate::ground::source::{SourceId, Sources, Span};
use crate::model::candidat::Candidat;
use crate::model::prose::words;

/// « Rien à signaler » and the like are the same by nature: only longer comments are compared, in letters.
const SHORT: usize = 40;

/// Looks at the comments of all candidats. `textes` are the files of the référentiels: words that they use are words.
pub(crate) fn commentaires(
    candidats: &[&Candidat],
    textes: &[SourceId],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    identiques(candidats, diagnostics);
    let comments = candidats.iter().flat_map(|candidat| candidat.commentaires());
    let comments = comments.map(|span| &sources.text(span.source)[span.range()]);
    let all: Vec<&str> = comments.chain(textes.iter().map(|id| sources.text(*id))).collect();
    Noms::new(candidats, &all).check(candidats, sources, diagnostics);
}

fn identiques(candidats: &[&Candidat], diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<String, (usize, Span)> = HashMap::new();
    let said = |candidat: &&Candidat| -> Vec<(Span, String)> {
        let evaluations = candidat.blocs.iter().map(|bloc| &bloc.evaluation);
        evaluations.filter_map(|e| Some((e.texte?, slug(&words(&e.commentaires))))).collect()
    };
    let all: Vec<_> = candidats.par_iter().map(said).collect();
    for (i, comments) in all.into_iter().enumerate() {
        for (span, words) in comments.into_iter().filter(|(_, words)| words.len() >= SHORT) {
            let (first, place) = *seen.entry(words).or_insert((i, span));
            if first == i {
                continue;
            }
            let message = format!("ce commentaire est mot pour mot celui de {}", candidats[first].nom_complet());
            let diagnostic = Diagnostic::new(Code::CommentairesIdentiques, span, message).label("le même");
            diagnostics.push(diagnostic.related(place, "déjà ici").help("dites ce qui a été observé chez ce candidat"));
        }
    }
}
