//! `livret schema`: the schemas of a project, and on request the settings of an editor that uses them. `livret
//! build` calls [`refresh`], so that a project that has schemas never has old ones.

use std::path::Path;

use super::{Outcome, report};
use crate::authoring::editor;
use crate::cli::schema::SchemaArgs;
use crate::documents::write::{self, Kept};
use crate::ground::diagnostic::{Diagnostics, Severity};
use crate::ground::paths::PROJECT_FILE;
use crate::ground::source::Sources;
use crate::ground::terminal::Terminal;
use crate::ground::text::count;
use crate::judge::project::Project;
use crate::sources::load::project_root;

pub fn run(args: &SchemaArgs, terminal: &Terminal) -> Outcome {
    let directory = &args.project.directory;
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let project = Project::read(directory, &mut sources, &mut diagnostics);
    let is_project = project_root(&directory.join(PROJECT_FILE)).is_some_and(|root| root == *directory);
    if project.is_none() && !is_project {
        report(&diagnostics, Severity::Error, &sources, terminal);
        return Outcome::Mistakes;
    }
    let schemas = editor::schemas(project.as_ref());
    let mut outcome = keep(directory, &schemas, terminal);
    if outcome == Outcome::Done {
        terminal.line(&format!("{} dans {}/", count(schemas.len(), "schéma(s)"), editor::SCHEMAS));
    }
    let broken = project.as_ref().map(|project| project.referentiels_en_erreur.join(", "));
    let warning = match broken.as_deref() {
        None => {
            "livret.yaml ou le thème contient des erreurs ; les schémas ne connaissent pas encore vos référentiels (« livret check » dit les erreurs)"
        }
        Some("") => "",
        Some(names) => &format!("sans {names}, dont les fichiers contiennent des erreurs (« livret check » les dit)"),
    };
    if !warning.is_empty() {
        terminal.error(&format!("avertissement : {warning}\n"));
        outcome = outcome.max(Outcome::Mistakes);
    }
    if args.vscode {
        outcome = outcome.max(settings(directory, terminal));
    }
    outcome
}

/// Brings the schemas of a project up to date, if it has any.
pub(crate) fn refresh(directory: &Path, project: &Project) {
    if directory.join(editor::SCHEMAS).is_dir() {
        make(directory, Some(project));
    }
}

/// Writes the schemas. A trouble with them is none of the caller's: editors help less without, and `livret schema` makes
/// them at any time.
pub(crate) fn make(directory: &Path, project: Option<&Project>) {
    for (path, text) in editor::schemas(project) {
        let _ = write::own_file(directory, &path, &text, Some(editor::MARK));
    }
}

fn settings(directory: &Path, terminal: &Terminal) -> Outcome {
    let mut outcome = Outcome::Done;
    for (path, text) in editor::vscode() {
        match write::own_file(directory, &path, &text, None) {
            Ok(Kept::Written) => terminal.line(&format!("{path} : écrit")),
            Ok(Kept::Same) => terminal.line(&format!("{path} : déjà là")),
            Ok(Kept::Theirs) => terminal.line(&format!(
                "{path} : il y en a déjà un, qui reste tel quel. Ajoutez-y vous-même ce qui vous sert de ceci :\n{text}"
            )),
            Err(error) => {
                terminal.error(&format!("erreur : {path} ne peut pas être écrit : {error}\n"));
                outcome = Outcome::Impossible;
            }
        }
    }
    outcome
}

fn keep(directory: &Path, schemas: &[(String, String)], terminal: &Terminal) -> Outcome {
    let mut outcome = Outcome::Done;
    for (path, text) in schemas {
        let trouble = match write::own_file(directory, path, text, Some(editor::MARK)) {
            Ok(Kept::Written | Kept::Same) => continue,
            Ok(Kept::Theirs) => "ce fichier n'est pas de « livret schema », et reste tel quel ; renommez-le".to_owned(),
            Err(error) => format!("il ne peut pas être écrit : {error}"),
        };
        terminal.error(&format!("erreur : {path} : {trouble}\n"));
        outcome = Outcome::Impossible;
    }
    outcome
}
