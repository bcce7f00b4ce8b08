//! What runs on while people work: what changes on the disk ([`watch`]), the preview in a browser ([`serve`]), the
//! language server ([`lsp`]). What follows from a change is a recipe of `commands`.

pub(crate) mod lsp;
pub(crate) mod serve;
pub(crate) mod watch;
