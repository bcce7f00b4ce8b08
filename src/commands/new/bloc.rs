//! `livret new bloc`: its number is the next free one, its id comes from its title.

use std::collections::BTreeMap;
use std::path::Path;

use super::asker::{Asker, Stop, check_id, filled, project, split, write, wrong};
use crate::authoring::author::referentiel::{NewBloc, folder};
use crate::cli::new::NewBlocArgs;
use crate::ground::diagnostic::nearest::suggestion;
use crate::ground::fold::{file_name, short_id};
use crate::ground::terminal::Terminal;
use crate::ground::text::count;
use crate::sources::load;

const USAGE: &str = "livret new bloc charge-accueil/2024 --titre \"Assurer l'accueil\"";

pub(crate) fn run(args: NewBlocArgs, terminal: &Terminal) -> Result<String, Stop> {
    let root = &args.project.directory;
    let project = project(root, terminal)?;
    let chemins: Vec<String> = project.referentiels.iter().map(|r| r.chemin()).collect();
    let known: Vec<String> = chemins.into_iter().chain(project.referentiels_en_erreur.iter().cloned()).collect();
    let mut asker = Asker::new(terminal);
    let referentiel = match args.referentiel {
        Some(referentiel) => referentiel,
        None if known.is_empty() => {
            return Err(wrong("ce projet n'a aucun référentiel", "créez-le d'abord : livret new referentiel"));
        }
        None if asker.can_ask() => known[terminal.choose("Référentiel", &known, 0)?].clone(),
        None => {
            asker.missing.push("ID/VERSION");
            String::new()
        }
    };
    let files = if referentiel.is_empty() { BTreeMap::new() } else { files(root, &referentiel, &known)? };
    let titre = asker.text(args.titre, "--titre", "Titre du bloc", None, filled)?;
    let taken = Taken::of(&files);
    let id = match (args.id, asker.can_ask()) {
        (None, false) => short_id(&titre, |id| taken.ids.contains(&id.to_owned())),
        (given, _) => {
            let default = short_id(&titre, |id| taken.ids.contains(&id.to_owned()));
            asker.text(given, "BLOC", "Identifiant", Some(&default), check_id)?
        }
    };
    asker.finish(USAGE)?;
    check_id(&id).map_err(|reason| wrong(reason, "donnez un identifiant après ID/VERSION"))?;
    if let Some(other) = taken.ids.iter().find(|other| file_name(other) == file_name(&id)) {
        let message = format!("le référentiel {referentiel} a déjà un bloc « {other} », qui n'a pas été touché");
        return Err(wrong(message, "choisissez un autre identifiant : livret new bloc ID/VERSION BLOC"));
    }
    let (numero, competence) = (taken.next, free_competence(&id, &files));
    let source = NewBloc { numero, id, titre, competence }.source(split(&referentiel)?.0, split(&referentiel)?.1);
    write(root, std::slice::from_ref(&source))?;
    // Those who present all blocs present this one too.
    let concerned = project.candidats().filter(|c| project.referentiels[c.referentiel].chemin() == referentiel);
    let warning = match concerned.count() {
        0 => String::new(),
        n => format!(
            "\n\nAttention : ce référentiel a déjà {} ; qui présente tous les blocs devra aussi présenter celui-ci.\nSi des évaluations ont commencé, préférez une nouvelle version : livret new referentiel --de {referentiel}",
            count(n, "candidat(s)"),
        ),
    };
    Ok(format!(
        "{} : le bloc {numero} est écrit.\n\nEnsuite :\n  complétez ce fichier : modalités, activités (##), compétences (###), critères\n  livret check{warning}",
        source.path
    ))
}

/// The texts of the référentiel's blocs, by file name.
fn files(root: &Path, referentiel: &str, known: &[String]) -> Result<BTreeMap<String, Vec<u8>>, Stop> {
    let (id, version) = split(referentiel)?;
    let safe = [id, version].iter().all(|name| crate::ground::paths::check_name(name).is_ok());
    if !safe || !root.join(folder(id, version)).is_dir() {
        let help = suggestion(referentiel, known.iter().map(String::as_str));
        return Err(wrong(format!("le référentiel « {referentiel} » n'existe pas"), help));
    }
    load::exact_folder(root, &format!("{}/blocs", folder(id, version))).map_err(|error| {
        wrong(
            format!("{referentiel} ne peut pas être lu : {}", crate::ground::reason::disk_reason(&error)),
            "vérifiez vos droits",
        )
    })
}

/// Numbers and ids that are in use.
struct Taken {
    ids: Vec<String>,
    next: u32,
}

impl Taken {
    fn of(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let names = files.keys().filter_map(|name| name.strip_suffix(".md")?.split_once('-'));
        let blocs: Vec<(u32, &str)> = names.filter_map(|(n, id)| Some((n.parse().ok()?, id))).collect();
        Self {
            next: blocs.iter().map(|(n, _)| n.saturating_add(1)).max().unwrap_or(1),
            ids: blocs.into_iter().map(|(_, id)| id.to_owned()).collect(),
        }
    }
}

/// An id for the first compétence that no bloc has.
fn free_competence(bloc: &str, files: &BTreeMap<String, Vec<u8>>) -> String {
    let texts: Vec<_> = files.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    let free = |id: &String| !texts.iter().any(|text| text.contains(&format!("#{id}")));
    (1..).map(|n| format!("{bloc}-{n}")).find(free).unwrap_or_else(|| bloc.to_owned())
}
