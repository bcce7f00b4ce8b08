//! `livret export`: the results of a session as a table to fill in, or for a program. A file that is there is only
//! replaced if somebody says so: it may hold results that nobody has taken back yet.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Ended, Outcome, outcome, project, refused, shown};
use crate::authoring::author::disk;
use crate::authoring::releve::sheet::{Feuille, feuilles};
use crate::authoring::releve::{csv, json, xlsx};
use crate::cli::export::{ExportArgs, ExportFormat};
use crate::ground::diagnostic::nearest::suggestion;
use crate::ground::fold;
use crate::ground::reason::disk_reason;
use crate::ground::terminal::Terminal;
use crate::ground::text::count;
use crate::judge::project::Project;
use crate::sources::load;

pub fn run(args: &ExportArgs, terminal: &Terminal) -> Outcome {
    outcome(export(args, terminal), terminal)
}

fn export(args: &ExportArgs, terminal: &Terminal) -> Result<Outcome, Ended> {
    let project = project(&args.project.directory, terminal)?;
    if let Some(extension) = args.contradiction() {
        let message = format!("--format et le nom du fichier, qui finit par .{extension}, ne disent pas la même chose");
        return Err(refused(message, "ôtez l'un des deux"));
    }
    let sessions: Vec<&str> = project.sessions().into_iter().collect();
    let known = || sessions.iter().copied();
    let at = fold::find(&args.session, known()).ok_or_else(|| {
        refused(format!("la session « {} » n'existe pas", args.session), suggestion(&args.session, known()))
    })?;
    let session = sessions[at];
    let feuilles = feuilles(&project, session).map_err(|(titre, referentiel)| {
        let message = format!("deux colonnes de {referentiel} auraient pour titre « {titre} »");
        refused(message, "changez l'identifiant d'une situation ou d'une compétence")
    })?;
    let broken = left_out(&project, session, terminal);
    if feuilles.is_empty() {
        let message = format!("la session « {session} » n'a aucune fiche sans erreur");
        return Err(refused(message, "livret check les montre"));
    }
    let files = files(args, session, &feuilles).map_err(|error| {
        let message = format!("ces résultats ne tiennent pas dans un classeur : {error}");
        refused(message, "exportez-les avec --format csv")
    })?;
    write(args, &files, terminal)?;
    if args.format() != ExportFormat::Json {
        let first = files.first().map(|file| shown(&file.path)).unwrap_or_default();
        let fill =
            if files.len() == 1 { "remplissez-le, puis" } else { "remplissez-les, puis pour chacun, par exemple :" };
        terminal.line(&format!("\nEnsuite : {fill} livret import {first}"));
    }
    Ok(if broken { Outcome::Mistakes } else { Outcome::Done })
}

/// Says which fiches of the session cannot be exported.
fn left_out(project: &Project, session: &str, terminal: &Terminal) -> bool {
    let broken = project.candidats_en_erreur.iter().filter(|c| c.session == session);
    let paths: Vec<&str> = broken.map(|c| c.path.as_str()).collect();
    if !paths.is_empty() {
        terminal.error(&format!(
            "Sans {} qui {}, que livret check montre :\n  {}\n",
            count(paths.len(), "fiche(s)"),
            if paths.len() == 1 { "a des erreurs" } else { "ont des erreurs" },
            paths.join("\n  ")
        ));
    }
    !paths.is_empty()
}

/// A file to write.
struct File {
    path: PathBuf,
    bytes: Vec<u8>,
    /// What is in it, in words.
    what: String,
}

/// The files of an export. A text has one table: each référentiel has its file.
fn files(args: &ExportArgs, session: &str, feuilles: &[Feuille]) -> Result<Vec<File>, String> {
    let format = args.format();
    let usual = || PathBuf::from(format!("{session}.{}", format.extension()));
    let path = args.output.clone().unwrap_or_else(usual);
    let what = |feuilles: &[Feuille]| {
        let n = feuilles.iter().map(|feuille| feuille.lignes.len()).sum();
        let chemins: Vec<String> = feuilles.iter().map(|feuille| feuille.referentiel.chemin()).collect();
        format!("{} ({})", count(n, "candidat(s)"), chemins.join(", "))
    };
    let bytes = match format {
        ExportFormat::Xlsx => xlsx::xlsx(feuilles).map_err(|error| error.to_string())?,
        ExportFormat::Json => json::json(session, feuilles),
        ExportFormat::Csv if feuilles.len() == 1 => csv::csv(&feuilles[0]),
        ExportFormat::Csv => {
            let mut taken = BTreeSet::new();
            let own = |f: &Feuille| File {
                path: beside(&path, &f.referentiel.chemin().replace('/', "-"), &mut taken),
                bytes: csv::csv(f),
                what: what(std::slice::from_ref(f)),
            };
            return Ok(feuilles.iter().map(own).collect());
        }
    };
    Ok(vec![File { path, bytes, what: what(feuilles) }])
}

/// « 2026-11-animation-nature-2026.csv » for 2026-11.csv; with a number where that is the name of another one:
/// « a/b-2026 » and « a-b/2026 » are written with the same letters.
fn beside(path: &Path, name: &str, taken: &mut BTreeSet<String>) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map_or("csv".into(), |extension| extension.to_string_lossy());
    let mut own = format!("{stem}-{name}.{extension}");
    let mut number = 1;
    while !taken.insert(fold::file_name(&own)) {
        number += 1;
        own = format!("{stem}-{name}-{number}.{extension}");
    }
    path.with_file_name(own)
}

/// Writes all files. What is in the place of any of them is looked at and asked for first: a no leaves all as it is.
fn write(args: &ExportArgs, files: &[File], terminal: &Terminal) -> Result<(), Ended> {
    let mut there = Vec::new();
    for File { path, .. } in files {
        there.push(match load::read(path, u64::MAX) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(unwritten(path, &error)),
        });
    }
    let others = files.iter().zip(&there).filter(|(file, there)| there.as_ref().is_some_and(|t| *t != file.bytes));
    let others: Vec<String> = others.map(|(file, _)| shown(&file.path)).collect();
    if !args.remplacer {
        may_replace(&others, terminal)?;
    }
    for (File { path, bytes, what }, there) in files.iter().zip(&there) {
        let name = shown(path);
        if there.as_ref() == Some(bytes) {
            terminal.line(&format!("{name} : {what}, déjà à jour"));
            continue;
        }
        disk::place(path, there.as_deref(), bytes).map_err(|error| unwritten(path, &error))?;
        terminal.line(&format!("{name} : {what}"));
    }
    Ok(())
}

/// Whether these files may go, which hold something else.
fn may_replace(names: &[String], terminal: &Terminal) -> Result<(), Ended> {
    let Some(first) = names.first() else { return Ok(()) };
    if !terminal.can_ask() {
        let (exist, them) = match names {
            [_] => ("existe déjà, et contient", format!("reprenez-le d'abord (livret import {first})")),
            _ => (
                "existent déjà, et contiennent",
                format!("reprenez-les d'abord l'un après l'autre (livret import {first}…)"),
            ),
        };
        return Err(refused(
            format!("{} {exist} peut-être des résultats saisis", names.join(", ")),
            format!("{them}, donnez un autre nom (--output), ou ajoutez --remplacer"),
        ));
    }
    for name in names {
        let question =
            format!("{name} existe déjà : s'il contient des résultats saisis, ils seraient perdus. Le remplacer ?");
        if !terminal.confirm(&question) {
            terminal.line("Rien n'est écrit.");
            return Err(Outcome::Impossible.into());
        }
    }
    Ok(())
}

fn unwritten(path: &Path, error: &std::io::Error) -> Ended {
    let message = format!("{} ne peut pas être écrit : {}", shown(path), disk_reason(error));
    refused(message, "fermez le programme qui l'a ouvert, ou donnez un autre nom par --output")
}
