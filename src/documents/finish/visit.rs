//! Going through everything inside a document: every dictionary, every reference, however deep.

use lopdf::{Dictionary, Document, Object, ObjectId};

/// Hands every dictionary to `with`, those inside others too.
pub(crate) fn dictionaries(document: &mut Document, with: &mut impl FnMut(&mut Dictionary)) {
    document.objects.values_mut().for_each(|object| inside(object, with));
}

fn inside(object: &mut Object, with: &mut impl FnMut(&mut Dictionary)) {
    match object {
        Object::Array(values) => values.iter_mut().for_each(|value| inside(value, with)),
        Object::Dictionary(dictionary) | Object::Stream(lopdf::Stream { dict: dictionary, .. }) => {
            with(dictionary);
            dictionary.iter_mut().for_each(|(_, value)| inside(value, with));
        }
        _ => {}
    }
}

/// Hands every reference to `with`.
pub(crate) fn references(object: &mut Object, with: &mut impl FnMut(&mut ObjectId)) {
    match object {
        Object::Reference(id) => with(id),
        Object::Array(values) => values.iter_mut().for_each(|value| references(value, with)),
        Object::Dictionary(dictionary) | Object::Stream(lopdf::Stream { dict: dictionary, .. }) => {
            dictionary.iter_mut().for_each(|(_, value)| references(value, with));
        }
        _ => {}
    }
}

/// What an object refers to.
pub(crate) fn referred(object: &Object) -> Vec<ObjectId> {
    match object {
        Object::Reference(id) => vec![*id],
        Object::Array(values) => values.iter().flat_map(referred).collect(),
        Object::Dictionary(dictionary) | Object::Stream(lopdf::Stream { dict: dictionary, .. }) => {
            dictionary.iter().flat_map(|(_, value)| referred(value)).collect()
        }
        _ => Vec::new(),
    }
}

/// Sets an entry of a dictionary that is an object of its own, if there is such a one.
pub(crate) fn set(document: &mut Document, id: ObjectId, key: &str, value: impl Into<Object>) {
    if let Ok(dictionary) = document.get_dictionary_mut(id) {
        dictionary.set(key, value);
    }
}

/// What a dictionary has under a key. An element has a handful: to look through them is faster than to hash the key.
pub(super) fn get<'a>(dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    dictionary.iter().find(|(own, _)| *own == key).map(|(_, value)| value)
}

/// A text that a dictionary has under a key.
pub(super) fn text(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    lopdf::decode_text_string(document.dereference(get(dictionary, key)?).ok()?.1).ok()
}

/// The places that links inside a document lead to, by their names.
pub(crate) fn destinations(document: &Document) -> Option<&Dictionary> {
    document.catalog().and_then(|catalog| catalog.get_deref(b"Dests", document)).and_then(Object::as_dict).ok()
}

/// Whether a dictionary calls itself this under a key.
pub(crate) fn is(dictionary: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    get(dictionary, key).and_then(|own| own.as_name().ok()) == Some(name)
}

/// The name of the place that a link, an action or an entry of an outline leads to, if it has one.
pub(crate) fn destination(dictionary: &mut Dictionary) -> Option<&mut Vec<u8>> {
    // Other actions have something else there, or lead into other files.
    let key: &[u8] = if is(dictionary, b"S", b"GoTo") { b"D" } else { b"Dest" };
    match dictionary.get_mut(key) {
        Ok(Object::Name(name)) => Some(name),
        _ => None,
    }
}

/// What a page says under a key, or a node above it; a form has none above it.
pub(super) fn inherited<'a>(document: &'a Document, mut node: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    // A damaged tree may be endless.
    for _ in 0..32 {
        if let Ok(value) = node.get_deref(key, document) {
            return Some(value);
        }
        node = node.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}

/// The pairs of a tree of names or numbers, whose leaves list them below `leaf`. `None` for one that is damaged.
pub(crate) fn tree(document: &Document, root: &Object, leaf: &[u8]) -> Option<Vec<(Object, Object)>> {
    let (mut pairs, mut seen, mut open) = (Vec::new(), std::collections::BTreeSet::new(), vec![root]);
    while let Some(node) = open.pop() {
        if let Object::Reference(id) = node
            && !seen.insert(*id)
        {
            return None;
        }
        let node = document.dereference(node).ok()?.1.as_dict().ok()?;
        if let Ok(kids) = node.get_deref(b"Kids", document) {
            open.extend(kids.as_array().ok()?.iter().rev());
        }
        if let Ok(values) = node.get_deref(leaf, document) {
            let mut values = values.as_array().ok()?.chunks_exact(2);
            pairs.extend(values.by_ref().map(|pair| (pair[0].clone(), pair[1].clone())));
            values.remainder().is_empty().then_some(())?;
        }
    }
    Some(pairs)
}
