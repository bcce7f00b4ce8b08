//! `livret import`: what would be made of a list is shown, then written if that is wanted. Sound rows are written
//! whatever the others are like; these are told with their cells. A table of results, as `livret export` writes it, is
//! known by its titles, and changes the fiches that there are ([`releve`]).

mod releve;
mod show;

use std::io::ErrorKind;

use super::{Outcome, project};
use crate::authoring::author::disk;
use crate::authoring::import::lookup::{find_referentiel, known_session};
use crate::authoring::import::plan::{Plan, plan};
use crate::authoring::import::row::Defaults;
use crate::authoring::import::table::{Cell, Table};
use crate::authoring::import::{self, MAX_BYTES, Refusal, dates};
use crate::authoring::releve::read::{self as releves, Releve};
use crate::cli::import::ImportArgs;
use crate::ground::stop;
use crate::ground::terminal::{Terminal, ask};
use crate::ground::text::count;
use crate::judge::project::Project;
use crate::model::referentiel::Referentiel;
use crate::sources::load;

pub fn run(args: &ImportArgs, terminal: &Terminal) -> Outcome {
    let Some(project) = project(&args.project.directory, terminal) else { return Outcome::Mistakes };
    let refused = |error: Refusal| {
        let help = format!("{} ; rien n'a été écrit", error.help);
        terminal.error(&format!("erreur : {}\n--> {}\n = aide : {help}\n", error.message, args.file.display()));
        Outcome::Impossible
    };
    let tables = match read(args, &project) {
        Ok(Read::List(tables)) => tables,
        Ok(Read::Results(releves, others)) => {
            return match releve::chosen(args, releves) {
                Ok(releves) => releve::run(args, &releves, &others, &project, terminal),
                Err(error) => refused(error),
            };
        }
        Err(error) => return refused(error),
    };
    let list = import::choose(tables, args.feuille.as_deref());
    let (list, defaults) = match list.and_then(|list| Ok((list, defaults(args, &project)?))) {
        Ok(read) => read,
        Err(error) => return refused(error),
    };
    let plan = plan(&list.table, &list.header, &project, &defaults);
    show::show(&args.file, &list, &plan, &project, terminal);
    if plan.write.is_empty() {
        terminal.line("Rien à écrire.");
        return outcome(&plan);
    }
    let wanted = match (args.oui, terminal.can_ask()) {
        (true, _) => true,
        (false, true) => terminal.confirm(&format!("Écrire {} ?", these(plan.write.len()))),
        (false, false) => {
            terminal.error(&format!("Rien n'est écrit. Pour écrire {} : --oui\n", these(plan.write.len())));
            return Outcome::Impossible;
        }
    };
    if !wanted {
        terminal.line("Rien n'est écrit.");
        return if ask::interrupted() { Outcome::Impossible } else { outcome(&plan) };
    }
    write(args, &plan, terminal)
}

fn these(n: usize) -> String {
    if n == 1 { "ce fichier".to_owned() } else { format!("ces {n} fichiers") }
}

fn outcome(plan: &Plan) -> Outcome {
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

fn write(args: &ImportArgs, plan: &Plan, terminal: &Terminal) -> Outcome {
    // Between two files it looks whether it is to end, and says how far it came.
    stop::ends_by_itself();
    let (mut written, mut failed) = (0, 0);
    for sound in &plan.write {
        if ask::interrupted() {
            terminal.line(&format!(
                "Interrompu : {}. Relancez la même commande pour la suite.",
                count(written, "fiche(s) écrite(s)")
            ));
            return Outcome::Mistakes;
        }
        match disk::create_source(&args.project.directory, &sound.candidat.source(&sound.session, &sound.id)) {
            Ok(()) => written += 1,
            Err(error) => {
                failed += 1;
                terminal.error(&format!("erreur : ligne {} : {error}\n", sound.row));
            }
        }
    }
    let mut summary = vec![count(written, "fiche(s) écrite(s)")];
    if !plan.there.is_empty() {
        summary.push(format!("{} déjà là", plan.there.len()));
    }
    if !plan.problems.is_empty() {
        let places: Vec<&str> = plan.problems.iter().map(|p| p.place.as_str()).take(20).collect();
        let more = if plan.problems.len() > 20 { "…" } else { "" };
        summary.push(format!("à corriger puis à réimporter : {}{more}", places.join(", ")));
    }
    terminal.line(&summary.join(" ; "));
    if written > 0 {
        terminal.line("\nEnsuite : livret check, puis livret build");
    }
    match failed {
        0 => outcome(plan),
        _ if written == 0 => Outcome::Impossible,
        _ => Outcome::Mistakes,
    }
}
