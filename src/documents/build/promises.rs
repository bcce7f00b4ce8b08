//! What printed documents promise and do not keep: that they are accessible, that there is room to sign. Said by every
//! build, also by one that prints nothing; one warning for all documents that are alike.

use std::collections::BTreeMap;

use crate::documents::record::PdfEntry;
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::text::count;

/// How many reasons are told.
const SHOWN: usize = 3;

/// What these PDFs do not keep.
pub(crate) fn broken<'a>(pdfs: impl IntoIterator<Item = &'a PdfEntry>) -> Vec<Diagnostic> {
    let mut alike: BTreeMap<(Code, &[String]), Vec<&str>> = BTreeMap::new();
    for pdf in pdfs {
        for (code, reasons) in [(Code::PdfNonAccessible, &pdf.unclaimed), (Code::SignatureTropPetite, &pdf.narrow)] {
            if !reasons.is_empty() {
                alike.entry((code, reasons)).or_default().push(&pdf.path);
            }
        }
    }
    let said = alike.into_iter().map(|((code, reasons), paths)| {
        let diagnostic = promise(code, paths[0], reasons);
        match paths.len() - 1 {
            0 => diagnostic,
            more => diagnostic.fact(format!("de même dans {}", count(more, "autre(s) document(s)"))),
        }
    });
    said.collect()
}

/// A PDF, or a bundle, that does not say that it follows PDF/UA.
pub(crate) fn not_accessible(path: &str, reasons: &[String]) -> Diagnostic {
    promise(Code::PdfNonAccessible, path, reasons)
}

fn promise(code: Code, path: &str, reasons: &[String]) -> Diagnostic {
    let (message, help) = match code {
        Code::SignatureTropPetite => (
            "il y a moins de place pour signer que le thème n'en promet",
            "agrandissez ces places dans les styles du thème, ou corrigez « data-min » dans ses gabarits",
        ),
        _ => (
            "ce PDF est imprimé, mais ne se déclare pas accessible (PDF/UA)",
            "corrigez le thème : « livret explain A710 » dit comment ; l'impression elle-même est bonne",
        ),
    };
    let diagnostic = Diagnostic::in_file(code, path, message).help(help);
    let diagnostic = reasons.iter().take(SHOWN).fold(diagnostic, Diagnostic::fact);
    match reasons.len().saturating_sub(SHOWN) {
        0 => diagnostic,
        more => diagnostic.fact(format!("et {}", count(more, "autre(s) endroit(s)"))),
    }
}
