//! What pages draw by a name: pictures, and forms, which are drawings with pictures, fonts and forms of their own.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::tokens::Tokens;
use super::visit;

/// Forms in one another; what is deeper is damaged.
const DEEPEST: usize = 64;

/// What is drawn by a name.
pub(super) enum Drawn {
    /// No part of the structure is inside: a picture, lines, text that only decorates.
    Bare,
    /// A form that holds parts of the structure, which are marked in it.
    Marked(ObjectId),
}

/// What resources call by this name.
pub(super) fn named(document: &Document, resources: &Dictionary, name: &[u8]) -> Option<Drawn> {
    let all = resources.get_deref(b"XObject", document).and_then(Object::as_dict).ok()?;
    let id = all.get(name).and_then(Object::as_reference).ok()?;
    let drawn = document.get_object(id).and_then(Object::as_stream).ok()?;
    Some(if visit::is(&drawn.dict, b"Subtype", b"Image") || !is_marked(document, drawn, 0)? {
        Drawn::Bare
    } else {
        Drawn::Marked(id)
    })
}

/// Whether a form holds a part of the structure, in itself or in a form that it draws.
fn is_marked(document: &Document, form: &Stream, depth: usize) -> Option<bool> {
    let content = form.get_plain_content().ok()?;
    let mut tokens = Tokens::of(&content);
    while let Some((_, token)) = tokens.next()? {
        if token == b"/MCID" {
            return Some(true);
        }
    }
    let Some(resources) = resources(document, &form.dict).filter(|_| depth < DEEPEST) else { return Some(false) };
    for (_, inner) in forms(document, resources) {
        if is_marked(document, inner, depth + 1)? {
            return Some(true);
        }
    }
    Some(false)
}

/// The resources of a page or a form, which a page may have from the nodes above it.
pub(super) fn resources<'a>(document: &'a Document, node: &'a Dictionary) -> Option<&'a Dictionary> {
    visit::inherited(document, node, b"Resources")?.as_dict().ok()
}

pub(super) fn forms<'a>(
    document: &'a Document,
    resources: &'a Dictionary,
) -> impl Iterator<Item = (ObjectId, &'a Stream)> {
    let all = resources.get_deref(b"XObject", document).and_then(Object::as_dict);
    all.into_iter().flat_map(Dictionary::iter).filter_map(|(_, id)| {
        let id = id.as_reference().ok()?;
        let form = document.get_object(id).and_then(Object::as_stream).ok()?;
        visit::is(&form.dict, b"Subtype", b"Form").then_some((id, form))
    })
}
