//! Names in a list: each is one entry's alone, however it is spelled.

use std::collections::BTreeMap;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::source::{Span, Spanned};

/// The words that the entries of a list answer to: each is one entry's alone, however it is spelled.
#[derive(Default)]
pub(crate) struct Names(BTreeMap<String, (usize, Span)>, usize);

impl Names {
    /// Adds the words of one more entry, and reports the first that another one has; `twice` says so, before the word.
    pub(crate) fn push(&mut self, words: Vec<Spanned<String>>, code: Code, twice: &str, d: &mut Diagnostics) {
        let Self(seen, count) = self;
        let mut twins = Vec::new();
        for word in words {
            let (entry, first) = *seen.entry(fold::key(&word.value)).or_insert((*count, word.span));
            twins.extend((entry != *count).then_some((word, first)));
        }
        if let Some((word, first)) = twins.first() {
            let help = "changez l'un d'eux : ni la casse, ni les accents, ni les tirets ne distinguent deux noms";
            let diagnostic = Diagnostic::new(code, word.span, format!("{twice} « {} »", word.value));
            d.push(diagnostic.repeats(*first).help(help));
        }
        *count += 1;
    }
}
