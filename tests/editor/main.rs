//! What helps while writing, through the real binary: schemas held against the readers, the language server over its
//! standard input and output, completions, the manual, and `doctor`.

#[allow(dead_code)] // Not every module uses all of it.
#[path = "../support/mod.rs"]
mod support;

mod client;
mod doctor;
mod lsp;
mod schemas;
mod shell;
