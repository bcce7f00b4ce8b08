//! All tests but those that need a program of their own, in one: it is linked once, and tests that wait for Chrome or for
//! a file to change stand beside those that work. `cargo test --test suite -- watch::` runs one group.
//! On their own: golden cases and corrections, which are tests each by its folder's name, and Chrome's processes
//! (`print_processes`, `print_stop`), which look at all children of their program.

mod authoring;
mod autre_branche;
mod build;
mod chrome;
mod cles;
mod codes;
mod ecrit;
mod editor;
mod fmt;
mod fmt_properties;
#[path = "../benches/build/generated.rs"]
mod generated;
mod hostile;
mod import_properties;
mod index;
mod lecture_properties;
mod mutation;
mod octets;
mod pages;
mod pdf;
mod print;
mod releve_properties;
mod support;
mod verdicts;
mod watch;
mod wings;
