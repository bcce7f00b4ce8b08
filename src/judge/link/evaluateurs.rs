//! Joins the persons that a fiche names to the roles that the référentiel asks for.

use super::resultats::unknown_role;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::Span;
use crate::model::candidat::{Evaluateur, Place};
use crate::model::forme::Role;
use crate::sources::parse::candidat::FicheEvaluateur;

/// The places of all roles, in their order, with who is named for each.
pub(super) fn evaluateurs(fiches: Vec<FicheEvaluateur>, roles: &[Role], diagnostics: &mut Diagnostics) -> Vec<Place> {
    let count = fiches.len();
    let mut named: Vec<Vec<Option<Evaluateur>>> = vec![Vec::new(); roles.len()];
    for fiche in fiches {
        let span = fiche.nom.as_ref().map_or(fiche.span, |nom| nom.span);
        let role = match &fiche.role {
            Some(role) => Role::find(&role.value, roles).or_else(|| diagnostics.refuse(unknown_role(role, roles))),
            None => next_role(&named, roles, span, diagnostics),
        };
        let Some(role) = role else { continue };
        let (_, max) = roles[role].nombre;
        if named[role].len() < max {
            named[role].push(fiche.nom.map(|nom| Evaluateur { nom, fonction: fiche.fonction }));
            continue;
        }
        let message = match &roles[role].nom {
            Some(nom) if max == 1 => format!("le rôle « {nom} » demande 1 personne, 2 sont nommées"),
            Some(nom) => format!("le rôle « {nom} » demande {max} personnes au plus, {} sont nommées", max + 1),
            None => format!("{count} évaluateurs sont nommés, le référentiel en demande {}", roles.len()),
        };
        let diagnostic = Diagnostic::new(Code::EvaluateursTropNombreux, span, message).label("de trop");
        diagnostics.push(diagnostic.help("gardez ceux qui signent"));
        // Of évaluateurs without roles, the first that is too many says it for all.
        if roles[role].nom.is_none() {
            break;
        }
    }
    let places = named.into_iter().enumerate().flat_map(|(role, persons)| {
        let missing = roles[role].nombre.0.saturating_sub(persons.len());
        let qui = persons.into_iter().chain((0..missing).map(|_| None));
        qui.map(move |qui| Place { role, qui }).collect::<Vec<_>>()
    });
    places.collect()
}

/// Where a person goes whose role is not said: into the next role, or the only one.
fn next_role(
    named: &[Vec<Option<Evaluateur>>],
    roles: &[Role],
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    if roles.len() > 1 && roles.iter().any(|role| role.nombre.1 > 1) {
        let ids: Vec<&str> = roles.iter().map(|role| role.id.as_str()).collect();
        let message = "le rôle de cette personne n'est pas dit";
        let diagnostic = Diagnostic::new(Code::RoleAbsent, span, message).label("dans quel rôle ?");
        return diagnostics.refuse(diagnostic.help(format!("ajoutez « role: … » ; possibles : {}", ids.join(", "))));
    }
    Some(named.iter().position(Vec::is_empty).unwrap_or(roles.len() - 1))
}
