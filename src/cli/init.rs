//! `livret init`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub struct InitArgs {
    /// Dossier du nouveau projet ; il est créé s'il n'existe pas
    #[arg(value_name = "DOSSIER")]
    pub directory: PathBuf,
}
