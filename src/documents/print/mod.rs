//! The print engine: self-contained HTML in, the bytes of a PDF out, through headless Chrome.
//!
//! [`Engine`] finds and owns Chrome, [`ChromePrinter`] is what a worker prints with, [`print_all`] is
//! the pool that hands documents to workers. One Chrome serves all workers, each with a tab and a connection of its own. A browser that misbehaved once is thrown
//! away with all its processes; what it was printing is printed again by a fresh one.

mod ahead;
mod call;
mod cbor;
mod chrome;
mod engine;
mod error;
mod fault;
mod fonts;
mod http;
mod job;
mod locate;
mod page;
mod pipe;
mod pool;
mod process;
mod profile;
mod tab;
mod version;

pub(crate) use self::{
    ahead::Starting,
    error::OLDEST_CHROME,
    fonts::lift_sheet,
    process::{STOPPED, stopped},
};
pub use self::{
    engine::{ChromePrinter, Engine},
    error::{PrintError, Step},
    fonts::Font,
    job::{PrintJob, PrintOptions, Printed},
    locate::{ChromeLocation, executable},
    pool::print_all,
    process::kill_all,
    version::version,
};
