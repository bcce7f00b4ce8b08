//! The situations that a bloc is evaluated in: declared by the référentiel, or as many as a fiche has.

use super::named::Named;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::source::{Span, Spanned};
use crate::model::candidat::Presentee;
use crate::model::forme::Situations;
use crate::model::referentiel::{Bloc, Referentiel};
use crate::sources::parse::candidat::FicheEvaluation;
use crate::sources::parse::names::Names;

/// A sheet of a bloc: its situation, if it has some, and what a fiche writes of it.
pub(super) type Sheet = (Option<Presentee>, Option<FicheEvaluation>);

/// The sheets of a bloc, with what a fiche writes of the bloc.
pub(super) fn sheets(fiche: Option<FicheEvaluation>, bloc: &Bloc, diagnostics: &mut Diagnostics) -> Vec<Sheet> {
    match &bloc.situations {
        Situations::Une => vec![(None, fiche.and_then(|fiche| without(fiche, bloc, diagnostics)))],
        Situations::Libres => {
            let mut sheets = Vec::new();
            // Comments name either.
            let mut names = Names::default();
            for fiche in written(fiche, bloc, diagnostics) {
                let id = fiche.nom.value.clone();
                let named = (!id.bytes().all(|b| b.is_ascii_digit())).then(|| id.clone());
                let presentee = Presentee { id, nom: fiche.titre.clone().or(named) };
                let words =
                    [&presentee.id, presentee.appelee()].map(|word| Spanned::new(word.to_owned(), fiche.nom.span));
                names.push(words.into(), Code::NomEnDouble, "deux situations portent le nom", diagnostics);
                sheets.push((Some(presentee), Some(fiche)));
            }
            if sheets.is_empty() {
                // Nobody knows of a situation yet: one blank sheet, as a livret vierge has.
                sheets.push((None, None));
            }
            sheets
        }
        Situations::Declarees(known) => {
            let mut sheets: Vec<Sheet> = known.iter().map(|s| (Some(Presentee::of(s)), None)).collect();
            let mut named = Named::default();
            for fiche in written(fiche, bloc, diagnostics) {
                let name = fiche.nom.clone();
                let ids = known.iter().map(|s| s.id.value.as_str());
                let Some(at) = fold::find(&name.value, ids.clone()) else {
                    diagnostics.push(unknown(&name.value, name.span, bloc).suggest(&name.value, ids));
                    continue;
                };
                if fiche.titre.is_some() {
                    let message = format!("le nom de la situation « {} » est celui du référentiel", name.value);
                    let help = "supprimez la ligne « nom: … » de cette situation";
                    diagnostics.push(Diagnostic::new(Code::SituationInconnue, name.span, message).help(help));
                }
                if named.is_first(at, &name, "la même situation", diagnostics) {
                    sheets[at].1 = Some(fiche);
                }
            }
            sheets
        }
    }
}

/// What is written of a bloc without situations.
fn without(fiche: FicheEvaluation, bloc: &Bloc, diagnostics: &mut Diagnostics) -> Option<FicheEvaluation> {
    let Some((_, span)) = fiche.situations else { return Some(fiche) };
    let message = format!("le bloc « {} » n'est pas évalué par situation", bloc.id);
    let help = "écrivez son évaluation directement sous son identifiant";
    diagnostics.refuse(Diagnostic::new(Code::SituationInconnue, span, message).help(help))
}

/// What is written of the situations of a bloc that has some.
fn written(fiche: Option<FicheEvaluation>, bloc: &Bloc, diagnostics: &mut Diagnostics) -> Vec<FicheEvaluation> {
    let Some(mut fiche) = fiche else { return Vec::new() };
    let Some((all, _)) = fiche.situations.take() else {
        let message = format!("le bloc « {} » est évalué par situation", bloc.id);
        diagnostics.push(Diagnostic::new(Code::SituationInconnue, fiche.nom.span, message).help(help(bloc)));
        return Vec::new();
    };
    if !fiche.is_blank() {
        let message = format!("le bloc « {} » est évalué par situation : ceci n'est d'aucune", bloc.id);
        let diagnostic = Diagnostic::new(Code::SituationInconnue, fiche.nom.span, message);
        let diagnostic = diagnostic.label("à côté de « situations »");
        diagnostics.push(diagnostic.help("mettez sous chaque situation ce qui est d'elle"));
    }
    all
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

fn unknown(name: &str, span: Span, bloc: &Bloc) -> Diagnostic {
    let message = format!("la situation « {name} » n'existe pas dans le bloc « {} »", bloc.id);
    Diagnostic::new(Code::SituationInconnue, span, message).label("situation inconnue")
}

/// What a title of comments or a decision names: a bloc, or « bloc / situation », « bloc / compétence ».
pub(super) fn named_part(name: &Spanned<String>, referentiel: &Referentiel) -> (Spanned<String>, Option<String>) {
    let parts = name.value.split_once('/').filter(|_| referentiel.bloc(&name.value).is_none());
    match parts {
        Some((bloc, situation)) => (Spanned::new(bloc.trim().to_owned(), name.span), Some(situation.trim().to_owned())),
        None => (name.clone(), None),
    }
}

/// The position of the situation that comments are about.
pub(super) fn at(
    situation: Option<&str>,
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
    let Some(written) = situation else {
        if own.is_empty() {
            return Some(0);
        }
        let message = format!("de quelle situation du bloc « {} » parle ce commentaire ?", bloc.id);
        return diagnostics.refuse(help(Diagnostic::new(Code::SituationInconnue, name.span, message)));
    };
    let noms = own.iter().map(|s| s.appelee());
    fold::find(written, ids().chain(noms)).map(|at| at % own.len()).or_else(|| {
        let diagnostic = unknown(written, name.span, bloc);
        diagnostics.refuse(match own {
            [] => diagnostic.help(format!("ce bloc n'a pas de situations : écrivez « ## {} »", bloc.id)),
            _ => help(diagnostic),
        })
    })
}
