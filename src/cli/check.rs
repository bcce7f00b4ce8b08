//! `livret check` on the command line.

use clap::Args;

use super::args::{ONLY, ProjectArgs, Stop, wanted};
use super::format::FormatArgs;
use crate::documents::build::select::Only;
use crate::ground::diagnostic::formats::Format;

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    #[command(flatten)]
    pub(crate) format: FormatArgs,
    /// Ne montrer que ce qui concerne les fiches (martin-claire), sessions/fiches ou chemins qui correspondent : "martin*", "2026-06/*"
    #[arg(long, value_name = "MOTIF")]
    only: Option<String>,
    /// Whose mistakes are wanted.
    #[arg(skip)]
    pub(crate) wanted: Option<Only>,
    /// Ne montrer que les erreurs
    #[arg(long)]
    pub erreurs: bool,
    /// Vérifier de nouveau à chaque enregistrement, jusqu'à Ctrl-C
    #[arg(long)]
    pub watch: bool,
    /// Avec --watch : regarder les fichiers à intervalles réguliers, pour un lecteur réseau qui n'annonce pas ses changements
    #[arg(long, requires = "watch")]
    pub poll: bool,
}

impl CheckArgs {
    /// # Errors
    /// `--watch` in a form that is one document: it would never end.
    pub(crate) fn checked(mut self) -> Result<Self, Stop> {
        if self.watch && matches!(self.format.format, Format::Json | Format::Sarif) {
            return Err(Stop::error(
                "--watch ne va qu'avec --format human ou short ; un document json ou sarif n'aurait pas de fin",
            ));
        }
        self.wanted = wanted(self.only.take(), ONLY)?;
        Ok(self)
    }
}
