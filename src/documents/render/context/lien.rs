//! A way to a document, as templates see it.

use serde::Serialize;

use super::Libelles;
use crate::documents::render::assets::url;
use crate::ground::typographie::typographier;

/// A document to follow, relative to the page that shows it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Lien {
    id: String,
    titre: String,
    html: String,
    pdf: Option<String>,
}

impl Lien {
    /// The wording is `libelles.document_…`, or else the title.
    pub(crate) fn new(id: &str, titre: &str, html: &str, pdf: Option<&str>, libelles: &Libelles) -> Self {
        let titre =
            libelles.get(&format!("document_{}", id.replace('-', "_"))).cloned().unwrap_or_else(|| typographier(titre));
        Self { id: id.to_owned(), titre, html: url(html), pdf: pdf.map(url) }
    }
}
