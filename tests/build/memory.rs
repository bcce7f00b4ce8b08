//! What a layout script remembers of the documents before changes no byte of those that follow.

use std::collections::BTreeMap;

use super::Sample;
use crate::generated;

#[test]
fn a_page_is_the_same_whatever_was_printed_before_it() {
    let Some(sample) = Sample::new() else { return };
    let count = if super::long() { 100 } else { 2 };
    generated::candidats(sample.path(), count);
    let pdfs = |arguments: &[&str]| {
        sample.build(&[&["--force"][..], arguments].concat());
        let mut documents = sample.documents("output");
        documents.retain(|path, _| path.ends_with(".pdf"));
        assert!(documents.len() > 2 * count, "{}", documents.len());
        documents
    };
    let one_tab = pdfs(&["--jobs", "1"]);
    let two_tabs = pdfs(&["--jobs", "2"]);
    sample.edit(
        "themes/officiel/mise-en-page.js",
        "const SU = memoire.get(STYLES);",
        "const SU = new (class extends Map { get() {} has() { return false; } })();",
    );
    let without = pdfs(&["--jobs", "2"]);
    let differ = |other: &BTreeMap<String, Vec<u8>>| {
        one_tab
            .iter()
            .filter(|(path, pdf)| other.get(*path) != Some(pdf))
            .map(|(path, _)| path.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!((differ(&two_tabs), differ(&without)), (Vec::new(), Vec::new()));
}
