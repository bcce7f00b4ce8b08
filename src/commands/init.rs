//! `livret init`: a small project that works, with the theme.

use std::path::Path;

use super::{Outcome, quoted};
use crate::authoring::author::{disk, project};
use crate::authoring::editor;
use crate::cli::init::InitArgs;
use crate::documents::write;
use crate::ground::diagnostic::Diagnostics;
use crate::ground::source::Sources;
use crate::ground::terminal::Terminal;
use crate::judge::project::Project;

pub fn run(args: &InitArgs, terminal: &Terminal) -> Outcome {
    let files = project::sources();
    if let Err(error) = disk::create_sources(&args.directory, &files) {
        let help = match error {
            disk::SourceError::Exists(_) => "choisissez un autre dossier, ou déplacez d'abord ces fichiers",
            _ => "choisissez un autre dossier, ou vérifiez vos droits et la place sur le disque",
        };
        terminal.error(&format!("erreur : {error}\n = aide : {help} ; rien n'a été écrit\n"));
        return Outcome::Impossible;
    }
    schemas(&args.directory);
    let directory = args.directory.display();
    let here = args.directory.as_os_str() == ".";
    terminal.line(&format!("{directory} : un projet de {} fichiers est créé.\n\nEnsuite :", files.len()));
    if !here {
        terminal.line(&format!("  cd {}", quoted(&directory.to_string())));
    }
    terminal.line("  livret build             les pages et les PDF de l'exemple");
    terminal.line("  livret open              ce qui est produit, dans le navigateur");
    terminal.line("  livret new referentiel   votre premier référentiel");
    terminal.line("\nÀ adapter : livret.yaml (qui certifie) et logo.svg. LISEZMOI.md dit où est quoi.");
    Outcome::Done
}

/// What editors know of the new project. Without it they help less, and `livret schema` makes it at any time.
fn schemas(directory: &Path) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let project = Project::read(directory, &mut sources, &mut diagnostics);
    for (path, text) in editor::schemas(project.as_ref()) {
        let _ = write::own_file(directory, &path, &text, Some(editor::MARK));
    }
}
