//! Files below `content/` that nobody reads where they are: each is told where to go. Folders of one's own are for
//! texts to include; a near miss of a known name is a slip.

use std::collections::BTreeSet;

use crate::ground::diagnostic::nearest::{is_slip, nearest};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::paths::copie::original;
use crate::ground::paths::{CANDIDATS, CONTENT, REFERENTIELS, THEMES};
use crate::ground::source::Sources;
use crate::sources::load::Files;

/// Texts that people write and that are read only under the name « ….md ».
pub(crate) const WRITTEN: &[&str] =
    &["md", "markdown", "mdown", "mkd", "txt", "text", "rtf", "yaml", "yml", "doc", "docx", "odt", "pages"];

/// The texts of a référentiel, blocs aside.
const NAMED: [&str; 3] = ["referentiel", "note-aux-evaluateurs", "mode-d-emploi"];

/// Reports every file that is not read. Returns the names, without extension, of those that may be fiches: the
/// documents of these candidats stay until somebody has decided.
pub(crate) fn egares(files: &Files, sources: &Sources, diagnostics: &mut Diagnostics) -> BTreeSet<String> {
    let mut fiches = BTreeSet::new();
    let included = included(files, sources);
    for path in files.texts.keys().chain(files.binaries.keys()) {
        let parts: Vec<&str> = path.split('/').collect();
        let [_, folder, .., file] = parts.as_slice() else {
            if files.texts.get(path).is_some_and(|source| is_fiche(sources.text(*source))) {
                diagnostics.push(fiche(path, None));
                fiches.insert(stem(path).to_owned());
            }
            continue;
        };
        let ours = [REFERENTIELS, CANDIDATS].contains(folder);
        let meant = if ours { Some(*folder) } else { nearest(folder, [REFERENTIELS, CANDIDATS]) };
        if !path.ends_with(".md") {
            if ours && is_written(file) {
                diagnostics.push(unread(path).help(LOWER_CASE));
                if *folder == CANDIDATS {
                    fiches.insert(stem(file).to_owned());
                }
            }
            continue;
        }
        let Some(&source) = files.texts.get(path) else { continue };
        let is_fiche = is_fiche(sources.text(source));
        let placed = match parts.as_slice() {
            [_, CANDIDATS, _, _] => true,
            [_, REFERENTIELS, _, _, inner @ ..] if !inner.is_empty() => {
                let known = matches!(inner, ["blocs", ..])
                    || matches!(inner, [file] if NAMED.contains(&stem(file)))
                    || included.contains(*file);
                if !known && !is_fiche {
                    diagnostics.extend(beside(path, inner, files));
                }
                known || !is_fiche
            }
            _ => meant.is_none(),
        };
        if placed {
            continue;
        }
        if meant == Some(CANDIDATS) || is_fiche {
            let between = if *folder == CANDIDATS { parts[2..parts.len() - 1].join("-") } else { String::new() };
            diagnostics.push(fiche(path, Some(between).filter(|session| !session.is_empty()).as_deref()));
            fiches.insert(stem(file).to_owned());
        } else {
            let message = "ce fichier n'appartient ni à un référentiel, ni à un candidat";
            diagnostics.push(Diagnostic::in_file(Code::FichierMalPlace, path, message).help(PLACES));
        }
    }
    fiches
}

const PLACES: &str =
    "les places connues : content/referentiels/<id>/<version>/… et content/candidats/<session>/<candidat>.md";

const LOWER_CASE: &str = "seuls les fichiers dont le nom finit par « .md » (en minuscules) sont lus ici";

/// A text of a référentiel that is none of those that are known, and that no other one includes.
fn beside(path: &str, inner: &[&str], files: &Files) -> Option<Diagnostic> {
    let (folder, name) = (&path[..path.len() - inner.join("/").len()], stem(inner[inner.len() - 1]));
    let there = |name: &str| files.texts.contains_key(&format!("{folder}{name}.md"));
    if ["readme", "lisez-moi", "lisezmoi"].contains(&fold::key(name).as_str()) {
        return None;
    }
    let numbered = name.split_once('-').is_some_and(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let copied = original(name).filter(|_| inner.len() == 1).filter(|name| there(name));
    let near = nearest(name, NAMED).filter(|near| inner.len() == 1 && !there(near));
    let help = if let Some(copied) = copied {
        format!("c'est une copie de « {copied}.md » : supprimez-la")
    } else if numbered || (inner.len() > 1 && is_slip(inner[0], "blocs")) {
        format!("si c'est un bloc, déplacez-le dans {folder}blocs/")
    } else if let Some(near) = near {
        format!("vouliez-vous le nommer « {near}.md » ?")
    } else {
        "aucun texte ne l'inclut : ajoutez [[inclure: …]] là où il doit être imprimé, ou rangez-le ailleurs".to_owned()
    };
    Some(unread(path).help(help))
}

/// Folders beside `content/` whose names are nearly those of folders that are read.
pub(crate) fn beside_content(folders: &[String], diagnostics: &mut Diagnostics) {
    for folder in folders.iter().filter(|folder| ![CONTENT, THEMES].contains(&folder.as_str())) {
        let meant = |known: &str| folder == known || is_slip(folder, known);
        let place = if let Some(known) = [CONTENT, THEMES].into_iter().find(|known| meant(known)) {
            format!("vouliez-vous le nommer « {known} » ?")
        } else if let Some(known) = [REFERENTIELS, CANDIDATS].into_iter().find(|known| meant(known)) {
            format!("déplacez-le dans {CONTENT}/, sous le nom « {known} »")
        } else {
            continue;
        };
        diagnostics.push(Diagnostic::in_file(Code::FichierMalPlace, folder, "ce dossier n'est pas lu").help(place));
    }
}

/// The names of the files that some text includes.
fn included(files: &Files, sources: &Sources) -> BTreeSet<String> {
    let texts = files.texts.iter().filter(|(path, _)| path.ends_with(".md"));
    let named = texts.flat_map(|(_, source)| sources.text(*source).split("[[inclure:").skip(1));
    named.filter_map(|rest| Some(rest.split("]]").next()?.trim().rsplit('/').next()?.to_owned())).collect()
}

/// Whether a text has the header of a candidat's file.
fn is_fiche(text: &str) -> bool {
    let mut lines = text.lines();
    if lines.next().map(str::trim_end) != Some("---") {
        return false;
    }
    let header: Vec<&str> = lines.take_while(|line| line.trim_end() != "---").collect();
    ["nom:", "prenom:"].iter().all(|key| header.iter().any(|line| line.starts_with(key)))
}

fn is_written(file: &str) -> bool {
    file.rsplit_once('.').is_none_or(|(_, extension)| WRITTEN.contains(&extension.trim().to_lowercase().as_str()))
}

/// A file's name without its last extension.
fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn fiche(path: &str, session: Option<&str>) -> Diagnostic {
    let file = path.rsplit('/').next().unwrap_or(path);
    let place = format!("{CONTENT}/{CANDIDATS}/{}/{file}", session.unwrap_or("<session>"));
    let example = if session.is_none() { ", par exemple dans le dossier 2026-06" } else { "" };
    Diagnostic::in_file(Code::FichierMalPlace, path, "cette fiche n'est pas à sa place : elle n'est pas lue")
        .help(format!("déplacez-la : {place}{example}"))
}

fn unread(path: &str) -> Diagnostic {
    Diagnostic::in_file(Code::FichierNonLu, path, "ce fichier n'est pas lu")
}
