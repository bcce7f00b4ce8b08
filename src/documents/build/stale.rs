//! What no source asks for any more: the documents of a candidat who left, of a version that was removed, a session's
//! bundle with somebody who left, a picture that nothing shows. Ours is removed; the rest is named, since it may be
//! about a person.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::tally::Tally;
use crate::documents::plan::Document;
use crate::documents::record::Record;
use crate::documents::render::assets::FOLDER;
use crate::documents::write::{Ledger, Output, files_below, is_ours};
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::fold::file_name;
use crate::ground::paths::{CANDIDATS, CONTENT_ASSETS, SESSIONS, dossier_candidat, dossier_referentiel};
use crate::ground::text::listed;
use crate::judge::project::{Gardes, Project};

/// What to say of files that are to go, and what to do.
const OURS: (Code, &str, &str) = (
    Code::DocumentsARetirer,
    "ces documents n'ont plus de fiche",
    "relancez « livret build », qui les retire ; si la fiche a été supprimée par erreur, remettez-la d'abord",
);
const OTHERS: (Code, &str, &str) = (
    Code::FichierSansFiche,
    "aucune fiche ne demande ce qui est ici, et livret ne l'a pas écrit tel quel : il n'y touche pas",
    "regardez ce que c'est : supprimez-le, ou rangez-le ailleurs que dans le dossier de sortie",
);

/// What the sources ask for in the output.
pub(crate) struct Wanted<'a> {
    files: BTreeSet<String>,
    /// The folders of all candidats that have a fiche, composed and in one case.
    candidats: BTreeSet<String>,
    /// Whatever is below these stays: their sources have mistakes, and they are the last good ones.
    kept: Vec<String>,
    gardes: &'a Gardes,
    /// The pictures of the content that there are.
    pictures: BTreeSet<String>,
}

impl<'a> Wanted<'a> {
    pub(crate) fn of(project: &'a Project, documents: &[Document]) -> Self {
        let broken = project.candidats_en_erreur.iter().map(|c| dossier_candidat(&c.session, &c.id) + "/");
        let versions = project.referentiels_en_erreur.iter().map(|r| dossier_referentiel(r) + "/");
        let pictures = project.pictures().map(|path| format!("{FOLDER}/{path}"));
        Self {
            files: documents.iter().flat_map(|d| [Some(d.html()), d.pdf()]).flatten().collect(),
            candidats: documents.iter().map(|d| file_name(&d.dossier)).collect(),
            kept: broken.chain(versions).collect(),
            gardes: &project.gardes,
            pictures: pictures.collect(),
        }
    }

    fn keeps(&self, path: &str) -> bool {
        self.kept.iter().any(|prefix| path.starts_with(prefix.as_str())) || self.gardes.keeps(path)
    }

    /// Whether the folder of a candidat is one of somebody who has a fiche.
    fn knows(&self, folder: &str) -> bool {
        self.candidats.contains(&file_name(folder)) || self.keeps(&format!("{folder}/"))
    }

    /// Whether a file of ours stays, which shows the documents of these folders if it shows several.
    fn wants(&self, path: &str, shows: &[String]) -> bool {
        match shows {
            [] => self.files.contains(path) || self.keeps(path) || path.starts_with(&format!("{FOLDER}/")),
            shows => shows.iter().all(|folder| self.knows(folder)),
        }
    }
}

/// Removes what is ours and not wanted, and forgets it. A file that somebody changed stays.
pub(crate) fn remove(record: &mut Record, wanted: &Wanted, output: &Output, tally: &mut Tally) {
    record.documents.retain(|path, _| wanted.wants(path, &[]));
    let shown: Option<BTreeSet<&String>> = record.documents.values().try_fold(BTreeSet::new(), |mut all, entry| {
        all.extend(entry.pictures.as_ref()?);
        Some(all)
    });
    let unseen = |path: &str| {
        let picture = path.strip_prefix(&format!("{FOLDER}/")).filter(|path| path.starts_with(CONTENT_ASSETS));
        picture.is_some_and(|path| shown.as_ref().is_some_and(|shown| !shown.contains(&path.to_owned())))
    };
    let ledger = output.ledger();
    let gone = ledger.files().filter(|(path, shows)| !wanted.wants(path, shows) || unseen(path));
    let gone: Vec<String> = gone.map(|(path, _)| path.to_owned()).collect();
    drop(ledger);
    let mut removed = BTreeSet::new();
    for path in &gone {
        if output.remove(path) && !path.starts_with(FOLDER) {
            // A page and its PDF are one document.
            removed.insert(path.rsplit_once('.').map_or(path.as_str(), |(document, _)| document));
        }
    }
    tally.removed += removed.len();
    record.assets.retain(|path| !gone.contains(&format!("{FOLDER}/{path}")));
}

/// What is in the output about persons and belongs to nobody who has a fiche, to be named. `output` is the folder,
/// shown from the project's.
pub(crate) fn left(output: &Path, directory: &Path, ledger: &Ledger, wanted: &Wanted) -> Vec<Diagnostic> {
    let shows: BTreeMap<&str, &[String]> = ledger.files().collect();
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let pictures = format!("{FOLDER}/{CONTENT_ASSETS}");
    for path in [CANDIDATS, SESSIONS, &pictures].iter().flat_map(|folder| files_below(output, folder)) {
        let parts: Vec<&str> = path.split('/').collect();
        let group = match parts.as_slice() {
            [CANDIDATS, _, _, _, ..] => parts[..3].join("/"),
            // What the system leaves in folders tells nothing of anybody.
            [.., name] if name.starts_with('.') => continue,
            _ => path.clone(),
        };
        let known = match shows.get(path.as_str()) {
            _ if path.starts_with(&pictures) => wanted.pictures.contains(&path) || shows.contains_key(path.as_str()),
            Some(shows) if parts[0] == SESSIONS => wanted.wants(&path, shows),
            _ => wanted.knows(&group),
        };
        if !known {
            folders.entry(group).or_default().push(path);
        }
    }
    let shown = output.strip_prefix(directory).unwrap_or(output);
    let shown = |path: &str| shown.join(path).display().to_string();
    let mut all = Vec::new();
    for (folder, files) in folders {
        let (ours, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|path| is_ours(output, path, ledger));
        for (files, (code, message, help)) in [(ours, OURS), (others, OTHERS)] {
            if !files.is_empty() {
                // Where the place of the diagnostic names the file already, no fact does.
                let files = files.iter().filter(|path| **path != folder).map(|path| shown(path)).collect();
                let diagnostic = Diagnostic::in_file(code, shown(&folder), message).help(help);
                all.push(listed(files).into_iter().fold(diagnostic, Diagnostic::fact));
            }
        }
    }
    all
}
