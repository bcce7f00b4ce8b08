//! What the documents of a bundle have in common is kept once: fonts with the same letters, tables of characters,
//! pictures, pages that nobody wrote on.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::documents::finish::visit;
use crate::ground::fingerprint::{Fingerprint, Parts};

/// A font refers to its descendant, that to its descriptor, that to its file: each can be shared once what it refers
/// to is.
const ROUNDS: usize = 4;

/// Replaces equal objects by the first of them.
pub(crate) fn share(document: &mut Document) {
    for _ in 0..ROUNDS {
        let mut first: BTreeMap<Fingerprint, ObjectId> = BTreeMap::new();
        let mut replaced: BTreeMap<ObjectId, ObjectId> = BTreeMap::new();
        for (id, object) in &document.objects {
            let Some(fingerprint) = fingerprint(object) else { continue };
            let known = *first.entry(fingerprint).or_insert(*id);
            // The fingerprint tells where to look, equality decides.
            if known != *id && document.objects.get(&known) == Some(object) {
                replaced.insert(*id, known);
            }
        }
        if replaced.is_empty() {
            return;
        }
        document.objects.retain(|id, _| !replaced.contains_key(id));
        for object in document.objects.values_mut() {
            visit::references(object, &mut |id| *id = *replaced.get(id).unwrap_or(id));
        }
    }
}

/// The fingerprint of what may be shared: data, and what fonts are made of.
fn fingerprint(object: &Object) -> Option<Fingerprint> {
    const SHARED: [&[u8]; 3] = [b"Font", b"FontDescriptor", b"ExtGState"];
    // A key leads from here to one element of the structure.
    let stands_alone = |dictionary: &Dictionary| dictionary.has(b"StructParent") || dictionary.has(b"StructParents");
    let mut parts = Parts::default();
    match object {
        Object::Stream(stream) if !stands_alone(&stream.dict) => {
            parts.add(format!("{:?}", stream.dict)).add(&stream.content);
        }
        Object::Dictionary(dictionary) if SHARED.iter().any(|kind| dictionary.has_type(kind)) => {
            parts.add(format!("{dictionary:?}"));
        }
        _ => return None,
    }
    Some(parts.fingerprint())
}
