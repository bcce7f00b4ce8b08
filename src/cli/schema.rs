//! `livret schema`: its arguments.

use std::path::PathBuf;

use clap::Args;

use super::args::ProjectArgs;

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Écrire aussi les réglages de VS Code (.vscode/), s'il n'y en a pas encore
    #[arg(long)]
    vscode: bool,
}

/// Which project gets schemas, and whether editor settings too.
#[derive(Debug)]
pub struct SchemaConfig {
    pub directory: PathBuf,
    pub vscode: bool,
}

impl From<SchemaArgs> for SchemaConfig {
    fn from(args: SchemaArgs) -> Self {
        Self { directory: args.project.directory, vscode: args.vscode }
    }
}
