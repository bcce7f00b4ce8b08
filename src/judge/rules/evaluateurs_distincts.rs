//! Évaluateurs are different persons, and none of them the candidat. Where no bloc asks for it, the last is advice.

use super::rule::OfLivret;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::personnes::{name, personne};
use crate::model::candidat::{Candidat, Evaluateur};

pub(crate) static RULE: OfLivret = OfLivret {
    code: "evaluateurs_distincts",
    contradictions: Some(|referentiel, candidat, diagnostics| {
        let asked = candidat.blocs.iter().any(|b| referentiel.blocs[b.bloc].regles.oui(RULE.code));
        for named in candidat.evaluateurs() {
            let named: Vec<&Evaluateur> = named.collect();
            un_groupe(&named, candidat, asked, diagnostics);
        }
    }),
    manque: None,
};

/// The évaluateurs of one evaluation, or of the whole livret.
fn un_groupe(named: &[&Evaluateur], candidat: &Candidat, asked: bool, diagnostics: &mut Diagnostics) {
    for (i, evaluateur) in named.iter().enumerate() {
        let Evaluateur { nom, .. } = evaluateur;
        let same = named[..i].iter().find(|e| personne(&e.nom.value) == personne(&nom.value));
        if let Some(first) = same.filter(|_| asked) {
            let message = format!("« {} » est évaluateur deux fois", nom.value);
            let diagnostic = Diagnostic::new(Code::EvaluateurEnDouble, nom.span, message).repeats(first.nom.span);
            diagnostics.push(diagnostic.help("les évaluateurs doivent être des personnes différentes"));
        }
        if est_le_candidat(evaluateur, candidat) {
            let (code, more) = match asked {
                true => (Code::EvaluateurEstCandidat, ""),
                false => (Code::PropreEvaluateur, " ; le référentiel peut l'interdire : evaluateurs_distincts: oui"),
            };
            let diagnostic = Diagnostic::new(code, nom.span, "le candidat est son propre évaluateur");
            diagnostics.push(diagnostic.help(format!("nommez la personne qui l'a évalué{more}")));
        }
    }
}

/// Whether an évaluateur has the candidat's name, in either order.
fn est_le_candidat(evaluateur: &Evaluateur, candidat: &Candidat) -> bool {
    let orders = [candidat.nom_complet(), format!("{} {}", candidat.nom, candidat.prenom)];
    orders.iter().any(|own| name(own) == personne(&evaluateur.nom.value))
}
