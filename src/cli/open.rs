//! `livret open` on the command line.

use std::path::PathBuf;

use clap::Args;

use super::args::{OutputArgs, Stop, only};
use crate::documents::build::select::Only;

#[derive(Debug, Args)]
pub(crate) struct OpenArgs {
    /// De qui montrer le livret : des mots de son nom, sa fiche (martin-claire), session/fiche, un référentiel ou le chemin d'une page [d'ordinaire : l'index]
    #[arg(value_name = "MOTIF")]
    pattern: Option<String>,
    #[command(flatten)]
    folders: OutputArgs,
}

#[derive(Debug)]
pub struct OpenConfig {
    pub directory: PathBuf,
    pub output: PathBuf,
    /// Whose documents are wanted; the index if `None`.
    pub(crate) wanted: Option<Only>,
}

/// # Errors
/// If that is no pattern.
pub(crate) fn config(args: OpenArgs) -> Result<OpenConfig, Stop> {
    let (directory, output) = args.folders.both();
    let wanted = args.pattern.map(|pattern| only(pattern, "livret open martin-claire")).transpose()?;
    Ok(OpenConfig { directory, output, wanted })
}
