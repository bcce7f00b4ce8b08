//! `livret check` on the command line.

use std::path::PathBuf;

use clap::Args;

use super::ProjectArgs;

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Vérifier de nouveau à chaque enregistrement, jusqu'à Ctrl-C
    #[arg(long, help_heading = "Options")]
    watch: bool,
    /// Avec --watch : regarder les fichiers à intervalles réguliers, pour un lecteur réseau qui n'annonce pas ses changements
    #[arg(long, requires = "watch", help_heading = "Options")]
    poll: bool,
}

#[derive(Debug)]
pub struct CheckConfig {
    pub directory: PathBuf,
    /// Whether it goes on checking.
    pub watch: bool,
    pub poll: bool,
}

pub fn config(args: CheckArgs) -> CheckConfig {
    CheckConfig { directory: args.project.directory, watch: args.watch, poll: args.poll }
}
