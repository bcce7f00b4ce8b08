//! The blocs that a candidat presents, and those that a fiche names.

use super::named::{Named, twice};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::source::Spanned;
use crate::model::forme::ENSEMBLE;
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
            let ids: Vec<&str> = referentiel.a_choisir().map(|b| b.id.as_str()).collect();
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
                if referentiel.blocs[bloc].ensemble {
                    let message = "l'ensemble n'est pas un bloc à présenter";
                    let diagnostic = Diagnostic::new(Code::BlocInconnu, name.span, message).label("pas un bloc");
                    diagnostics.push(diagnostic.help("supprimez-le de la clé « blocs »"));
                    continue;
                }
                match named.before(bloc, name) {
                    None => chosen.push(bloc),
                    Some(first) => {
                        let message = format!("le bloc « {} » est présenté deux fois", referentiel.blocs[bloc].id);
                        diagnostics.push(twice(name, &first, message));
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
        if referentiel.blocs[bloc].ensemble {
            let message = "l'ensemble n'est pas évalué dans ce parcours, qui ne présente que des blocs choisis";
            let diagnostic = Diagnostic::new(Code::BlocNonPresente, name.span, message).label("sans résultat ici");
            return diagnostics.refuse(diagnostic.help("supprimez ce passage, ou changez de parcours"));
        }
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
    if found.is_none() && fold::same(&name.value, ENSEMBLE) {
        let message = format!("« ensemble » n'a pas de résultat dans {}", referentiel.chemin());
        return diagnostics.refuse(
            Diagnostic::new(Code::BlocInconnu, name.span, message)
                .label("pas un bloc")
                .help("écrivez les résultats sous leur bloc ; l'ensemble n'en a un que si referentiel.md dit « resultat_par: ensemble »"),
        );
    }
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
