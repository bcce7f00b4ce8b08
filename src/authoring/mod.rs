//! Sources that the program writes or changes: new files ([`author`]), candidats out of a spreadsheet ([`import`]), the
//! canonical form ([`mod@fmt`]), what editors are told of what may be written ([`schema`], [`editor`]). Only
//! `author::disk` writes.

pub mod author;
pub(crate) mod editor;
pub mod fmt;
pub mod import;
pub mod releve;
pub mod schema;
