//! Finishing a PDF as Chrome made it: metadata, accessibility, and the same bytes every time.
//!
//! What Chrome leaves open is closed here: who made the document and in which language (Info, XMP),
//! running headers and ruled lines marked as artifacts, bodies of list items, identifiers and dates
//! that would differ from one print to the next. The text and the look of the pages are not touched.

use std::panic::{self, AssertUnwindSafe};

use lopdf::{Dictionary, Document, Object};

mod artifacts;
mod claims;
mod contents;
mod drawn;
mod error;
mod facts;
mod fonts;
mod glyphs;
mod links;
mod metadata;
mod named;
mod names;
mod scale;
mod srgb;
mod structure;
mod tables;
mod tokens;
mod tree;
pub(super) mod visit;
mod words;
mod written;

use self::{contents::Contents, fonts::Fonts};
pub use self::{
    error::FinishError,
    facts::{EmbeddedFont, Facts, PageSize},
    metadata::Metadata,
};
pub(crate) use self::{
    facts::{BOX, size as page_size},
    metadata::{claims as claims_standards, text},
    written::{Written, bytes},
};

/// A livret has some hundred kilobytes; what unpacks to more than this is no document of ours.
const LARGEST_STREAM: usize = 256 << 20;

/// A finished PDF.
#[derive(Clone, Debug)]
pub struct Finished {
    pub bytes: Vec<u8>,
    pub facts: Facts,
    /// Why it does not say that it follows PDF/A-2a and PDF/UA-1; empty if it does.
    pub unclaimed: Vec<String>,
    /// What the printer remarked.
    pub remarks: Vec<String>,
}

/// A PDF of Chrome's, read and not changed yet but for the marks of its boxes.
pub(crate) struct Opened {
    document: Document,
    contents: Contents,
    pub facts: Facts,
}

/// Reads a PDF.
///
/// # Errors
/// If it is no PDF with pages.
pub(crate) fn open(pdf: &[u8]) -> Result<Opened, FinishError> {
    guarded(|| {
        let mut document = load(pdf)?;
        let contents = Contents::of(&document)?;
        let facts = facts::of(&mut document, &contents)?;
        Ok(Opened { document, contents, facts })
    })
}

impl Opened {
    /// Finishes it. The same PDF but for dates and Chrome's running numbers, with the same metadata, gives the same bytes.
    ///
    /// # Errors
    /// If it is damaged.
    pub(crate) fn finish(self, metadata: &Metadata) -> Result<Finished, FinishError> {
        let Self { mut document, mut contents, facts } = self;
        guarded(|| {
            let roles = structure::roles(&document);
            structure::complete_lists(&mut document, &roles);
            structure::renumber(&mut document);
            structure::map_roles(&mut document, &roles);
            links::describe(&mut document);
            names::shorten(&mut document);
            let mut fonts = Fonts::default();
            words::join(&document, &mut contents, &mut fonts);
            let unmarked = artifacts::mark_pages(&document, &mut contents);
            contents.pack(&mut document)?;
            let unclaimed = claims::missing(&document, &contents, &roles, &mut fonts, facts.tagged, &unmarked);
            srgb::declare(&mut document)?;
            metadata.write(&mut document, unclaimed.is_empty())?;
            let bytes = save(document)?;
            Ok(Finished { bytes, facts, unclaimed, remarks: Vec::new() })
        })
    }
}

/// Reads and finishes a PDF.
///
/// # Errors
/// If it is no PDF with pages, or damaged.
pub fn finish(pdf: &[u8], metadata: &Metadata) -> Result<Finished, FinishError> {
    open(pdf)?.finish(metadata)
}

/// What a PDF is made of: its pages, its fonts, its title.
///
/// # Errors
/// If it is no PDF with pages.
pub fn inspect(pdf: &[u8]) -> Result<Facts, FinishError> {
    Ok(open(pdf)?.facts)
}

/// Completes a document that was put together from finished ones, which all follow the standards. Returns its trailer.
pub(crate) fn seal(document: &mut Document, metadata: &Metadata) -> Result<Dictionary, FinishError> {
    srgb::declare(document)?;
    metadata.write(document, true)?;
    document.prune_objects();
    Ok(trailer(document))
}

/// A damaged file is an error, wherever the library notices it.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, FinishError>) -> Result<T, FinishError> {
    // What it worked on is not looked at again.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("fichier endommagé".into()))
}

pub(crate) fn load(pdf: &[u8]) -> Result<Document, FinishError> {
    Ok(Document::load_mem_with_options(pdf, lopdf::LoadOptions::with_max_decompressed_size(LARGEST_STREAM))?)
}

/// Writes the objects of a document that something leads to, numbered anew in the order that they have.
fn save(mut document: Document) -> Result<Vec<u8>, FinishError> {
    let mut trailer = Object::from(trailer(&document));
    let (mut numbers, mut open) = (vec![0; document.max_id as usize + 1], visit::referred(&trailer));
    while let Some(id) = open.pop() {
        if let Some(number @ 0) = numbers.get_mut(id.0 as usize)
            && let Some(object) = document.objects.get_mut(&id)
        {
            *number = 1;
            visit::references(object, &mut |id| open.push(*id));
        }
    }
    numbers.iter_mut().filter(|number| **number > 0).zip(1..).for_each(|(number, n)| *number = n);
    let renumber = |object: &mut Object| {
        visit::references(object, &mut |id| {
            if let Some(new @ 1..) = numbers.get(id.0 as usize) {
                id.0 = *new;
            }
        });
    };
    let mut written = Written::new(Vec::new());
    written.reserve(numbers.iter().copied().max().unwrap_or_default());
    for ((old, _), mut object) in document.objects {
        if let Some(number @ 1..) = numbers.get(old as usize) {
            renumber(&mut object);
            written.put(*number, object);
        }
    }
    renumber(&mut trailer);
    let trailer = std::mem::take(trailer.as_dict_mut()?);
    written.close(trailer).map_err(|error| FinishError(error.to_string()))
}

/// Where a file begins to be read: its catalog, what it says of itself.
fn trailer(document: &Document) -> Dictionary {
    let known = |key: &'static str| Some((key, document.trailer.get(key.as_bytes()).ok()?.clone()));
    ["Root", "Info"].into_iter().filter_map(known).collect()
}

#[cfg(test)]
mod tests;
