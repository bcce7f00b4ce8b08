//! `livret check` on the command line.

use std::path::PathBuf;

use clap::Args;

use super::args::{ProjectArgs, Stop, wanted};
use super::format::FormatArgs;
use crate::documents::build::select::Only;
use crate::ground::diagnostic::formats::Format;

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    project: ProjectArgs,
    #[command(flatten)]
    format: FormatArgs,
    /// Ne montrer que ce qui concerne les fiches (martin-claire), sessions/fiches ou chemins qui correspondent : "martin*", "2026-06/*"
    #[arg(long, value_name = "MOTIF")]
    only: Option<String>,
    /// Ne montrer que les erreurs
    #[arg(long)]
    erreurs: bool,
    /// Vérifier de nouveau à chaque enregistrement, jusqu'à Ctrl-C
    #[arg(long)]
    watch: bool,
    /// Avec --watch : regarder les fichiers à intervalles réguliers, pour un lecteur réseau qui n'annonce pas ses changements
    #[arg(long, requires = "watch")]
    poll: bool,
}

#[derive(Debug)]
pub struct CheckConfig {
    pub directory: PathBuf,
    pub format: Format,
    /// Whose mistakes are wanted.
    pub(crate) only: Option<Only>,
    /// Whether errors alone are wanted.
    pub errors_only: bool,
    /// Whether it goes on checking.
    pub watch: bool,
    pub poll: bool,
}

/// # Errors
/// `--watch` in a form that is one document: it would never end.
pub(crate) fn config(args: CheckArgs) -> Result<CheckConfig, Stop> {
    let format = args.format.format;
    if args.watch && matches!(format, Format::Json | Format::Sarif) {
        let text =
            "erreur : --watch ne va qu'avec --format human ou short ; un document json ou sarif n'aurait pas de fin";
        return Err(Stop { text: text.to_owned(), is_error: true });
    }
    Ok(CheckConfig {
        directory: args.project.directory,
        format,
        only: wanted(args.only)?,
        errors_only: args.erreurs,
        watch: args.watch,
        poll: args.poll,
    })
}
