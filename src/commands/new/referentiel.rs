//! `livret new referentiel`: from its title, or as a copy of another version.

use super::asker::{Asker, check_id, check_version, files, filled, split, unknown, write};
use crate::authoring::author::NewSource;
use crate::authoring::author::referentiel::{NewBloc, NewReferentiel, folder};
use crate::authoring::author::yaml::one_line;
use crate::authoring::import::lookup::chemins;
use crate::cli::new::NewReferentielArgs;
use crate::commands::{Ended, project, refused};
use crate::ground::fold::{file_name, short_id, slug};
use crate::ground::terminal::Terminal;
use crate::ground::text::count;
use crate::judge::project::Project;

const USAGE: &str = "livret new referentiel animateur/2026 --titre \"Animateur\" --bloc \"Préparer\" --bloc \"Animer\"";

pub(crate) fn run(args: NewReferentielArgs, terminal: &Terminal) -> Result<String, Ended> {
    let project = project(&args.project.directory, terminal)?;
    let from = match &args.de {
        Some(from) => Some(from.clone()),
        None => ask_source(&args, &project, terminal)?,
    };
    match from {
        Some(source) => copy(&args, &source, &project, terminal),
        None => fresh(args, &project, terminal),
    }
}

/// Who says nothing may want a new version of what there is.
fn ask_source(args: &NewReferentielArgs, project: &Project, terminal: &Terminal) -> Result<Option<String>, Ended> {
    let said = args.chemin.is_some() || args.titre.is_some() || !args.blocs.is_empty();
    if said || !terminal.can_ask() || project.referentiels.is_empty() {
        return Ok(None);
    }
    let chemins: Vec<String> = project.referentiels.iter().map(|r| r.chemin()).collect();
    let versions = chemins.iter().map(|chemin| format!("une nouvelle version de {chemin}"));
    let items: Vec<String> = ["un nouveau référentiel".to_owned()].into_iter().chain(versions).collect();
    let chosen = terminal.choose("Créer", &items, 0)?;
    Ok(chosen.checked_sub(1).map(|at| chemins[at].clone()))
}

fn fresh(args: NewReferentielArgs, project: &Project, terminal: &Terminal) -> Result<String, Ended> {
    let root = args.project.directory.clone();
    let mut asker = Asker::new(terminal);
    let (id, version) = args.chemin.as_deref().map(split).transpose()?.unzip();
    let (id, version) = (id.map(str::to_owned), version.map(str::to_owned));
    let titre = asker.text(args.titre, "--titre", "Nom de la certification", None, filled)?;
    let id = asker.text(id, "ID/VERSION", "Identifiant (nom du dossier)", Some(&slug(&titre)), check_id)?;
    let year = terminal.year().to_string();
    let version = match (version, terminal.can_ask()) {
        (None, false) => String::new(),
        (version, _) => asker.text(version, "VERSION", "Version", Some(&year), check_version)?,
    };
    refuse_taken(&id, &version, project, &root)?;
    let certification = match (args.certification, terminal.can_ask()) {
        (None, false) => "CQP".to_owned(),
        (given, _) => asker.text(given, "--certification", "Sorte, imprimée devant le titre", Some("CQP"), filled)?,
    };
    let rncp = asker.optional(args.rncp, "Numéro RNCP")?;
    let evaluateurs = match args.evaluateurs {
        Some(n) => n.into(),
        None if terminal.can_ask() => {
            let check = |text: &str| match text.parse() {
                Ok(1..=9) => Ok(()),
                _ => Err("un nombre de 1 à 9".to_owned()),
            };
            terminal.ask("Nombre d'évaluateurs qui signent", Some("2"), check)?.parse().unwrap_or(2)
        }
        None => 2,
    };
    let blocs = blocs(args.blocs, &mut asker)?;
    asker.finish(USAGE)?;
    let new = NewReferentiel { id, version, titre, certification, rncp, evaluateurs, blocs };
    let files = new.sources();
    write(&root, &files)?;
    let place = folder(&new.id, &new.version);
    Ok(format!(
        "{place} : {} écrits.\n\nEnsuite :\n  complétez {place}/referentiel.md et chaque fichier de {place}/blocs\n  livret check\n  livret new bloc {}/{}   pour un bloc de plus",
        count(files.len(), "fichier(s)"),
        new.id,
        new.version,
    ))
}

/// The blocs, asked for one by one until nothing is answered.
fn blocs(given: Vec<String>, asker: &mut Asker) -> Result<Vec<NewBloc>, Ended> {
    let mut titres: Vec<String> = given.iter().map(|t| one_line(t)).collect();
    if titres.is_empty() {
        titres.push(asker.text(None, "--bloc", "Titre du bloc 1", None, filled)?);
        while asker.can_ask() {
            let question = format!("Titre du bloc {}, ou rien s'il n'y en a plus", titres.len() + 1);
            match asker.terminal.ask(&question, None, |_| Ok(()))? {
                titre if titre.is_empty() => break,
                titre => titres.push(one_line(&titre)),
            }
        }
    }
    let mut blocs: Vec<NewBloc> = Vec::new();
    for (numero, titre) in (1..).zip(titres) {
        if !asker.missing.is_empty() {
            break;
        }
        let id = short_id(&titre, |id| blocs.iter().any(|b| b.id == id));
        check_id(&id).map_err(|reason| refused(format!("--bloc « {titre} » : {reason}"), "changez ce titre"))?;
        blocs.push(NewBloc { numero, competence: format!("{id}-1"), id, titre });
    }
    Ok(blocs)
}

fn refuse_taken(id: &str, version: &str, project: &Project, root: &std::path::Path) -> Result<(), Ended> {
    if id.is_empty() || version.is_empty() {
        return Ok(());
    }
    let chemin = format!("{id}/{version}");
    let known = chemins(project).iter().any(|other| file_name(other) == file_name(&chemin));
    if known || root.join(folder(id, version)).exists() {
        return Err(refused(
            format!("le référentiel {chemin} existe déjà, et n'a pas été touché"),
            "choisissez une autre version, ou ouvrez ses fichiers pour les modifier",
        ));
    }
    Ok(())
}

/// A new version: the same files in another folder.
fn copy(args: &NewReferentielArgs, source: &str, project: &Project, terminal: &Terminal) -> Result<String, Ended> {
    let root = &args.project.directory;
    let (from_id, _) = split(source)?;
    let files = files(root, source, "", project)?;
    if files.is_empty() {
        return Err(unknown(source, project));
    }
    let mut asker = Asker::new(terminal);
    let (id, version) = args.chemin.as_deref().map(split).transpose()?.unzip();
    let id = id.unwrap_or(from_id);
    check_id(id).map_err(|reason| refused(reason, "choisissez un autre identifiant"))?;
    let year = terminal.year().to_string();
    let version =
        asker.text(version.map(str::to_owned), "ID/VERSION", "Nouvelle version", Some(&year), check_version)?;
    asker.finish(&format!("livret new referentiel {from_id}/VERSION --de {source}"))?;
    refuse_taken(id, &version, project, root)?;
    let to = folder(id, &version);
    let copies: Vec<NewSource> =
        files.into_iter().map(|(path, bytes)| NewSource::new(format!("{to}/{path}"), bytes)).collect();
    write(root, &copies)?;
    let default = project.projet.defauts.referentiel.as_ref().is_some_and(|d| d.value == source);
    let warning = match default {
        true => format!(
            "\n\nAttention : {source} est le défaut de livret.yaml. Avant de le changer, écrivez « referentiel: {source} » dans les fiches dont l'évaluation a commencé."
        ),
        false => String::new(),
    };
    Ok(format!(
        "{to} : {} de {source} copiés.\n\nEnsuite :\n  modifiez la copie ; gardez les identifiants des compétences qui restent les mêmes\n  écrivez « referentiel: {id}/{version} » dans les fiches des nouveaux candidats\n  livret check{warning}",
        count(copies.len(), "fichier(s)"),
    ))
}
