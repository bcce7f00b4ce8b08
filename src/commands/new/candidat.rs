//! `livret new candidat`.

use super::asker::{Asker, check_id, filled, write};
use crate::authoring::author::candidat::{NewCandidat, NewEvaluateur, file_id};
use crate::authoring::author::yaml::one_line;
use crate::authoring::import::plan::Known;
use crate::authoring::import::table::Cell;
use crate::authoring::import::{dates, lookup};
use crate::cli::new::NewCandidatArgs;
use crate::commands::{Ended, project, refused};
use crate::ground::paths;
use crate::ground::terminal::Terminal;
use crate::judge::project::Project;
use crate::model::referentiel::{Parcours, Referentiel};

const USAGE: &str = "livret new candidat 2026-06 --nom Martin --prenom Claire";

pub(crate) fn run(args: NewCandidatArgs, terminal: &Terminal) -> Result<String, Ended> {
    let root = args.project.directory.clone();
    let project = project(&root, terminal)?;
    let mut asker = Asker::new(terminal);
    let session = session(args.session, &project, &mut asker)?;
    let nom = asker.text(args.nom, "--nom", "Nom", None, filled)?;
    let prenom = asker.text(args.prenom, "--prenom", "Prénom", None, filled)?;
    asker.finish(USAGE)?;
    let id = args.id.clone().unwrap_or_else(|| file_id(&nom, &prenom));
    if id.is_empty() {
        return Err(refused(format!("« {prenom} {nom} » n'a ni lettre ni chiffre"), "corrigez le nom"));
    }
    check_id(&id).map_err(|reason| refused(reason, "donnez un nom de fichier avec --id"))?;
    if let Some(path) = Known::of(&project).find(&session, &id) {
        return Err(refused(
            format!("« {prenom} {nom} » a déjà une fiche dans la session {session} : {path}"),
            "ouvrez-la pour la modifier ; pour un homonyme, donnez un autre nom de fichier avec --id",
        ));
    }
    let entreprise = asker.optional(args.entreprise, "Entreprise")?;
    let referentiel = referentiel(args.referentiel.as_deref(), &project, terminal)?;
    let parcours = parcours(args.parcours.as_deref(), !args.blocs.is_empty(), referentiel, &project, terminal)?;
    let blocs = blocs(&args.blocs, referentiel, parcours, terminal)?;
    let evaluateurs = evaluateurs(&args.evaluateurs, referentiel, &asker)?;
    let followed = NewCandidat::of(referentiel, parcours);
    let new = NewCandidat { nom, prenom, entreprise, blocs, evaluateurs, ..followed };
    if let Some(mistake) = new.mistakes(&session, &id, &project).into_iter().next() {
        return Err(refused(mistake.message, mistake.help.unwrap_or_else(|| "corrigez cette valeur".to_owned())));
    }
    write(&root, &[new.source(&session, &id)])?;
    Ok(format!(
        "{} : la fiche est écrite, pour {} ({}, parcours {}).\n\nEnsuite :\n  livret build --only {session}/{id}   son livret vierge, à son nom",
        paths::fiche(&session, &id),
        new.nom_complet(),
        new.referentiel,
        new.parcours,
    ))
}

fn session(given: Option<String>, project: &Project, asker: &mut Asker) -> Result<String, Ended> {
    let ask = |terminal: &Terminal| {
        // The last one is the likeliest.
        let mut items: Vec<String> = project.sessions().into_iter().rev().map(ToOwned::to_owned).collect();
        items.push("une autre session…".to_owned());
        match if items.len() > 1 { terminal.choose("Session", &items, 0)? } else { 0 } {
            chosen if chosen + 1 < items.len() => Ok(items.swap_remove(chosen)),
            _ => terminal.ask("Nom de la session, par exemple 2026-06", None, |text| as_session(text).map(drop)),
        }
    };
    let Some(written) = asker.given(given, "SESSION", ask)? else { return Ok(String::new()) };
    if project.sessions().contains(written.as_str()) {
        return Ok(written);
    }
    let session = as_session(&written).map_err(|reason| refused(reason, "écrivez par exemple 2026-06"))?;
    Ok(lookup::known_session(&session, project).unwrap_or(session))
}

fn as_session(text: &str) -> Result<String, String> {
    Cell::of(text)
        .ok_or_else(|| "il faut écrire quelque chose".to_owned())
        .and_then(|cell| dates::session(&cell))
        .map(|session| session.name)
}

fn referentiel<'a>(given: Option<&str>, project: &'a Project, terminal: &Terminal) -> Result<&'a Referentiel, Ended> {
    let default = project.projet.defauts.referentiel.as_ref().map(|d| d.value.as_str());
    if given.is_none() && terminal.can_ask() && project.referentiels.len() > 1 {
        let items: Vec<String> = project.referentiels.iter().map(|r| format!("{}   {}", r.chemin(), r.titre)).collect();
        let at = project.referentiels.iter().position(|r| Some(r.chemin().as_str()) == default).unwrap_or(0);
        return Ok(&project.referentiels[terminal.choose("Référentiel", &items, at)?]);
    }
    Ok(lookup::find_referentiel(given.or(default), None, project)?)
}

fn parcours<'a>(
    given: Option<&str>,
    chooses_blocs: bool,
    referentiel: &'a Referentiel,
    project: &Project,
    terminal: &Terminal,
) -> Result<&'a Parcours, Ended> {
    let all = &referentiel.parcours;
    let ids = || all.iter().map(|p| p.id.value.as_str());
    if let Some(given) = given {
        return Ok(lookup::find_parcours(given, referentiel)?);
    }
    if let (true, Some(parcours)) = (chooses_blocs, all.iter().find(|p| !p.tous_les_blocs)) {
        return Ok(parcours);
    }
    let default = project.projet.defauts.parcours.as_ref().map(|d| d.value.as_str());
    let at = ids().position(|id| Some(id) == default);
    if terminal.can_ask() && all.len() > 1 {
        let items: Vec<String> = all.iter().map(|p| format!("{}   {}", p.id.value, p.nom)).collect();
        return Ok(&all[terminal.choose("Parcours", &items, at.unwrap_or(0))?]);
    }
    let found = at.or(if all.len() == 1 { Some(0) } else { None });
    let help = || format!("ajoutez --parcours ; possibles : {}", ids().collect::<Vec<_>>().join(", "));
    found.map(|at| &all[at]).ok_or_else(|| refused("il manque --parcours", help()))
}

fn blocs(
    given: &[String],
    referentiel: &Referentiel,
    parcours: &Parcours,
    terminal: &Terminal,
) -> Result<Vec<String>, Ended> {
    let ids: Vec<&str> = referentiel.a_choisir().map(|b| b.id.as_str()).collect();
    if given.is_empty() && !parcours.tous_les_blocs {
        if !terminal.can_ask() {
            let message = format!("le parcours « {} » demande --blocs", parcours.id.value);
            return Err(refused(
                message,
                format!("ajoutez par exemple --blocs {} ; possibles : {}", ids[0], ids.join(", ")),
            ));
        }
        let items: Vec<String> = referentiel.a_choisir().map(|b| format!("{} {}", b.numero, b.titre)).collect();
        loop {
            let chosen = terminal.choose_several("Blocs présentés", &items)?;
            if !chosen.is_empty() {
                return Ok(chosen.into_iter().map(|at| ids[at].to_owned()).collect());
            }
        }
    }
    let mut chosen =
        given.iter().map(|written| lookup::find_bloc(written, referentiel)).collect::<Result<Vec<_>, _>>()?;
    chosen.sort_by_key(|b| b.numero);
    chosen.dedup_by_key(|b| b.numero);
    Ok(chosen.into_iter().map(|b| b.id.clone()).collect())
}

/// « Anne Le Goff, responsable d'agence »: the name ends at the first comma.
fn evaluateurs(given: &[String], referentiel: &Referentiel, asker: &Asker) -> Result<Vec<NewEvaluateur>, Ended> {
    let mut all = Vec::new();
    for written in given {
        let (nom, fonction) = written.split_once(',').map_or((written.as_str(), ""), |(nom, fonction)| (nom, fonction));
        let nom = one_line(nom);
        filled(&nom)
            .map_err(|_| refused(format!("--evaluateur « {written} » : le nom manque"), "écrivez \"Nom, fonction\""))?;
        let role = referentiel.role(all.len() + 1).map(|role| role.id.clone());
        all.push(NewEvaluateur { role, nom, fonction: Some(one_line(fonction)).filter(|f| !f.is_empty()) });
    }
    for n in all.len() + 1..=referentiel.places() {
        if !asker.can_ask() || !given.is_empty() {
            break;
        }
        let role = referentiel.role(n);
        let named = role.and_then(|role| role.nom.clone());
        let (qui, de) = match named {
            Some(nom) => (nom.clone(), format!("Fonction ({nom})")),
            None => (format!("Évaluateur {n}"), format!("Fonction de l'évaluateur {n}")),
        };
        let Some(nom) = asker.optional(None, &format!("{qui}, prénom et nom"))? else { break };
        let fonction = asker.optional(None, &de)?;
        all.push(NewEvaluateur { role: role.map(|role| role.id.clone()), nom, fonction });
    }
    Ok(all)
}
