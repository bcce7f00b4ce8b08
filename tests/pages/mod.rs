//! The pages on a screen, in a real browser: search, filters and their address, the keyboard, the printed list, two
//! thousand candidats, no script at all, accessibility in both colour schemes on a desk and on a phone.
//! Without Chrome these tests say so and are skipped, unless LIVRET_TEST_CHROME=required.

mod accessible;
mod browser;
mod filters;
mod keyboard;
mod many;
mod printed;
mod project;
mod screen;
mod without_script;
