//! The arguments of `livret fmt`.

use std::path::PathBuf;

use clap::Args;

use super::args::ProjectArgs;

#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Fichiers ou dossiers à mettre en forme [d'ordinaire : tout le projet] ; « - » : le texte reçu, rendu sur la sortie
    #[arg(value_name = "CHEMIN")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Ne rien écrire : montrer ce qui changerait ; code de sortie 1 s'il y a quelque chose
    #[arg(long)]
    pub check: bool,
    /// Avec « - », le fichier dont vient le texte, à partir du dossier du projet
    #[arg(long, value_name = "CHEMIN")]
    pub nom: Option<String>,
}
