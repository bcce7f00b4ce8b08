//! What a declaration of keys is made of: groups of keys, and kinds of values.

/// Keys that stand together.
#[derive(Debug)]
pub struct Group {
    /// What messages call it.
    pub what: &'static str,
    pub doc: &'static str,
    pub keys: &'static [Key],
}

/// A key of a group.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub required: bool,
    pub shape: Shape,
    /// A sentence in French, in Markdown.
    pub doc: &'static str,
}

/// What kind of value a key has.
#[derive(Debug)]
pub enum Shape {
    /// Words that are printed, and typographied then.
    Text,
    /// Read as it stands: an id, a path, a word with a meaning.
    Word,
    /// One of these words, each with what it means.
    Choice(&'static [(&'static str, &'static str)]),
    Day,
    /// A whole number within these limits.
    Number(u32, u32),
    OuiNon,
    /// At least so many of these; where none must be, or one, that one may stand alone.
    List(usize, &'static Shape),
    /// Keys that are known.
    Map(&'static Group),
    /// Keys of the user's own, all with the same kind of value.
    Own(&'static Shape),
    /// A result that all évaluateurs gave, or one for each of them, critère by critère where they are evaluated; or
    /// nothing yet.
    Avis,
    /// One value, or of another kind: keys, a list.
    Or(&'static Shape, &'static Shape),
    /// This, or nothing yet.
    OrNothing(&'static Shape),
}

use Shape::{Avis, Choice, Day, List, Map, Number, Or, OrNothing, OuiNon, Own, Text, Word};

impl Group {
    /// The key of this name.
    pub(crate) fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    pub fn names(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.keys.iter().map(|key| key.name)
    }
}

impl Key {
    /// The same with what it says.
    pub(super) const fn doc(self, doc: &'static str) -> Self {
        Self { doc, ..self }
    }
}

impl Shape {
    /// The known keys that a value of this kind holds; none if its keys are the user's own.
    pub fn group(&self) -> Option<&'static Group> {
        match self {
            Map(group) => Some(group),
            List(_, inner) | Own(inner) | OrNothing(inner) | Or(_, inner) => inner.group(),
            Avis => Some(&AVIS),
            Text | Word | Choice(_) | Day | Number(..) | OuiNon => None,
        }
    }

    /// The kind of value that an item has in a list of this kind, or a key in a map; `None` if that key is not known.
    pub(crate) fn below(&self, key: &str) -> Option<&Self> {
        match self {
            Map(group) => group.key(key).map(|key| &key.shape),
            Own(inner) | List(_, inner) => Some(inner),
            _ => None,
        }
    }

    /// What it is for one value: `keys` tells whether that has keys.
    pub(crate) fn of(&self, keys: bool) -> &Self {
        match self {
            Or(one, Map(_)) if !keys => one,
            OrNothing(inner) | Or(_, inner) => inner.of(keys),
            Avis if keys => &EACH,
            Avis => &Word,
            other => other,
        }
    }
}

pub(super) const fn group(what: &'static str, doc: &'static str, keys: &'static [Key]) -> Group {
    Group { what, doc, keys }
}

/// A key that must be there.
pub(super) const fn must(name: &'static str, shape: Shape) -> Key {
    Key { name, required: true, shape, doc: "" }
}

/// A key that may be left out.
pub(super) const fn may(name: &'static str, shape: Shape) -> Key {
    Key { name, required: false, shape, doc: "" }
}

pub(super) const ANY: Shape = Number(0, u32::MAX);

/// As many as a référentiel may ask for.
pub static AVIS: Group = group(
    "l'avis de chaque évaluateur",
    "L'avis de chaque évaluateur, dans l'ordre de la liste des évaluateurs.",
    &[
        avis("evaluateur_1"),
        avis("evaluateur_2"),
        avis("evaluateur_3"),
        avis("evaluateur_4"),
        avis("evaluateur_5"),
        avis("evaluateur_6"),
        avis("evaluateur_7"),
        avis("evaluateur_8"),
        avis("evaluateur_9"),
    ],
);

static EACH: Shape = Map(&AVIS);

const fn avis(name: &'static str) -> Key {
    may(name, Word).doc("Le niveau que cet évaluateur a donné.")
}
