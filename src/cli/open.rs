//! `livret open` on the command line.

use clap::Args;

use super::args::{OutputArgs, Stop, wanted};
use crate::documents::build::select::Only;

#[derive(Debug, Args)]
pub struct OpenArgs {
    /// De qui montrer le livret : des mots de son nom, sa fiche (martin-claire), session/fiche, un référentiel ou le chemin d'une page [d'ordinaire : l'index]
    #[arg(value_name = "MOTIF")]
    pattern: Option<String>,
    /// Whose documents are wanted; the index if `None`.
    #[arg(skip)]
    pub(crate) wanted: Option<Only>,
    #[command(flatten)]
    pub(crate) folders: OutputArgs,
}

impl OpenArgs {
    /// # Errors
    /// If that is no pattern.
    pub(crate) fn checked(mut self) -> Result<Self, Stop> {
        self.wanted = wanted(self.pattern.take(), "livret open martin-claire")?;
        Ok(self)
    }
}
