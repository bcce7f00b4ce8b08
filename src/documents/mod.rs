//! From a judged project to the output: every document as data ([`plan`]), pages out of templates ([`render`]), the
//! bytes of PDFs through Chrome ([`mod@print`]), what they say of themselves ([`finish`]), whether they say what was
//! written ([`verify`]), the output folder ([`mod@write`]) what was built from what ([`record`]), and all
//! of it together ([`build`]).

pub(crate) mod build;
pub(crate) mod bundle;
pub mod finish;
pub mod plan;
pub mod print;
pub(crate) mod record;
pub mod render;
pub(crate) mod verify;
pub(crate) mod write;
