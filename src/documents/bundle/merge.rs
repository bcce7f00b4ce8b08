//! Putting documents into one: their objects numbered on, their page trees side by side, blank pages where one has to
//! start on a front side. One document at a time is held: each is written as soon as it is numbered, and only what the
//! bundle as a whole says of it is kept.

use std::io::{self, Write};
use std::sync::mpsc;
use std::thread;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::destinations;
use super::outline::Outline;
use super::part::{PageRange, Part, unfit};
use super::share::Shared;
use super::structure::Structure;
use crate::documents::finish::{self, FinishError, Metadata, PageSize, Written, visit};
use crate::ground::diagnostic::Diagnostic;

/// Why there is no bundle.
#[derive(Debug)]
pub(crate) enum Unmade {
    Unfit(Box<Diagnostic>),
    Disk(io::Error),
}

impl From<io::Error> for Unmade {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

impl From<Box<Diagnostic>> for Unmade {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        Self::Unfit(diagnostic)
    }
}

/// Merges finished PDFs, in this order and at these places, into `out`; `duplex` tells printers to use both sides. The
/// same PDFs and metadata give the same bytes.
///
/// # Errors
/// If one is no finished PDF, or has not the pages that its place says; those of `out`.
pub(crate) fn merge<W: Write>(
    parts: impl Iterator<Item = Result<Part, Box<Diagnostic>>> + Send,
    duplex: bool,
    metadata: &Metadata,
    out: W,
) -> Result<W, Unmade> {
    let mut bundle = Bundle::new(out);
    // One is opened while another is added.
    let (sender, opened) = mpsc::sync_channel(1);
    thread::scope(|scope| {
        scope.spawn(move || {
            for part in parts {
                let opened = part.and_then(Opened::of);
                if sender.send(opened).is_err() {
                    return;
                }
            }
        });
        opened.into_iter().try_for_each(|opened| {
            let opened = opened?;
            let name = opened.name.clone();
            finish::guarded(|| bundle.add(opened)).map_err(|error| unfit(&name, error.detail()))
        })
    })?;
    let closed = finish::guarded(|| bundle.close(duplex, metadata));
    let (file, trailer) = closed.map_err(|error| unfit(&metadata.title, error.detail()))?;
    Ok(file.close(trailer)?)
}

/// A document that was read, and found to be one that can be part of a bundle.
struct Opened {
    name: String,
    title: Option<String>,
    place: PageRange,
    own: Document,
    /// That of its last page.
    size: PageSize,
}

impl Opened {
    fn of(part: Part) -> Result<Self, Box<Diagnostic>> {
        let Part { name, pdf, title, place } = part;
        let read = finish::guarded(|| {
            let own = finish::load(&pdf)?;
            let size = |page| finish::page_size(&own, page).ok_or("page sans dimensions");
            let sizes: Vec<PageSize> = own.page_iter().map(size).collect::<Result<_, _>>()?;
            if sizes.len() != place.pages {
                return Err("son nombre de pages n'est pas celui qui était attendu".into());
            }
            // A bundle says what each of its documents says.
            if !finish::claims_standards(&own) {
                return Err("il ne se déclare pas conforme à PDF/A et PDF/UA".into());
            }
            let size = *sizes.last().ok_or("aucune page")?;
            Ok((own, size))
        });
        let (own, size) = read.map_err(|error| unfit(&name, error.detail()))?;
        Ok(Self { name, title, place, own, size })
    }
}

struct Bundle<W: Write> {
    file: Written<W>,
    /// What belongs to no document: the catalog, the roots of the trees, the entries of the outline.
    whole: Document,
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
    shared: Shared,
}

impl<W: Write> Bundle<W> {
    fn new(out: W) -> Self {
        let mut whole = Document::with_version("1.7");
        let tree = whole.new_object_id();
        let catalog = whole.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        whole.trailer.set("Root", catalog);
        let (outline, structure) = (Outline::new(&mut whole), Structure::new(&mut whole));
        let mut file = Written::new(out);
        file.reserve(whole.max_id);
        Self {
            file,
            whole,
            tree,
            branches: Vec::new(),
            pages: 0,
            outline,
            structure,
            destinations: Dictionary::new(),
            documents: 0,
            size: None,
            shared: Shared::default(),
        }
    }

    fn add(&mut self, opened: Opened) -> Result<(), FinishError> {
        let Opened { title, place, mut own, size, .. } = opened;
        self.fill(place.first, size);
        self.size = Some(size);
        self.pages += place.pages;
        self.documents += 1;
        // After the blank pages, which are numbered too.
        let from = self.file.last() + 1;
        own.renumber_objects_with(from);
        let first = own.page_iter().next().ok_or("aucune page")?;

        let shift = self.structure.add(&mut own, self.documents, title.as_deref());
        let shift = shift.ok_or("sa structure n'est pas d'une forme connue")?;
        self.outline.add(&mut own, title.as_deref(), first);
        let prefix = format!("{}-", self.documents);
        self.destinations.extend(&destinations::take(&own, &prefix)?);
        visit::dictionaries(&mut own, &mut |dictionary| {
            destinations::rename(dictionary, &prefix);
            shift.apply(dictionary);
        });

        let branch = own.catalog()?.get(b"Pages")?.as_reference()?;
        own.get_dictionary_mut(branch)?.set("Parent", self.tree);
        self.branches.push(branch.into());
        // What the document said of itself alone is left behind.
        let kept = [branch].into_iter().chain(self.outline.last()).chain(self.structure.last());
        own.trailer = dictionary! { "Root" => kept.map(Object::from).collect::<Vec<_>>() };
        own.prune_objects();
        self.shared.replace(&mut own, from);
        self.outline.keep(&mut own);
        self.file.put_all(own);
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
            let number = self.file.last() + 1;
            self.file.put(number, page.into());
            self.branches.push((number, 0).into());
            self.pages += 1;
        }
    }

    fn close(self, duplex: bool, metadata: &Metadata) -> Result<(Written<W>, Dictionary), FinishError> {
        let (mut whole, mut file) = (self.whole, self.file);
        whole.max_id = file.last();
        let count = i64::try_from(self.pages).map_err(|_| "trop de pages")?;
        let tree = dictionary! { "Type" => "Pages", "Kids" => self.branches, "Count" => count };
        whole.set_object(self.tree, tree);
        self.outline.close(&mut whole);
        self.structure.close(&mut whole);
        let catalog = whole.catalog_mut()?;
        if duplex {
            // Landscape pages are bound at the short edge's side.
            catalog.set("ViewerPreferences", dictionary! { "Duplex" => "DuplexFlipShortEdge" });
        }
        catalog.set("PageMode", "UseOutlines");
        if !self.destinations.is_empty() {
            catalog.set("Dests", self.destinations);
        }
        let trailer = finish::seal(&mut whole, metadata)?;
        file.put_all(whole);
        Ok((file, trailer))
    }
}
