//! `livret new bloc`: its number is the next free one, its id comes from its title.

use std::collections::BTreeMap;

use super::asker::{Asker, check_id, files, filled, split, write};
use crate::authoring::author::referentiel::NewBloc;
use crate::authoring::import::lookup::chemins;
use crate::cli::new::NewBlocArgs;
use crate::commands::{Ended, project, refused};
use crate::ground::fold::{file_name, short_id};
use crate::ground::terminal::Terminal;
use crate::ground::text::count;

const USAGE: &str = "livret new bloc charge-accueil/2024 --titre \"Assurer l'accueil\"";

pub(crate) fn run(args: NewBlocArgs, terminal: &Terminal) -> Result<String, Ended> {
    let root = &args.project.directory;
    let project = project(root, terminal)?;
    let known = chemins(&project);
    let mut asker = Asker::new(terminal);
    if args.referentiel.is_none() && known.is_empty() {
        return Err(refused("ce projet n'a aucun référentiel", "créez-le d'abord : livret new referentiel"));
    }
    let choose = |terminal: &Terminal| Ok(known[terminal.choose("Référentiel", &known, 0)?].clone());
    let referentiel = asker.given(args.referentiel, "ID/VERSION", choose)?.unwrap_or_default();
    let files = if referentiel.is_empty() { BTreeMap::new() } else { files(root, &referentiel, "/blocs", &project)? };
    let titre = asker.text(args.titre, "--titre", "Titre du bloc", None, filled)?;
    let taken: Vec<(u32, &str)> = files.keys().filter_map(|name| number_and_id(name)).collect();
    let proposed = short_id(&titre, |id| taken.iter().any(|(_, other)| *other == id));
    let id = match (args.id, asker.can_ask()) {
        (None, false) => proposed,
        (given, _) => asker.text(given, "BLOC", "Identifiant", Some(&proposed), check_id)?,
    };
    asker.finish(USAGE)?;
    check_id(&id).map_err(|reason| refused(reason, "donnez un identifiant après ID/VERSION"))?;
    if let Some((_, other)) = taken.iter().find(|(_, other)| file_name(other) == file_name(&id)) {
        let message = format!("le référentiel {referentiel} a déjà un bloc « {other} », qui n'a pas été touché");
        return Err(refused(message, "choisissez un autre identifiant : livret new bloc ID/VERSION BLOC"));
    }
    let numero = taken.iter().map(|(n, _)| n.saturating_add(1)).max().unwrap_or(1);
    let (competence, (of, version)) = (free_competence(&id, &files), split(&referentiel)?);
    let source = NewBloc { numero, id, titre, competence }.source(of, version);
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

/// What the name of a bloc's file says.
fn number_and_id(name: &str) -> Option<(u32, &str)> {
    let (number, id) = name.strip_suffix(".md")?.split_once('-')?;
    Some((number.parse().ok()?, id))
}

/// An id for the first compétence that no bloc has.
fn free_competence(bloc: &str, files: &BTreeMap<String, Vec<u8>>) -> String {
    let texts: Vec<_> = files.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    let free = |id: &String| !texts.iter().any(|text| text.contains(&format!("#{id}")));
    (1..).map(|n| format!("{bloc}-{n}")).find(free).unwrap_or_else(|| bloc.to_owned())
}
