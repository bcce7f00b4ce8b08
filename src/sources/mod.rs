//! Reading what people write: the files of a project ([`load`]), what each is by its path ([`layout`]), and what is in
//! it ([`parse`]), every mistake with its place; [`keys`] declares all that may be written. What one file says of another is not looked at here.

pub mod keys;
pub mod layout;
pub mod load;
pub mod parse;
