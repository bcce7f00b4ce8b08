//! `livret check` on the command line.

use std::path::PathBuf;

use clap::Args;

use super::{FormatArgs, ProjectArgs, Stop};
use crate::diagnostic::formats::Format;

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    project: ProjectArgs,
    #[command(flatten)]
    format: FormatArgs,
    /// Vérifier de nouveau à chaque enregistrement, jusqu'à Ctrl-C
    #[arg(long, help_heading = "Options")]
    watch: bool,
    /// Avec --watch : regarder les fichiers à intervalles réguliers, pour un lecteur réseau qui n'annonce pas ses changements
    #[arg(long, requires = "watch", help_heading = "Options")]
    poll: bool,
}

#[derive(Debug)]
pub struct CheckConfig {
    pub directory: PathBuf,
    pub format: Format,
    /// Whether it goes on checking.
    pub watch: bool,
    pub poll: bool,
}

/// # Errors
/// `--watch` in a form that is one document: it would never end.
pub fn config(args: CheckArgs) -> Result<CheckConfig, Stop> {
    let format = args.format.format;
    if args.watch && matches!(format, Format::Json | Format::Sarif) {
        let text =
            "erreur : --watch ne va qu'avec --format human ou short ; un document json ou sarif n'aurait pas de fin";
        return Err(Stop { text: text.to_owned(), is_error: true });
    }
    Ok(CheckConfig { directory: args.project.directory, format, watch: args.watch, poll: args.poll })
}
