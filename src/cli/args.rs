//! What several commands take, and what is said instead of running one.

use std::path::PathBuf;

use clap::Args;

use crate::documents::build::select::Only;
use crate::documents::print::ChromeLocation;

/// The output folder in a project, where no other one is asked for.
pub(crate) const OUTPUT: &str = "output";

pub(crate) const TEMPLATE: &str = "{about}\n\nUtilisation : {usage}\n\n{all-args}{after-help}";

#[derive(Debug, Args)]
pub(crate) struct ProjectArgs {
    /// Dossier du projet, celui de livret.yaml
    #[arg(
        short = 'C',
        value_name = "DOSSIER",
        default_value = ".",
        hide_default_value = true,
        help_heading = "Options"
    )]
    pub directory: PathBuf,
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

pub(crate) fn chrome(location: Option<String>) -> ChromeLocation {
    match location {
        None => ChromeLocation::Auto,
        Some(address) if address.starts_with("ws://") || address.starts_with("wss://") => {
            ChromeLocation::Remote(address)
        }
        Some(path) => ChromeLocation::Path(path.into()),
    }
}
