//! Values out of a YAML tree: each reader says what it expects, reports what it finds instead, and goes on, so
//! that one run tells every mistake of a file. Unknown keys are those that nobody asked for.

use std::collections::BTreeMap;

use super::node::{Kind, Node, glued_colon, named, space_after_colon, wrong_type};
pub use super::values::*;
use crate::ground::diagnostic::nearest::nearest;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{Span, Spanned};

/// The keys of one map, taken one by one.
pub struct Fields<'a> {
    /// What the map describes, for messages: « la fiche d'un candidat ».
    what: &'a str,
    span: Span,
    entries: &'a [(Spanned<String>, Node)],
    asked: Vec<&'static str>,
    missing: Vec<(&'static str, Diagnostic)>,
}

/// Reads one value of a field, or reports why it cannot.
pub type Reader<T> = fn(&Node, &str, &mut Diagnostics) -> Option<T>;

impl<'a> Fields<'a> {
    /// The keys of `node`; `None`, with a diagnostic, if it is no map. Keys given twice are reported here.
    pub fn of(node: &'a Node, what: &'a str, diagnostics: &mut Diagnostics) -> Option<Self> {
        let entries: &[_] = match &node.kind {
            Kind::Map(entries) => entries,
            Kind::Null => &[],
            Kind::Text(words) if glued_colon(words).is_some() => {
                diagnostics.push(without_space(node, words));
                return None;
            }
            _ => {
                diagnostics.push(
                    wrong_type(node, what, "un groupe de clés")
                        .help("écrivez ses clés une par ligne, décalées, ou entre accolades : { clé: valeur }"),
                );
                return None;
            }
        };
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for (key, _) in entries {
            let first = *seen.entry(&key.value).or_insert(key.span);
            if first != key.span {
                diagnostics.push(
                    Diagnostic::new(
                        Code::CleEnDouble,
                        key.span,
                        format!("la clé « {} » est donnée deux fois", key.value),
                    )
                    .label("deuxième fois")
                    .related(first, "première fois")
                    .help("gardez l'une des deux"),
                );
            }
        }
        Some(Self { what, span: node.span, entries, asked: Vec::new(), missing: Vec::new() })
    }

    /// Where to point when something is missing: the first key, or the map itself.
    pub fn span(&self) -> Span {
        self.entries.first().map_or(self.span, |(key, _)| key.span)
    }

    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        #[cfg(test)]
        asked::note(self.what, key, false);
        let node = self.entries.iter().find(|(k, _)| k.value == key).map(|(_, node)| node)?;
        (!matches!(node.kind, Kind::Null)).then_some(node)
    }

    pub fn optional<T>(&mut self, key: &'static str, read: Reader<T>, d: &mut Diagnostics) -> Option<T> {
        self.node(key).and_then(|node| read(node, key, d))
    }

    pub fn required<T>(&mut self, key: &'static str, read: Reader<T>, d: &mut Diagnostics) -> Option<T> {
        #[cfg(test)]
        asked::note(self.what, key, true);
        if let Some(node) = self.node(key) {
            return read(node, key, d);
        }
        let missing = match self.entries.iter().find(|(k, _)| k.value == key) {
            // A word that is read as nothing has been told.
            Some((_, value)) if value.span.end > value.span.start + 1 => return None,
            Some((k, _)) => Diagnostic::new(Code::CleSansValeur, k.span, format!("la clé « {key} » n'a pas de valeur"))
                .help("écrivez la valeur après le deux-points"),
            None => {
                let message = format!("il manque la clé « {key} » dans {}", named(self.what));
                Diagnostic::new(Code::CleAbsente, self.span(), message).help(format!("ajoutez une ligne « {key}: … »"))
            }
        };
        self.missing.push((key, missing));
        None
    }

    /// Every key and value, for maps whose keys are the user's own.
    pub fn entries(&self) -> &'a [(Spanned<String>, Node)] {
        self.entries
    }

    /// Reports the keys that are missing, and those that nobody asked for, each with the nearest known one.
    pub fn finish(self, diagnostics: &mut Diagnostics) {
        let Self { what, entries, asked, missing, .. } = self;
        let unknown = || entries.iter().enumerate().filter(|(_, (key, _))| !asked.contains(&key.value.as_str()));
        let meant: Vec<&str> =
            unknown().filter_map(|(_, (key, _))| nearest(&key.value, asked.iter().copied())).collect();
        // A slip in a key is one mistake: its unknown spelling is reported, with the missing key as the way out.
        let slip = |key: &&str, code: Code| code == Code::CleAbsente && meant.contains(key);
        let missing = missing.into_iter().filter(|(key, missing)| !slip(key, missing.code));
        missing.for_each(|(_, missing)| diagnostics.push(missing));
        for (i, (key, value)) in unknown() {
            let message = format!("la clé « {} » est inconnue dans {}", key.value, named(what));
            let mut diagnostic = Diagnostic::new(Code::CleInconnue, key.span, message)
                .label("clé inconnue")
                .suggest(&key.value, asked.iter().copied());
            // « { fonction: Formatrice, organisme } »: right after a comma, and without a value.
            let before = i.checked_sub(1).map(|i| entries[i].1.span.end);
            if matches!(value.kind, Kind::Null)
                && before.and_then(|end| key.span.start.checked_sub(end)).is_some_and(|gap| (1..=2).contains(&gap))
            {
                diagnostic = diagnostic
                    .fact("une virgule qui fait partie d'une valeur demande des guillemets autour de celle-ci");
            }
            diagnostics.push(diagnostic);
        }
    }
}

/// `lieu:Brest` where keys are expected.
fn without_space(node: &Node, words: &str) -> Diagnostic {
    let colon = node.span.start + glued_colon(words).unwrap_or(0);
    let place = Span { start: colon, end: colon + 1, ..node.span };
    // Of several lines each has its own.
    space_after_colon(place).correct_if(node.listed.is_none().then_some(place), ": ")
}

/// A map of texts under keys of the user's own, each with the place of its key.
pub fn text_map(node: &Node, field: &str, diagnostics: &mut Diagnostics) -> Option<BTreeMap<String, Spanned<String>>> {
    let fields = Fields::of(node, field, diagnostics)?;
    let mut map = BTreeMap::new();
    for (key, value) in fields.entries() {
        if let Some(value) = text(value, &key.value, diagnostics) {
            map.insert(key.value.clone(), Spanned::new(value.value, key.span));
        }
    }
    Some(map)
}

/// Every key that a reader asked for while tests ran, to be held against the schemas.
#[cfg(test)]
pub mod asked {
    use std::collections::BTreeSet;
    use std::sync::Mutex;

    /// What the group of keys is called, the key, whether it is required.
    pub type Key = (String, String, bool);

    static ASKED: Mutex<BTreeSet<Key>> = Mutex::new(BTreeSet::new());

    pub fn note(what: &str, key: &str, required: bool) {
        ASKED.lock().unwrap().insert((what.to_owned(), key.to_owned(), required));
    }

    pub fn all() -> BTreeSet<Key> {
        ASKED.lock().unwrap().clone()
    }
}
