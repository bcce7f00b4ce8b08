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
    let nom = &parcours.id.value;
    let all = (0..referentiel.blocs.len()).collect();
    if parcours.tous_les_blocs {
        if let Some(first) = fiche.blocs.iter().flatten().next() {
            let message = format!("le parcours « {nom} » présente tous les blocs : la clé « blocs » est de trop");
            let diagnostic = Diagnostic::new(Code::BlocsDeTrop, first.span, message);
            diagnostics.push(diagnostic.help("supprimez-la, ou changez de parcours"));
        }
        return all;
    }
    let Some(names) = &fiche.blocs else {
        let ids: Vec<&str> = referentiel.a_choisir().map(|b| b.id.as_str()).collect();
        let (first, ids) = (ids.first().unwrap_or(&"…"), ids.join(", "));
        let span = fiche.parcours.as_ref().map_or(fiche.span, |p| p.span);
        let message = format!("le parcours « {nom} » demande la clé « blocs »");
        let help = format!("ajoutez par exemple « blocs: [{first}] » ; possibles : {ids}");
        diagnostics.push(Diagnostic::new(Code::BlocsNonChoisis, span, message).help(help));
        return all;
    };
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
        let diagnostic = Diagnostic::new(Code::BlocsNonChoisis, fiche.span, "la clé « blocs » est vide");
        diagnostics.push(diagnostic.help("nommez au moins un bloc"));
    }
    chosen
}

/// A bloc that this candidat presents.
pub(super) fn presented_bloc(
    name: &Spanned<String>,
    presented: &[usize],
    referentiel: &Referentiel,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let bloc = find_bloc(name, referentiel, diagnostics)?;
    if presented.contains(&bloc) {
        return Some(bloc);
    }
    let (message, label, help) = match referentiel.blocs[bloc].ensemble {
        true => (
            "l'ensemble n'est pas évalué dans ce parcours, qui ne présente que des blocs choisis".to_owned(),
            "sans résultat ici",
            "supprimez ce passage, ou changez de parcours",
        ),
        false => (
            format!("le bloc « {} » n'est pas présenté par ce candidat", name.value),
            "bloc non présenté",
            "ajoutez-le à la clé « blocs », ou supprimez ce passage",
        ),
    };
    diagnostics.refuse(Diagnostic::new(Code::BlocNonPresente, name.span, message).label(label).help(help))
}

fn find_bloc(name: &Spanned<String>, referentiel: &Referentiel, diagnostics: &mut Diagnostics) -> Option<usize> {
    let found = referentiel.bloc(&name.value);
    if found.is_some() {
        return found;
    }
    let unknown = |message| Diagnostic::new(Code::BlocInconnu, name.span, message);
    let chemin = referentiel.chemin();
    if fold::same(&name.value, ENSEMBLE) {
        let diagnostic = unknown(format!("« ensemble » n'a pas de résultat dans {chemin}")).label("pas un bloc");
        let help = "écrivez les résultats sous leur bloc ; l'ensemble n'en a un que si referentiel.md dit \
                    « resultat_par: ensemble »";
        return diagnostics.refuse(diagnostic.help(help));
    }
    let ids = referentiel.blocs.iter().map(|b| b.id.as_str());
    let diagnostic = unknown(format!("le bloc « {} » n'existe pas dans {chemin}", name.value));
    diagnostics.refuse(diagnostic.label("bloc inconnu").suggest(&name.value, ids))
}
