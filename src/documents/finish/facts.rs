//! What a PDF is made of, to compare it with what was meant before it is written.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::contents::Contents;
use super::error::FinishError;
use super::fonts::family;
use super::metadata::text;
use super::structure::elements;
use super::visit;

/// What a PDF is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    pub pages: Vec<PageSize>,
    pub title: Option<String>,
    /// Every font once, by name.
    pub fonts: Vec<EmbeddedFont>,
    /// Whether it has a structure for screen readers.
    pub tagged: bool,
    /// The page, from 1, of each place that a link inside the document leads to, by its name (the id in the HTML).
    pub destinations: BTreeMap<String, usize>,
    /// The texts that stand for pictures and boxes, in reading order.
    pub alternatives: Vec<String>,
    /// Those of boxes, which [`BOX`] began.
    pub boxes: Vec<String>,
    /// What Chrome shrank the pages to: 1 if it did not.
    pub scale: f32,
}

/// Begins the alternative text of a box until its PDF is finished, so that no picture can be taken for one: no source
/// can hold this sign.
pub(crate) const BOX: char = '\u{2}';

/// A page's size in points, a 72nd of an inch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageSize {
    pub width: f32,
    pub height: f32,
}

impl PageSize {
    /// Whether this is the size, to a point (Chrome rounds to pixels).
    #[must_use]
    pub fn is(self, width: f32, height: f32) -> bool {
        (self.width - width).abs() < 1.0 && (self.height - height).abs() < 1.0
    }
}

/// A font of a PDF.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EmbeddedFont {
    /// Its PostScript name without the prefix of a subset: « Carlito-Bold ».
    pub name: String,
    pub embedded: bool,
}

/// The facts of a document, out of which the marks of boxes are taken.
pub(super) fn of(document: &mut Document, contents: &Contents) -> Result<Facts, FinishError> {
    let pages: Vec<PageSize> =
        document.page_iter().map(|id| size(document, id).ok_or("page sans dimensions")).collect::<Result<_, _>>()?;
    if pages.is_empty() {
        return Err("aucune page".into());
    }
    let title = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict).ok();
    let title = title.and_then(|info| visit::text(document, info, b"Title"));
    let tagged = document.catalog()?.has(b"StructTreeRoot");
    let (mut alternatives, mut boxes) = (Vec::new(), Vec::new());
    for (element, alternative) in self::alternatives(document) {
        if let Some(label) = alternative.strip_prefix(BOX) {
            visit::set(document, element, "Alt", text(label));
            boxes.push(label.to_owned());
        }
        alternatives.push(alternative.trim_start_matches(BOX).to_owned());
    }
    Ok(Facts {
        pages,
        title,
        fonts: fonts(document),
        tagged,
        destinations: destinations(document),
        alternatives,
        boxes,
        scale: super::scale::of(document, contents),
    })
}

fn alternatives(document: &Document) -> Vec<(ObjectId, String)> {
    let alternative = |element| visit::text(document, document.get_dictionary(element).ok()?, b"Alt");
    elements(document).filter_map(|(element, ..)| Some((element, alternative(element)?))).collect()
}

fn destinations(document: &Document) -> BTreeMap<String, usize> {
    let numbers: BTreeMap<ObjectId, usize> = document.page_iter().zip(1..).collect();
    let page_of = |place: &Object| {
        let (_, place) = document.dereference(place).ok()?;
        let place = place.as_dict().and_then(|d| d.get_deref(b"D", document)).unwrap_or(place);
        numbers.get(&place.as_array().ok()?.first()?.as_reference().ok()?).copied()
    };
    let found =
        |(name, place): (&Vec<u8>, &Object)| Some((String::from_utf8_lossy(name).into_owned(), page_of(place)?));
    visit::destinations(document).into_iter().flat_map(Dictionary::iter).filter_map(found).collect()
}

pub(crate) fn size(document: &Document, page: ObjectId) -> Option<PageSize> {
    let sides = visit::inherited(document, document.get_dictionary(page).ok()?, b"MediaBox")?.as_array().ok()?;
    let side = |n: usize| sides.get(n)?.as_float().ok();
    Some(PageSize { width: side(2)? - side(0)?, height: side(3)? - side(1)? })
}

fn fonts(document: &Document) -> Vec<EmbeddedFont> {
    let fonts: BTreeSet<EmbeddedFont> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|font| font.has_type(b"Font") && !font.has(b"DescendantFonts"))
        .filter_map(|font| {
            let name = font.get_deref(b"BaseFont", document).and_then(Object::as_name).ok()?;
            Some(EmbeddedFont { name: family(name), embedded: is_embedded(document, font) })
        })
        .collect();
    fonts.into_iter().collect()
}

fn is_embedded(document: &Document, font: &Dictionary) -> bool {
    let descriptor = font.get_deref(b"FontDescriptor", document).and_then(Object::as_dict);
    let file =
        |descriptor: &Dictionary| [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| descriptor.has(key));
    // The glyphs of a Type 3 font are drawings in the font itself.
    font.has(b"CharProcs") || descriptor.is_ok_and(file)
}
