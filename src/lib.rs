//! `livret` turns Markdown and YAML into livrets d'évaluation to print and sign. The modules are wings, in the order
//! of the way of the data: each may use those before it, never those after it (`tests/wings.rs` holds that).
//! `docs/architecture.md` tells the whole.

// What neither the program nor tests need is not public, so that the compiler finds what is dead.
#![warn(unreachable_pub)]

pub mod authoring;
pub mod cli;
pub mod commands;
pub mod documents;
pub mod ground;
pub mod judge;
pub mod live;
pub mod model;
pub mod sources;
