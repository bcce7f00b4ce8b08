//! `livret explain`.

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Codes à expliquer, par exemple E409 [sans code : la liste de tous]
    #[arg(value_name = "CODE", help_heading = "Arguments")]
    pub codes: Vec<String>,
}
