//! What everything stands on and what knows nothing of livrets: places in sources, diagnostics and how they are shown,
//! texts (folding, French typography), paths, the terminal, the machine. Nothing here reads a source or writes one.

pub mod browser;
pub mod diagnostic;
pub mod fingerprint;
pub mod fold;
pub mod machine;
pub mod paths;
pub mod police;
pub mod reason;
pub mod source;
pub mod stop;
pub mod terminal;
pub mod text;
pub mod typographie;
