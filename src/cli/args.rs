//! What several commands take, and what is said instead of running one.

use std::path::PathBuf;

use clap::Args;

use crate::documents::build::select::Only;
use crate::documents::print::{ChromeLocation, PrintOptions};

/// The output folder in a project, where no other one is asked for.
pub(crate) const OUTPUT: &str = "output";

#[derive(Debug, Args)]
pub(crate) struct ProjectArgs {
    /// Dossier du projet, celui de livret.yaml
    #[arg(short = 'C', value_name = "DOSSIER", default_value = ".", hide_default_value = true)]
    pub directory: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct OutputArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Dossier de sortie [d'ordinaire : output, dans le dossier du projet]
    #[arg(long, value_name = "DOSSIER")]
    output: Option<PathBuf>,
}

impl OutputArgs {
    /// The folder of the project, and that of the output.
    pub(crate) fn both(self) -> (PathBuf, PathBuf) {
        let output = self.output.unwrap_or_else(|| self.project.directory.join(OUTPUT));
        (self.project.directory, output)
    }
}

#[derive(Debug, Args)]
pub(crate) struct ChromeArgs {
    /// Chrome à employer : chemin du programme, ou adresse ws://… d'un Chrome distant
    #[arg(long, value_name = "CHEMIN|ws://…")]
    chrome: Option<String>,
    /// Lancer Chrome sans son bac à sable (dans un conteneur ; seulement pour des sources sûres)
    #[arg(long)]
    no_sandbox: bool,
}

impl ChromeArgs {
    /// With what is usual for all else.
    pub(crate) fn options(self) -> PrintOptions {
        let chrome = match self.chrome {
            None => ChromeLocation::Auto,
            Some(address) if address.starts_with("ws://") || address.starts_with("wss://") => {
                ChromeLocation::Remote(address)
            }
            Some(path) => ChromeLocation::Path(path.into()),
        };
        PrintOptions { chrome, sandbox: !self.no_sandbox, ..PrintOptions::default() }
    }
}

/// What to show instead of doing anything.
#[derive(Debug)]
pub struct Stop {
    pub text: String,
    /// Help and version are no errors.
    pub is_error: bool,
}

/// The documents that somebody asked for; the example shows how.
pub(crate) fn only(pattern: String, example: &str) -> Result<Only, Stop> {
    let text = format!("erreur : « {pattern} » n'est pas un motif ; par exemple : {example}");
    Only::new(pattern).ok_or(Stop { text, is_error: true })
}

/// As `--only` gives it.
pub(crate) fn wanted(pattern: Option<String>) -> Result<Option<Only>, Stop> {
    pattern.map(|pattern| only(pattern, "--only \"martin*\"")).transpose()
}
