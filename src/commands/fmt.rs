//! `livret fmt`: sources as the guide writes them. Each file is read, formatted, read again and only then replaced;
//! one with mistakes is left alone and said.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Ended, Outcome, outcome, refused, report};
use crate::authoring::author::disk::{SourceError, replace_source};
use crate::authoring::fmt::{Formatted, diff, format, line_ends};
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
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let overlay = Overlay::default();
    let project = load::project_file(root, &overlay, &mut sources, &mut diagnostics);
    if project.is_none() && load::binary_file(root, PROJECT_FILE).is_none() {
        report(&diagnostics, Severity::Error, &sources, terminal);
        return Ok(Outcome::Mistakes);
    }
    let content = load::folder(root, CONTENT, &overlay, &mut Seen::default(), &mut sources, &mut diagnostics);
    let texts = content.texts.iter().map(|(path, id)| (path.as_str(), *id));
    let all = project.map(|id| (PROJECT_FILE, id)).into_iter().chain(texts);
    let mut all: Vec<(&str, SourceId, Role)> = all.filter_map(|(path, id)| Some((path, id, Role::of(path)?))).collect();
    let unreadable = content.unreadable.iter().map(String::as_str);
    let known: Vec<&str> = all.iter().map(|(path, ..)| *path).chain(unreadable).collect();
    let wanted = paths.iter().map(|named| select(root, named, &known)).collect::<Result<Vec<_>, _>>()?;
    let is_wanted = |file: &str| wanted.is_empty() || wanted.iter().any(|path| is_at(file, path));
    all.retain(|(path, ..)| is_wanted(path));
    diagnostics.retain(|diagnostic| is_wanted(diagnostic.path(&sources)));
    let read = |&(_, id, role): &(&str, SourceId, Role)| {
        let mut own = Diagnostics::default();
        (format(role, &sources, id, &mut own), own)
    };
    let made: Vec<_> = all.par_iter().map(read).collect();
    let (mut changed, mut same, mut impossible) = (0, 0, false);
    let mut done = BTreeSet::new();
    for ((path, id, _), (made, own)) in all.into_iter().zip(made) {
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
    Ok(match errors {
        _ if impossible => Outcome::Impossible,
        0 if !check || changed == 0 => Outcome::Done,
        _ => Outcome::Mistakes,
    })
}

/// A path that was named, from the root; `known` are the files that there are.
fn select(root: &Path, named: &Path, known: &[&str]) -> Result<String, Ended> {
    let wrong = |what: &str| refused(format!("« {} »{what}", named.display()), "");
    let path = load::inside(root, named).map_err(|error| wrong(&format!(" : {}", disk_reason(&error))))?;
    let path = path.ok_or_else(|| wrong(" n'est pas dans ce projet ; le projet se donne avec -C DOSSIER"))?;
    match path.is_empty() || known.iter().any(|file| is_at(file, &path)) {
        true => Ok(path),
        false => Err(wrong(
            " n'est pas une source que « livret fmt » met en forme : livret.yaml, et les fichiers .md de content/",
        )),
    }
}

/// Whether a file has this path, or is below it.
fn is_at(file: &str, path: &str) -> bool {
    path.is_empty() || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Writes a file that was read as `read`; only shows it to who checks. What is to be said of it, if it changes.
fn file(root: &Path, path: &str, read: &str, made: &Formatted, check: bool) -> Result<Option<String>, Box<Diagnostic>> {
    let diagnostic = |code, message: &str, help: &str| Box::new(Diagnostic::in_file(code, path, message).help(help));
    let meanwhile = || {
        let message = "ce fichier vient de changer : il est laissé tel quel";
        diagnostic(Code::SourceChangee, message, "relancez « livret fmt »")
    };
    // Read again: what the first reading gave is without line ends.
    let old = load::binary_file(root, path).ok_or_else(meanwhile)?;
    let new = line_ends::as_in(&old, &made.text);
    if new == old {
        return Ok(None);
    }
    let said = format!("{path} : {}", made.names());
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
        _ => diagnostic(Code::SourceNonEcrite, &error.to_string(), "vérifiez vos droits et la place sur le disque"),
    })?;
    Ok(Some(said))
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
    let new = line_ends::as_in(&old, &made.ok_or(Outcome::Mistakes)?.text);
    if check {
        return Ok(if new == old { Outcome::Done } else { Outcome::Mistakes });
    }
    terminal.bytes(&new);
    Ok(Outcome::Done)
}
