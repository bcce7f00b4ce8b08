//! `livret doctor`: its arguments.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::args::{ChromeArgs, OutputArgs};
use crate::documents::print::PrintOptions;

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    folders: OutputArgs,
    #[command(flatten)]
    chrome: ChromeArgs,
}

/// What is examined.
#[derive(Debug)]
pub struct DoctorConfig {
    pub directory: PathBuf,
    pub output: PathBuf,
    pub print: PrintOptions,
}

/// A page of one word takes a second; a minute would only keep the user waiting.
const PATIENCE: Duration = Duration::from_secs(30);

impl From<DoctorArgs> for DoctorConfig {
    fn from(args: DoctorArgs) -> Self {
        let (directory, output) = args.folders.both();
        Self { directory, output, print: PrintOptions { timeout: PATIENCE, ..args.chrome.options() } }
    }
}
