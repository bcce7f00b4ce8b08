//! The sample project printed once for all tests, and a PDF taken apart.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use lopdf::{Document, Object};

/// The output of one build of the sample project.
pub struct Sample {
    folder: tempfile::TempDir,
}

/// Builds the sample; `None` where Chrome or pdftotext is missing.
pub fn sample() -> Option<&'static Sample> {
    static SAMPLE: OnceLock<Option<Sample>> = OnceLock::new();
    SAMPLE.get_or_init(build).as_ref()
}

fn build() -> Option<Sample> {
    let folder = tempfile::tempdir().unwrap();
    let result = Command::new(env!("CARGO_BIN_EXE_livret"))
        .args(["build", "-C", env!("CARGO_MANIFEST_DIR"), "--output"])
        .arg(folder.path())
        .output()
        .unwrap();
    let required = std::env::var("LIVRET_TEST_CHROME").is_ok_and(|v| v == "required");
    let has_pdftotext = Command::new("pdftotext").arg("-v").output().is_ok();
    let errors = String::from_utf8_lossy(&result.stderr);
    if !required && (!has_pdftotext || errors.contains("aucun Chrome")) {
        eprintln!("skipped: no Chrome or no pdftotext");
        return None;
    }
    assert!(has_pdftotext, "pdftotext is missing");
    assert!(result.status.success(), "{errors}");
    Some(Sample { folder })
}

impl Sample {
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(format!("{path}.pdf"))
    }

    pub fn pdf(&self, path: &str) -> Printed {
        Printed::read(&self.path(path))
    }

    pub fn all_pdfs(&self) -> Vec<PathBuf> {
        walkdir::WalkDir::new(self.folder.path())
            .into_iter()
            .map(|e| e.unwrap().into_path())
            .filter(|p| p.extension().is_some_and(|e| e == "pdf"))
            .collect()
    }
}

pub struct Printed {
    pub bytes: Vec<u8>,
    pub document: Document,
    /// The text of each page, blanks and line ends folded into one space.
    pub pages: Vec<String>,
}

/// The sample's candidats, as footers name them.
const NAMES: [&str; 5] =
    ["Benoît D’Hervilly", "Théo Gonçalves", "Marie-Ange Le Bihan-Prigent", "Noëlle Lecœur", "Claire Martin"];

impl Printed {
    pub fn read(path: &Path) -> Self {
        let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let text = Command::new("pdftotext").arg("-raw").arg(path).arg("-").output().unwrap();
        let text = String::from_utf8(text.stdout).unwrap();
        // The dots of a sommaire, between a title and its page, are no words.
        let undotted =
            |page: &str| page.split("……").map(|part| part.trim_start_matches('…')).collect::<Vec<_>>().join(" ");
        let fold = |page: &str| undotted(page).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut pages: Vec<String> = text.split('\u{c}').map(fold).collect();
        pages.pop();
        Self { document: Document::load_mem(&bytes).unwrap(), bytes, pages }
    }

    pub fn text(&self) -> String {
        self.pages.join(" ")
    }

    /// A page without its running header, footer and mark.
    pub fn body(&self, page: usize) -> String {
        let text = &self.pages[page - 1];
        let header = "COMMISSION PARITAIRE NATIONALE DE L’EMPLOI ET DE LA FORMATION PROFESSIONNELLE DE LA MUTUALITE";
        let text = text.replace(header, "").replace(&format!("page {page} / {}", self.pages.len()), "");
        let footer = text.find("Chargé d’accueil, version").map_or(text.len(), |at| {
            // The candidate's name stands before it, on a line of its own.
            NAMES.iter().filter_map(|name| text[..at].trim_end().strip_suffix(name)).map(str::len).next().unwrap_or(at)
        });
        let (before, after) = text.split_at(footer);
        let after = after.split_once("version 2024").map_or("", |(_, rest)| rest);
        let text = format!("{before} {after}").split_whitespace().collect::<Vec<_>>().join(" ");
        // The footer's « BLOC n », which no colon follows.
        match text.strip_prefix("BLOC ").map(|rest| rest.trim_start_matches(char::is_numeric)) {
            Some(rest) if !rest.starts_with('\u{202f}') && !rest.starts_with(" :") => rest.trim_start().to_owned(),
            _ => text,
        }
    }

    pub fn info(&self) -> BTreeMap<String, String> {
        let info = self.document.trailer.get_deref(b"Info", &self.document).unwrap().as_dict().unwrap();
        info.iter()
            .filter_map(|(k, v)| Some((String::from_utf8_lossy(k).into_owned(), lopdf::decode_text_string(v).ok()?)))
            .collect()
    }

    pub fn language(&self) -> String {
        lopdf::decode_text_string(self.document.catalog().unwrap().get(b"Lang").unwrap()).unwrap()
    }

    /// The titles of the outline, in order.
    pub fn outline(&self) -> Vec<String> {
        let mut titles = Vec::new();
        let root = self.document.catalog().unwrap().get_deref(b"Outlines", &self.document).unwrap();
        self.outline_below(root, &mut titles);
        titles
    }

    fn outline_below(&self, item: &Object, titles: &mut Vec<String>) {
        let mut next = item.as_dict().unwrap().get_deref(b"First", &self.document).ok();
        while let Some(item) = next {
            let item_dict = item.as_dict().unwrap();
            titles.push(lopdf::decode_text_string(item_dict.get_deref(b"Title", &self.document).unwrap()).unwrap());
            self.outline_below(item, titles);
            next = item_dict.get_deref(b"Next", &self.document).ok();
        }
    }
}
