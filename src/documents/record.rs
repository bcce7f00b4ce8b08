//! The record of what was built from what, kept beside the output: the next build leaves alone what would come out
//! the same. Lost or damaged, it is as if there were none, and everything is built.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::documents::render::sommaire::PageNumbers;
use crate::ground::fingerprint::Fingerprint;

/// The record's file in the output folder.
pub(crate) const FILE: &str = ".livret.json";

/// Changed whenever an older record would be misread.
const FORMAT: u32 = 1;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Record {
    format: u32,
    /// By the path of the HTML page.
    pub documents: BTreeMap<String, Entry>,
    /// Every asset that pages of the output refer to.
    pub assets: BTreeSet<String>,
    /// The page numbers that documents of each kind last had: tried first, never trusted.
    #[serde(default)]
    pub sommaires: BTreeMap<String, PageNumbers>,
}

impl Default for Record {
    fn default() -> Self {
        Self { format: FORMAT, documents: BTreeMap::new(), assets: BTreeSet::new(), sommaires: BTreeMap::new() }
    }
}

/// What was built for one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Everything that the page was rendered from.
    pub inputs: Fingerprint,
    /// The page as written.
    pub html: Fingerprint,
    /// What the printer is given: the page with its assets.
    pub content: Fingerprint,
    /// The pictures of the content that it shows, among the assets; older programs did not tell.
    #[serde(default)]
    pub pictures: Option<Vec<String>>,
    pub pdf: Option<PdfEntry>,
}

/// A PDF that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PdfEntry {
    pub path: String,
    /// Everything that it was printed from, the printer aside.
    pub inputs: Fingerprint,
    /// The Chrome that printed it.
    pub chrome: String,
    pub bytes: Fingerprint,
    pub pages: usize,
    /// Places to sign that are smaller than the theme promises: said by every build, not only by the one that prints it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub narrow: Vec<String>,
}

impl Record {
    /// Reads a record; one of another format is as good as none. `None` if it is damaged.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        match serde_json::from_slice(bytes).ok()? {
            Version { format: FORMAT } => serde_json::from_slice(bytes).ok(),
            Version { .. } => Some(Self::default()),
        }
    }

    /// # Panics
    /// Never: a record is plain data.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("plain data")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_back_and_a_damaged_one_is_none() {
        let entry = Entry {
            inputs: Fingerprint::of(b"1"),
            html: Fingerprint::of(b"2"),
            content: Fingerprint::of(b"3"),
            pictures: Some(Vec::new()),
            pdf: None,
        };
        let mut record = Record::default();
        record.documents.insert("a.html".to_owned(), entry.clone());
        let bytes = record.to_bytes();
        assert_eq!(Record::parse(&bytes).unwrap().documents["a.html"], entry);
        for damaged in [&bytes[..bytes.len() / 2], b"", b"null", b"{\"format\":1,\"documents\":[]}"] {
            assert!(Record::parse(damaged).is_none());
        }
        assert!(Record::parse(b"{\"format\":0,\"autre\":{}}").unwrap().documents.is_empty());
    }
}
