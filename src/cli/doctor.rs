//! `livret doctor`: its arguments.

use std::time::Duration;

use clap::Args;

use super::args::{ChromeArgs, OutputArgs};
use crate::documents::print::PrintOptions;

#[derive(Debug, Args)]
pub struct DoctorArgs {
    #[command(flatten)]
    pub(crate) folders: OutputArgs,
    #[command(flatten)]
    chrome: ChromeArgs,
}

/// A page of one word takes a second; a minute would only keep the user waiting.
const PATIENCE: Duration = Duration::from_secs(30);

impl DoctorArgs {
    pub(crate) fn print(&self) -> PrintOptions {
        PrintOptions { timeout: PATIENCE, ..self.chrome.options() }
    }
}
