//! The output folder before and after a build: taken hold of, what the last build left, what somebody else did to it.

use std::io::ErrorKind;
use std::path::Path;

use super::tally::Tally;
use crate::documents::plan::Document;
use crate::documents::record::{self, Record};
use crate::documents::render::assets::FOLDER;
use crate::documents::write::Output;
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::paths::{CONTENT, THEMES};
use crate::ground::source::Sources;
use crate::ground::terminal::Terminal;
use crate::ground::text::listed;

/// Takes hold of a project's output folder.
///
/// # Errors
/// Why it cannot be used.
pub(crate) fn open(directory: &Path, output: &Path) -> Result<Output, Box<Diagnostic>> {
    let shown = output.display();
    for sources in [CONTENT, THEMES] {
        if inside(output, &directory.join(sources)) {
            let message = format!("le dossier de sortie « {shown} » est dans {sources}/");
            let diagnostic = Diagnostic::general(Code::SortieDansLesSources, message);
            return Err(Box::new(diagnostic.help("choisissez-en un autre avec --output")));
        }
    }
    Output::open(output).map_err(|error| {
        let (code, message, help) = match error.kind() {
            ErrorKind::WouldBlock => (
                Code::SortieOccupee,
                format!("une autre commande livret écrit déjà dans « {shown} »"),
                "attendez qu'elle ait fini, ou choisissez un autre dossier avec --output",
            ),
            _ => (
                Code::SortieInterdite,
                format!("le dossier de sortie « {shown} » ne peut pas être écrit : {error}"),
                "vérifiez vos droits, ou choisissez un autre dossier avec --output",
            ),
        };
        Box::new(Diagnostic::general(code, message).help(help))
    })
}

fn inside(path: &Path, folder: &Path) -> bool {
    let absolute = |p: &Path| p.canonicalize().or_else(|_| std::path::absolute(p)).unwrap_or_else(|_| p.to_path_buf());
    absolute(path).starts_with(absolute(folder))
}

/// The record of the last build. A damaged one costs time only: it is said, and everything is built.
pub(crate) fn previous(output: &Output, sources: &Sources, terminal: &Terminal) -> Record {
    if !output.has(record::FILE) {
        return Record::default();
    }
    let record = output.read(record::FILE).and_then(|bytes| Record::parse(&bytes));
    if let Some(record) = &record {
        // An older program kept no journal.
        for (html, entry) in &record.documents {
            let pdf = entry.pdf.as_ref().map(|pdf| (&pdf.path, &pdf.bytes));
            for (path, bytes) in [(html, &entry.html)].into_iter().chain(pdf) {
                // Without it nothing is removed, and all that is left is said.
                let _ = output.claim(path, bytes);
            }
        }
    }
    record.unwrap_or_else(|| {
        let message = format!("le registre « {} » du dossier de sortie est abîmé", record::FILE);
        let damaged = Diagnostic::general(Code::RegistreAbime, message).help("rien à faire : tout est refait");
        terminal.show(&[&damaged], sources);
        Record::default()
    })
}

/// What somebody else did to the output while it was being built.
pub(crate) fn meanwhile(built: &[&Document], record: &Record, tally: &Tally, output: &Output) -> Option<Diagnostic> {
    let assets = record.assets.iter().map(|path| format!("{FOLDER}/{path}"));
    let pages = built.iter().map(|document| document.html());
    let printed = pages.clone().filter(|html| !tally.failed.contains(html));
    let pdfs = printed.filter_map(|html| Some(record.documents.get(&html)?.pdf.as_ref()?.path.clone()));
    let gone: Vec<String> = pages.chain(pdfs).chain(assets).filter(|path| !output.stands(path)).collect();
    if gone.is_empty() && output.is_there() {
        return None;
    }
    let message = "le dossier de sortie a changé pendant le travail : il n'est pas complet";
    let diagnostic = Diagnostic::general(Code::SortieChangee, message).help("relancez la commande");
    Some(listed(gone).into_iter().fold(diagnostic, Diagnostic::fact))
}
