//! `livret fmt`: sources as the guide writes them. Each file is read, formatted, read again and only then replaced;
//! one with mistakes is left alone and said.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Outcome, report};
use crate::authoring::author::disk::{SourceError, replace_source};
use crate::authoring::fmt::{Change, Formatted, diff, format, line_ends};
use crate::cli::{FmtConfig, FmtInput};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::ground::paths::role::Role;
use crate::ground::paths::{CONTENT, PROJECT_FILE};
use crate::ground::reason::disk_reason;
use crate::ground::source::{SourceId, Sources};
use crate::ground::terminal::Terminal;
use crate::ground::text::count;
use crate::sources::load::{self, Overlay, Seen};

pub fn run(config: &FmtConfig, terminal: &Terminal) -> Outcome {
    match &config.input {
        FmtInput::Stdin(name) => standard_input(name, config.check, terminal),
        FmtInput::Files(paths) => files(&config.directory, paths, config.check, terminal),
    }
}

fn files(root: &Path, paths: &[PathBuf], check: bool, terminal: &Terminal) -> Outcome {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let project = load::project_file(root, &Overlay::default(), &mut sources, &mut diagnostics);
    if project.is_none() && load::binary_file(root, PROJECT_FILE).is_none() {
        report(&diagnostics, Severity::Error, &sources, terminal);
        return Outcome::Mistakes;
    }
    let content =
        load::folder(root, CONTENT, &Overlay::default(), &mut Seen::default(), &mut sources, &mut diagnostics);
    let texts = content.texts.iter().map(|(path, id)| (path.as_str(), *id));
    let mut all: Vec<(&str, SourceId)> = project.map(|id| (PROJECT_FILE, id)).into_iter().chain(texts).collect();
    all.retain(|(path, _)| Role::of(path).is_some());
    let known: Vec<&str> =
        all.iter().map(|(path, _)| *path).chain(content.unreadable.iter().map(String::as_str)).collect();
    let wanted = match select(root, paths, &known) {
        Ok(wanted) => wanted,
        Err(message) => return impossible(&message, terminal),
    };
    all.retain(|(path, _)| is_wanted(path, &wanted));
    diagnostics.retain(|diagnostic| is_wanted(diagnostic.path(&sources), &wanted));
    let read = |(path, id): &(&str, SourceId)| {
        let mut own = Diagnostics::default();
        (Role::of(path).and_then(|role| format(role, &sources, *id, &mut own)), own)
    };
    let made: Vec<_> = all.par_iter().map(read).collect();
    let (mut changed, mut same, mut impossible) = (0, 0, false);
    let mut done = BTreeSet::new();
    for ((path, id), (made, own)) in all.into_iter().zip(made) {
        diagnostics.append(own);
        // A link to another source leads to bytes that have their turn already; one that leads out is left alone.
        let (Some(made), Ok(Some(place))) = (made, load::inside(root, &root.join(path))) else { continue };
        if !done.insert(place) {
            continue;
        }
        match file(root, path, sources.text(id), &made, check) {
            Ok(None) => same += 1,
            Ok(Some(shown)) => {
                changed += 1;
                terminal.line(&shown);
            }
            Err(diagnostic) => {
                impossible |= diagnostic.code == Code::SourceNonEcrite;
                diagnostics.push(*diagnostic);
            }
        }
    }
    report(&diagnostics, Severity::Error, &sources, terminal);
    let errors = diagnostics.errors();
    let changes = if check { "fichier(s) à mettre en forme" } else { "fichier(s) mis en forme" };
    let summary = [count(changed, changes), count(same, "déjà en forme"), count(errors, "erreur(s)")];
    terminal.line(&summary.join(", "));
    match errors {
        _ if impossible => Outcome::Impossible,
        0 if !check || changed == 0 => Outcome::Done,
        _ => Outcome::Mistakes,
    }
}

/// The paths that were named, from the root; `known` are the files that there are.
fn select(root: &Path, paths: &[PathBuf], known: &[&str]) -> Result<Vec<String>, String> {
    let select = |named: &PathBuf| {
        let shown = named.display();
        let path = load::inside(root, named)
            .map_err(|error| format!("« {shown} » : {}", disk_reason(&error)))?
            .ok_or_else(|| format!("« {shown} » n'est pas dans ce projet ; le projet se donne avec -C DOSSIER"))?;
        if !path.is_empty() && !known.iter().any(|file| is_at(file, &path)) {
            return Err(format!(
                "« {shown} » n'est pas une source que « livret fmt » met en forme : livret.yaml, et les fichiers .md de content/"
            ));
        }
        Ok(path)
    };
    paths.iter().map(select).collect()
}

/// Whether a file is one of those named, or below one of the folders; all are if nothing was named.
fn is_wanted(file: &str, wanted: &[String]) -> bool {
    wanted.is_empty() || wanted.iter().any(|path| is_at(file, path))
}

/// Whether a file has this path, or is below it.
fn is_at(file: &str, path: &str) -> bool {
    path.is_empty() || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Writes a file that was read as `read`; only shows it to who checks. What is to be said of it, if it changes.
fn file(root: &Path, path: &str, read: &str, made: &Formatted, check: bool) -> Result<Option<String>, Box<Diagnostic>> {
    let meanwhile = || {
        let message = "ce fichier vient de changer : il est laissé tel quel";
        Box::new(Diagnostic::in_file(Code::SourceChangee, path, message).help("relancez « livret fmt »"))
    };
    // Read again: what the first reading gave is without line ends.
    let old = load::binary_file(root, path).ok_or_else(meanwhile)?;
    let new = line_ends::as_in(&old, &made.text);
    if new == old {
        return Ok(None);
    }
    let said = format!("{path} : {}", names(&made.changes));
    if check {
        let diff = diff::diff(&String::from_utf8_lossy(&old), &String::from_utf8_lossy(&new));
        return Ok(Some(format!("{said}\n{}\n", diff.trim_end())));
    }
    // Whether these bytes are the text that was formatted.
    let mut sources = Sources::default();
    let again = load::text("", &old, &mut sources, &mut Diagnostics::default());
    if again.is_none_or(|again| sources.text(again) != read) {
        return Err(meanwhile());
    }
    replace_source(root, path, &old, &new).map_err(|error| match error {
        SourceError::Changed(_) => meanwhile(),
        _ => Box::new(
            Diagnostic::in_file(Code::SourceNonEcrite, path, error.to_string())
                .help("vérifiez vos droits et la place sur le disque"),
        ),
    })?;
    Ok(Some(said))
}

fn names(changes: &BTreeSet<Change>) -> String {
    if changes.is_empty() {
        return "fins de ligne, ou marque invisible au début du fichier".to_owned();
    }
    changes.iter().map(|change| change.name()).collect::<Vec<_>>().join(", ")
}

fn impossible(message: &str, terminal: &Terminal) -> Outcome {
    terminal.error(&format!("erreur : {message}\n"));
    Outcome::Impossible
}

/// For an editor that formats what it saves: a text in, the text formatted out; nothing out if it has mistakes.
fn standard_input(name: &str, check: bool, terminal: &Terminal) -> Outcome {
    let Some(role) = Role::of(&name.replace('\\', "/")) else {
        let way = "--nom donne son chemin à partir du dossier du projet, par exemple content/candidats/2026-06/martin-claire.md";
        return impossible(&format!("« {name} » n'est pas une source ; {way}"), terminal);
    };
    let old = match load::standard_input() {
        Ok(bytes) => bytes,
        Err(error) => return impossible(&format!("le texte ne peut pas être lu : {}", disk_reason(&error)), terminal),
    };
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let made = load::text(name, &old, &mut sources, &mut diagnostics)
        .and_then(|id| format(role, &sources, id, &mut diagnostics));
    report(&diagnostics, Severity::Error, &sources, terminal);
    let Some(made) = made else { return Outcome::Mistakes };
    let new = line_ends::as_in(&old, &made.text);
    if check {
        return if new == old { Outcome::Done } else { Outcome::Mistakes };
    }
    terminal.bytes(&new);
    Outcome::Done
}
