//! The blocs that a candidat presents, and those that a fiche names.

use super::named::{Named, twice};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::Spanned;
use crate::model::referentiel::Referentiel;
use crate::sources::parse::candidat::Fiche;

/// Indices of the blocs presented, in the référentiel's order.
pub(super) fn presented(
    fiche: &Fiche,
    referentiel: &Referentiel,
    parcours: usize,
    diagnostics: &mut Diagnostics,
) -> Vec<usize> {
    let parcours = &referentiel.parcours[parcours];
    let all = (0..referentiel.blocs.len()).collect();
    match &fiche.blocs {
        None if parcours.tous_les_blocs => all,
        None => {
            let ids: Vec<&str> = referentiel.blocs.iter().map(|b| b.id.as_str()).collect();
            diagnostics.push(
                Diagnostic::new(
                    Code::BlocsNonChoisis,
                    fiche.parcours.as_ref().map_or(fiche.span, |p| p.span),
                    format!("le parcours « {} » demande la clé « blocs »", parcours.id.value),
                )
                .help(format!(
                    "ajoutez par exemple « blocs: [{}] » ; possibles : {}",
                    ids.first().unwrap_or(&"…"),
                    ids.join(", ")
                )),
            );
            all
        }
        Some(names) if parcours.tous_les_blocs => {
            if let Some(first) = names.first() {
                diagnostics.push(
                    Diagnostic::new(
                        Code::BlocsDeTrop,
                        first.span,
                        format!(
                            "le parcours « {} » présente tous les blocs : la clé « blocs » est de trop",
                            parcours.id.value
                        ),
                    )
                    .help("supprimez-la, ou changez de parcours"),
                );
            }
            all
        }
        Some(names) => {
            let mut named = Named::default();
            let mut chosen = Vec::new();
            for name in names {
                let Some(bloc) = find_bloc(name, referentiel, diagnostics) else { continue };
                match named.before(bloc, name) {
                    None => chosen.push(bloc),
                    Some(first) => {
                        let message = format!("le bloc « {} » est présenté deux fois", referentiel.blocs[bloc].id);
                        diagnostics.push(twice(Code::NomEnDouble, name, &first, message));
                    }
                }
            }
            chosen.sort_unstable();
            if names.is_empty() {
                diagnostics.push(
                    Diagnostic::new(Code::BlocsNonChoisis, fiche.span, "la clé « blocs » est vide")
                        .help("nommez au moins un bloc"),
                );
            }
            chosen
        }
    }
}

/// A bloc that this candidat presents.
pub(super) fn presented_bloc(
    name: &Spanned<String>,
    presented: &[usize],
    referentiel: &Referentiel,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let bloc = find_bloc(name, referentiel, diagnostics)?;
    if !presented.contains(&bloc) {
        diagnostics.push(
            Diagnostic::new(
                Code::BlocNonPresente,
                name.span,
                format!("le bloc « {} » n'est pas présenté par ce candidat", name.value),
            )
            .label("bloc non présenté")
            .help("ajoutez-le à la clé « blocs », ou supprimez ce passage"),
        );
        return None;
    }
    Some(bloc)
}

fn find_bloc(name: &Spanned<String>, referentiel: &Referentiel, diagnostics: &mut Diagnostics) -> Option<usize> {
    let found = referentiel.bloc(&name.value);
    if found.is_none() {
        diagnostics.push(
            Diagnostic::new(
                Code::BlocInconnu,
                name.span,
                format!("le bloc « {} » n'existe pas dans {}", name.value, referentiel.chemin()),
            )
            .label("bloc inconnu")
            .suggest(&name.value, referentiel.blocs.iter().map(|b| b.id.as_str())),
        );
    }
    found
}
