//! A build as a library, for every command that builds or asks what would be built: what is selected and stale, the
//! pages, the queue of what is printed, what came of it. In which order these steps are taken, and what is said of
//! them, is for the commands.

pub mod inputs;
pub mod job;
pub mod output;
pub mod pages;
pub mod printing;
pub mod promises;
mod queue;
pub mod select;
pub mod stale;
pub mod tally;
