//! The results of a session as a table, out and in: a row a candidat, a column for each result. Here all is data: what
//! a table holds ([`columns`], [`derives`], [`sheet`]) and how it is written ([`xlsx`], [`csv`], [`json`]); what a table that comes
//! back says ([`read`], [`value`]), which cells that changes ([`compare`]), and each fiche with them ([`changed`]): the least
//! edit ([`wanted`], [`edit`], [`put`], [`insert`], [`origin`]), proved before anything is written ([`verify`]). Files, questions and messages are left to
//! [`crate::commands`].

pub mod changed;
pub mod columns;
pub mod compare;
pub mod csv;
mod derives;
pub(crate) mod edit;
mod insert;
pub mod json;
mod origin;
mod put;
pub mod read;
pub mod sheet;
mod value;
mod verify;
mod wanted;
pub mod xlsx;
