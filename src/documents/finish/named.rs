//! Whether something that is drawn by its name is a part of the structure, or only decorates.

use lopdf::{Dictionary, Document, Object};

use super::contents::Contents;
use super::drawn::{Drawing, with_forms, xobjects};
use super::tokens::Tokens;
use super::visit;

/// What is drawn by a name.
pub(super) enum Named<'a> {
    /// No part of the structure is inside: a picture, lines, text that only decorates.
    Bare,
    /// A form that holds parts of the structure, which are marked in it.
    Marked(Drawing<'a>),
}

/// What the resources around call by this name; `None` if that is not understood.
pub(super) fn named<'a>(
    document: &'a Document,
    contents: &Contents,
    around: Option<&'a Dictionary>,
    name: &[u8],
) -> Option<Named<'a>> {
    let id = xobjects(document, around?)?.get(name).and_then(Object::as_reference).ok()?;
    let drawn = &document.get_object(id).and_then(Object::as_stream).ok()?.dict;
    if visit::is(drawn, b"Subtype", b"Image") {
        return Some(Named::Bare);
    }
    let form = || Drawing::form(document, id, drawn, around);
    for drawing in with_forms(document, form()) {
        let mut tokens = Tokens::of(contents.get(drawing.streams[0])?);
        while let Some((_, token)) = tokens.next()? {
            if token == b"/MCID" {
                return Some(Named::Marked(form()));
            }
        }
    }
    Some(Named::Bare)
}
