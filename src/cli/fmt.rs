//! The arguments of `livret fmt`.

use std::path::PathBuf;

use clap::Args;

use super::args::{ProjectArgs, Stop};

#[derive(Debug, Args)]
pub(crate) struct FmtArgs {
    /// Fichiers ou dossiers à mettre en forme [d'ordinaire : tout le projet] ; « - » : le texte reçu, rendu sur la sortie
    #[arg(value_name = "CHEMIN")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    project: ProjectArgs,
    /// Ne rien écrire : montrer ce qui changerait ; code de sortie 1 s'il y a quelque chose
    #[arg(long)]
    check: bool,
    /// Avec « - », le fichier dont vient le texte, à partir du dossier du projet
    #[arg(long, value_name = "CHEMIN")]
    nom: Option<String>,
}

/// What `livret fmt` is to do.
#[derive(Debug)]
pub struct FmtConfig {
    pub directory: PathBuf,
    pub check: bool,
    pub(crate) input: FmtInput,
}

#[derive(Debug)]
pub(crate) enum FmtInput {
    /// The project's files below these paths; all of them if there is none.
    Files(Vec<PathBuf>),
    /// The standard input, a text of this name.
    Stdin(String),
}

impl FmtArgs {
    pub(crate) fn config(self) -> Result<FmtConfig, Stop> {
        let stop = |text: &str| Err(Stop::error(&format!("{text}\n\nPour en savoir plus : livret fmt --help")));
        let stdin = self.paths.iter().any(|path| path.as_os_str() == "-");
        let input = match (stdin, self.nom) {
            (true, _) if self.paths.len() > 1 => return stop("« - » ne va pas avec d'autres chemins"),
            (true, Some(name)) => FmtInput::Stdin(name),
            (true, None) => {
                return stop("« - » demande --nom, par exemple --nom content/candidats/2026-06/martin-claire.md");
            }
            (false, Some(_)) => return stop("--nom ne va qu'avec « - »"),
            (false, None) => FmtInput::Files(self.paths),
        };
        Ok(FmtConfig { directory: self.project.directory, check: self.check, input })
    }
}
