//! One thing that is named twice in a file, in one way or in two.

use std::collections::BTreeMap;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::Spanned;

/// What was named in one list, by what the names mean, however they are spelled.
pub(crate) struct Named<K>(BTreeMap<K, Spanned<String>>);

impl<K> Default for Named<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord> Named<K> {
    /// How the same thing was named before.
    pub(crate) fn before(&mut self, meant: K, name: &Spanned<String>) -> Option<Spanned<String>> {
        let before = self.0.get(&meant).cloned();
        self.0.entry(meant).or_insert_with(|| name.clone());
        before
    }

    /// Whether a thing, which messages call `what`, is named for the first time. Two spellings of one key are reported; the
    /// same key twice was where it was read.
    pub(crate) fn is_first(&mut self, meant: K, name: &Spanned<String>, what: &str, d: &mut Diagnostics) -> bool {
        let Some(first) = self.before(meant, name) else { return true };
        if name.value != first.value {
            let message = format!("« {} » et « {} » désignent {what}", first.value, name.value);
            d.push(twice(name, &first, message));
        }
        false
    }
}

pub(crate) fn twice(name: &Spanned<String>, first: &Spanned<String>, message: String) -> Diagnostic {
    Diagnostic::new(Code::NomEnDouble, name.span, message).repeats(first.span).help("gardez l'un des deux")
}
