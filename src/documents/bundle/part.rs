//! What a bundle is put together from, and why it may not be.

use crate::ground::diagnostic::{Code, Diagnostic};

/// A PDF to put into a bundle, as [`finish`](crate::documents::finish::finish) made it.
pub(crate) struct Part {
    /// What messages call it, its path.
    pub name: String,
    pub pdf: Vec<u8>,
    /// What the bundle's outline calls it, its own outline below; `None` for one known by its first heading alone.
    pub title: Option<String>,
    pub place: PageRange,
}

/// Where a document stands in its bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PageRange {
    /// Its first page, counted from 1.
    pub first: usize,
    pub pages: usize,
}

impl PageRange {
    pub(crate) fn last(self) -> usize {
        self.first + self.pages - 1
    }
}

/// Where documents of so many pages stand, one after the other: on both sides of the paper, each starts on a front
/// side.
pub(crate) fn places(pages: impl IntoIterator<Item = usize>, duplex: bool) -> Vec<PageRange> {
    let mut next = 1;
    let place = |pages| {
        let place = PageRange { first: next, pages };
        next += pages;
        if duplex {
            next += pages % 2;
        }
        place
    };
    pages.into_iter().map(place).collect()
}

/// Why there is no bundle: which document cannot be part of one, and what is wrong with it.
pub(crate) fn unfit(name: &str, detail: &str) -> Box<Diagnostic> {
    let message = format!("ce document ne peut pas être réuni aux autres : {detail}");
    let diagnostic = Diagnostic::in_file(Code::DocumentNonReuni, name, message);
    Box::new(diagnostic.help("refaites-le avec « livret build --force »"))
}
