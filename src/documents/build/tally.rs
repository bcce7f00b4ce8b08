//! What came of a build, in numbers.

use std::collections::BTreeSet;

/// What was made so far.
#[derive(Default)]
pub(crate) struct Tally {
    pub html: usize,
    pub pdf: usize,
    /// Pages of the PDFs made.
    pub pages: usize,
    pub unchanged: usize,
    pub removed: usize,
    /// The pages whose PDF could not be made.
    pub failed: BTreeSet<String>,
}
