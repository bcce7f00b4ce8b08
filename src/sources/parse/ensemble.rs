//! The sheet of the whole: where a référentiel says `resultat_par: ensemble`, the one result of a certification stands
//! after all blocs, on a sheet that is evaluated, signed and printed as theirs are. It has no file, no grille and no
//! number; what it asks is what the référentiel asks of each bloc, but for what speaks of a bloc's activités.

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::model::forme::{ENSEMBLE, Etage, Forme, Situations};
use crate::model::referentiel::{Bloc, Regles, Suites};

/// Adds the sheet to the blocs of a référentiel whose forme asks for it.
pub(super) fn ajouter(blocs: &mut Vec<Bloc>, forme: &Forme, regles: &Regles, d: &mut Diagnostics) {
    let (Etage::Ensemble, Some(written)) = (forme.resultat_par, &forme.ecrit.resultat_par) else { return };
    for bloc in blocs.iter().filter(|bloc| fold::same(&bloc.id, ENSEMBLE)) {
        let message = "un bloc s'appelle « ensemble », comme la feuille qui porte le résultat de tous";
        let diagnostic = Diagnostic::new(Code::MotReserve, bloc.titre_span, message);
        let diagnostic = diagnostic.related(written.span, "le résultat est celui de l'ensemble");
        d.push(diagnostic.help("donnez un autre nom au fichier de ce bloc"));
    }
    let last = blocs.last().map_or(0, |bloc| bloc.numero);
    let mut regles = regles.clone();
    regles.demandes.remove("activites_exercees");
    blocs.push(Bloc {
        numero: last.saturating_add(1),
        ensemble: true,
        id: ENSEMBLE.to_owned(),
        code: None,
        titre: "Ensemble de la certification".to_owned(),
        titre_span: written.span,
        // A box alone needs no page.
        suites: Suites { grille: true, commentaires: true },
        regles,
        poids: None,
        compte: true,
        eliminatoire: None,
        sections: Vec::new(),
        forme: forme.clone(),
        situations: Situations::Une,
        noeuds: Vec::new(),
        fin: Vec::new(),
    });
}
