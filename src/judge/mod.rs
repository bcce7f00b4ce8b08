//! What the sources mean together: names are linked ([`link`]), rules ([`rules`]) are held against what was written
//! and the state of each livret is derived ([`check`]). [`project`] is the recipe from a folder to a judged `Project`.
//! Nothing is rendered or written here.

pub(crate) mod check;
pub(crate) mod link;
pub mod project;
pub(crate) mod rules;
pub(crate) mod verdict;
