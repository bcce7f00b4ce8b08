//! The net under every edit: what would be written is read again as the project is read, and must say what the cells
//! say, all else that the fiche said, and keep every remark.

use super::columns::{Cellule, Colonne, Etendue, colonnes};
use super::insert::remarks;
use super::origin::Read;
use crate::authoring::fmt::same::Said;
use crate::ground::diagnostic::{Diagnostics, Severity};
use crate::ground::source::Spanned;
use crate::judge::project::Project;
use crate::model::candidat::Candidat;
use crate::model::forme::Valeur;
use crate::sources::parse::yaml::spelling::spelling;
use crate::sources::parse::yaml::{self, Kind, Node};

/// Why an edit is not written.
pub(crate) enum Fault {
    /// A mistake that the fiche would have, and the title of the cell that it comes from, if that is one.
    Mistake(String, Option<String>),
    /// It would not say what it should.
    Unfaithful,
}

/// The candidat that the new text makes.
///
/// # Errors
/// If it is not the one of before with these results.
pub(crate) fn verify(
    before: &Candidat,
    old: &Read,
    new: &Read,
    changes: &[(&Colonne, Valeur)],
    project: &Project,
) -> Result<Candidat, Fault> {
    let (read, mistakes) = read_again(before, new, project);
    if let Some((line, mistake)) = first_new(mistakes, || read_again(before, old, project).1) {
        let of_line = |(colonne, _): &&(&Colonne, Valeur)| {
            let found = read.as_ref().and_then(|after| colonne.presente(after)?.evaluation.resultat(&colonne.item));
            found.is_some_and(|found| Some(new.sources.line_column(new.source, found.span.start).0) == line)
        };
        let cell = changes.iter().find(of_line).map(|(colonne, _)| colonne.titre.clone());
        return Err(Fault::Mistake(mistake, cell));
    }
    let after = read.ok_or(Fault::Unfaithful)?;
    let referentiel = &project.referentiels[before.referentiel];
    let said = |cellule: Cellule| match cellule {
        Cellule::Ouverte(valeur) => valeur,
        Cellule::Fermee(_) => None,
    };
    let faithful = colonnes(referentiel, &[before, &after], Etendue::Toutes).iter().all(|colonne| {
        let changed = changes.iter().find(|(other, _)| other.titre == colonne.titre).map(|(_, valeur)| *valeur);
        let expected = changed.or_else(|| said(colonne.cellule(before, referentiel)));
        said(colonne.cellule(&after, referentiel)) == expected
    });
    let same = facts(old).is_some_and(|facts_before| facts(new) == Some(facts_before));
    let kept = all_remarks(old).is_some_and(|remarks| all_remarks(new) == Some(remarks));
    let body = |read: &Read| read.text()[read.front.end..].to_owned();
    if faithful && same && kept && body(old) == body(new) { Ok(after) } else { Err(Fault::Unfaithful) }
}

/// A mistake, and its line.
type Mistake = (Option<usize>, String);

/// The first mistake that the fiche did not have before.
fn first_new(mistakes: Vec<Mistake>, before: impl FnOnce() -> Vec<Mistake>) -> Option<Mistake> {
    let known = if mistakes.is_empty() { Vec::new() } else { before() };
    mistakes.into_iter().find(|(_, mistake)| !known.iter().any(|(_, known)| known == mistake))
}

/// What a fiche's text makes, and its mistakes.
fn read_again(candidat: &Candidat, read: &Read, project: &Project) -> (Option<Candidat>, Vec<Mistake>) {
    let (made, diagnostics) = project.fiche_seule((&candidat.session, &candidat.id), read.source, &read.sources);
    let all = diagnostics.sorted(&read.sources).into_iter();
    let mistakes = all.filter(|d| d.severity() == Severity::Error);
    (made, mistakes.map(|d| (d.line(&read.sources), d.message.clone())).collect())
}

fn all_remarks(read: &Read) -> Option<Vec<&str>> {
    let front = read.front();
    Some(remarks(front, 0..front.len(), &spelling(front)?))
}

/// All that front matter says beside results.
fn facts(read: &Read) -> Option<Said> {
    let mut diagnostics = Diagnostics::default();
    let node = yaml::parse(&read.sources, read.source, read.front.clone(), &mut diagnostics)?;
    Some(said(&node, Level::Fiche))
}

/// Where results are: in the evaluations of a fiche, and in those of situations.
#[derive(Clone, Copy, PartialEq)]
enum Level {
    Fiche,
    Evaluations,
    Evaluation,
    Other,
}

fn said(node: &Node, level: Level) -> Said {
    let below = |key: &str| match (level, key) {
        (Level::Fiche, "evaluations") | (Level::Evaluation, "situations") => Level::Evaluations,
        (Level::Evaluations, _) => Level::Evaluation,
        _ => Level::Other,
    };
    match &node.kind {
        Kind::Null => Said::Nothing,
        Kind::Text(text) => Said::Text(text.clone()),
        Kind::List(items) => {
            let all = items.iter().map(|item| said(item, below("")));
            // A situation of nothing but results is new.
            let all = all.filter(|item| level != Level::Evaluations || *item != Said::Nothing);
            or_nothing(all.collect(), Said::List)
        }
        Kind::Map(entries) => {
            let result = |key: &str| level == Level::Evaluation && matches!(key, "resultat" | "resultats");
            let own = |(key, value): &(Spanned<String>, Node)| (key.value.clone(), said(value, below(&key.value)));
            let all = entries.iter().filter(|(key, _)| !result(&key.value)).map(own);
            // So is a key that leads to nothing else.
            let inside = level != Level::Other;
            or_nothing(all.filter(|(_, value)| !inside || *value != Said::Nothing).collect(), Said::Map)
        }
    }
}

fn or_nothing<T>(all: Vec<T>, some: impl Fn(Vec<T>) -> Said) -> Said {
    if all.is_empty() { Said::Nothing } else { some(all) }
}
