//! `livret import`: what would be made of a list is shown, then written if that is wanted. Sound rows are written
//! whatever the others are like; these are told with their cells. A table of results, as `livret export` writes it, is
//! known by its titles, and changes the fiches that there are ([`releve`]).

mod releve;
mod show;
mod writing;

use std::io::ErrorKind;

use super::{Ended, Outcome, outcome, project};
use crate::authoring::author::disk;
use crate::authoring::import::lookup::{find_referentiel, known_session};
use crate::authoring::import::plan::{Plan, plan};
use crate::authoring::import::row::{Defaults, Sound};
use crate::authoring::import::table::{Cell, Table};
use crate::authoring::import::{self, MAX_BYTES, Refusal, dates};
use crate::authoring::releve::read::{self as releves, Releve};
use crate::cli::import::ImportArgs;
use crate::ground::terminal::Terminal;
use crate::ground::text::count;
use crate::judge::project::Project;
use crate::model::referentiel::Referentiel;
use crate::sources::load;
use writing::{may_write, write_all};

pub fn run(args: &ImportArgs, terminal: &Terminal) -> Outcome {
    outcome(import(args, terminal), terminal)
}

fn import(args: &ImportArgs, terminal: &Terminal) -> Result<Outcome, Ended> {
    let project = project(&args.project.directory, terminal)?;
    let refused = |Refusal { message, help }: Refusal| {
        Refusal::new(format!("{message}\n--> {}", args.file.display()), format!("{help} ; rien n'a été écrit"))
    };
    let tables = match read(args, &project).map_err(refused)? {
        Read::List(tables) => tables,
        Read::Results(releves, others) => {
            let releves = releve::chosen(args, releves).map_err(refused)?;
            return releve::run(args, &releves, &others, &project, terminal);
        }
    };
    let list = import::choose(tables, args.feuille.as_deref()).map_err(refused)?;
    let defaults = defaults(args, &project).map_err(refused)?;
    let plan = plan(&list.table, &list.header, &project, &defaults);
    show::show(&args.file, &list, &plan, &project, terminal);
    if plan.write.is_empty() {
        terminal.line("Rien à écrire.");
        return Ok(planned(&plan));
    }
    let these = if plan.write.len() == 1 { "ce fichier" } else { &format!("ces {} fichiers", plan.write.len()) };
    may_write(args.oui, ("Écrire", these), planned(&plan), terminal)?;
    Ok(write(args, &plan, terminal)?)
}

fn planned(plan: &Plan) -> Outcome {
    if plan.problems.is_empty() { Outcome::Done } else { Outcome::Mistakes }
}

/// What a file holds.
enum Read {
    /// Sheets, one of which may be a list of candidats.
    List(Vec<Table>),
    /// Sheets of results, and the names of the others.
    Results(Vec<Releve>, Vec<String>),
}

fn read(args: &ImportArgs, project: &Project) -> Result<Read, Refusal> {
    let bytes = load::read(&args.file, MAX_BYTES).map_err(|error| match error.kind() {
        ErrorKind::FileTooLarge => {
            let message = format!("ce fichier dépasse {} Mo : ce n'est pas une liste de candidats", MAX_BYTES >> 20);
            Refusal::new(message, "copiez la liste seule dans un nouveau fichier")
        }
        ErrorKind::IsADirectory => Refusal::new("c'est un dossier", "donnez le fichier de la liste"),
        _ => {
            let message = format!("ce fichier ne peut pas être lu : {}", crate::ground::reason::disk_reason(&error));
            Refusal::new(message, "vérifiez son nom, et fermez le programme qui l'a ouvert")
        }
    })?;
    if releves::is_json(&bytes) {
        return Ok(Read::Results(releves::of_json(&bytes)?, Vec::new()));
    }
    let tables = import::read(&bytes)?;
    let (releves, others) = releves::releves(&tables);
    if !releves.is_empty() {
        return Ok(Read::Results(releves, others));
    }
    // Without its key nobody would know whose results these are, and they would be left aside as any unknown column.
    if let Some(titre) = releves::orphan(&tables, &project.referentiels) {
        return Err(Refusal::new(
            format!(
                "« {titre} » est une colonne de résultats, mais le tableau n'a pas de colonnes « Fiche » et « Référentiel »"
            ),
            "rendez-les-lui, ou exportez de nouveau : livret export SESSION",
        ));
    }
    Ok(Read::List(tables))
}

/// The options, checked before any row is.
fn defaults(args: &ImportArgs, project: &Project) -> Result<Defaults, Refusal> {
    let session = match &args.session {
        None => None,
        Some(session) if project.sessions().contains(session.as_str()) => Some(session.clone()),
        Some(session) => {
            let cell = Cell::of(session).ok_or_else(|| "--session est vide".to_owned());
            let name = cell.and_then(|cell| dates::session(&cell));
            let name = name.map_err(|message| Refusal::new(message, "écrivez par exemple --session 2026-06"))?;
            Some(known_session(&name.name, project).unwrap_or(name.name))
        }
    };
    let find = |wanted| find_referentiel(Some(wanted), None, project);
    let referentiel = args.referentiel.as_deref().map(find).transpose()?.map(Referentiel::chemin);
    Ok(Defaults { session, referentiel })
}

fn write(args: &ImportArgs, plan: &Plan, terminal: &Terminal) -> Result<Outcome, Outcome> {
    let root = &args.project.directory;
    let create = |sound: &Sound| {
        let file = sound.candidat.source(&sound.session, &sound.id);
        disk::create_source(root, &file).map_err(|error| format!("ligne {} : {error}", sound.row))
    };
    let done = write_all(&plan.write, "fiche(s) écrite(s)", create, terminal)?;
    let mut summary = vec![count(done.written, "fiche(s) écrite(s)")];
    if !plan.there.is_empty() {
        summary.push(format!("{} déjà là", plan.there.len()));
    }
    if !plan.problems.is_empty() {
        let places: Vec<&str> = plan.problems.iter().map(|p| p.place.as_str()).take(20).collect();
        let more = if plan.problems.len() > 20 { "…" } else { "" };
        summary.push(format!("à corriger puis à réimporter : {}{more}", places.join(", ")));
    }
    terminal.line(&summary.join(" ; "));
    Ok(done.end(planned(plan), terminal))
}
