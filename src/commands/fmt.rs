//! `livret fmt`: sources as the guide writes them. Each file is read, formatted, read again and only then replaced;
//! one with mistakes is left alone and said.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Ended, Outcome, no_project, outcome, refused, report};
use crate::authoring::author::disk::{SourceError, replace_source};
use crate::authoring::fmt::{diff, format};
use crate::cli::fmt::FmtArgs;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::ground::paths::role::Role;
use crate::ground::paths::{CONTENT, PROJECT_FILE};
use crate::ground::reason::disk_reason;
use crate::ground::source::{SourceId, Sources};
use crate::ground::terminal::Terminal;
use crate::ground::text::count;
use crate::sources::load::{self, Overlay, Seen};

pub fn run(args: &FmtArgs, terminal: &Terminal) -> Outcome {
    outcome(fmt(args, terminal), terminal)
}

fn fmt(FmtArgs { paths, project, check, nom }: &FmtArgs, terminal: &Terminal) -> Result<Outcome, Ended> {
    let wrong = |what: &str| Err(refused(format!("{what}\n\nPour en savoir plus : livret fmt --help"), ""));
    match (paths.iter().any(|path| path.as_os_str() == "-"), nom) {
        (true, _) if paths.len() > 1 => wrong("« - » ne va pas avec d'autres chemins"),
        (true, Some(name)) => standard_input(name, *check, terminal),
        (true, None) => wrong("« - » demande --nom, par exemple --nom content/candidats/2026-06/martin-claire.md"),
        (false, Some(_)) => wrong("--nom ne va qu'avec « - »"),
        (false, None) => files(&project.directory, paths, *check, terminal),
    }
}

fn files(root: &Path, paths: &[PathBuf], check: bool, terminal: &Terminal) -> Result<Outcome, Ended> {
    if load::binary_file(root, PROJECT_FILE).is_none() {
        return Ok(no_project(root, terminal));
    }
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let overlay = Overlay::default();
    let project = load::project_file(root, &overlay, &mut sources, &mut diagnostics);
    let content = load::folder(root, CONTENT, &overlay, &mut Seen::default(), &mut sources, &mut diagnostics);
    let texts = project.map(|_| PROJECT_FILE).into_iter().chain(content.texts.keys().map(String::as_str));
    let all: Vec<&str> = texts.filter(|path| Role::of(path).is_some()).collect();
    let known: Vec<&str> = all.iter().copied().chain(content.unreadable.iter().map(String::as_str)).collect();
    let wanted = paths.iter().map(|named| select(root, named, &known)).collect::<Result<Vec<_>, _>>()?;
    let is_wanted = |file: &str| wanted.is_empty() || wanted.iter().any(|path| Path::new(file).starts_with(path));
    diagnostics.retain(|diagnostic| is_wanted(diagnostic.path(&sources)));
    // Read once more, for sources are without line ends and marks.
    let again = |path| {
        let old = load::binary_file(root, path).and_then(|bytes| String::from_utf8(bytes).ok());
        let old = old.or_else(|| diagnostics.refuse(changing(path)))?;
        Some((path, load::text(path, old.as_bytes(), &mut sources, &mut diagnostics)?, old))
    };
    let all: Vec<_> = all.into_iter().filter(|path| is_wanted(path)).filter_map(again).collect();
    let made = |(path, id, _): &(&str, SourceId, String)| {
        let mut own = Diagnostics::default();
        (Role::of(path).and_then(|role| format(role, &sources, *id, &mut own)), own)
    };
    let made: Vec<_> = all.par_iter().map(made).collect();
    let (mut changed, mut same, mut impossible) = (0, 0, false);
    let mut done = BTreeSet::new();
    for ((path, _, old), (made, own)) in all.into_iter().zip(made) {
        diagnostics.append(own);
        // A link to another source leads to bytes that have their turn already; one that leads out is left alone.
        let (Some(made), Ok(Some(place))) = (made, load::inside(root, &root.join(path))) else { continue };
        if !done.insert(place) {
            continue;
        }
        let new = load::with_line_ends(&old, &made.text);
        if new == old {
            same += 1;
            continue;
        }
        let written = if check { Ok(()) } else { replace_source(root, path, old.as_bytes(), new.as_bytes()) };
        match written {
            Ok(()) => {
                changed += 1;
                terminal.line(&format!("{path} : {}", made.names()));
                if check {
                    terminal.line(&format!("{}\n", diff::diff(&old, &new).trim_end()));
                }
            }
            Err(SourceError::Changed(_)) => diagnostics.push(changing(path)),
            Err(error) => {
                impossible = true;
                let diagnostic = Diagnostic::in_file(Code::SourceNonEcrite, path, error.to_string());
                diagnostics.push(diagnostic.help("vérifiez vos droits et la place sur le disque"));
            }
        }
    }
    report(&diagnostics, Severity::Error, &sources, terminal);
    let errors = diagnostics.errors();
    let changes = if check { "fichier(s) à mettre en forme" } else { "fichier(s) mis en forme" };
    let summary = [count(changed, changes), count(same, "déjà en forme"), count(errors, "erreur(s)")];
    terminal.line(&summary.join(", "));
    Ok(match errors {
        _ if impossible => Outcome::Impossible,
        0 if !check || changed == 0 => Outcome::Done,
        _ => Outcome::Mistakes,
    })
}

/// A file that is not any more what was read, or is gone.
fn changing(path: &str) -> Diagnostic {
    Diagnostic::in_file(Code::SourceChangee, path, "ce fichier vient de changer : il est laissé tel quel")
        .help("relancez « livret fmt »")
}

/// A path that was named, from the root; `known` are the files that there are.
fn select(root: &Path, named: &Path, known: &[&str]) -> Result<String, Ended> {
    let wrong = |what: &str| refused(format!("« {} »{what}", named.display()), "");
    let path = load::inside(root, named).map_err(|error| wrong(&format!(" : {}", disk_reason(&error))))?;
    let path = path.ok_or_else(|| wrong(" n'est pas dans ce projet ; le projet se donne avec -C DOSSIER"))?;
    let found = path.is_empty() || known.iter().any(|file| Path::new(file).starts_with(&path));
    let sources = "une source que « livret fmt » met en forme : livret.yaml, et les fichiers .md de content/";
    found.then_some(path).ok_or_else(|| wrong(&format!(" n'est pas {sources}")))
}

/// For an editor that formats what it saves: a text in, the text formatted out; nothing out if it has mistakes.
fn standard_input(name: &str, check: bool, terminal: &Terminal) -> Result<Outcome, Ended> {
    let role = Role::of(&name.replace('\\', "/")).ok_or_else(|| {
        let way = "--nom donne son chemin à partir du dossier du projet, par exemple content/candidats/2026-06/martin-claire.md";
        refused(format!("« {name} » n'est pas une source ; {way}"), "")
    })?;
    let old = load::standard_input()
        .map_err(|error| refused(format!("le texte ne peut pas être lu : {}", disk_reason(&error)), ""))?;
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let made = load::text(name, &old, &mut sources, &mut diagnostics)
        .and_then(|id| format(role, &sources, id, &mut diagnostics));
    report(&diagnostics, Severity::Error, &sources, terminal);
    let new = load::with_line_ends(&String::from_utf8_lossy(&old), &made.ok_or(Outcome::Mistakes)?.text);
    if !check {
        terminal.bytes(new.as_bytes());
    }
    Ok(if check && new.as_bytes() != old { Outcome::Mistakes } else { Outcome::Done })
}
