//! What people decided, held against what was evaluated: a decision comes after the evaluation, and changes something. And
//! blocs that are closed: nothing can be found there.

use super::bilan::Bilan;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::judge::verdict::{Avant, Etat, Quantite, Verdicts};
use crate::model::candidat::{Candidat, Decide, Decision, Sur};
use crate::model::referentiel::Referentiel;

/// Reports results of blocs that are closed, and decisions that are older than what they decide or than one before them.
pub(super) fn contradictions(candidat: &Candidat, referentiel: &Referentiel, verdicts: &Verdicts, d: &mut Diagnostics) {
    for presented in &candidat.blocs {
        let (Some(verdict), false) = (verdicts.ferme(presented.bloc), presented.evaluation.resultats.is_empty()) else {
            continue;
        };
        let why: Vec<String> = verdict.raisons().map(|raison| raison.phrase(referentiel, &|_| None)).collect();
        let id = &referentiel.blocs[presented.bloc].id;
        let message = format!("« {id} » a un résultat, mais n'est pas accessible : {}", why.join(" ; "));
        let diagnostic = Diagnostic::new(Code::BlocFerme, presented.evaluation.span, message);
        d.push(diagnostic.help("corrigez ce qu'il attend, ou supprimez ces résultats"));
    }
    for (i, decision) in candidat.decisions.iter().enumerate() {
        // The last one written holds: it must be the last one made.
        let mut before = candidat.decisions[..i].iter().filter(|other| other.sur == decision.sur);
        if let Some(other) = before.find(|other| other.le.value >= decision.le.value) {
            let message = "la même chose est déjà décidée, à cette date ou plus tard";
            let help =
                "écrivez les décisions de la plus ancienne à la plus récente ; d'un même jour, gardez celle qui vaut";
            let diagnostic = Diagnostic::new(Code::DecisionImpossible, decision.le.span, message);
            d.push(diagnostic.label("laquelle vaut ?").related(other.le.span, "décidée ici").help(help));
        }
        if let Sur::Bloc(bloc) | Sur::Item { bloc, .. } = &decision.sur
            && verdicts.ferme(*bloc).is_some()
        {
            let id = &referentiel.blocs[*bloc].id;
            let message = format!("« {id} » n'est pas accessible : cette décision n'y change rien");
            let help = format!("corrigez ce qu'il attend, ou décidez sur « {id} » : acquis, non acquis");
            d.push(Diagnostic::new(Code::DecisionImpossible, decision.span, message).help(help));
        }
        let about = |bloc: usize| match &decision.sur {
            Sur::Ensemble => true,
            Sur::Bloc(own) if referentiel.blocs[*own].ensemble => true,
            Sur::Bloc(own) | Sur::Item { bloc: own, .. } => *own == bloc,
        };
        let dates = candidat.blocs.iter().filter(|presented| about(presented.bloc));
        let last = dates.filter_map(|presented| presented.evaluation.dates.as_ref()).max_by_key(|dates| dates.au.value);
        if let Some(last) = last.filter(|dates| dates.au.value > decision.le.value) {
            let message = "la décision est d'avant l'évaluation";
            let diagnostic = Diagnostic::new(Code::DecisionImpossible, decision.le.span, message);
            d.push(diagnostic.related(last.au.span, "fin de l'évaluation").help("corrigez l'une des deux dates"));
        }
    }
}

/// Advises on decisions that change nothing.
pub(super) fn sans_effet(candidat: &Candidat, bilan: &Bilan, d: &mut Diagnostics) {
    for (decision, avant) in candidat.decisions.iter().zip(&bilan.verdicts.avant) {
        if is_same(decision, avant) {
            let message = format!("cette décision ne change rien : {} était déjà le résultat", decision.ecrit);
            let diagnostic = Diagnostic::new(Code::DecisionSansEffet, decision.span, message).label("sans effet");
            d.push(diagnostic.help("si elle est voulue, il n'y a rien à faire"));
        }
    }
}

fn is_same(decision: &Decision, avant: &Avant) -> bool {
    match (decision.resultat, avant) {
        (Decide::Valeur(decided), Avant::Resultat(before)) => decided == *before,
        (Decide::Mesure(decided), Avant::Verdict(Quantite::Connue(before), _)) => decided.valeur == before.valeur,
        (Decide::Issue(favorable), Avant::Verdict(_, Some(Etat::Rendu { favorable: before, .. }))) => {
            favorable == *before
        }
        _ => false,
    }
}
