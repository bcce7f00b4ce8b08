//! A build as a library, for every command that builds or asks what would be built: what is selected and stale, the
//! pages, the queue of what is printed, what came of it. In which order these steps are taken, and what is said of
//! them, is for the commands.

pub(crate) mod inputs;
pub(crate) mod job;
pub(crate) mod output;
pub(crate) mod pages;
pub(crate) mod printing;
pub(crate) mod promises;
mod queue;
pub(crate) mod select;
pub(crate) mod stale;
pub(crate) mod tally;
