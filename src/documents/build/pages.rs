//! The HTML pages of a build, and the files that they refer to.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::inputs::{self, Inputs};
use super::tally::Tally;
use crate::documents::plan::{Document, Sujet};
use crate::documents::record::{Entry, Record};
use crate::documents::render::Renderer;
use crate::documents::render::assets::FOLDER;
use crate::documents::render::context::en_erreur::Anciens;
use crate::documents::verify;
use crate::documents::write::{Output, unwritten};
use crate::ground::diagnostic::Diagnostic;
use crate::ground::fingerprint::Fingerprint;
use crate::ground::paths::CONTENT_ASSETS;
use crate::judge::project::Project;
use crate::sources::load;

/// The pages of a build.
#[derive(Default)]
pub(crate) struct Pages<'a> {
    /// The documents whose page is written and good.
    pub sound: Vec<&'a Document>,
    pub entries: BTreeMap<String, Entry>,
    /// The assets that they refer to.
    pub assets: BTreeSet<String>,
    /// Why others could not be made.
    pub failed: Vec<Failure>,
}

/// The path in the output of what could not be made or written, and why.
pub(crate) type Failure = (String, Diagnostic);

/// What became of one page.
struct Built {
    entry: Entry,
    assets: BTreeSet<String>,
    unchanged: bool,
}

/// How many of the documents to print changed at their sources.
pub(crate) fn changed(documents: &[&Document], project: &Project, last: &Record, force: bool) -> usize {
    let inputs = Inputs { project, with_pdf: true, anciens: &Anciens::default(), program: &load::program() };
    let printed = documents.par_iter().filter(|document| document.pdf);
    printed.filter(|document| force || inputs.changed(document, last)).count()
}

/// What pages are made with, and where they go.
pub(crate) struct Making<'a> {
    pub renderer: &'a Renderer<'a>,
    pub output: &'a Output,
    /// What the last build left.
    pub last: &'a Record,
    /// Whether it is to be made again all the same.
    pub force: bool,
}

impl Making<'_> {
    /// Writes every page that renders and is not there yet, or all of them by `force`, and the assets of the output.
    pub(crate) fn build<'d>(&self, documents: &[&'d Document], tally: &mut Tally) -> Pages<'d> {
        let (index, others): (Vec<_>, Vec<_>) = documents.iter().copied().partition(|d| d.sujet == Sujet::Projet);
        let mut pages = self.render(&others, tally);
        // The index tells what could not be made.
        let (renderer, is_there) = (self.renderer, |path: &str| self.output.has(path));
        let failed = pages.failed.iter().map(|(path, failure)| (path.as_str(), failure)).collect();
        let anciens = Anciens::of(renderer.project, renderer.documents, &failed, renderer.sources, is_there);
        let last = Making { renderer: &renderer.clone().keeping(anciens), ..*self }.render(&index, tally);
        pages.failed.extend(last.failed);
        pages.sound.extend(last.sound);
        pages.entries.extend(last.entries);
        pages.assets.extend(last.assets);
        pages.assets.extend(self.last.assets.iter().cloned());
        pages.assets.retain(|path| renderer.assets().contains(path));
        pages.failed.extend(assets(&pages.assets, renderer, self.output));
        pages
    }

    /// Writes every page that renders and is not there yet, or all of them by `force`.
    pub(crate) fn render<'d>(&self, documents: &[&'d Document], tally: &mut Tally) -> Pages<'d> {
        let program = load::program();
        let inputs = Inputs::of(self.renderer, &program);
        let built: Vec<_> = documents.par_iter().map(|document| self.page(document, inputs.page(document))).collect();
        let mut pages = Pages::default();
        for (document, built) in documents.iter().zip(built) {
            match built {
                Ok(built) => {
                    if built.unchanged {
                        tally.unchanged += 1;
                    } else {
                        tally.html += 1;
                    }
                    pages.assets.extend(built.assets);
                    pages.entries.insert(document.html(), built.entry);
                    pages.sound.push(document);
                }
                Err(diagnostic) => pages.failed.push((document.html(), *diagnostic)),
            }
        }
        pages
    }

    fn page(&self, document: &Document, inputs: Fingerprint) -> Result<Built, Box<Diagnostic>> {
        let Self { renderer, output, last, force } = self;
        let path = document.html();
        let old = last.documents.get(&path);
        if let Some(entry) = old.filter(|e| !force && e.inputs == inputs && output.holds(&path, &e.html)) {
            return Ok(Built { entry: entry.clone(), assets: BTreeSet::new(), unchanged: true });
        }
        let html = verify::rendered(renderer, document)?;
        let page = renderer.assets().link(&html, &document.racine());
        let changed = output.write(&path, page.as_bytes()).map_err(|error| Box::new(unwritten(&path, &error)))?;
        let assets = renderer.assets().used(&html);
        let entry = Entry {
            inputs,
            html: Fingerprint::of(page.as_bytes()),
            content: inputs::content(&html, renderer.assets()),
            pictures: Some(assets.iter().filter(|path| path.starts_with(CONTENT_ASSETS)).cloned().collect()),
            // Not forgotten by `force` either: where nothing is printed, it is there still.
            pdf: old.and_then(|e| e.pdf.clone()),
        };
        Ok(Built { entry, assets, unchanged: !changed && !force && old.is_some() })
    }
}

/// Writes the files that pages refer to. Returns those that could not be written.
pub(crate) fn assets<'a>(
    paths: impl IntoIterator<Item = &'a String>,
    renderer: &Renderer,
    output: &Output,
) -> Vec<Failure> {
    let write = |path: &String| {
        let target = format!("{FOLDER}/{path}");
        let error = output.write(&target, renderer.assets().files().get(path)?).err()?;
        let failure = unwritten(&target, &error);
        Some((target, failure))
    };
    paths.into_iter().filter_map(write).collect()
}
