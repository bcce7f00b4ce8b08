//! `livret watch` on the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::args::{ChromeArgs, OutputArgs};
use crate::documents::print::PrintOptions;

/// Where the preview is found unless somebody else is there.
const PORT: u16 = 4321;

#[derive(Debug, Args)]
pub(crate) struct WatchArgs {
    #[command(flatten)]
    folders: OutputArgs,
    /// Port de l'aperçu ; s'il est pris, le suivant [d'ordinaire : 4321]
    #[arg(long, value_name = "N", default_value_t = PORT, hide_default_value = true)]
    port: u16,
    /// Ouvrir l'aperçu dans le navigateur
    #[arg(long)]
    open: bool,
    /// Ne produire que les pages HTML
    #[arg(long)]
    no_pdf: bool,
    /// Regarder les fichiers à intervalles réguliers, pour un lecteur réseau qui n'annonce pas ses changements
    #[arg(long)]
    poll: bool,
    /// Nombre de documents imprimés en même temps [d'ordinaire : selon les processeurs]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    chrome: ChromeArgs,
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
    let print = PrintOptions { jobs: args.jobs, ..args.chrome.options() };
    let (directory, output) = args.folders.both();
    WatchConfig {
        directory,
        output,
        port: args.port,
        open: args.open,
        print: (!args.no_pdf).then_some(print),
        poll: args.poll,
    }
}
