//! The preview's side in the browser: follows the state that the server tells, brings the page up to date where it
//! stands, shows mistakes over it, and the printed pages in its place. It exists only in what is served.

/// One script of several files: a page's policy is widened by one address.
pub(crate) const SCRIPT: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("apercu/differences.js"),
    include_str!("apercu/page.js"),
    include_str!("apercu/panel.js"),
    "})();\n"
);
