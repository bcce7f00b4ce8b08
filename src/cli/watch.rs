//! `livret watch` on the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::args::{OUTPUT, ProjectArgs, chrome};
use crate::documents::print::PrintOptions;

/// Where the preview is found unless somebody else is there.
const PORT: u16 = 4321;

#[derive(Debug, Args)]
pub(crate) struct WatchArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Dossier de sortie [d'ordinaire : output, dans le dossier du projet]
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    output: Option<PathBuf>,
    /// Port de l'aperçu ; s'il est pris, le suivant [d'ordinaire : 4321]
    #[arg(long, value_name = "N", default_value_t = PORT, hide_default_value = true, help_heading = "Options")]
    port: u16,
    /// Ouvrir l'aperçu dans le navigateur
    #[arg(long, help_heading = "Options")]
    open: bool,
    /// Ne produire que les pages HTML
    #[arg(long, help_heading = "Options")]
    no_pdf: bool,
    /// Regarder les fichiers à intervalles réguliers, pour un lecteur réseau qui n'annonce pas ses changements
    #[arg(long, help_heading = "Options")]
    poll: bool,
    /// Nombre de documents imprimés en même temps [d'ordinaire : selon les processeurs]
    #[arg(long, value_name = "N", help_heading = "Options")]
    jobs: Option<NonZeroUsize>,
    /// Chrome à employer : chemin du programme, ou adresse ws://… d'un Chrome distant
    #[arg(long, value_name = "CHEMIN|ws://…", help_heading = "Options")]
    chrome: Option<String>,
    /// Lancer Chrome sans son bac à sable (dans un conteneur ; seulement pour des sources sûres)
    #[arg(long, help_heading = "Options")]
    no_sandbox: bool,
}

#[derive(Debug)]
pub struct WatchConfig {
    pub directory: PathBuf,
    pub output: PathBuf,
    pub port: u16,
    /// Whether the user's browser is opened.
    pub open: bool,
    /// `None` for HTML only.
    pub print: Option<PrintOptions>,
    pub poll: bool,
}

pub(crate) fn config(args: WatchArgs) -> WatchConfig {
    let print = PrintOptions {
        chrome: chrome(args.chrome),
        jobs: args.jobs,
        sandbox: !args.no_sandbox,
        ..PrintOptions::default()
    };
    let directory = args.project.directory;
    WatchConfig {
        output: args.output.unwrap_or_else(|| directory.join(OUTPUT)),
        directory,
        port: args.port,
        open: args.open,
        print: (!args.no_pdf).then_some(print),
        poll: args.poll,
    }
}
