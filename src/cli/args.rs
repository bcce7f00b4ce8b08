//! What several commands take, and what is said instead of running one.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::documents::build::select::Only;
use crate::documents::print::{ChromeLocation, PrintOptions};

/// The output folder in a project, where no other one is asked for.
pub(crate) const OUTPUT: &str = "output";

#[derive(Debug, Default, Clone, Args)]
pub(crate) struct ProjectArgs {
    /// Dossier du projet, celui de livret.yaml
    #[arg(short = 'C', value_name = "DOSSIER", default_value = ".", hide_default_value = true)]
    pub directory: PathBuf,
}

#[derive(Debug, Default, Clone, Args)]
pub(crate) struct OutputArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Dossier de sortie [d'ordinaire : output, dans le dossier du projet]
    #[arg(long, value_name = "DOSSIER")]
    output: Option<PathBuf>,
}

impl OutputArgs {
    /// The folder of the project.
    pub(crate) fn directory(&self) -> &Path {
        &self.project.directory
    }

    pub(crate) fn output(&self) -> PathBuf {
        self.output.clone().unwrap_or_else(|| self.directory().join(OUTPUT))
    }
}

#[derive(Debug, Default, Clone, Args)]
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
    pub(crate) fn options(&self) -> PrintOptions {
        let chrome = match &self.chrome {
            None => ChromeLocation::Auto,
            Some(address) if address.starts_with("ws://") || address.starts_with("wss://") => {
                ChromeLocation::Remote(address.clone())
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

impl Stop {
    pub(crate) fn error(message: &str) -> Self {
        Self { text: format!("erreur : {message}"), is_error: true }
    }
}

/// The documents that somebody asked for, as `--only` gives them; the example shows how.
pub(crate) fn wanted(pattern: Option<String>, example: &str) -> Result<Option<Only>, Stop> {
    let only = |pattern: String| {
        let stop = Stop::error(&format!("« {pattern} » n'est pas un motif ; par exemple : {example}"));
        Only::new(pattern).ok_or(stop)
    };
    pattern.map(only).transpose()
}

/// How `--only` is meant.
pub(crate) const ONLY: &str = "--only \"martin*\"";
