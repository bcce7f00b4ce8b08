//! What the documents of a bundle have in common is kept once: fonts with the same letters, tables of characters,
//! pictures, pages that nobody wrote on. What was written already is known by the hash of its content.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::documents::finish::{bytes, visit};
use crate::ground::fingerprint::{Fingerprint, Parts};

/// A font refers to its descendant, that to its descriptor, that to its file: each can be shared once what it refers
/// to is.
const ROUNDS: usize = 4;

/// What may be shared of the documents so far.
#[derive(Default)]
pub(crate) struct Shared(BTreeMap<Fingerprint, ObjectId>);

impl Shared {
    /// Takes out of a document, whose numbers begin at `from`, what is there already, and leads to that.
    pub(crate) fn replace(&mut self, document: &mut Document, from: u32) {
        let mut settled = BTreeSet::new();
        for _ in 0..ROUNDS {
            let mut replaced: BTreeMap<ObjectId, ObjectId> = BTreeMap::new();
            // What this round finds is for the next, when all lead to it.
            let mut found = Vec::new();
            for (id, object) in &document.objects {
                let is_open = |other: &ObjectId| other.0 >= from && !settled.contains(other);
                if settled.contains(id) || !is_shared(object) || visit::referred(object).iter().any(is_open) {
                    continue;
                }
                let Some(fingerprint) = fingerprint(object) else { continue };
                found.push(*id);
                let known = *self.0.entry(fingerprint).or_insert(*id);
                if known != *id {
                    replaced.insert(*id, known);
                }
            }
            if found.is_empty() {
                return;
            }
            settled.extend(found);
            document.objects.retain(|id, _| !replaced.contains_key(id));
            for object in document.objects.values_mut() {
                visit::references(object, &mut |id| *id = *replaced.get(id).unwrap_or(id));
            }
        }
    }
}

/// Whether an object may be shared: data, and what fonts are made of.
fn is_shared(object: &Object) -> bool {
    const SHARED: [&[u8]; 3] = [b"Font", b"FontDescriptor", b"ExtGState"];
    // A key leads from here to one element of the structure.
    let stands_alone = |dictionary: &Dictionary| dictionary.has(b"StructParent") || dictionary.has(b"StructParents");
    match object {
        Object::Stream(stream) => !stands_alone(&stream.dict),
        Object::Dictionary(dictionary) => SHARED.iter().any(|kind| dictionary.has_type(kind)),
        _ => false,
    }
}

/// By what would be written: that alone is exact. `None` for what cannot be written.
fn fingerprint(object: &Object) -> Option<Fingerprint> {
    let mut parts = Parts::default();
    match object {
        Object::Stream(stream) => parts.add(bytes(&stream.dict.clone().into()).ok()?).add(&stream.content),
        other => parts.add(bytes(other).ok()?),
    };
    Some(parts.fingerprint())
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

    use super::*;

    #[test]
    fn names_that_are_no_text_are_told_from_each_other() {
        let font = |name: &[u8]| dictionary! { "Type" => "Font", "BaseFont" => Object::Name(name.to_vec()) };
        let stream = |name: &[u8]| Object::from(Stream::new(font(name), b"q Q".to_vec()));
        let mut document = Document::new();
        let names: [&[u8]; 3] = [b"F\xe8", b"F\xe9", b"F\xe8"];
        let fonts = names.map(|name| document.add_object(font(name)));
        let streams = names.map(|name| document.add_object(stream(name)));
        Shared::default().replace(&mut document, 1);
        assert_eq!(document.objects.keys().copied().collect::<Vec<_>>(), [fonts[0], fonts[1], streams[0], streams[1]]);
    }
}
