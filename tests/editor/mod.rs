//! What helps while writing, through the real binary: schemas held against the readers, the language server over its
//! standard input and output, completions, the manual, and `doctor`.

mod client;
mod doctor;
mod lsp;
mod schemas;
mod shell;
