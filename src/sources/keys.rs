//! The one declaration of every key that can be written: its name, whether it must be there, what kind of value it has
//! and what it says, in the order of the guide. From here come what readers ask for and what is unknown to them
//! ([`super::parse::yaml::fields`]), the schemas, hover and completion of editors, the order of `fmt`, the tables of the
//! guide. What a value means is left to the readers.

mod candidat;
mod projet;
mod referentiel;
mod shape;

pub use candidat::*;
pub use projet::*;
pub use referentiel::*;
pub use shape::*;
