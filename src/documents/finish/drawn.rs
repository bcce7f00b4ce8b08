//! What is drawn on pages: their own contents, and the forms in them, which are drawings with pictures, fonts and forms
//! of their own.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::visit;

/// What is drawn with the same resources: a page, whose content may be in several streams, or a form, which is one.
pub(super) struct Drawing<'a> {
    pub streams: Vec<ObjectId>,
    /// What names mean in it.
    pub resources: Option<&'a Dictionary>,
}

/// A page and all forms in it, each once.
pub(super) fn drawings(document: &Document, page: ObjectId) -> Vec<Drawing<'_>> {
    with_forms(document, Drawing::page(document, page))
}

/// A drawing and all forms in it, each once, though damaged ones may be in themselves.
pub(super) fn with_forms<'a>(document: &'a Document, outermost: Drawing<'a>) -> Vec<Drawing<'a>> {
    let mut seen: BTreeSet<ObjectId> = outermost.streams.iter().copied().collect();
    let (mut found, mut open) = (Vec::new(), vec![outermost]);
    while let Some(drawing) = open.pop() {
        open.extend(forms(document, drawing.resources).filter(|form| seen.insert(form.streams[0])));
        found.push(drawing);
    }
    found
}

fn forms<'a>(document: &'a Document, around: Option<&'a Dictionary>) -> impl Iterator<Item = Drawing<'a>> {
    let names = around.into_iter().flat_map(|around| xobjects(document, around)).flat_map(Dictionary::iter);
    names.filter_map(move |(_, form)| {
        let id = form.as_reference().ok()?;
        let form = document.get_object(id).and_then(Object::as_stream).ok()?;
        visit::is(&form.dict, b"Subtype", b"Form").then(|| Drawing::form(document, id, &form.dict, around))
    })
}

/// What is drawn by its name.
pub(super) fn xobjects<'a>(document: &'a Document, resources: &'a Dictionary) -> Option<&'a Dictionary> {
    resources.get_deref(b"XObject", document).and_then(Object::as_dict).ok()
}

/// The resources of a page or a form, which a page may have from the nodes above it.
fn resources<'a>(document: &'a Document, node: &'a Dictionary) -> Option<&'a Dictionary> {
    visit::inherited(document, node, b"Resources")?.as_dict().ok()
}

impl<'a> Drawing<'a> {
    pub(super) fn page(document: &'a Document, page: ObjectId) -> Self {
        let resources = document.get_dictionary(page).ok().and_then(|page| resources(document, page));
        Self { streams: document.get_page_contents(page), resources }
    }

    /// A form; one that has no resources takes those around it.
    pub(super) fn form(
        document: &'a Document,
        id: ObjectId,
        form: &'a Dictionary,
        around: Option<&'a Dictionary>,
    ) -> Self {
        Self { streams: vec![id], resources: resources(document, form).or(around) }
    }
}
