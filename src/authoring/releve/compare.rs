//! What the tables that come back change in the fiches: every cell that says something else, with the edit that writes
//! it; or all that is wrong, each with its cell. A cell that is empty says nothing. Writing is left to
//! [`crate::commands::import`].

use std::collections::BTreeMap;

use super::changed::{FicheChangee, Saisie, fiche};
use super::columns::{Cellule, Colonne, Etendue, Qui, colonnes};
use super::derives::is_derived;
use super::read::Releve;
use super::sheet::{QUI, cle, qui};
use super::value;
use crate::authoring::author::yaml::one_line;
use crate::authoring::import::row::{Problem, Read, noted};
use crate::authoring::import::table::{Cell, Row};
use crate::ground::diagnostic::nearest::nearest;
use crate::ground::fold::{self, file_name};
use crate::ground::paths;
use crate::judge::project::{Dossier, Project};
use crate::model::candidat::Candidat;
use crate::model::referentiel::Referentiel;

/// What an import of results would do.
#[derive(Debug, Default)]
pub struct Reprise {
    /// In the order of the rows.
    pub fiches: Vec<FicheChangee>,
    /// How many rows say what their fiches say.
    pub inchangees: usize,
    pub problems: Vec<Problem>,
}

/// Compares tables with the fiches of a project, whose bytes `bytes` gives by their path.
pub fn reprise(releves: &[Releve], project: &Project, bytes: &dyn Fn(&str) -> Option<Vec<u8>>) -> Reprise {
    let mut all = Reprise::default();
    let known = Known::of(project);
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for releve in releves {
        let titres = titres(releve, &known, &mut all.problems);
        for row in releve.lignes.iter().filter(|row| !row.cells.is_empty() || !row.dashes.is_empty()) {
            let before = all.problems.len();
            let reading = Reading { releve, titres: &titres, known: &known, row };
            let Some((dossier, changes)) = reading.read(&mut seen, &mut all.problems) else { continue };
            if changes.is_empty() {
                all.inchangees += usize::from(all.problems.len() == before);
                continue;
            }
            let path = paths::fiche(&dossier.candidat.session, &dossier.candidat.id);
            match fiche(&path, dossier, &changes, project, bytes) {
                Ok(changee) => all.fiches.push(changee),
                Err((column, message, help)) => all.problems.push(reading.problem(column, message, help)),
            }
        }
    }
    all
}

/// The columns of each référentiel, and the fiches by their keys.
struct Known<'p> {
    project: &'p Project,
    colonnes: Vec<Vec<Colonne<'p>>>,
    fiches: BTreeMap<String, &'p Dossier>,
}

impl<'p> Known<'p> {
    fn of(project: &'p Project) -> Self {
        let own = |index: usize| -> Vec<&Candidat> { project.candidats().filter(|c| c.referentiel == index).collect() };
        let colonnes =
            project.referentiels.iter().enumerate().map(|(i, r)| colonnes(r, &own(i), Etendue::Toutes)).collect();
        let fiches = project.dossiers.iter().map(|d| (file_name(&cle(&d.candidat)), d.as_ref())).collect();
        Self { project, colonnes, fiches }
    }

    /// Which column of each référentiel a title names.
    fn meant(&self, titre: &str) -> Vec<Option<usize>> {
        let titres = |all: &Vec<Colonne>| fold::find(titre, all.iter().map(|colonne| colonne.titre.as_str()));
        self.colonnes.iter().map(titres).collect()
    }
}

/// A column of a sheet that may hold results.
struct Titre {
    column: u32,
    titre: String,
    /// Which column of each référentiel it names.
    meant: Vec<Option<usize>>,
}

/// The titles of a sheet. Those that no référentiel has, and those that are there twice, are wrong.
fn titres(releve: &Releve, known: &Known, problems: &mut Vec<Problem>) -> Vec<Titre> {
    let mut all: Vec<Titre> = Vec::new();
    let row = releve.titres.number;
    for (column, titre) in releve.autres().filter(|(_, titre)| !is_derived(titre)) {
        let meant = known.meant(&titre);
        let (message, help) = if meant.iter().all(Option::is_none) {
            let titres = known.colonnes.iter().flatten().map(|colonne| colonne.titre.as_str());
            let near = nearest(&titre, titres.clone()).map(|near| format!("vouliez-vous dire « {near} » ?"));
            let first = || titres.clone().next().unwrap_or_default();
            let help = near.unwrap_or_else(|| format!("un titre est bloc/compétence, par exemple {}", first()));
            let message = format!("la colonne « {titre} » n'est celle d'aucun résultat");
            (message, format!("supprimez-la, ou corrigez son titre ; {help}"))
        } else if let Some(first) = all.iter().find(|other| other.meant == meant) {
            let first = releve.place(row, Some(first.column));
            (format!("la colonne « {titre} » est déjà en {first}"), "gardez l'une des deux".to_owned())
        } else {
            all.push(Titre { column, titre, meant });
            continue;
        };
        problems.push(Problem::new(row, releve.place(row, Some(column)), message, help));
    }
    all
}

struct Reading<'a, 'p> {
    releve: &'a Releve,
    titres: &'a [Titre],
    known: &'a Known<'p>,
    row: &'a Row,
}

impl<'a, 'p> Reading<'a, 'p> {
    fn problem(&self, column: Option<u32>, message: impl Into<String>, help: impl Into<String>) -> Problem {
        let row = self.row.number;
        Problem::new(row, self.releve.place(row, column), message, help)
    }

    fn cell(&self, column: Option<u32>) -> Option<&'a Cell> {
        self.row.cells.get(&column?)
    }

    /// Whose row it is, and which of its cells say something else. `None` if the row cannot be read at all.
    fn read(
        &self,
        seen: &mut BTreeMap<String, String>,
        problems: &mut Vec<Problem>,
    ) -> Option<(&'a Dossier, Vec<Saisie<'a>>)> {
        let dossier = self.dossier(problems)?;
        let c = &dossier.candidat;
        let place = self.releve.place(self.row.number, self.releve.qui[0]);
        if let Some(first) = seen.insert(file_name(&cle(c)), place) {
            let message = format!("la fiche « {} » est déjà celle de {first}", cle(c));
            problems.push(self.problem(self.releve.qui[0], message, "gardez une seule ligne par candidat"));
            return None;
        }
        let referentiel = &self.known.project.referentiels[c.referentiel];
        self.who(c, referentiel, problems);
        let changes = self.results(c, referentiel, problems);
        // Of two columns that say one thing in two ways, neither is taken.
        let twice = |own: &&Saisie| {
            let apart = |other: &Saisie| other.colonne.qui != Qui::Tous && other.colonne.place() == own.colonne.place();
            own.colonne.qui == Qui::Tous && changes.iter().any(apart)
        };
        if let Some(Saisie { column, colonne, .. }) = changes.iter().find(twice) {
            let message = format!("« {} » a un résultat commun et des avis séparés", colonne.titre);
            problems.push(self.problem(Some(*column), message, "remplissez l'un ou les autres"));
            return None;
        }
        Some((dossier, changes))
    }

    fn dossier(&self, problems: &mut Vec<Problem>) -> Option<&'a Dossier> {
        let column = self.releve.qui[0];
        let mut wrong = |message: String, help: &str| {
            problems.push(self.problem(column, message, help));
            None
        };
        let Some(cell) = self.cell(column) else {
            let message = "cette ligne ne dit pas de quelle fiche elle est".to_owned();
            return wrong(message, "supprimez-la, ou rendez-lui sa fiche");
        };
        let written = cell.text();
        if let Some(dossier) = self.known.fiches.get(&file_name(&written)) {
            return Some(dossier);
        }
        let broken = |c: &&crate::judge::project::CandidatEnErreur| {
            file_name(&format!("{}/{}", c.session, c.id)) == file_name(&written)
        };
        match self.known.project.candidats_en_erreur.iter().find(broken) {
            Some(c) => {
                let what =
                    c.referentiel.as_ref().map_or(format!("la fiche {}", c.path), |r| format!("le référentiel {r}"));
                wrong(format!("{what} contient des erreurs"), "corrigez-les d'abord : livret check les montre")
            }
            None => {
                let message = format!("la fiche « {written} » n'existe pas, ou n'existe plus");
                wrong(message, "supprimez cette ligne, ou exportez de nouveau la session")
            }
        }
    }

    /// What tells whose row it is must be what the fiche says.
    fn who(&self, c: &Candidat, referentiel: &Referentiel, problems: &mut Vec<Problem>) {
        let said = qui(c, referentiel);
        for ((titre, said), column) in QUI.iter().zip(&said).zip(self.releve.qui).skip(1) {
            let Some(cell) = self.cell(column) else { continue };
            let written = cell.text();
            let written = written.strip_prefix('\'').unwrap_or(&written);
            if *written == one_line(said) {
                continue;
            }
            let (message, help) = match *titre {
                "Référentiel" => (
                    format!("la fiche suit le référentiel {said}, et non {written}"),
                    "exportez de nouveau la session, et reportez-y les résultats",
                ),
                _ => (
                    format!("la fiche dit « {said} », et non « {written} »"),
                    "cette colonne ne se change pas ici : changez la fiche, ou rendez à la cellule ce qu'elle disait",
                ),
            };
            problems.push(self.problem(column, message, help));
        }
    }

    fn results(&self, c: &Candidat, referentiel: &Referentiel, problems: &mut Vec<Problem>) -> Vec<Saisie<'a>> {
        let columns = self.row.cells.keys().chain(self.row.dashes.keys()).copied();
        let mut columns: Vec<u32> = columns.filter(|column| !self.releve.qui.contains(&Some(*column))).collect();
        columns.sort_unstable();
        let changes = columns.into_iter().filter_map(|column| noted(self.result(column, c, referentiel), problems));
        changes.collect()
    }

    /// What a cell says that the fiche does not.
    fn result(&self, column: u32, c: &Candidat, referentiel: &Referentiel) -> Read<Saisie<'a>> {
        let wrong = |message: String, help: &str| Err(self.problem(Some(column), message, help));
        let dash = self.row.dashes.get(&column);
        let Some(Titre { titre, meant, .. }) = self.titres.iter().find(|titre| titre.column == column) else {
            // What has a title has been told there, or is derived.
            if dash.is_some() || self.releve.titres.cells.contains_key(&column) {
                return Ok(None);
            }
            let help = "supprimez-le, ou donnez un titre à la colonne";
            return wrong("ce texte est dans une colonne sans titre".to_owned(), help);
        };
        let colonne = meant[c.referentiel].map(|at| &self.known.colonnes[c.referentiel][at]);
        let cell = self.row.cells.get(&column).cloned().or_else(|| dash.cloned().map(Cell::Text));
        let Some(cell) = cell else { return Ok(None) };
        match colonne.map(|colonne| (colonne, colonne.cellule(c, referentiel))) {
            Some((colonne, Cellule::Ouverte(avant))) => match value::read(&cell, colonne.echelle()) {
                Ok(apres) if Some(apres) == avant => Ok(None),
                Ok(apres) => {
                    let place = self.releve.short(self.row.number, column);
                    Ok(Some(Saisie { column, colonne, avant, apres, place }))
                }
                // A dash is how people leave a cell empty.
                Err(_) if dash.is_some() => Ok(None),
                Err(refusal) => wrong(refusal.message, &refusal.help),
            },
            _ if dash.is_some() => Ok(None),
            Some((_, Cellule::Fermee(why))) => wrong(format!("« {} » : {why}", cell.text()), "videz cette cellule"),
            None => {
                let message = format!("« {titre} » n'est pas un résultat de {}", referentiel.chemin());
                wrong(message, "videz cette cellule")
            }
        }
    }
}
