//! `livret` turns Markdown and YAML into livrets d'évaluation to print and sign. The modules are the steps of the
//! way of the data, in order: [`load`], [`parse`], [`link`], [`check`] (together [`project`]), [`plan`],
//! [`render`], [`mod@print`], [`finish`], [`mod@write`]. `docs/architecture.md` tells the whole.

pub mod author;
pub mod browser;
pub mod bundle;
pub mod check;
pub mod cli;
pub mod commands;
pub mod diagnostic;
pub mod editor;
pub mod fingerprint;
pub mod finish;
pub mod fmt;
pub mod fold;
pub mod import;
pub mod layout;
pub mod link;
pub mod load;
pub mod lsp;
pub mod machine;
pub mod model;
pub mod parse;
pub mod paths;
pub mod plan;
mod police;
pub mod print;
pub mod project;
pub mod reason;
pub mod record;
pub mod render;
pub mod schema;
pub mod serve;
pub mod source;
pub mod stop;
pub mod terminal;
pub mod text;
pub mod typographie;
pub mod verify;
pub mod watch;
pub mod write;
