//! Values out of a YAML tree: each reader says what it expects, reports what it finds instead, and goes on, so
//! that one run tells every mistake of a file. Unknown keys are those that nobody asked for.

use std::collections::BTreeMap;

use super::node::{Kind, Node, glued_colon, named, space_after_colon, wrong_type};
pub(crate) use super::values::*;
use crate::ground::diagnostic::nearest::nearest;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{Span, Spanned};
use crate::sources::keys::{Group, Key, Shape};

/// The keys of a map, each with its value.
pub(crate) type Entries = [(Spanned<String>, Node)];

/// The keys of one map, taken one by one.
pub(crate) struct Fields<'a> {
    group: &'static Group,
    span: Span,
    entries: &'a Entries,
    missing: Vec<(&'static str, Diagnostic)>,
    #[cfg(any(test, debug_assertions))]
    taken: Vec<&'static str>,
}

/// Reads one value of a field, or reports why it cannot.
pub(crate) type Reader<T> = fn(&Node, &str, &mut Diagnostics) -> Option<T>;

/// The keys and values of a map. `None`, with a diagnostic, if `node`, which messages call `what`, is none. Keys given
/// twice are reported here.
pub(crate) fn entries<'a>(node: &'a Node, what: &str, d: &mut Diagnostics) -> Option<&'a Entries> {
    let entries: &Entries = match &node.kind {
        Kind::Map(entries) => entries,
        Kind::Null => &[],
        Kind::Text(words) if glued_colon(words).is_some() => return d.refuse(without_space(node, words)),
        _ => {
            let help = "écrivez ses clés une par ligne, décalées, ou entre accolades : { clé: valeur }";
            return d.refuse(wrong_type(node, what, "un groupe de clés").help(help));
        }
    };
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for (key, _) in entries {
        let first = *seen.entry(&key.value).or_insert(key.span);
        if first != key.span {
            let message = format!("la clé « {} » est donnée deux fois", key.value);
            let diagnostic = Diagnostic::new(Code::CleEnDouble, key.span, message).repeats(first);
            d.push(diagnostic.help("gardez l'une des deux"));
        }
    }
    Some(entries)
}

/// Whether a node has a key of a group.
pub(crate) fn has_key_of(node: &Node, group: &Group) -> bool {
    matches!(&node.kind, Kind::Map(entries) if entries.iter().any(|(key, _)| group.key(&key.value).is_some()))
}

impl<'a> Fields<'a> {
    /// The keys of `node`, which are those of a group; `None`, with a diagnostic, if it has none.
    pub(crate) fn of(node: &'a Node, group: &'static Group, d: &mut Diagnostics) -> Option<Self> {
        let entries = entries(node, group.what, d)?;
        Some(Self {
            group,
            span: node.span,
            entries,
            missing: Vec::new(),
            #[cfg(any(test, debug_assertions))]
            taken: Vec::new(),
        })
    }

    /// What `read` makes of the keys of `node`: it takes all of them, in the order of their declaration, whatever it finds.
    pub(crate) fn read<T>(
        node: &'a Node,
        group: &'static Group,
        d: &mut Diagnostics,
        read: impl FnOnce(&mut Self, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        let mut fields = Self::of(node, group, d)?;
        let value = read(&mut fields, d);
        fields.finish(d);
        value
    }

    /// The same for each item of a list; those that make nothing are left out.
    pub(crate) fn read_each<T>(
        node: &'a Node,
        group: &'static Group,
        d: &mut Diagnostics,
        mut read: impl FnMut(&mut Self, &mut Diagnostics) -> Option<T>,
    ) -> Vec<T> {
        list(node).iter().filter_map(|item| Self::read(item, group, d, &mut read)).collect()
    }

    /// Where to point when something is missing: the first key, or the map itself.
    pub(crate) fn span(&self) -> Span {
        self.entries.first().map_or(self.span, |(key, _)| key.span)
    }

    /// The value of a key, if something is written there. One that must be there is missed otherwise.
    pub(crate) fn node(&mut self, name: &'static str) -> Option<&'a Node> {
        #[cfg(any(test, debug_assertions))]
        self.taken.push(name);
        let entry = self.entries.iter().find(|(key, _)| key.value == name);
        if let Some((_, node)) = entry.filter(|(_, node)| !matches!(node.kind, Kind::Null)) {
            return Some(node);
        }
        if self.group.key(name).is_some_and(|key| key.required) {
            let missing = match entry {
                // A word that is read as nothing has been told.
                Some((_, value)) if value.span.end > value.span.start + 1 => return None,
                Some((key, _)) => {
                    Diagnostic::new(Code::CleSansValeur, key.span, format!("la clé « {name} » n'a pas de valeur"))
                        .help("écrivez la valeur après le deux-points")
                }
                None => {
                    let message = format!("il manque la clé « {name} » dans {}", named(self.group.what));
                    Diagnostic::new(Code::CleAbsente, self.span(), message)
                        .help(format!("ajoutez une ligne « {name}: … »"))
                }
            };
            self.missing.push((name, missing));
        }
        None
    }

    /// The value of a key, as `read` understands it.
    pub(crate) fn take<T>(&mut self, name: &'static str, read: Reader<T>, d: &mut Diagnostics) -> Option<T> {
        self.node(name).and_then(|node| read(node, name, d))
    }

    /// The text of a key, where nobody asks for its place.
    pub(crate) fn text(&mut self, name: &'static str, d: &mut Diagnostics) -> Option<String> {
        self.take(name, text, d).map(|text| text.value)
    }

    /// The word of a key that has one of a few.
    pub(crate) fn word(&mut self, name: &'static str, d: &mut Diagnostics) -> Option<&'static str> {
        let Some(Key { shape: Shape::Choice(words), .. }) = self.group.key(name) else { return None };
        let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        self.node(name).and_then(|node| word(node, name, &words, d))
    }

    /// Reports the keys that are missing, and those that are not of the group, each with the nearest that is.
    pub(crate) fn finish(self, d: &mut Diagnostics) {
        // What is declared and read by nobody would be lost without a word.
        #[cfg(any(test, debug_assertions))]
        assert!(self.group.names().eq(self.taken.iter().copied()), "{:?}: {:?}", self.group, self.taken);
        let Self { group, entries, missing, .. } = self;
        let unknown = || entries.iter().enumerate().filter(|(_, (key, _))| group.key(&key.value).is_none());
        let meant: Vec<&str> = unknown().filter_map(|(_, (key, _))| nearest(&key.value, group.names())).collect();
        // A slip in a key is one mistake: its unknown spelling is reported, with the missing key as the way out.
        let slip = |key: &&str, code: Code| code == Code::CleAbsente && meant.contains(key);
        d.extend(missing.into_iter().filter(|(key, missing)| !slip(key, missing.code)).map(|(_, missing)| missing));
        for (i, (key, value)) in unknown() {
            let message = format!("la clé « {} » est inconnue dans {}", key.value, named(group.what));
            let mut diagnostic = Diagnostic::new(Code::CleInconnue, key.span, message)
                .label("clé inconnue")
                .suggest(&key.value, group.names());
            // « { fonction: Formatrice, organisme } »: right after a comma, and without a value.
            let before = i.checked_sub(1).map(|i| entries[i].1.span.end);
            if matches!(value.kind, Kind::Null)
                && before.and_then(|end| key.span.start.checked_sub(end)).is_some_and(|gap| (1..=2).contains(&gap))
            {
                diagnostic = diagnostic
                    .fact("une virgule qui fait partie d'une valeur demande des guillemets autour de celle-ci");
            }
            d.push(diagnostic);
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
