//! Judges linked candidats by the rules of their référentiel: contradictions are errors, what is missing is a
//! note, and the state of the livret follows from both. Advises on what is neither, but worth a look: in référentiels,
//! in comments, in how files are typed.

mod bilan;
mod calculs;
mod calendrier;
mod commentaires;
mod decisions;
mod doublons;
mod evaluation;
mod libelles;
mod noms;
mod poids;
mod prealables;
mod referentiel;
mod textes;
mod titres;

pub(crate) use bilan::{Bilan, BilanBloc, Etat};
pub(crate) use commentaires::commentaires;
pub(crate) use doublons::doublons;
pub(crate) use libelles::libelles;
pub(crate) use referentiel::referentiel;
pub(crate) use textes::textes;
pub(crate) use titres::{citations, versions};

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::judge::{rules, verdict};
use crate::model::candidat::Candidat;
use crate::model::referentiel::Referentiel;

/// Whether what a référentiel asks for can be calculated at all; where not, nothing is printed of it.
pub(crate) fn regles(referentiel: &Referentiel, diagnostics: &mut Diagnostics) {
    poids::poids(referentiel, diagnostics);
    prealables::prealables(referentiel, diagnostics);
    calculs::calculs(referentiel, diagnostics);
}

/// The state of a candidat's livret. `None` if its evaluation contradicts itself, or if `diagnostics`, those of its
/// file alone, hold an error already: what is missing cannot be told then.
pub(crate) fn candidat(candidat: &Candidat, referentiel: &Referentiel, diagnostics: &mut Diagnostics) -> Option<Bilan> {
    for presented in &candidat.blocs {
        let bloc = &referentiel.blocs[presented.bloc];
        rules::BLOC.iter().for_each(|rule| rule.contradictions(bloc, &presented.evaluation, diagnostics));
        evaluation::jours(presented, diagnostics);
    }
    rules::LIVRET.iter().for_each(|rule| rule.contradictions(referentiel, candidat, diagnostics));
    let verdicts = verdict::verdicts(candidat, referentiel);
    decisions::contradictions(candidat, referentiel, &verdicts, diagnostics);
    if diagnostics.errors() > 0 {
        return None;
    }
    let bilan = bilan::bilan(candidat, verdicts, referentiel);
    decisions::sans_effet(candidat, &bilan, diagnostics);
    evaluation::commentaires(candidat, referentiel, &bilan, diagnostics);
    for (manques, span) in bilan.notes(candidat) {
        let sheet = manques[0].sheet();
        let bloc = if sheet.is_empty() { sheet } else { format!(", {sheet}") };
        let phrases: Vec<&str> = manques.iter().map(|manque| manque.phrase.as_str()).collect();
        let message = format!("{}{bloc} : il manque {}", candidat.nom_complet(), phrases.join(", "));
        diagnostics.push(Diagnostic::new(Code::ACompleter, span, message));
    }
    diagnostics.extend(bilan.verdict(candidat, referentiel));
    Some(bilan)
}
