//! What open pages are told: which version of them is built, the state of their PDF, and what is wrong. Builders
//! write here, the server reads; in the other direction it knows which pages are being looked at.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::json;
use tokio::sync::watch;

use super::problem::Problem;

/// More would hide the page that they are about.
const SHOWN: usize = 20;

/// What is known of all pages.
#[derive(Debug, Default)]
pub(crate) struct Board {
    /// Whoever waits for a change compares for itself what changed.
    state: watch::Sender<State>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pages: BTreeMap<String, Page>,
    /// The version of everything that pages refer to: styles, fonts, pictures.
    assets: String,
    problems: Vec<Problem>,
    /// How many PDFs are still to be printed.
    waiting: usize,
    /// The pages that are looked at, the one opened last at the end.
    looked: Vec<(u64, String)>,
    next: u64,
}

/// A page of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub version: String,
    /// The source that is about this page alone, by its path in the project.
    pub source: Option<String>,
    pub pdf: Option<Pdf>,
    /// Whether it is of a source that has mistakes by now: the last good one.
    pub is_old: bool,
}

/// The PDF of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Pdf {
    /// From the output folder.
    #[serde(rename = "chemin")]
    pub path: String,
    /// Of the last good one.
    pub version: Option<String>,
    pub pages: usize,
    #[serde(flatten)]
    pub stand: Stand,
}

/// Whether a PDF is that of the page as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "etat", content = "message", rename_all = "kebab-case")]
pub(crate) enum Stand {
    #[serde(rename = "a-jour")]
    Ready,
    #[serde(rename = "en-cours")]
    Waiting,
    /// Why there is none.
    #[serde(rename = "impossible")]
    Failed(String),
}

impl Board {
    /// One page is built.
    pub(crate) fn set_page(&self, path: &str, page: Page) {
        self.state.send_modify(|state| drop(state.pages.insert(path.to_owned(), page)));
    }

    /// All pages that there are.
    pub(crate) fn set_pages(&self, pages: BTreeMap<String, Page>) {
        self.state.send_modify(|state| state.pages = pages);
    }

    /// The PDF of a page is printed, or cannot be.
    pub(crate) fn set_pdf(&self, path: &str, pdf: Pdf) {
        self.state.send_modify(|state| {
            if let Some(page) = state.pages.get_mut(path) {
                page.pdf = Some(pdf);
            }
        });
    }

    /// Nothing can be printed for now.
    pub(crate) fn fail_pdfs(&self, message: &str) {
        self.state.send_modify(|state| {
            for pdf in state.pages.values_mut().filter_map(|page| page.pdf.as_mut()) {
                if pdf.stand == Stand::Waiting {
                    pdf.stand = Stand::Failed(message.to_owned());
                }
            }
        });
    }

    pub(crate) fn set_assets(&self, version: String) {
        self.state.send_modify(|state| state.assets = version);
    }

    pub(crate) fn set_problems(&self, problems: Vec<Problem>) {
        self.state.send_if_modified(|state| {
            let is_new = state.problems != problems;
            state.problems = problems;
            is_new
        });
    }

    pub(crate) fn set_waiting(&self, waiting: usize) {
        self.state.send_modify(|state| state.waiting = waiting);
    }

    /// The pages that are looked at, the one opened last first.
    pub(crate) fn looked_at(&self) -> Vec<String> {
        self.state.borrow().looked.iter().rev().map(|(_, path)| path.clone()).collect()
    }

    /// Notes that a page is looked at, until the answer is dropped.
    pub(super) fn look(self: Arc<Self>, path: &str) -> Look {
        let mut id = 0;
        self.state.send_if_modified(|state| {
            id = state.next;
            state.next += 1;
            state.looked.push((id, path.to_owned()));
            false
        });
        Look { board: self, id }
    }

    pub(super) fn subscribe(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// The version of a page and of what it refers to, as far as they are known.
    pub(super) fn version(&self, path: &str) -> (Option<String>, String) {
        let state = self.state.borrow();
        (state.pages.get(path).map(|page| page.version.clone()), state.assets.clone())
    }

    /// What a page is told, as JSON.
    pub(super) fn tell(&self, path: &str) -> String {
        let state = self.state.borrow();
        let page = state.pages.get(path);
        let own = page.and_then(|page| page.source.as_deref());
        let mut problems: Vec<&Problem> = state.problems.iter().collect();
        // What concerns this page first; a candidat's own mistakes do not concern other candidats.
        problems.sort_by_key(|problem| (own != Some(problem.path()), problem.is_of_one_candidat()));
        json!({
            "version": page.map(|page| &page.version),
            "ancien": page.is_some_and(|page| page.is_old),
            "ressources": state.assets,
            "pdf": page.and_then(|page| page.pdf.as_ref()),
            "attente": state.waiting,
            "problemes": &problems[..problems.len().min(SHOWN)],
            "autres": problems.len().saturating_sub(SHOWN),
        })
        .to_string()
    }
}

/// A page that is looked at.
pub(crate) struct Look {
    board: Arc<Board>,
    id: u64,
}

impl Drop for Look {
    fn drop(&mut self) {
        self.board.state.send_if_modified(|state| {
            state.looked.retain(|(id, _)| *id != self.id);
            false
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::diagnostic::{Code, Diagnostic};
    use crate::ground::source::Sources;

    #[test]
    fn the_page_opened_last_comes_first_until_it_is_closed() {
        let board = Arc::new(Board::default());
        let _index = Arc::clone(&board).look("index.html");
        let livret = Arc::clone(&board).look("a/livret.html");
        assert_eq!(board.looked_at(), ["a/livret.html", "index.html"]);
        drop(livret);
        assert_eq!(board.looked_at(), ["index.html"]);
    }

    #[test]
    fn a_page_hears_of_its_own_mistakes_first() {
        let problem =
            |path| Problem::of(&Diagnostic::in_file(Code::FichierIllisible, path, "illisible"), &Sources::default());
        let board = Board::default();
        let source = Some("content/candidats/s/b.md".to_owned());
        board.set_page("b.html", Page { version: "1".to_owned(), source, pdf: None, is_old: false });
        let paths = ["content/candidats/s/a.md", "content/candidats/s/b.md", "themes/t/livret.html"];
        board.set_problems(paths.map(problem).into());
        let told: serde_json::Value = serde_json::from_str(&board.tell("b.html")).unwrap();
        let order: Vec<_> = told["problemes"].as_array().unwrap().iter().map(|p| p["file"].as_str().unwrap()).collect();
        assert_eq!(order, [paths[1], paths[2], paths[0]]);
        assert_eq!(told["version"], "1");
        assert!(serde_json::from_str::<serde_json::Value>(&board.tell("none.html")).unwrap()["version"].is_null());
    }
}
