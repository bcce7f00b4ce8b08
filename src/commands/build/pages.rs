//! The HTML pages of a build, and the files that they refer to.

use std::collections::BTreeSet;

use super::Tally;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::plan::Document;
use crate::render::Renderer;
use crate::render::assets::FOLDER;
use crate::write::Output;

/// Writes every page that renders, and returns those documents.
///
/// # Errors
/// If the output cannot be written to at all.
pub fn write<'a>(
    documents: &[&'a Document],
    renderer: &Renderer,
    output: &Output,
    tally: &mut Tally,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<&'a Document>, String> {
    let mut sound = Vec::new();
    let mut used = BTreeSet::new();
    for document in documents {
        let html = match renderer.render(document) {
            Ok(html) => html,
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                continue;
            }
        };
        used.extend(renderer.assets().used(&html));
        let page = renderer.assets().link(&html, &document.racine());
        match output.write(&document.html(), page.as_bytes()) {
            Ok(_) => {
                tally.html += 1;
                sound.push(*document);
            }
            Err(error) => diagnostics.push(unwritten(&document.html(), &error)),
        }
    }
    for path in used {
        if let Some(bytes) = renderer.assets().files().get(&path) {
            let path = format!("{FOLDER}/{path}");
            if let Err(error) = output.write(&path, bytes) {
                diagnostics.push(unwritten(&path, &error));
            }
        }
    }
    if sound.is_empty() && !documents.is_empty() && diagnostics.errors() == 0 {
        return Err("aucune page n'a pu être écrite".to_owned());
    }
    Ok(sound)
}

/// A file of the output that the disk refused.
fn unwritten(path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::file_error(path, format!("ce fichier ne peut pas être écrit : {error}"))
        .help("fermez les programmes qui l'ont ouvert, vérifiez vos droits et la place sur le disque")
}
