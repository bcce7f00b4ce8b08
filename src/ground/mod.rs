//! What everything stands on and what knows nothing of livrets: places in sources, diagnostics and how they are shown,
//! texts (folding, French typography), paths, the terminal, the machine. Nothing here reads a source or writes one.

pub(crate) mod browser;
pub mod diagnostic;
pub mod fingerprint;
pub(crate) mod fold;
pub(crate) mod html;
pub(crate) mod lock;
pub(crate) mod machine;
pub mod paths;
pub(crate) mod personnes;
pub(crate) mod police;
pub(crate) mod reason;
pub mod source;
pub mod stop;
pub mod terminal;
pub(crate) mod text;
pub mod typographie;
