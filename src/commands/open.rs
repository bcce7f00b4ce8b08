//! `livret open`: shows what is built in the user's browser, the index or the first document of somebody.

use std::path::Path;

use super::{Ended, Outcome, impossible, no_project, outcome, report, shown};
use crate::cli::open::OpenArgs;
use crate::documents::build::select::{self, Only, nothing_matches};
use crate::documents::plan::{Document, Sujet, plan};
use crate::ground::browser;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::ground::fold::slug;
use crate::ground::paths::{PROJECT_FILE, dossier_candidat};
use crate::ground::source::Sources;
use crate::ground::terminal::Terminal;
use crate::ground::text::listed;
use crate::judge::project::Project;
use crate::model::theme::Portee;
use crate::sources::load;

/// As every theme calls it.
const INDEX: &str = "index.html";

/// A page that may be meant.
struct Meant {
    /// Whose it is: `session/candidat`, `référentiel/version`.
    whose: String,
    html: String,
    names: Vec<String>,
}

pub fn run(args: &OpenArgs, terminal: &Terminal) -> Outcome {
    outcome(open(args, terminal), terminal)
}

fn open(args: &OpenArgs, terminal: &Terminal) -> Result<Outcome, Ended> {
    let (directory, output) = (args.folders.directory(), args.folders.output());
    if !load::exists(directory, PROJECT_FILE) && !output.join(INDEX).is_file() {
        return Ok(no_project(directory, terminal));
    }
    let mut page = INDEX.to_owned();
    if let Some(only) = &args.wanted {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let project = Project::read(directory, &mut sources, &mut diagnostics);
        let documents = project.as_ref().and_then(|p| plan(p, &mut diagnostics));
        let (Some(project), Some(documents)) = (project, documents) else {
            report(&diagnostics, Severity::Warning, &sources, terminal);
            return Ok(Outcome::Mistakes);
        };
        page = find(only, &project, &documents, &output)?;
    }
    terminal.line(&show(&output.join(page)).map_err(impossible)?);
    Ok(Outcome::Done)
}

/// Shows a page. Returns what to say of it: a browser that does not come tells nothing.
fn show(page: &Path) -> Result<String, Box<Diagnostic>> {
    let name = shown(page);
    if !page.is_file() {
        let message = format!("il n'y a rien à montrer : {name} n'est pas encore là");
        return Err(Box::new(Diagnostic::general(Code::RienAMontrer, message).help("lancez d'abord « livret build »")));
    }
    let absolute = std::path::absolute(page).unwrap_or_else(|_| page.to_path_buf());
    browser::open(absolute).map_err(|reason| {
        let message = format!("le navigateur ne peut pas être ouvert : {reason}");
        let help = format!("ouvrez vous-même cette page dans un navigateur : {name}");
        Diagnostic::general(Code::SansNavigateur, message).help(help)
    })?;
    Ok(format!("Dans le navigateur : {name}"))
}

/// The first page of the one person or référentiel that is meant.
fn find(only: &Only, project: &Project, documents: &[Document], output: &Path) -> Result<String, Ended> {
    let all = meant(project, documents);
    let mut found: Vec<&Meant> = all.iter().filter(|m| only.matches(&m.names)).collect();
    if found.is_empty() {
        found = all.iter().filter(|m| has_words(&m.whose, &only.pattern)).collect();
    }
    let mut whose: Vec<String> = found.iter().map(|m| m.whose.clone()).collect();
    whose.sort();
    whose.dedup();
    match whose.as_slice() {
        [] => Err(nothing_matches("", &only.pattern, project).into()),
        [_] => {
            let there = found.iter().find(|m| output.join(&m.html).is_file());
            Ok(there.unwrap_or(&found[0]).html.clone())
        }
        [first, ..] => {
            let message = format!("« {} » peut en désigner plusieurs", only.pattern);
            let diagnostic = Diagnostic::general(Code::PlusieursPossibles, message)
                .help(format!("dites lequel, par exemple : livret open {first}"));
            Err(listed(whose).into_iter().fold(diagnostic, Diagnostic::fact).into())
        }
    }
}

/// All pages but the index, side by side those of one person, in the theme's order.
fn meant(project: &Project, documents: &[Document]) -> Vec<Meant> {
    let of_document = |d: &Document| {
        let whose = match d.sujet {
            Sujet::Projet | Sujet::Session(_) => return None,
            Sujet::Referentiel(i) => project.referentiels[i].chemin(),
            Sujet::Candidat(i) => format!("{}/{}", project.candidat(i).session, project.candidat(i).id),
        };
        Some(Meant { whose, html: d.html(), names: select::names(d, project) })
    };
    let kinds = || project.theme.documents.iter().filter(|kind| kind.portee == Portee::Candidat);
    let broken = project.candidats_en_erreur.iter().flat_map(|c| {
        kinds().map(|kind| {
            let whose = format!("{}/{}", c.session, c.id);
            let html = format!("{}/{}.html", dossier_candidat(&c.session, &c.id), kind.fichier);
            Meant { names: vec![c.id.clone(), c.session.clone(), whose.clone(), html.clone()], whose, html }
        })
    });
    documents.iter().filter_map(of_document).chain(broken).collect()
}

/// Whether every word is the beginning of one of a name.
fn has_words(name: &str, words: &str) -> bool {
    let (name, words) = (slug(name), slug(words));
    let mut words = words.split('-').filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| name.split('-').any(|part| part.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_order_and_spelling() {
        for words in ["martin", "Claire Martin", "mar cl", "2026-06 MARTIN", "Clàire"] {
            assert!(has_words("2026-06/martin-claire", words), "{words}");
        }
        for words in ["", "artin", "martin noelle", "*"] {
            assert!(!has_words("2026-06/martin-claire", words), "{words}");
        }
    }
}
