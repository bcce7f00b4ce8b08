//! What a new source is made from: given on the command line, or asked for; each answer looked at.

use std::collections::BTreeMap;
use std::path::Path;

use crate::authoring::author::candidat::LONGEST_NAME;
use crate::authoring::author::disk::{self, SourceError};
use crate::authoring::author::referentiel::folder;
use crate::authoring::author::{NewSource, yaml};
use crate::authoring::import::lookup::chemins;
use crate::commands::{Ended, refused};
use crate::ground::diagnostic::nearest::suggestion;
use crate::ground::fold::slug;
use crate::ground::paths::check_name;
use crate::ground::reason::disk_reason;
use crate::ground::terminal::Terminal;
use crate::ground::terminal::ask::GivenUp;
use crate::judge::project::Project;
use crate::sources::load;

pub(crate) fn unknown(chemin: &str, project: &Project) -> Ended {
    let help = suggestion(chemin, chemins(project).iter().map(String::as_str));
    refused(format!("le référentiel « {chemin} » n'existe pas"), help)
}

/// The files of a référentiel `id/version` in one of its folders, by their paths from there.
pub(crate) fn files(
    root: &Path,
    chemin: &str,
    within: &str,
    project: &Project,
) -> Result<BTreeMap<String, Vec<u8>>, Ended> {
    let (id, version) = split(chemin)?;
    let folder = folder(id, version);
    if [id, version].iter().any(|name| check_name(name).is_err()) || !root.join(&folder).is_dir() {
        return Err(unknown(chemin, project));
    }
    load::exact_folder(root, &format!("{folder}{within}")).map_err(|error| {
        refused(format!("{chemin} ne peut pas être lu : {}", disk_reason(&error)), "vérifiez vos droits")
    })
}

pub(crate) fn write(root: &Path, files: &[NewSource]) -> Result<(), Ended> {
    disk::create_sources(root, files).map_err(|error| match &error {
        SourceError::Exists(_) => refused(error.to_string(), "ouvrez-le pour le modifier, ou choisissez un autre nom"),
        _ => refused(error.to_string(), "rien n'a été écrit ; vérifiez vos droits et la place sur le disque"),
    })
}

/// Collects what was given, asks for the rest, and remembers what nobody can be asked for.
pub(crate) struct Asker<'a> {
    pub terminal: &'a Terminal,
    pub missing: Vec<&'static str>,
}

impl<'a> Asker<'a> {
    pub(crate) fn new(terminal: &'a Terminal) -> Self {
        Self { terminal, missing: Vec::new() }
    }

    pub(crate) fn can_ask(&self) -> bool {
        self.terminal.can_ask()
    }

    /// What is given, or else answered. `None` if it is missing: [`Asker::finish`] tells.
    pub(crate) fn given(
        &mut self,
        given: Option<String>,
        option: &'static str,
        ask: impl FnOnce(&Terminal) -> Result<String, GivenUp>,
    ) -> Result<Option<String>, GivenUp> {
        if given.is_none() && self.can_ask() {
            return ask(self.terminal).map(Some);
        }
        if given.is_none() {
            self.missing.push(option);
        }
        Ok(given)
    }

    /// A text that must be there, on one line. Empty if it is missing: [`Asker::finish`] tells.
    pub(crate) fn text(
        &mut self,
        given: Option<String>,
        option: &'static str,
        question: &str,
        default: Option<&str>,
        check: fn(&str) -> Result<(), String>,
    ) -> Result<String, Ended> {
        let ask = |terminal: &Terminal| terminal.ask(question, default, |text| check(&yaml::one_line(text)));
        let Some(text) = self.given(given, option, ask)? else { return Ok(String::new()) };
        let text = yaml::one_line(&text);
        check(&text).map_err(|reason| refused(format!("{option} : {reason}"), "corrigez cette valeur"))?;
        Ok(text)
    }

    /// A text that may be left out.
    pub(crate) fn optional(&self, given: Option<String>, question: &str) -> Result<Option<String>, Ended> {
        let text = match given {
            Some(given) => given,
            None if self.can_ask() => self.terminal.ask(&format!("{question} (facultatif)"), None, |_| Ok(()))?,
            None => return Ok(None),
        };
        Ok(Some(yaml::one_line(&text)).filter(|text| !text.is_empty()))
    }

    /// Tells what is missing. `usage` shows a whole command.
    pub(crate) fn finish(&self, usage: &str) -> Result<(), Ended> {
        match self.missing.as_slice() {
            [] => Ok(()),
            missing => {
                // As they stand on the command line.
                let (options, places): (Vec<&str>, Vec<&str>) = missing.iter().partition(|m| m.starts_with("--"));
                Err(refused(
                    format!("il manque {}", [places, options].concat().join(", ")),
                    format!("par exemple : {usage} ; dans un terminal, ce qui manque est demandé"),
                ))
            }
        }
    }
}

/// A text that is not empty.
pub(crate) fn filled(text: &str) -> Result<(), String> {
    if text.is_empty() { Err("il faut écrire quelque chose".to_owned()) } else { Ok(()) }
}

/// An identifier as files and front matter bear it well.
pub(crate) fn check_id(text: &str) -> Result<(), String> {
    filled(text)?;
    if let Err(reason) = check_name(text) {
        return Err(format!("« {text} » ne peut pas être un nom de fichier : {reason}"));
    }
    if text.len() > LONGEST_NAME {
        return Err(format!("« {}… » est trop long", text.chars().take(30).collect::<String>()));
    }
    match slug(text).as_str() {
        "" => Err(format!("« {text} » n'a ni lettre ni chiffre")),
        same if same == text => Ok(()),
        proposed => Err(format!("« {text} » contient des signes qui gênent ; écrivez {proposed}")),
    }
}

/// A version: an identifier in which points are usual.
pub(crate) fn check_version(text: &str) -> Result<(), String> {
    check_name(text).map_err(|reason| format!("« {text} » ne peut pas nommer un dossier : {reason}"))?;
    match text.len() <= LONGEST_NAME && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')) {
        true => Ok(()),
        false => Err(format!("« {text} » ne peut pas nommer une version : lettres, chiffres, tirets et points")),
    }
}

/// `id/version` in two.
pub(crate) fn split(chemin: &str) -> Result<(&str, &str), Ended> {
    match chemin.split_once('/') {
        Some((id, version)) if !id.is_empty() && !version.is_empty() => Ok((id, version)),
        _ => Err(refused(
            format!("« {chemin} » n'est pas de la forme identifiant/version"),
            "écrivez par exemple charge-accueil/2024",
        )),
    }
}
