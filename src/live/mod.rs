//! What runs on while people work: what changes on the disk ([`watch`]), the preview in a browser ([`serve`]), the
//! language server ([`lsp`]). What follows from a change is a recipe of `commands`.

pub mod lsp;
pub mod serve;
pub mod watch;
