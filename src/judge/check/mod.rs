//! Judges linked candidats by the rules of their référentiel: contradictions are errors, what is missing is a
//! note, and the state of the livret follows from both. Advises on what is neither, but worth a look: in référentiels,
//! in comments, in how files are typed.

mod bilan;
mod calendrier;
mod commentaires;
mod doublons;
mod evaluation;
mod libelles;
mod noms;
mod referentiel;
mod regles;
mod textes;
mod titres;

pub use bilan::{Bilan, Etat, Manque, avis_separes, textes as textes_a_remplacer};
pub use commentaires::commentaires;
pub use doublons::doublons;
pub use libelles::libelles;
pub use referentiel::referentiel;
pub use textes::textes;
pub use titres::{citations, versions};

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::candidat::Candidat;
use crate::model::referentiel::Referentiel;

/// The state of a candidat's livret. `None` if its evaluation contradicts itself, or if `diagnostics`, those of its
/// file alone, hold an error already: what is missing cannot be told then.
pub fn candidat(candidat: &Candidat, referentiel: &Referentiel, diagnostics: &mut Diagnostics) -> Option<Bilan> {
    regles::contradictions(candidat, referentiel, diagnostics);
    evaluation::faits(candidat, referentiel, diagnostics);
    if diagnostics.errors() > 0 {
        return None;
    }
    let bilan = bilan::bilan(candidat, referentiel);
    evaluation::commentaires(candidat, referentiel, &bilan, diagnostics);
    for (manques, span) in bilan.notes(candidat) {
        let bloc = manques[0].bloc.map(|numero| format!(", bloc {numero}")).unwrap_or_default();
        let phrases: Vec<String> = manques.iter().map(Manque::phrase).collect();
        let whose = candidat.nom_complet();
        diagnostics.push(Diagnostic::new(
            Code::ACompleter,
            span,
            format!("{whose}{bloc} : il manque {}", phrases.join(", ")),
        ));
    }
    Some(bilan)
}
