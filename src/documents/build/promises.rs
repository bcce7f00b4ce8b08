//! What printed documents promise and do not keep: that there is room to sign. Said by every build, also by one that
//! prints nothing; one warning for all documents that are alike.

use std::collections::BTreeMap;

use crate::documents::record::PdfEntry;
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::text::count;

/// What these PDFs do not keep.
pub(crate) fn broken<'a>(pdfs: impl IntoIterator<Item = &'a PdfEntry>) -> Vec<Diagnostic> {
    let mut alike: BTreeMap<&[String], Vec<&str>> = BTreeMap::new();
    for pdf in pdfs.into_iter().filter(|pdf| !pdf.narrow.is_empty()) {
        alike.entry(&pdf.narrow).or_default().push(&pdf.path);
    }
    let said = alike.into_iter().map(|(reasons, paths)| match (narrow(paths[0], reasons), paths.len() - 1) {
        (diagnostic, 0) => diagnostic,
        (diagnostic, more) => diagnostic.fact(format!("de même dans {}", count(more, "autre(s) document(s)"))),
    });
    said.collect()
}

fn narrow(path: &str, reasons: &[String]) -> Diagnostic {
    let message = "il y a moins de place pour signer que le thème n'en promet";
    Diagnostic::in_file(Code::SignatureTropPetite, path, message)
        .help("agrandissez ces places dans les styles du thème, ou corrigez « data-min » dans ses gabarits")
        .some_facts(reasons)
}
