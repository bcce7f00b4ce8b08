//! The program, the disks and the terminal.

use std::path::Path;

use super::finding::{Finding, State, shown, size};
use crate::{documents::write, ground::machine};

/// A PDF and its page, generously.
const PER_DOCUMENT: u64 = 1_000_000;
/// A profile of Chrome.
const SCRATCH: u64 = 200_000_000;
/// What is little on any disk.
const LITTLE: u64 = 1_000_000_000;

pub(crate) fn program() -> Finding {
    let (os, n) = (std::env::consts::OS, machine::processors());
    let plural = if n > 1 { "s" } else { "" };
    Finding::fine("programme", format!("livret {}, sur {os}, {n} processeur{plural}", env!("CARGO_PKG_VERSION")))
}

/// The output folder of so many documents: rights, space.
pub(crate) fn output(folder: &Path, documents: usize) -> Vec<Finding> {
    let advice = "demandez le droit d'écrire dans ce dossier, ou choisissez-en un autre avec --output";
    let rights = rights("sortie", folder, advice);
    let needed = PER_DOCUMENT * documents as u64;
    let space = match machine::free_space(folder) {
        None => Finding::look("disque", "le système ne dit pas la place qui reste"),
        Some(free) if free < needed.max(SCRATCH) => {
            let why = format!(", il en faut jusqu'à {} pour ce projet", size(needed));
            let why = if needed > SCRATCH { &why } else { "" };
            Finding::broken("disque", format!("il ne reste que {}{why}", size(free)))
                .advice("faites de la place, ou choisissez un autre disque avec --output")
        }
        Some(free) if free < LITTLE => {
            Finding::look("disque", format!("il ne reste que {}", size(free))).advice("faites bientôt de la place")
        }
        Some(free) => Finding::fine("disque", format!("{} libres", size(free))),
    };
    vec![rights, space]
}

/// Whether a folder can be written.
fn rights(what: &'static str, folder: &Path, advice: &str) -> Finding {
    let shown = shown(folder);
    match write::probe(folder) {
        Ok(()) => Finding::fine(what, format!("{shown} peut être écrit")),
        Err(error) => Finding::broken(what, format!("{shown} ne peut pas être écrit : {error}")).advice(advice),
    }
}

/// Where Chrome keeps what it needs while it prints.
pub(crate) fn temporary() -> Vec<Finding> {
    let folder = machine::temporary();
    let rights = rights("temporaire", &folder, "donnez un autre dossier temporaire par la variable TMPDIR");
    let temporary = match machine::free_space(&folder) {
        Some(free) if free < SCRATCH && rights.state == State::Fine => {
            Finding::broken("temporaire", format!("{} : il ne reste que {}", shown(&folder), size(free)))
                .advice(format!("il en faut {} à Chrome : faites de la place", size(SCRATCH)))
        }
        _ => rights,
    };
    let shared = machine::shared_memory().map(|folder| match write::probe(folder) {
        // Chrome is told to do without it.
        Err(_) => Finding::fine("mémoire", "/dev/shm n'est pas utilisable ; livret s'en passe"),
        Ok(()) => Finding::fine("mémoire", "/dev/shm est utilisable"),
    });
    std::iter::once(temporary).chain(shared).collect()
}

pub(crate) fn locale() -> Option<Finding> {
    let locale = machine::locale()?;
    let lower = locale.to_lowercase();
    if lower.contains("utf-8") || lower.contains("utf8") {
        return Some(Finding::fine("langue", locale));
    }
    Some(Finding::look("langue", format!("{locale} : le terminal peut mal afficher les accents")).advice(
        "choisissez un encodage UTF-8, par exemple : export LANG=C.UTF-8 (les pages et les PDF n'en dépendent pas)",
    ))
}
