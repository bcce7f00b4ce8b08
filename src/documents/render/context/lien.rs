//! A way to a document, as templates see it.

use tera::Value;

use super::{Libelles, fields};
use crate::documents::render::assets::url;
use crate::ground::typographie::typographier;

/// A document to follow, relative to the page that shows it. Its wording is `libelles.document_…`, or else the title.
pub(super) fn lien(id: &str, titre: &str, html: &str, pdf: Option<&str>, libelles: &Libelles) -> Value {
    let own = libelles.get(&format!("document_{}", id.replace('-', "_"))).cloned();
    fields([
        ("id", id.into()),
        ("titre", own.unwrap_or_else(|| typographier(titre)).into()),
        ("html", url(html).into()),
        ("pdf", pdf.map(url).into()),
    ])
}
