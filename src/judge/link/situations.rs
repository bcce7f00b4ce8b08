//! The situations that a bloc is evaluated in: declared by the référentiel, or as many as a fiche has.

use super::named::{Named, named_twice};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::source::Spanned;
use crate::model::candidat::Presentee;
use crate::model::forme::Situations;
use crate::model::referentiel::{Bloc, Referentiel};
use crate::sources::parse::candidat::FicheEvaluation;

/// The situations of a bloc in a fiche, `libres` those that it names; nothing where the bloc has none.
pub(super) fn of(bloc: &Bloc, libres: Option<Vec<Presentee>>) -> Vec<Option<Presentee>> {
    match &bloc.situations {
        Situations::Une => vec![None],
        Situations::Declarees(all) => all.iter().map(|s| Some(declaree(&s.id.value, &s.nom))).collect(),
        Situations::Libres => {
            let blank = || vec![Presentee { id: "1".to_owned(), nom: None }];
            libres.filter(|all| !all.is_empty()).unwrap_or_else(blank).into_iter().map(Some).collect()
        }
    }
}

fn declaree(id: &str, nom: &str) -> Presentee {
    Presentee { id: id.to_owned(), nom: Some(nom.to_owned()) }
}

/// What a fiche writes of a bloc, by the position of its situation; and the situations, where they are free.
pub(super) fn evaluations(
    mut fiche: FicheEvaluation,
    bloc: &Bloc,
    diagnostics: &mut Diagnostics,
) -> (Vec<Presentee>, Vec<(usize, FicheEvaluation)>) {
    let written = fiche.situations.take();
    if !matches!(bloc.situations, Situations::Une) && written.is_some() && !fiche.is_blank() {
        let message = format!("le bloc « {} » est évalué par situation : ceci n'est d'aucune", bloc.id);
        diagnostics.push(
            Diagnostic::new(Code::SituationInconnue, fiche.nom.span, message)
                .label("à côté de « situations »")
                .help("mettez sous chaque situation ce qui est d'elle"),
        );
    }
    let wrong =
        |span, message: String, help: String| Diagnostic::new(Code::SituationInconnue, span, message).help(help);
    match (&bloc.situations, written) {
        (Situations::Une, None) => (Vec::new(), vec![(0, fiche)]),
        (Situations::Une, Some((_, span))) => {
            let message = format!("le bloc « {} » n'est pas évalué par situation", bloc.id);
            let help = "écrivez son évaluation directement sous son identifiant".to_owned();
            diagnostics.push(wrong(span, message, help));
            (Vec::new(), Vec::new())
        }
        (_, None) => {
            let message = format!("le bloc « {} » est évalué par situation", bloc.id);
            diagnostics.push(wrong(fiche.nom.span, message, help(bloc)));
            (Vec::new(), Vec::new())
        }
        (Situations::Libres, Some((all, _))) => {
            let presentee = |fiche: &FicheEvaluation| {
                let id = fiche.nom.value.clone();
                let named = (!id.bytes().all(|b| b.is_ascii_digit())).then(|| id.clone());
                Presentee { id, nom: fiche.titre.clone().or(named) }
            };
            (all.iter().map(presentee).collect(), all.into_iter().enumerate().collect())
        }
        (Situations::Declarees(known), Some((all, _))) => {
            let mut named = Named::default();
            let mut of_bloc = Vec::new();
            for evaluation in all {
                let name = evaluation.nom.clone();
                let ids = known.iter().map(|s| s.id.value.as_str());
                let Some(at) = fold::find(&name.value, ids.clone()) else {
                    diagnostics.push(unknown(&name, bloc).suggest(&name.value, ids));
                    continue;
                };
                if evaluation.titre.is_some() {
                    let message = format!("le nom de la situation « {} » est celui du référentiel", name.value);
                    let help = "supprimez la ligne « nom: … » de cette situation".to_owned();
                    diagnostics.push(wrong(name.span, message, help));
                }
                match named.before(at, &name) {
                    None => of_bloc.push((at, evaluation)),
                    Some(first) => named_twice(&name, &first, "la même situation", diagnostics),
                }
            }
            (Vec::new(), of_bloc)
        }
    }
}

fn help(bloc: &Bloc) -> String {
    match &bloc.situations {
        Situations::Declarees(all) => {
            let ids: Vec<&str> = all.iter().map(|s| s.id.value.as_str()).collect();
            format!("écrivez « situations: », et sous l'identifiant de chacune son évaluation : {}", ids.join(", "))
        }
        _ => "écrivez « situations: », puis une évaluation par tiret".to_owned(),
    }
}

fn unknown(name: &Spanned<String>, bloc: &Bloc) -> Diagnostic {
    let message = format!("la situation « {} » n'existe pas dans le bloc « {} »", name.value, bloc.id);
    Diagnostic::new(Code::SituationInconnue, name.span, message).label("situation inconnue")
}

/// What a title of comments names: a bloc, or « bloc / situation » where a bloc has situations.
pub(super) fn commented(name: &Spanned<String>, referentiel: &Referentiel) -> (Spanned<String>, Option<String>) {
    let parts = name.value.split_once('/').filter(|_| referentiel.bloc(&name.value).is_none());
    match parts {
        Some((bloc, situation)) => (Spanned::new(bloc.trim().to_owned(), name.span), Some(situation.trim().to_owned())),
        None => (name.clone(), None),
    }
}

/// The position of the situation that comments are about.
pub(super) fn at(
    situation: &Option<String>,
    name: &Spanned<String>,
    own: &[&Presentee],
    bloc: &Bloc,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let ids = || own.iter().map(|s| s.id.as_str());
    let help = |diagnostic: Diagnostic| {
        let titres: Vec<String> = ids().map(|id| format!("## {} / {id}", bloc.id)).collect();
        diagnostic.help(format!("titres possibles : {}", titres.join(", ")))
    };
    match (situation, own) {
        (None, []) => Some(0),
        (None, _) => {
            let message = format!("de quelle situation du bloc « {} » parle ce commentaire ?", bloc.id);
            diagnostics.push(help(Diagnostic::new(Code::SituationInconnue, name.span, message)));
            None
        }
        (Some(written), _) => {
            let noms = own.iter().map(|s| s.nom.as_deref().unwrap_or(&s.id));
            let found = fold::find(written, ids().chain(noms)).map(|at| at % own.len());
            if found.is_none() {
                let written = Spanned::new(written.clone(), name.span);
                let diagnostic = unknown(&written, bloc);
                diagnostics.push(if own.is_empty() {
                    diagnostic.help(format!("ce bloc n'a pas de situations : écrivez « ## {} »", bloc.id))
                } else {
                    help(diagnostic)
                });
            }
            found
        }
    }
}
