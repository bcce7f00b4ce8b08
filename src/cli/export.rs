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
        self.format.or(self.named()).unwrap_or(ExportFormat::Xlsx)
    }

    /// The extension of a file, if the format that is asked for is another one.
    pub(crate) fn contradiction(&self) -> Option<&'static str> {
        let named = self.named().filter(|named| self.format.is_some_and(|format| format != *named));
        named.map(ExportFormat::extension)
    }

    /// The format that the file's name tells.
    fn named(&self) -> Option<ExportFormat> {
        ExportFormat::from_str(self.output.as_ref()?.extension()?.to_str()?, true).ok()
    }
}
