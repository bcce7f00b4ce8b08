//! `livret doctor`: its arguments.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::args::{OUTPUT, ProjectArgs, chrome};
use crate::documents::print::PrintOptions;

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Dossier de sortie [d'ordinaire : output, dans le dossier du projet]
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    output: Option<PathBuf>,
    /// Chrome à employer : chemin du programme, ou adresse ws://… d'un Chrome distant
    #[arg(long, value_name = "CHEMIN|ws://…", help_heading = "Options")]
    chrome: Option<String>,
    /// Lancer Chrome sans son bac à sable (dans un conteneur ; seulement pour des sources sûres)
    #[arg(long, help_heading = "Options")]
    no_sandbox: bool,
}

/// What is examined.
#[derive(Debug)]
pub struct DoctorConfig {
    pub directory: PathBuf,
    pub output: PathBuf,
    pub print: PrintOptions,
}

/// A page of one word takes a second; a minute would only keep the user waiting.
const PATIENCE: Duration = Duration::from_secs(30);

impl From<DoctorArgs> for DoctorConfig {
    fn from(args: DoctorArgs) -> Self {
        let directory = args.project.directory;
        Self {
            output: args.output.unwrap_or_else(|| directory.join(OUTPUT)),
            directory,
            print: PrintOptions {
                chrome: chrome(args.chrome),
                sandbox: !args.no_sandbox,
                timeout: PATIENCE,
                ..PrintOptions::default()
            },
        }
    }
}
