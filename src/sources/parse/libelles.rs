//! The words of a theme, and of a référentiel in their place: one text each, or one for a woman, one for a man, and one
//! where that is not said.

use std::collections::BTreeMap;

use super::yaml::fields::{Fields, entries, text};
use super::yaml::{Kind, Node};
use crate::ground::diagnostic::Diagnostics;
use crate::ground::source::Spanned;
use crate::model::libelle::Libelle;
use crate::sources::keys;

/// Words under their keys, each with the place of its key.
type Libelles = BTreeMap<String, Spanned<Libelle>>;

pub(crate) fn libelles(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Libelles> {
    let mut all = Libelles::new();
    for (key, value) in entries(node, field, d)? {
        if let Some(libelle) = libelle(value, &key.value, d) {
            all.insert(key.value.clone(), Spanned::new(libelle, key.span));
        }
    }
    Some(all)
}

fn libelle(node: &Node, key: &str, d: &mut Diagnostics) -> Option<Libelle> {
    if !matches!(node.kind, Kind::Map(_)) {
        return text(node, key, d).map(|words| Libelle { neutre: words.value, accorde: None });
    }
    Fields::read(node, &keys::LIBELLE, d, |fields, d| {
        let [m, f, x] = ["m", "f", "x"].map(|name| fields.text(name, d));
        Some(Libelle { neutre: x?, accorde: Some([f?, m?]) })
    })
}
