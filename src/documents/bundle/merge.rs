//! Putting documents into one: their objects numbered on, their page trees side by side, blank pages where one has to
//! start on a front side.

use std::panic::AssertUnwindSafe;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::outline::Outline;
use super::part::{Part, unfit};
use super::structure::Structure;
use super::{destinations, share};
use crate::documents::finish::{self, FinishError, Metadata, PageSize, visit};
use crate::ground::diagnostic::Diagnostic;

/// Merges finished PDFs, in this order and at these places; `duplex` tells printers to use both sides. The same PDFs
/// and metadata give the same bytes.
///
/// # Errors
/// If one is no finished PDF, or has not the pages that its place says.
pub(crate) fn merge(
    parts: impl IntoIterator<Item = Result<Part, Box<Diagnostic>>>,
    duplex: bool,
    metadata: &Metadata,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut bundle = Bundle::new();
    for part in parts {
        let part = part?;
        let name = part.name.clone();
        finish::guarded(AssertUnwindSafe(|| bundle.add(part))).map_err(|error| unfit(&name, error.detail()))?;
    }
    finish::guarded(AssertUnwindSafe(|| bundle.close(duplex, metadata)))
        .map_err(|error| unfit(&metadata.title, error.detail()))
}

struct Bundle {
    document: Document,
    /// The root of the page tree, and what is below it.
    tree: ObjectId,
    branches: Vec<Object>,
    pages: usize,
    outline: Outline,
    structure: Structure,
    destinations: Dictionary,
    documents: usize,
    /// The size of the last page, which a blank one after it has too.
    size: Option<PageSize>,
}

impl Bundle {
    fn new() -> Self {
        let mut document = Document::with_version("1.7");
        let tree = document.new_object_id();
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        document.trailer.set("Root", catalog);
        let (outline, structure) = (Outline::new(&mut document), Structure::new(&mut document));
        Self {
            document,
            tree,
            branches: Vec::new(),
            pages: 0,
            outline,
            structure,
            destinations: Dictionary::new(),
            documents: 0,
            size: None,
        }
    }

    fn add(&mut self, part: Part) -> Result<(), FinishError> {
        let mut own = finish::load(&part.pdf)?;
        let size = |page| finish::page_size(&own, page).ok_or("page sans dimensions");
        let sizes: Vec<PageSize> = own.page_iter().map(size).collect::<Result<_, _>>()?;
        if sizes.len() != part.place.pages {
            return Err("son nombre de pages n'est pas celui qui était attendu".into());
        }
        let size = *sizes.last().ok_or("aucune page")?;
        self.fill(part.place.first, size);
        self.size = Some(size);
        self.pages += sizes.len();
        self.documents += 1;
        // After the blank pages, which are numbered too.
        own.renumber_objects_with(self.document.max_id + 1);
        let first = own.page_iter().next().ok_or("aucune page")?;

        // A bundle says what each of its documents says.
        if !finish::claims_standards(&own) {
            return Err("il ne se déclare pas conforme à PDF/A et PDF/UA".into());
        }
        let shift = self.structure.add(&mut own, self.documents, part.title.as_deref());
        let shift = shift.ok_or("sa structure n'est pas d'une forme connue")?;
        self.outline.add(&mut own, part.title.as_deref(), first);
        let prefix = format!("{}-", self.documents);
        self.destinations.extend(&destinations::take(&own, &prefix)?);
        visit::dictionaries(&mut own, &mut |dictionary| {
            destinations::rename(dictionary, &prefix);
            shift.apply(dictionary);
        });

        let branch = own.catalog()?.get(b"Pages")?.as_reference()?;
        let root = own.get_dictionary_mut(branch)?;
        root.set("Parent", self.tree);
        self.branches.push(branch.into());
        self.document.max_id = own.max_id;
        self.document.objects.extend(own.objects);
        Ok(())
    }

    /// Adds blank pages until `next` is the number of the next one.
    fn fill(&mut self, next: usize, size: PageSize) {
        let size = self.size.unwrap_or(size);
        while self.pages + 1 < next {
            let sides: Vec<Object> = vec![0.into(), 0.into(), size.width.into(), size.height.into()];
            let page = dictionary! {
                "Type" => "Page", "Parent" => self.tree, "MediaBox" => sides, "Resources" => Dictionary::new(),
            };
            self.branches.push(self.document.add_object(page).into());
            self.pages += 1;
        }
    }

    fn close(self, duplex: bool, metadata: &Metadata) -> Result<Vec<u8>, FinishError> {
        let mut document = self.document;
        let count = i64::try_from(self.pages).map_err(|_| "trop de pages")?;
        let tree = dictionary! { "Type" => "Pages", "Kids" => self.branches, "Count" => count };
        document.set_object(self.tree, tree);
        self.outline.close(&mut document);
        self.structure.close(&mut document);
        let catalog = document.catalog_mut()?;
        if duplex {
            // Landscape pages are bound at the short edge's side.
            catalog.set("ViewerPreferences", dictionary! { "Duplex" => "DuplexFlipShortEdge" });
        }
        catalog.set("PageMode", "UseOutlines");
        if !self.destinations.is_empty() {
            catalog.set("Dests", self.destinations);
        }
        share::share(&mut document);
        finish::seal(document, metadata)
    }
}
