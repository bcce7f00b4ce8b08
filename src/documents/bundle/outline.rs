//! The outline of a bundle: one entry a document, closed, the document's own entries below it.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::documents::finish::{page_size, text, visit};

pub(crate) struct Outline {
    root: ObjectId,
    /// The entries so far, in order.
    entries: Vec<ObjectId>,
    /// What they say, but for the one before and the one after.
    kept: Vec<Object>,
}

impl Outline {
    pub(crate) fn new(bundle: &mut Document) -> Self {
        Self { root: bundle.new_object_id(), entries: Vec::new(), kept: Vec::new() }
    }

    /// Adds the entry of a document that starts at `page`.
    pub(crate) fn add(&mut self, part: &mut Document, title: Option<&str>, page: ObjectId) {
        let mut own = entries(part);
        let title = title.map(text).or_else(|| {
            let first = own.drain(..).next()?;
            part.get_dictionary(first).and_then(|entry| entry.get(b"Title")).cloned().ok()
        });
        let top = page_size(part, page).map_or(Object::Null, |size| size.height.into());
        let place: Vec<Object> = vec![page.into(), "XYZ".into(), 0.into(), top, 0.into()];
        let title = title.unwrap_or_else(|| text(""));
        let mut entry = dictionary! { "Title" => title, "Parent" => self.root, "Dest" => place };
        let entry_id = part.new_object_id();
        self.entries.push(entry_id);
        if let (Some(first), Some(last)) = (own.first(), own.last()) {
            entry.set("First", *first);
            entry.set("Last", *last);
            entry.set("Count", closed(part, own.len()));
        }
        own.into_iter().for_each(|id| visit::set(part, id, "Parent", entry_id));
        part.set_object(entry_id, entry);
    }

    /// The last entry.
    pub(crate) fn last(&self) -> Option<ObjectId> {
        self.entries.last().copied()
    }

    /// Takes the last entry out of its document, since it is written when the next one is known.
    pub(crate) fn keep(&mut self, part: &mut Document) {
        self.kept.extend(self.last().and_then(|id| part.objects.remove(&id)));
    }

    /// Chains the entries and hands the outline to the bundle.
    pub(crate) fn close(self, bundle: &mut Document) {
        bundle.objects.extend(self.entries.iter().copied().zip(self.kept));
        for pair in self.entries.windows(2) {
            visit::set(bundle, pair[0], "Next", pair[1]);
            visit::set(bundle, pair[1], "Prev", pair[0]);
        }
        let (Some(first), Some(last)) = (self.entries.first(), self.entries.last()) else { return };
        let count = i64::try_from(self.entries.len()).unwrap_or(i64::MAX);
        let outline = dictionary! { "Type" => "Outlines", "First" => *first, "Last" => *last, "Count" => count };
        bundle.set_object(self.root, outline);
        if let Ok(catalog) = bundle.catalog_mut() {
            catalog.set("Outlines", self.root);
        }
    }
}

fn outline(part: &Document) -> lopdf::Result<&Dictionary> {
    part.catalog()?.get_deref(b"Outlines", part)?.as_dict()
}

/// The entries of a document's own outline that stand below no other.
fn entries(part: &Document) -> Vec<ObjectId> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    let mut next = outline(part).and_then(|outline| outline.get(b"First")).and_then(Object::as_reference).ok();
    // A damaged list may be endless.
    while let Some(id) = next.filter(|id| seen.insert(*id)) {
        let Ok(entry) = part.get_dictionary(id) else { break };
        found.push(id);
        next = entry.get(b"Next").and_then(Object::as_reference).ok();
    }
    found
}

/// How many entries show when a closed entry is opened, negative as the format wants it: those right below it, and
/// what they leave open.
fn closed(part: &Document, entries: usize) -> i64 {
    let open = outline(part).and_then(|outline| outline.get(b"Count")).and_then(Object::as_i64).unwrap_or_default();
    -open.max(i64::try_from(entries).unwrap_or_default())
}
