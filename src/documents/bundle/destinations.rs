//! Named destinations: the livrets of a session all have the same, so each document's get a prefix of their own, in
//! the list of destinations and in the links that lead there.

use lopdf::{Dictionary, Document, Object};

use crate::documents::finish::visit;

/// The destinations of a document, renamed. An error for a kind of list that is not Chrome's.
pub(crate) fn take(part: &Document, prefix: &str) -> Result<Dictionary, &'static str> {
    let catalog = part.catalog().map_err(|_| "catalogue introuvable")?;
    if catalog.get_deref(b"Names", part).and_then(Object::as_dict).is_ok_and(|names| names.has(b"Dests")) {
        return Err("destinations d'une forme inconnue");
    }
    let own = visit::destinations(part).into_iter().flat_map(Dictionary::iter);
    Ok(own.map(|(name, place)| (prefixed(prefix, name), place.clone())).collect())
}

/// Renames the destination of a link, an action or an entry of an outline.
pub(crate) fn rename(dictionary: &mut Dictionary, prefix: &str) {
    if let Some(name) = visit::destination(dictionary) {
        *name = prefixed(prefix, name);
    }
}

fn prefixed(prefix: &str, name: &[u8]) -> Vec<u8> {
    [prefix.as_bytes(), name].concat()
}
