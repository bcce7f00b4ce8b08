//! `livret export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::ProjectArgs;

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Session, par son dossier dans content/candidats/
    #[arg(value_name = "SESSION")]
    pub session: String,
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Sorte de fichier : xlsx (classeur), csv (texte pour tableur) ou json (pour un programme) [d'ordinaire : selon --output, sinon xlsx]
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub format: Option<ExportFormat>,
    /// Fichier à écrire [d'ordinaire : le nom de la session, dans le dossier où l'on est]
    #[arg(long, value_name = "FICHIER")]
    pub output: Option<PathBuf>,
    /// Remplacer le fichier s'il existe déjà, sans demander
    #[arg(long)]
    pub remplacer: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    Xlsx,
    Csv,
    Json,
}

impl ExportFormat {
    /// The extension of its files.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

impl ExportArgs {
    /// The format that is asked for, by name or by the file's extension.
    pub(crate) fn format(&self) -> ExportFormat {
        let extension = self.output.as_ref().and_then(|output| output.extension()?.to_str()).map(str::to_lowercase);
        self.format.unwrap_or(match extension.as_deref() {
            Some("csv") => ExportFormat::Csv,
            Some("json") => ExportFormat::Json,
            _ => ExportFormat::Xlsx,
        })
    }
}
