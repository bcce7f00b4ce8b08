//! What somebody should look at in an evaluation that contradicts nothing: days on which people hardly work, a
//! result that calls for a comment nobody wrote.

use super::bilan::{Bilan, Etat};
use super::calendrier::chome;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::Span;
use crate::ground::typographie::periode;
use crate::model::candidat::{BlocPresente, Candidat, Resultat};
use crate::model::forme::{Echelle, Niveau};
use crate::model::noeud::Item;
use crate::model::referentiel::Referentiel;

/// Days on which people hardly work.
pub(crate) fn jours(presented: &BlocPresente, diagnostics: &mut Diagnostics) {
    let Some(dates) = &presented.evaluation.dates else { return };
    let days = match dates.du.span == dates.au.span {
        true => vec![(&dates.du, "a lieu")],
        false => vec![(&dates.du, "commence"), (&dates.au, "finit")],
    };
    for (date, what) in days {
        let Some(why) = chome(date.value) else { continue };
        let day = periode(date.value, date.value);
        let message = format!("l'évaluation {what} {day}, qui est {why}");
        let diagnostic = Diagnostic::new(Code::JourChome, date.span, message).label("jour chômé");
        diagnostics.push(diagnostic.help("vérifiez la date ; si elle est juste, il n'y a rien à faire"));
    }
}

/// Blocs that are complete, have a result that calls for a comment, and have none.
pub(crate) fn commentaires(
    candidat: &Candidat,
    referentiel: &Referentiel,
    bilan: &Bilan,
    diagnostics: &mut Diagnostics,
) {
    for (presented, bilan) in candidat.blocs.iter().zip(&bilan.blocs) {
        let evaluation = &presented.evaluation;
        if bilan.etat != Etat::Pret || evaluation.commente {
            continue;
        }
        let bloc = &referentiel.blocs[presented.bloc];
        let called = |item: Item| appelle(evaluation.resultat(&item)?, presented.echelle(bloc));
        let called: Vec<(Span, &Niveau)> = bloc.items().into_iter().filter_map(called).collect();
        let [(first, niveau), others @ ..] = called.as_slice() else { continue };
        let message = format!("un résultat « {} » appelle un commentaire, et ce bloc n'en a aucun", niveau.id);
        let diagnostic = Diagnostic::new(Code::NiveauSansCommentaire, *first, message)
            .label("pourquoi ?")
            .related(evaluation.span, "dans ce bloc")
            .help(format!("écrivez sous « ## {} », à la suite de l'en-tête, ce qui a été observé", bloc.id));
        diagnostics.push(others.iter().fold(diagnostic, |d, (span, _)| d.related(*span, "et ici")));
    }
}

/// The place and the level of a result that calls for a comment.
fn appelle<'r>(resultat: &Resultat, echelle: &'r Echelle) -> Option<(Span, &'r Niveau)> {
    let niveau = &echelle.niveaux()[resultat.valeur()?.niveau()?];
    niveau.commentaire_attendu.then_some((resultat.span, niveau))
}
