//! `livret schema`: its arguments.

use clap::Args;

use super::args::ProjectArgs;

#[derive(Debug, Args)]
pub struct SchemaArgs {
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Écrire aussi les réglages de VS Code (.vscode/), s'il n'y en a pas encore
    #[arg(long)]
    pub vscode: bool,
}
