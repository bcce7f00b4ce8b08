//! `livret fmt`: sources as the guide writes them. Each file is read, formatted, read again and only then replaced;
//! one with mistakes is left alone and said.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Outcome, report};
use crate::authoring::author::disk::{SourceError, replace_source};
use crate::authoring::fmt::{Change, Formatted, LineEnds, diff, format};
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

/// A run over the files of a project.
struct Run<'a> {
    root: &'a Path,
    check: bool,
    terminal: &'a Terminal,
    sources: &'a Sources,
    diagnostics: Diagnostics,
    changed: usize,
    same: usize,
    /// A disk that refuses.
    impossible: bool,
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
        Err(message) => {
            terminal.error(&format!("erreur : {message}\n"));
            return Outcome::Impossible;
        }
    };
    all.retain(|(path, _)| is_wanted(path, &wanted));
    diagnostics.retain(|diagnostic| is_wanted(diagnostic.path(&sources), &wanted));
    let read = |(path, id): &(&str, SourceId)| {
        let mut own = Diagnostics::default();
        (Role::of(path).and_then(|role| format(role, &sources, *id, &mut own)), own)
    };
    let made: Vec<_> = all.par_iter().map(read).collect();
    let mut run = Run { root, check, terminal, sources: &sources, diagnostics, changed: 0, same: 0, impossible: false };
    let mut done = BTreeSet::new();
    for ((path, id), (made, own)) in all.into_iter().zip(made) {
        run.diagnostics.append(own);
        // A link to another source leads to bytes that have their turn already; one that leads out is left alone.
        if let (Some(made), Ok(Some(place))) = (made, load::inside(root, &root.join(path)))
            && done.insert(place)
        {
            run.file(path, id, made);
        }
    }
    run.finish()
}

/// The paths that were named, from the root; `known` are the files that there are.
fn select(root: &Path, paths: &[PathBuf], known: &[&str]) -> Result<Vec<String>, String> {
    let mut wanted = Vec::new();
    for named in paths {
        let shown = named.display();
        let path = match load::inside(root, named) {
            Ok(Some(path)) => path,
            Ok(None) => {
                return Err(format!("« {shown} » n'est pas dans ce projet ; le projet se donne avec -C DOSSIER"));
            }
            Err(error) => return Err(format!("« {shown} » : {}", disk_reason(&error))),
        };
        let own = [path];
        if !own[0].is_empty() && !known.iter().any(|file| is_wanted(file, &own)) {
            return Err(format!(
                "« {shown} » n'est pas une source que « livret fmt » met en forme : livret.yaml, et les fichiers .md de content/"
            ));
        }
        wanted.extend(own);
    }
    Ok(wanted)
}

/// Whether a file is one of those named, or below one of the folders; all are if nothing was named.
fn is_wanted(file: &str, wanted: &[String]) -> bool {
    let below = |path: &String| {
        path.is_empty() || file.strip_prefix(path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    wanted.is_empty() || wanted.iter().any(below)
}

impl Run<'_> {
    fn file(&mut self, path: &str, id: SourceId, Formatted { text, changes }: Formatted) {
        // Read again: what the first reading gave is without line ends.
        let Some(old) = load::binary_file(self.root, path) else {
            self.diagnostics.push(meanwhile(path));
            return;
        };
        let new = LineEnds::of(&old).encode(&text);
        if new == old {
            self.same += 1;
            return;
        }
        let what = names(&changes);
        if self.check {
            self.changed += 1;
            self.terminal.line(&format!("{path} : {what}"));
            self.terminal.line(diff::diff(&String::from_utf8_lossy(&old), &String::from_utf8_lossy(&new)).trim_end());
            self.terminal.line("");
            return;
        }
        match self.meant(id, &old).then(|| replace_source(self.root, path, &old, &new)) {
            Some(Ok(_)) => {
                self.changed += 1;
                self.terminal.line(&format!("{path} : {what}"));
            }
            None | Some(Err(SourceError::Changed(_))) => self.diagnostics.push(meanwhile(path)),
            Some(Err(error)) => {
                self.impossible = true;
                self.diagnostics.push(
                    Diagnostic::in_file(Code::SourceNonEcrite, path, error.to_string())
                        .help("vérifiez vos droits et la place sur le disque"),
                );
            }
        }
    }

    /// Whether these bytes are the text that was formatted.
    fn meant(&self, id: SourceId, bytes: &[u8]) -> bool {
        let mut sources = Sources::default();
        load::text("", bytes, &mut sources, &mut Diagnostics::default())
            .is_some_and(|read| sources.text(read) == self.sources.text(id))
    }

    fn finish(self) -> Outcome {
        report(&self.diagnostics, Severity::Error, self.sources, self.terminal);
        let errors = self.diagnostics.errors();
        let changed = if self.check {
            count(self.changed, "fichier(s) à mettre en forme")
        } else {
            count(self.changed, "fichier(s) mis en forme")
        };
        self.terminal.line(&format!(
            "{changed}, {}, {}",
            count(self.same, "déjà en forme"),
            count(errors, "erreur(s)"),
        ));
        if self.impossible {
            Outcome::Impossible
        } else if errors > 0 || (self.check && self.changed > 0) {
            Outcome::Mistakes
        } else {
            Outcome::Done
        }
    }
}

fn meanwhile(path: &str) -> Diagnostic {
    Diagnostic::in_file(Code::SourceChangee, path, "ce fichier vient de changer : il est laissé tel quel")
        .help("relancez « livret fmt »")
}

fn names(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "fins de ligne, ou marque invisible au début du fichier".to_owned();
    }
    changes.iter().map(|change| change.name()).collect::<Vec<_>>().join(", ")
}

/// For an editor that formats what it saves: a text in, the text formatted out; nothing out if it has mistakes.
fn standard_input(name: &str, check: bool, terminal: &Terminal) -> Outcome {
    let Some(role) = Role::of(&name.replace('\\', "/")) else {
        terminal.error(&format!(
            "erreur : « {name} » n'est pas une source ; --nom donne son chemin à partir du dossier du projet, par exemple content/candidats/2026-06/martin-claire.md\n"
        ));
        return Outcome::Impossible;
    };
    let old = match load::standard_input() {
        Ok(bytes) => bytes,
        Err(error) => {
            terminal.error(&format!("erreur : le texte ne peut pas être lu : {}\n", disk_reason(&error)));
            return Outcome::Impossible;
        }
    };
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let made = load::text(name, &old, &mut sources, &mut diagnostics)
        .and_then(|id| format(role, &sources, id, &mut diagnostics));
    report(&diagnostics, Severity::Error, &sources, terminal);
    let Some(made) = made else { return Outcome::Mistakes };
    let new = LineEnds::of(&old).encode(&made.text);
    if check {
        return if new == old { Outcome::Done } else { Outcome::Mistakes };
    }
    terminal.bytes(&new);
    Outcome::Done
}
