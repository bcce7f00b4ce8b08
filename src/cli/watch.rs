//! `livret watch` on the command line.

use std::num::NonZeroUsize;

use clap::Args;

use super::args::{ChromeArgs, OutputArgs};
use crate::documents::print::PrintOptions;

/// Where the preview is found unless somebody else is there.
const PORT: u16 = 4321;

#[derive(Debug, Args)]
pub struct WatchArgs {
    #[command(flatten)]
    pub(crate) folders: OutputArgs,
    /// Port de l'aperçu ; s'il est pris, le suivant [d'ordinaire : 4321]
    #[arg(long, value_name = "N", default_value_t = PORT, hide_default_value = true)]
    pub port: u16,
    /// Ouvrir l'aperçu dans le navigateur
    #[arg(long)]
    pub open: bool,
    /// Ne produire que les pages HTML
    #[arg(long)]
    no_pdf: bool,
    /// Regarder les fichiers à intervalles réguliers, pour un lecteur réseau qui n'annonce pas ses changements
    #[arg(long)]
    pub poll: bool,
    /// Nombre de documents imprimés en même temps [d'ordinaire : selon les processeurs]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    chrome: ChromeArgs,
}

impl WatchArgs {
    /// `None` for HTML only.
    pub(crate) fn print(&self) -> Option<PrintOptions> {
        (!self.no_pdf).then(|| PrintOptions { jobs: self.jobs, ..self.chrome.options() })
    }
}
