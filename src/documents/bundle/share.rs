//! What the documents of a bundle have in common is kept once: fonts with the same letters, tables of characters,
//! pictures, pages that nobody wrote on. What was written already is known by the hash of its content.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::documents::finish::visit;
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
                found.push(*id);
                let known = *self.0.entry(fingerprint(object)).or_insert(*id);
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

fn fingerprint(object: &Object) -> Fingerprint {
    let mut parts = Parts::default();
    match object {
        Object::Stream(stream) => parts.add(format!("{:?}", stream.dict)).add(&stream.content),
        other => parts.add(format!("{other:?}")),
    };
    parts.fingerprint()
}
