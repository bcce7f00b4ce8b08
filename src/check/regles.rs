//! What contradicts itself in an evaluation. Source of each rule: the référentiel's « mode d'emploi » and the
//! modalités of its blocs, given as data in `regles`.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::candidat::{BlocPresente, Candidat};
use crate::model::referentiel::{Referentiel, Regles};
use crate::parse::slug;

/// Reports every contradiction.
pub fn contradictions(candidat: &Candidat, referentiel: &Referentiel, diagnostics: &mut Diagnostics) {
    for presented in &candidat.blocs {
        let regles = &referentiel.blocs[presented.bloc].regles;
        dates(presented, regles, diagnostics);
        entretiens(presented, regles, diagnostics);
    }
    let distinct = candidat.blocs.iter().any(|b| referentiel.blocs[b.bloc].regles.evaluateurs_distincts);
    if distinct {
        evaluateurs(candidat, diagnostics);
    }
}

fn evaluateurs(candidat: &Candidat, diagnostics: &mut Diagnostics) {
    let named: Vec<_> = candidat.evaluateurs.iter().flatten().collect();
    for (i, evaluateur) in named.iter().enumerate() {
        let same = named[..i].iter().find(|e| slug(&e.nom.value) == slug(&evaluateur.nom.value));
        if let Some(first) = same {
            diagnostics.push(
                Diagnostic::error(
                    evaluateur.nom.span,
                    format!("« {} » est évaluateur deux fois", evaluateur.nom.value),
                )
                .label("deuxième fois")
                .related(first.nom.span, "première fois")
                .help("les évaluateurs doivent être des personnes différentes"),
            );
        }
        if slug(&evaluateur.nom.value) == slug(&candidat.nom_complet()) {
            diagnostics.push(
                Diagnostic::error(evaluateur.nom.span, "le candidat est son propre évaluateur")
                    .help("nommez la personne qui l'a évalué"),
            );
        }
    }
}

fn dates(presented: &BlocPresente, regles: &Regles, diagnostics: &mut Diagnostics) {
    let Some(dates) = &presented.evaluation.dates else {
        return;
    };
    let days = (dates.au.value - dates.du.value).get_days() + 1;
    if days < 1 {
        diagnostics.push(
            Diagnostic::error(dates.au.span, "l'évaluation finit avant d'avoir commencé")
                .label("avant la date de début")
                .related(dates.du.span, "début")
                .help("échangez les deux dates, ou corrigez l'une d'elles"),
        );
    } else if let Some(most) = regles.duree_max_jours
        && days > i32::try_from(most).unwrap_or(i32::MAX)
    {
        diagnostics.push(
            Diagnostic::error(
                dates.au.span,
                format!("l'évaluation dure {days} jours, les modalités en permettent {most} au plus"),
            )
            .label(format!("{days} jours après le début, premier jour compris"))
            .related(dates.du.span, "début")
            .help("corrigez les dates : la règle est dans le bloc, clé « duree_max_jours »"),
        );
    }
}

fn entretiens(presented: &BlocPresente, regles: &Regles, diagnostics: &mut Diagnostics) {
    let (Some(entretiens), Some((min, max))) = (&presented.evaluation.entretiens, regles.entretiens) else {
        return;
    };
    if !(min..=max).contains(&entretiens.value) {
        let expected = if min == max { format!("{min}") } else { format!("de {min} à {max}") };
        diagnostics.push(
            Diagnostic::error(
                entretiens.span,
                format!("{} entretiens, les modalités en demandent {expected}", entretiens.value),
            )
            .label(format!("attendu : {expected}"))
            .help("corrigez le nombre : la règle est dans le bloc, clé « entretiens »"),
        );
    }
}
