//! The list before the documents: printed like any document, until it knows its own number of pages, which moves what
//! it lists.

use super::failure::Failure;
use crate::commands::Outcome;
use crate::commands::build::Built;
use crate::documents::bundle::{PageRange, places};
use crate::documents::finish::{Metadata, finish};
use crate::documents::plan::Document;
use crate::documents::print::{Engine, PrintError, PrintJob, PrintOptions, Printer};
use crate::documents::render::context::bordereau::Places;
use crate::documents::verify;
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::terminal::Terminal;

/// How often the list is printed until it knows.
const PASSES: usize = 4;

pub(crate) struct List<'a> {
    pub document: &'a Document,
    pub session: &'a str,
    /// What the theme calls the documents together.
    pub ensemble: &'a str,
    pub duplex: bool,
    /// Each candidat by index, and the pages of the document.
    pub candidats: Vec<(usize, usize)>,
    pub metadata: &'a Metadata,
}

/// What went wrong while printing: nothing more can be printed, or not this document.
fn failure(error: &PrintError, document: Option<&str>) -> Failure {
    let outcome = if error.is_fatal() { Outcome::Impossible } else { Outcome::Mistakes };
    Failure(outcome, Box::new(error.diagnostic(document)))
}

impl List<'_> {
    /// Prints the list. Returns it with the places of all documents, its own first.
    pub(crate) fn print(
        &self,
        built: &Built,
        options: &PrintOptions,
        terminal: &Terminal,
    ) -> Result<(Vec<u8>, Vec<PageRange>), Failure> {
        let engine = Engine::start(options.clone()).map_err(|error| failure(&error, None))?;
        for warning in engine.warnings().iter().filter(|_| !built.printed) {
            terminal.show(&[warning], built.sources);
        }
        let mut printer = engine.printer();
        let name = self.document.html();
        let mut own = 1;
        for _ in 0..PASSES {
            let places = self.places(own);
            let html = built
                .renderer
                .render_bordereau(self.document, &self.shown(&places))
                .map_err(|diagnostic| Failure(Outcome::Mistakes, diagnostic))?;
            let script = built.project.theme.mise_en_page.as_deref().map(Into::into);
            let job =
                PrintJob { name: name.clone(), html: built.renderer.assets().inline(&verify::marked(&html)), script };
            let printed = printer.print(&job).map_err(|error| failure(&error, Some(&name)))?;
            let finished =
                finish(&printed, self.metadata).map_err(|error| Failure::mistake(error.diagnostic(&name)))?;
            let pages = finished.facts.pages.len();
            if pages == own {
                verify::pdf(&finished.facts, &verify::cases(&html))
                    .map_err(|difference| Failure::mistake(difference.diagnostic(&name)))?;
                return Ok((finished.bytes, places));
            }
            own = pages;
        }
        let message = "son nombre de pages change à chaque impression";
        Err(Failure::mistake(Diagnostic::in_file(Code::SommaireInstable, name, message)))
    }

    fn places(&self, own: usize) -> Vec<PageRange> {
        places([own].into_iter().chain(self.candidats.iter().map(|(_, pages)| *pages)), self.duplex)
    }

    fn shown(&self, places: &[PageRange]) -> Places<'_> {
        let candidats = self.candidats.iter().map(|(candidat, _)| *candidat).zip(places[1..].iter().copied());
        Places { session: self.session, ensemble: self.ensemble, duplex: self.duplex, candidats: candidats.collect() }
    }
}
