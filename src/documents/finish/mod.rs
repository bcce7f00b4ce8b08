//! Finishing a PDF as Chrome made it: metadata, accessibility, and the same bytes every time.
//!
//! What Chrome leaves open is closed here: who made the document and in which language (Info, XMP),
//! running headers and ruled lines marked as artifacts, bodies of list items, identifiers and dates
//! that would differ from one print to the next. The text and the look of the pages are not touched.

use std::panic;

use lopdf::{Document, Object, SaveOptions, StringFormat};

mod artifacts;
mod claims;
mod drawn;
mod error;
mod facts;
mod glyphs;
mod links;
mod metadata;
mod names;
mod scale;
mod srgb;
mod structure;
mod tables;
mod tokens;
mod tree;
pub(super) mod visit;

pub use self::{
    error::FinishError,
    facts::{EmbeddedFont, Facts, PageSize},
    metadata::Metadata,
};
pub(crate) use self::{
    facts::{BOX, size as page_size},
    metadata::{claims as claims_standards, text},
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

/// Finishes a PDF. The same PDF but for dates and Chrome's running numbers, with the same metadata,
/// gives the same bytes.
///
/// # Errors
/// If it is no PDF with pages.
pub fn finish(pdf: &[u8], metadata: &Metadata) -> Result<Finished, FinishError> {
    guarded(|| {
        let mut document = load(pdf)?;
        let facts = facts::of(&mut document)?;
        structure::complete_lists(&mut document);
        structure::renumber(&mut document);
        structure::map_roles(&mut document);
        links::describe(&mut document);
        names::shorten(&mut document);
        let unmarked = artifacts::mark_pages(&mut document)?;
        let unclaimed = claims::missing(&document, facts.tagged, &unmarked);
        srgb::declare(&mut document)?;
        metadata.write(&mut document, unclaimed.is_empty())?;
        let bytes = save(&mut document)?;
        Ok(Finished { bytes, facts, unclaimed, remarks: Vec::new() })
    })
}

/// What a PDF is made of: its pages, its fonts, its title.
///
/// # Errors
/// If it is no PDF with pages.
pub fn inspect(pdf: &[u8]) -> Result<Facts, FinishError> {
    guarded(|| facts::of(&mut load(pdf)?))
}

/// Writes a document that was put together from finished ones, which all follow the standards.
pub(crate) fn seal(mut document: Document, metadata: &Metadata) -> Result<Vec<u8>, FinishError> {
    srgb::declare(&mut document)?;
    metadata.write(&mut document, true)?;
    save(&mut document)
}

/// A damaged file is an error, wherever the library notices it.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, FinishError> + panic::UnwindSafe) -> Result<T, FinishError> {
    panic::catch_unwind(work).unwrap_or_else(|_| Err("fichier endommagé".into()))
}

pub(crate) fn load(pdf: &[u8]) -> Result<Document, FinishError> {
    Ok(Document::load_mem_with_options(pdf, lopdf::LoadOptions::with_max_decompressed_size(LARGEST_STREAM))?)
}

/// Writes the document with an identifier that is the hash of its content.
fn save(document: &mut Document) -> Result<Vec<u8>, FinishError> {
    // As many signs as an identifier has when it is written.
    const BLANK: &str = "00000000000000000000000000000000";
    let blank = || Object::String(vec![0; BLANK.len() / 2], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![blank(), blank()]);
    document.renumber_objects();
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(500)
        .compression_level(9)
        .build();
    let mut bytes = Vec::new();
    document.save_with_options(&mut bytes, options).map_err(|error| FinishError(error.to_string()))?;
    let id = blake3::hash(&bytes).to_hex();
    let place = bytes.windows(5).rposition(|text| text == b"/ID[<").ok_or("identifiant introuvable")? + 5;
    for start in [place, place + BLANK.len() + 2] {
        let target = bytes.get_mut(start..start + BLANK.len()).filter(|text| *text == BLANK.as_bytes());
        target.ok_or("identifiant introuvable")?.copy_from_slice(&id.as_bytes()[..BLANK.len()]);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
