//! Results that come back: every changed cell is shown, then the fiches are changed if that is wanted. All of them, or
//! none as long as one cell is wrong.

use unicode_width::UnicodeWidthStr as _;

use super::show::to_correct;
use super::writing::{may_write, write_all};
use crate::authoring::author::disk;
use crate::authoring::import::Refusal;
use crate::authoring::releve::changed::{Changement, FicheChangee};
use crate::authoring::releve::compare::{Reprise, reprise};
use crate::authoring::releve::read::Releve;
use crate::cli::import::ImportArgs;
use crate::commands::{Ended, Outcome, refused};
use crate::ground::fold::same_words;
use crate::ground::terminal::Terminal;
use crate::ground::text::count;
use crate::judge::project::Project;
use crate::sources::load;

/// The sheets that are meant.
///
/// # Errors
/// If an option does not go with results.
pub(super) fn chosen(args: &ImportArgs, mut releves: Vec<Releve>) -> Result<Vec<Releve>, Refusal> {
    let option = match (&args.session, &args.referentiel) {
        (Some(_), _) => "--session",
        (None, Some(_)) => "--referentiel",
        (None, None) => "",
    };
    if !option.is_empty() {
        let message =
            format!("ce tableau contient des résultats, et dit lui-même de quelles fiches : {option} est de trop");
        return Err(Refusal::new(message, format!("ôtez {option}")));
    }
    if let Some(wanted) = &args.feuille {
        releves.retain(|releve| releve.feuille.as_ref().is_some_and(|feuille| same_words(feuille, wanted)));
        if releves.is_empty() {
            let message = format!("la feuille « {wanted} » ne contient pas de résultats");
            return Err(Refusal::new(message, "ôtez --feuille : toutes les feuilles de résultats sont reprises"));
        }
    }
    Ok(releves)
}

pub(super) fn run(
    args: &ImportArgs,
    releves: &[Releve],
    others: &[String],
    project: &Project,
    terminal: &Terminal,
) -> Result<Outcome, Ended> {
    let root = &args.project.directory;
    let reprise = reprise(releves, project, &|path| load::binary_file(root, path));
    show(args, &reprise, others, terminal);
    if !reprise.problems.is_empty() {
        terminal.error("Rien n'est écrit : corrigez ces cellules dans le tableau, et relancez la même commande.\n");
        return Ok(Outcome::Mistakes);
    }
    let fiches = &reprise.fiches;
    if fiches.is_empty() {
        terminal.line("Rien à écrire : les fiches disent déjà tout cela.");
        return Ok(Outcome::Done);
    }
    let these = if fiches.len() == 1 { "cette fiche" } else { &format!("ces {} fiches", fiches.len()) };
    may_write(args.oui, ("Changer", these), Outcome::Done, terminal)?;
    write(args, fiches, terminal)
}

fn show(args: &ImportArgs, reprise: &Reprise, others: &[String], terminal: &Terminal) {
    let cells = reprise.fiches.iter().map(|fiche| fiche.cellules.len()).sum();
    let fiches = count(reprise.fiches.len(), "fiche(s)");
    let mut said = vec![match cells {
        0 => "aucun résultat changé".to_owned(),
        _ => format!("{} dans {fiches}", count(cells, "résultat(s) changé(s)")),
    }];
    if reprise.inchangees > 0 {
        said.push(count(reprise.inchangees, "fiche(s) sans changement"));
    }
    terminal.line(&format!("{} : {}", args.file.display(), said.join(", ")));
    if !others.is_empty() {
        terminal.line(&format!("feuilles laissées de côté : {}", others.join(", ")));
    }
    for fiche in &reprise.fiches {
        terminal.line(&format!("\n{}", fiche.path));
        terminal.line(&cellules(&fiche.cellules));
    }
    to_correct(&reprise.problems, &count(reprise.problems.len(), "cellule(s)"), terminal);
    terminal.line("");
}

/// « ligne 14  F3  sorties/OB 1.2/formateur : moins → plus ».
fn cellules(all: &[Changement]) -> String {
    let width = |text: &dyn Fn(&Changement) -> usize| all.iter().map(text).max().unwrap_or(0);
    let (lines, places) = (width(&|c| c.ligne.to_string().len()), width(&|c| c.place.width()));
    let line = |c: &Changement| {
        let place = c.place.clone() + &" ".repeat(places - c.place.width());
        let avant = c.avant.as_deref().unwrap_or("(rien)");
        format!("  ligne {:lines$}  {place}  {} : {avant} → {}", c.ligne, c.titre, c.apres)
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn write(args: &ImportArgs, fiches: &[FicheChangee], terminal: &Terminal) -> Result<Outcome, Ended> {
    let root = &args.project.directory;
    let stale: Vec<&str> = fiches
        .iter()
        .filter(|fiche| load::binary_file(root, &fiche.path).as_deref() != Some(&fiche.avant))
        .map(|fiche| fiche.path.as_str())
        .collect();
    if !stale.is_empty() {
        let message = format!("{} a changé entre-temps ; rien n'est écrit, recommencez", stale.join(", "));
        return Err(refused(message, ""));
    }
    let replace = |fiche: &FicheChangee| {
        disk::replace_source(root, &fiche.path, &fiche.avant, &fiche.apres).map_err(|error| error.to_string())
    };
    let done = write_all(fiches, "fiche(s) changée(s)", replace, terminal)?;
    terminal.line(&count(done.written, "fiche(s) changée(s)"));
    Ok(done.end(Outcome::Done, terminal))
}
