//! `livret lsp`: its arguments.

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct LspArgs {
    /// Many editors add it by themselves; there is no other way.
    #[arg(long, hide = true)]
    pub stdio: bool,
}
