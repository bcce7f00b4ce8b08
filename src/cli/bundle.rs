//! `livret bundle` on the command line.

use clap::Args;

use super::args::{ChromeArgs, OutputArgs};

#[derive(Debug, Args)]
pub struct BundleArgs {
    /// Session, par son dossier dans content/candidats/
    #[arg(value_name = "SESSION")]
    pub session: String,
    #[command(flatten)]
    pub(crate) folders: OutputArgs,
    /// Documents à réunir : livret, fiche-synthese… [d'ordinaire : le premier du thème]
    #[arg(long, value_name = "DOCUMENT")]
    pub document: Option<String>,
    /// Pour imprimer recto verso : chaque candidat commence sur un recto
    #[arg(long)]
    pub duplex: bool,
    #[command(flatten)]
    pub(crate) chrome: ChromeArgs,
}
