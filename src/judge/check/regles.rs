//! What contradicts itself in an evaluation. Source of each rule: the référentiel's « mode d'emploi » and the
//! modalités of its blocs, given as data in `regles`.

use super::noms::CIVILITES;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold::letters;
use crate::model::candidat::{BlocPresente, Candidat, Evaluateur};
use crate::model::referentiel::{Referentiel, Regles};

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
        let same = named[..i].iter().find(|e| personne(&e.nom.value) == personne(&evaluateur.nom.value));
        if let Some(first) = same {
            diagnostics.push(
                Diagnostic::new(
                    Code::EvaluateurEnDouble,
                    evaluateur.nom.span,
                    format!("« {} » est évaluateur deux fois", evaluateur.nom.value),
                )
                .label("deuxième fois")
                .related(first.nom.span, "première fois")
                .help("les évaluateurs doivent être des personnes différentes"),
            );
        }
        if est_le_candidat(evaluateur, candidat) {
            diagnostics.push(
                Diagnostic::new(
                    Code::EvaluateurEstCandidat,
                    evaluateur.nom.span,
                    "le candidat est son propre évaluateur",
                )
                .help("nommez la personne qui l'a évalué"),
            );
        }
    }
}

/// Whether an évaluateur has the candidat's name, in either order.
pub fn est_le_candidat(evaluateur: &Evaluateur, candidat: &Candidat) -> bool {
    let orders = [candidat.nom_complet(), format!("{} {}", candidat.nom, candidat.prenom)];
    orders.iter().any(|own| name(own) == personne(&evaluateur.nom.value))
}

fn dates(presented: &BlocPresente, regles: &Regles, diagnostics: &mut Diagnostics) {
    let Some(dates) = &presented.evaluation.dates else {
        return;
    };
    let days = (dates.au.value - dates.du.value).get_days() + 1;
    if days < 1 {
        diagnostics.push(
            Diagnostic::new(Code::DatesInversees, dates.au.span, "l'évaluation finit avant d'avoir commencé")
                .label("avant la date de début")
                .related(dates.du.span, "début")
                .help("échangez les deux dates, ou corrigez l'une d'elles"),
        );
    } else if let Some(most) = regles.duree_max_jours
        && days > i32::try_from(most).unwrap_or(i32::MAX)
    {
        diagnostics.push(
            Diagnostic::new(
                Code::EvaluationTropLongue,
                dates.au.span,
                format!("l'évaluation dure {days} jours, les modalités en permettent {most} au plus"),
            )
            .label(format!("{days} jours, premier et dernier compris"))
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
            Diagnostic::new(
                Code::NombreDEntretiens,
                entretiens.span,
                format!(
                    "{} entretien{}, les modalités en demandent {expected}",
                    entretiens.value,
                    plural(entretiens.value)
                ),
            )
            .label(format!("attendu : {expected}"))
            .help("corrigez le nombre : la règle est dans le bloc, clé « entretiens »"),
        );
    }
}

/// The name of a person, without what may stand before it.
fn personne(written: &str) -> Vec<String> {
    let mut words = name(written);
    if words.len() > 1 && CIVILITES.contains(&words[0].as_str()) {
        words.remove(0);
    }
    words
}

/// A name without what people write differently: case, accents, hyphens.
pub(super) fn name(written: &str) -> Vec<String> {
    letters(written).split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).map(ToOwned::to_owned).collect()
}

fn plural(n: u32) -> &'static str {
    if n > 1 { "s" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        assert_eq!(name("Marie-Ange  LE BIHAN"), name("marie ange Le Bihan"));
        assert_eq!(name("Hélène"), name("HELENE"));
        assert_ne!(name("李娜"), name("王伟"));
    }
}
