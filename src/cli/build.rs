//! `livret build` on the command line.

use std::num::NonZeroUsize;
use std::time::Duration;

use clap::Args;

use super::args::{ChromeArgs, ONLY, OutputArgs, Stop, wanted};
use super::format::FormatArgs;
use crate::documents::build::select::{Only, Shard};
use crate::documents::print::PrintOptions;

#[derive(Debug, Default, Args)]
pub struct BuildArgs {
    #[command(flatten)]
    pub(crate) folders: OutputArgs,
    /// Ne produire que les pages HTML
    #[arg(long)]
    no_pdf: bool,
    /// Ne produire que les documents dont la fiche (martin-claire), la session/fiche ou le chemin correspond : "martin*", "2026-06/*"
    #[arg(long, value_name = "MOTIF")]
    only: Option<String>,
    /// The documents that are wanted; all if `None`.
    #[arg(skip)]
    pub(crate) wanted: Option<Only>,
    #[command(flatten)]
    pub(crate) chrome: ChromeArgs,
    /// Nombre de documents imprimés en même temps [d'ordinaire : selon les processeurs]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Tout refaire, même ce qui n'a pas changé
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub(crate) format: FormatArgs,
    /// Ne produire qu'une part des documents, par exemple 3/8 : la troisième de huit
    #[arg(long, value_name = "K/N", value_parser = shard)]
    pub(crate) shard: Option<Shard>,
    /// Temps accordé à l'impression d'un document, en secondes [d'ordinaire : 60]
    #[arg(long, value_name = "SECONDES", value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: Option<u64>,
}

impl BuildArgs {
    /// What is usual for all else.
    pub(crate) fn of(folders: OutputArgs, chrome: ChromeArgs) -> Self {
        Self { folders, chrome, ..Self::default() }
    }

    /// # Errors
    /// If what is wanted is no pattern.
    pub(crate) fn checked(mut self) -> Result<Self, Stop> {
        self.wanted = wanted(self.only.take(), ONLY)?;
        Ok(self)
    }

    /// `None` for HTML only.
    pub(crate) fn print(&self) -> Option<PrintOptions> {
        let usual = self.chrome.options();
        let timeout = self.timeout.map_or(usual.timeout, Duration::from_secs);
        (!self.no_pdf).then_some(PrintOptions { jobs: self.jobs, timeout, ..usual })
    }
}

fn shard(text: &str) -> Result<Shard, String> {
    let parsed = text.split_once('/').and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
    match parsed {
        Some((index, of)) if (1..=of).contains(&index) => Ok(Shard { index, of }),
        _ => Err(String::new()),
    }
}
