//! The keys of every front matter, in the order of the guide, and what kind of value each has. The readers decide
//! what a value means and what is wrong with it; this list is for who must know all keys without a value at hand.
//! That both agree is tested (`tests/cles.rs`).

/// What kind of value a key has.
#[derive(Debug)]
pub enum Shape {
    /// Words that are printed, and typographied then.
    Text,
    /// Read as it stands: an id, a path, a word with a meaning.
    Word,
    Day,
    Number,
    OuiNon,
    /// Several of these; one alone is a list of one.
    List(&'static Shape),
    /// Keys that are known.
    Map(&'static [Key]),
    /// Keys of the user's own, all with the same kind of value.
    Own(&'static Shape),
    /// One value, or keys.
    Either(&'static Shape, &'static [Key]),
}

impl Shape {
    /// The known keys that a value of this kind holds; none if its keys are the user's own.
    pub fn keys(&self) -> &'static [Key] {
        match self {
            Self::Map(keys) | Self::Either(_, keys) => keys,
            Self::List(inner) | Self::Own(inner) => inner.keys(),
            Self::Text | Self::Word | Self::Day | Self::Number | Self::OuiNon => &[],
        }
    }
}

/// A key of a map.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub shape: Shape,
}

const fn key(name: &'static str, shape: Shape) -> Key {
    Key { name, shape }
}

use Shape::{Day, Either, List, Map, Number, OuiNon, Own, Text, Word};

/// `livret.yaml`
pub const PROJET: &[Key] = &[
    key("organisme", Map(&[key("nom", Text), key("sigle", Text), key("entete", Text), key("logo", Word)])),
    key("theme", Word),
    key("defauts", Map(&[key("referentiel", Word), key("parcours", Word)])),
    key("avertissements", Map(&[key("permis", List(&Word))])),
];

/// `referentiel.md`
pub const REFERENTIEL: &[Key] = &[
    key("titre", Text),
    key("titre_court", Text),
    key("certification", Text),
    key("rncp", Text),
    key("evaluateurs", Number),
    key("echelle", List(&Map(NIVEAU))),
    key("parcours", List(&Map(PARCOURS))),
    key("grille", Word),
    key("commentaires", Word),
    key("regles", Map(REGLES)),
    key("libelles", Own(&Text)),
];

/// Candidats may write a niveau's code, and its nom where it has none: neither is touched.
pub const NIVEAU: &[Key] =
    &[key("id", Word), key("code", Word), key("nom", Word), key("definition", Text), key("commentaire", Word)];

pub const PARCOURS: &[Key] = &[key("id", Word), key("nom", Text), key("blocs", Word), key("passage", Word)];

pub const REGLES: &[Key] = &[
    key("evaluateurs_distincts", OuiNon),
    key("consensus", OuiNon),
    key("activites_exercees", OuiNon),
    key("entretiens", Either(&Number, &[key("min", Number), key("max", Number)])),
    key("duree_max_jours", Number),
    key("commentaires", Word),
];

/// `blocs/<numero>-<id>.md`
pub const BLOC: &[Key] =
    &[key("titre", Text), key("grille", Word), key("commentaires", Word), key("regles", Map(REGLES))];

/// `content/candidats/<session>/<candidat>.md`
pub const CANDIDAT: &[Key] = &[
    key("nom", Text),
    key("prenom", Text),
    key("entreprise", Text),
    key("referentiel", Word),
    key("parcours", Word),
    key("blocs", List(&Word)),
    key("evaluateurs", List(&Either(&Text, EVALUATEUR))),
    key("evaluations", Own(&Map(EVALUATION))),
];

pub const EVALUATEUR: &[Key] = &[key("nom", Text), key("fonction", Text)];

pub const EVALUATION: &[Key] = &[
    key("activites_exercees", OuiNon),
    key("dates", Either(&Day, &[key("du", Day), key("au", Day)])),
    key("lieu", Text),
    key("entretiens", Number),
    key("duree", Text),
    key("resultats", Own(&Either(&Word, AVIS))),
];

/// As many as a référentiel may ask for.
const AVIS: &[Key] = &[
    key("evaluateur_1", Word),
    key("evaluateur_2", Word),
    key("evaluateur_3", Word),
    key("evaluateur_4", Word),
    key("evaluateur_5", Word),
    key("evaluateur_6", Word),
    key("evaluateur_7", Word),
    key("evaluateur_8", Word),
    key("evaluateur_9", Word),
];
