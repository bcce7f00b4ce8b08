//! What tests with a real Chrome share.
#![allow(dead_code)] // Not every test uses all of it.

use livret::print::{Engine, PrintError, PrintOptions};

/// An engine, or nothing on a machine without Chrome.
pub fn engine() -> Option<Engine> {
    engine_with(PrintOptions::default())
}

/// The same with options.
pub fn engine_with(options: PrintOptions) -> Option<Engine> {
    match Engine::start(options) {
        Ok(engine) => Some(engine),
        Err(PrintError::NotFound) => {
            eprintln!("skipped: there is no Chrome on this machine");
            None
        }
        Err(error) => panic!("{error}"),
    }
}
