//! `livret export`: the results of a session as a table to fill in, or for a program. A file that is there is only
//! replaced if somebody says so: it may hold results that nobody has taken back yet.

use std::path::{Path, PathBuf};

use super::{Outcome, project, quoted, shown};
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
    let Some(project) = project(&args.project.directory, terminal) else { return Outcome::Mistakes };
    if let Some(extension) = args.contradiction() {
        let message = format!("--format et le nom du fichier, qui finit par .{extension}, ne disent pas la même chose");
        return impossible(&message, "ôtez l'un des deux", terminal);
    }
    let sessions = project.sessions();
    let Some(session) = fold::find(&args.session, sessions.iter().copied()).and_then(|at| sessions.iter().nth(at))
    else {
        let help = suggestion(&args.session, sessions.iter().copied());
        return impossible(&format!("la session « {} » n'existe pas", args.session), &help, terminal);
    };
    let feuilles = match feuilles(&project, session) {
        Ok(feuilles) => feuilles,
        Err((titre, referentiel)) => {
            let message = format!("deux colonnes de {referentiel} auraient pour titre « {titre} »");
            return impossible(&message, "changez l'identifiant d'une situation ou d'une compétence", terminal);
        }
    };
    let broken = left_out(&project, session, terminal);
    if feuilles.is_empty() {
        return impossible(
            &format!("la session « {session} » n'a aucune fiche sans erreur"),
            "livret check les montre",
            terminal,
        );
    }
    let files = match files(args, session, &feuilles) {
        Ok(files) => files,
        Err(error) => {
            return impossible(
                &format!("ces résultats ne tiennent pas dans un classeur : {error}"),
                "exportez-les avec --format csv",
                terminal,
            );
        }
    };
    for (path, bytes, what) in &files {
        if let Err(outcome) = write(args, path, bytes, what, terminal) {
            return outcome;
        }
    }
    if args.format() != ExportFormat::Json {
        let first = files.first().map(|(path, ..)| quoted(&shown(path))).unwrap_or_default();
        let fill =
            if files.len() == 1 { "remplissez-le, puis" } else { "remplissez-les, puis pour chacun, par exemple :" };
        terminal.line(&format!("\nEnsuite : {fill} livret import {first}"));
    }
    if broken { Outcome::Mistakes } else { Outcome::Done }
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

/// A file to write, and what is in it.
type File = (PathBuf, Vec<u8>, String);

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
    Ok(match format {
        ExportFormat::Xlsx => {
            vec![(path, xlsx::xlsx(feuilles).map_err(|error| error.to_string())?, what(feuilles))]
        }
        ExportFormat::Json => vec![(path, json::json(session, feuilles), what(feuilles))],
        ExportFormat::Csv if feuilles.len() == 1 => vec![(path, csv::csv(&feuilles[0]), what(feuilles))],
        ExportFormat::Csv => {
            let own = |feuille: &Feuille| beside(&path, &feuille.referentiel.chemin().replace('/', "-"));
            feuilles.iter().map(|f| (own(f), csv::csv(f), what(std::slice::from_ref(f)))).collect()
        }
    })
}

/// « 2026-11-animation-nature-2026.csv » for 2026-11.csv.
fn beside(path: &Path, name: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map_or("csv".into(), |extension| extension.to_string_lossy());
    path.with_file_name(format!("{stem}-{name}.{extension}"))
}

fn write(args: &ExportArgs, path: &Path, bytes: &[u8], what: &str, terminal: &Terminal) -> Result<(), Outcome> {
    let name = shown(path);
    let there = match load::read(path, u64::MAX) {
        Ok(there) if there == bytes => {
            terminal.line(&format!("{name} : {what}, déjà à jour"));
            return Ok(());
        }
        Ok(there) => Some(there),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(refused(&name, &disk_reason(&error), terminal)),
    };
    if there.is_some() && !args.remplacer {
        let question =
            format!("{name} existe déjà : s'il contient des résultats saisis, ils seraient perdus. Le remplacer ?");
        if !terminal.can_ask() {
            let help = format!(
                "reprenez-le d'abord (livret import {}), donnez un autre nom (--output), ou ajoutez --remplacer",
                quoted(&name)
            );
            return Err(impossible(
                &format!("{name} existe déjà, et contient peut-être des résultats saisis"),
                &help,
                terminal,
            ));
        }
        if !terminal.confirm(&question) {
            terminal.line("Rien n'est écrit.");
            return Err(Outcome::Impossible);
        }
    }
    disk::place(path, there.as_deref(), bytes).map_err(|error| refused(&name, &disk_reason(&error), terminal))?;
    terminal.line(&format!("{name} : {what}"));
    Ok(())
}

fn refused(name: &str, why: &str, terminal: &Terminal) -> Outcome {
    impossible(
        &format!("{name} ne peut pas être écrit : {why}"),
        "fermez le programme qui l'a ouvert, ou donnez un autre nom par --output",
        terminal,
    )
}

fn impossible(message: &str, help: &str, terminal: &Terminal) -> Outcome {
    terminal.error(&format!("erreur : {message}\n = aide : {help}\n"));
    Outcome::Impossible
}
