//! `livret init`: a small project that works, with the theme.

use super::{Ended, Outcome, outcome, quoted, refused, schema};
use crate::authoring::author::{disk, project};
use crate::cli::init::InitArgs;
use crate::ground::diagnostic::Diagnostics;
use crate::ground::source::Sources;
use crate::ground::terminal::Terminal;
use crate::judge::project::Project;

pub fn run(args: &InitArgs, terminal: &Terminal) -> Outcome {
    outcome(init(args, terminal), terminal)
}

fn init(args: &InitArgs, terminal: &Terminal) -> Result<Outcome, Ended> {
    let files = project::sources();
    disk::create_sources(&args.directory, &files).map_err(|error| {
        let help = match error {
            disk::SourceError::Exists(_) => "choisissez un autre dossier, ou déplacez d'abord ces fichiers",
            _ => "choisissez un autre dossier, ou vérifiez vos droits et la place sur le disque",
        };
        refused(error.to_string(), format!("{help} ; rien n'a été écrit"))
    })?;
    let project = Project::read(&args.directory, &mut Sources::default(), &mut Diagnostics::default());
    schema::make(&args.directory, project.as_ref());
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
    Ok(Outcome::Done)
}
