//! One row of a list: what its cells mean in this project. Everything that is wrong in it is told at once, each with
//! its cell. What several rows say of each other is left to [`super::plan`].

use super::dates;
use super::doubt::{damaged, holds_both, means_nothing, no_person, several};
use super::header::{Field, Header};
use super::lookup::{find_bloc, find_parcours, find_referentiel, known_session};
use super::table::{Cell, Row, name};
use crate::authoring::author::candidat::{LONGEST_NAME, NewCandidat, NewEvaluateur, file_id};
use crate::ground::diagnostic::nearest::suggestion;
use crate::judge::project::Project;
use crate::model::referentiel::{Bloc, Parcours, Referentiel};

/// What is wrong in one cell, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub row: u32,
    /// « B12 », or « ligne 12 » where no column is to blame.
    pub place: String,
    pub message: String,
    pub help: Option<String>,
}

/// What is taken where a row says nothing, by `id/version` and by folder.
#[derive(Debug, Clone, Default)]
pub struct Defaults {
    pub session: Option<String>,
    pub referentiel: Option<String>,
}

/// A row that can be written.
#[derive(Debug, Clone)]
pub struct Sound {
    pub row: u32,
    pub session: String,
    pub id: String,
    pub candidat: NewCandidat,
    /// What somebody should look at, though it hinders nothing.
    pub remarks: Vec<Problem>,
}

/// A row with the means to read it.
pub(crate) struct Reading<'a> {
    pub row: &'a Row,
    pub header: &'a Header,
    pub project: &'a Project,
    pub defaults: &'a Defaults,
    problems: Vec<Problem>,
    remarks: Vec<Problem>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(row: &'a Row, header: &'a Header, project: &'a Project, defaults: &'a Defaults) -> Self {
        Self { row, header, project, defaults, problems: Vec::new(), remarks: Vec::new() }
    }

    /// # Errors
    /// Everything that is wrong in the row.
    pub(crate) fn read(mut self) -> Result<Sound, Vec<Problem>> {
        let nom = self.person(Field::Nom, "nom");
        let prenom = self.person(Field::Prenom, "prénom");
        let session = self.session();
        let entreprise = self.entreprise();
        let referentiel = self.referentiel();
        let voie = referentiel.and_then(|r| Some((r, self.parcours(r)?)));
        let blocs = voie.and_then(|(r, p)| self.blocs(r, p));
        let evaluateurs = referentiel.map(|r| self.evaluateurs(r)).unwrap_or_default();
        let (Some(nom), Some(prenom), Some(session), Some((referentiel, parcours)), Some(blocs)) =
            (nom, prenom, session, voie, blocs)
        else {
            return Err(self.problems);
        };
        let followed = NewCandidat::of(referentiel, parcours);
        let candidat = NewCandidat { nom, prenom, entreprise, blocs, evaluateurs, ..followed };
        let id = file_id(&candidat.nom, &candidat.prenom);
        if holds_both(&candidat.nom, &candidat.prenom) {
            let message = format!("« {} » contient aussi le prénom", candidat.nom);
            let help = "gardez-y le nom seul ; s'il est juste : livret new candidat";
            self.wrong(Field::Nom, message, Some(help.to_owned()));
        }
        if id.is_empty() {
            let message = format!("« {} » n'a ni lettre ni chiffre", candidat.nom_complet());
            let help = "corrigez le nom ; s'il s'affiche mal, enregistrez la liste comme « CSV UTF-8 » ou en .xlsx";
            self.wrong(Field::Nom, message, Some(help.to_owned()));
        } else if id.len().max(session.len()) > LONGEST_NAME {
            let message = format!("le nom est trop long ({} signes)", candidat.nom_complet().chars().count());
            self.wrong(Field::Nom, message, Some("raccourcissez-le".to_owned()));
        } else if let Err(reason) = crate::ground::paths::check_name(&id) {
            let message = format!("« {} » ne peut pas nommer un fichier : {reason}", candidat.nom_complet());
            self.wrong(Field::Nom, message, Some("créez sa fiche par livret new candidat --id".to_owned()));
        }
        if self.problems.is_empty() {
            for mistake in candidat.mistakes(&session, &id, self.project) {
                let field = match mistake.key.as_str() {
                    "prenom" => Field::Prenom,
                    "entreprise" => Field::Entreprise,
                    "referentiel" => Field::Referentiel,
                    "parcours" => Field::Parcours,
                    "blocs" => Field::Blocs,
                    "evaluateurs" => self.evaluateur_column(mistake.numero),
                    _ => Field::Nom,
                };
                self.wrong(field, mistake.message, mistake.help);
            }
        }
        match self.problems.is_empty() {
            true => Ok(Sound { row: self.row.number, session, id, candidat, remarks: self.remarks }),
            false => Err(self.problems),
        }
    }

    /// The column of the n-th évaluateur that is named.
    fn evaluateur_column(&self, numero: usize) -> Field {
        let named = (1..=9).map(Field::EvaluateurNom).filter(|f| self.cell(*f).is_some());
        named.clone().nth(numero.saturating_sub(1)).unwrap_or(Field::EvaluateurNom(1))
    }

    fn cell(&self, field: Field) -> Option<&'a Cell> {
        self.row.cells.get(self.header.columns.get(&field)?)
    }

    fn problem(&self, field: Field, message: impl Into<String>, help: Option<String>) -> Problem {
        let place = match self.header.columns.get(&field) {
            Some(column) => name(*column, self.row.number),
            None => format!("ligne {}", self.row.number),
        };
        Problem { row: self.row.number, place, message: message.into(), help }
    }

    fn wrong(&mut self, field: Field, message: impl Into<String>, help: Option<String>) {
        self.problems.push(self.problem(field, message, help));
    }

    fn remark(&mut self, field: Field, message: impl Into<String>) {
        self.remarks.push(self.problem(field, message, None));
    }

    /// A cell. What is no value, or damaged, is reported.
    fn sound(&mut self, field: Field) -> Option<&'a Cell> {
        let cell = self.cell(field)?;
        let lost = "corrigez la cellule, ou enregistrez la liste d'origine comme « CSV UTF-8 » ou en .xlsx";
        let refusal = cell.refusal().or_else(|| Some((damaged(&cell.text())?, Some(lost.to_owned()))));
        let Some((message, help)) = refusal else { return Some(cell) };
        self.wrong(field, message, help);
        None
    }

    /// The text of a cell. A date where there can be none is reported.
    fn text(&mut self, field: Field) -> Option<String> {
        let cell = self.sound(field)?;
        if let Cell::Date(_) = cell {
            let help = "tapez la valeur de nouveau, précédée d'une apostrophe, ou mettez la colonne au format Texte";
            self.wrong(
                field,
                format!("Excel a changé cette valeur en une date, {}", cell.text()),
                Some(help.to_owned()),
            );
            return None;
        }
        Some(cell.text())
    }

    /// A name that the row must have.
    fn person(&mut self, field: Field, what: &str) -> Option<String> {
        if self.cell(field).is_none() {
            let help = "complétez la cellule ; si cette ligne n'est pas un candidat, supprimez-la";
            self.wrong(field, format!("le {what} manque"), Some(help.to_owned()));
        }
        self.name(field)
    }

    /// The text of a cell that names a person.
    fn name(&mut self, field: Field) -> Option<String> {
        let text = self.text(field)?;
        if self.header.columns.get(&field).is_some_and(|column| self.row.broken.contains(column)) {
            let help = "une seule personne par ligne du tableau, et son nom sur une seule ligne de la cellule";
            self.wrong(field, format!("« {text} » tient sur plusieurs lignes de la cellule"), Some(help.to_owned()));
            return None;
        }
        match no_person(&text, matches!(field, Field::Prenom | Field::EvaluateurPrenom(_))) {
            None => Some(text),
            Some(message) => {
                self.wrong(field, message, Some("corrigez la cellule".to_owned()));
                None
            }
        }
    }

    fn entreprise(&mut self) -> Option<String> {
        let text = self.text(Field::Entreprise)?;
        if means_nothing(&text) {
            self.remark(Field::Entreprise, format!("« {text} » sera imprimé comme nom de l'entreprise"));
        }
        if text.contains(char::is_alphabetic) {
            return Some(text);
        }
        let message = format!("« {text} » n'est pas le nom d'une entreprise : il n'a pas de lettre");
        self.wrong(Field::Entreprise, message, Some("corrigez la cellule, ou videz-la".to_owned()));
        None
    }

    fn session(&mut self) -> Option<String> {
        if self.cell(Field::Session).is_none() {
            if self.defaults.session.is_none() {
                let help = "complétez la colonne « Session », ou ajoutez --session, par exemple --session 2026-06";
                self.wrong(Field::Session, "la session manque", Some(help.to_owned()));
            }
            return self.defaults.session.clone();
        }
        match dates::session(self.sound(Field::Session)?) {
            Ok(session) => {
                if let Some(note) = session.note {
                    self.remark(Field::Session, note);
                }
                // A session that is there keeps its own spelling.
                let known = known_session(&session.name, self.project);
                if known.is_none() && !session.dated {
                    let message =
                        format!("la session « {} » n'existe pas encore, et n'est ni un mois ni un jour", session.name);
                    self.remark(Field::Session, message);
                }
                Some(known.unwrap_or(session.name))
            }
            Err(message) => {
                self.wrong(Field::Session, message, Some("écrivez par exemple 2026-06".to_owned()));
                None
            }
        }
    }

    fn referentiel(&mut self) -> Option<&'a Referentiel> {
        let written = match self.cell(Field::Referentiel) {
            Some(_) => Some(self.text(Field::Referentiel)?),
            None => None,
        };
        let version = match self.cell(Field::Version) {
            Some(_) => Some(self.text(Field::Version)?),
            None => None,
        };
        let field = if written.is_some() || version.is_none() { Field::Referentiel } else { Field::Version };
        let default = || self.project.projet.defauts.referentiel.as_ref().map(|r| r.value.clone());
        let usual = || self.defaults.referentiel.clone().or_else(default);
        // A version alone is one of the usual référentiel.
        let of_version = |chemin: String| match (&version, chemin.split_once('/')) {
            (Some(_), Some((id, _))) => id.to_owned(),
            _ => chemin,
        };
        let wanted = written.or_else(|| usual().map(of_version));
        match find_referentiel(wanted.as_deref(), version.as_deref(), self.project) {
            Ok(referentiel) => Some(referentiel),
            Err((message, help)) => {
                self.wrong(field, message, Some(help));
                None
            }
        }
    }

    fn parcours(&mut self, referentiel: &'a Referentiel) -> Option<&'a Parcours> {
        let all = &referentiel.parcours;
        if self.cell(Field::Parcours).is_some() {
            let text = self.text(Field::Parcours)?;
            let found = find_parcours(&text, referentiel);
            if found.is_none() {
                let help = suggestion(&text, all.iter().map(|p| p.id.value.as_str()));
                let message = format!("le parcours « {text} » n'existe pas dans {}", referentiel.chemin());
                self.wrong(Field::Parcours, message, Some(help));
            }
            return found;
        }
        // Who chooses blocs takes the way on which blocs are chosen.
        let mut chosen = all.iter().filter(|p| !p.tous_les_blocs);
        if let (Some(_), Some(parcours), None) = (self.cell(Field::Blocs), chosen.next(), chosen.next()) {
            return Some(parcours);
        }
        let default = self.project.projet.defauts.parcours.as_ref();
        let found = default.and_then(|d| referentiel.parcours(&d.value)).map(|p| &all[p]);
        let found = found.or(if all.len() == 1 { all.first() } else { None });
        if found.is_none() {
            let ids: Vec<&str> = all.iter().map(|p| p.id.value.as_str()).collect();
            let help = format!("complétez la colonne « Parcours » ; possibles : {}", ids.join(", "));
            self.wrong(Field::Parcours, "le parcours manque", Some(help));
        }
        found
    }

    fn blocs(&mut self, referentiel: &Referentiel, parcours: &Parcours) -> Option<Vec<String>> {
        let ids = || referentiel.blocs.iter().map(|b| b.id.as_str());
        if self.cell(Field::Blocs).is_none() {
            if parcours.tous_les_blocs {
                return Some(Vec::new());
            }
            let message = format!("le parcours « {} » demande les blocs présentés", parcours.id.value);
            let help = format!("complétez la colonne « Blocs » ; possibles : {}", ids().collect::<Vec<_>>().join(", "));
            self.wrong(Field::Blocs, message, Some(help));
            return None;
        }
        let text = self.text(Field::Blocs)?;
        let all = ["tous", "tout", "tous-les-blocs", "ensemble-des-blocs"]
            .contains(&crate::ground::fold::slug(&text).as_str());
        let mut chosen: Vec<&Bloc> = if all { referentiel.blocs.iter().collect() } else { Vec::new() };
        for part in text.split([';', ',', '/', '+', '&']).flat_map(|p| p.split(" et ")).filter(|_| !all) {
            match find_bloc(part, referentiel) {
                Some(bloc) if !chosen.iter().any(|b| b.id == bloc.id) => chosen.push(bloc),
                Some(_) => {}
                None if part.trim().is_empty() => {}
                None => {
                    let message = format!("le bloc « {} » n'existe pas dans {}", part.trim(), referentiel.chemin());
                    self.wrong(Field::Blocs, message, Some(suggestion(part.trim(), ids())));
                }
            }
        }
        chosen.sort_by_key(|b| b.numero);
        if !parcours.tous_les_blocs {
            return Some(chosen.iter().map(|b| b.id.clone()).collect());
        }
        if chosen.len() < referentiel.blocs.len() {
            let message = format!("le parcours « {} » présente tous les blocs", parcours.id.value);
            self.wrong(Field::Blocs, message, Some("videz cette cellule, ou changez de parcours".to_owned()));
        }
        Some(Vec::new())
    }

    fn evaluateur(&mut self, n: usize) -> Option<String> {
        let field = Field::EvaluateurNom(n);
        let text = self.text(field)?;
        if !several(&text) {
            return self.name(field);
        }
        let help =
            format!("une seule personne, « Prénom Nom » ; sa fonction, dans une colonne « Fonction évaluateur {n} »");
        self.wrong(field, format!("« {text} » n'est pas le nom d'un évaluateur"), Some(help));
        None
    }

    fn evaluateurs(&mut self, referentiel: &Referentiel) -> Vec<NewEvaluateur> {
        let mut all = Vec::new();
        for n in 1..=9 {
            let field = Field::EvaluateurNom(n);
            let nom = self.evaluateur(n);
            let (prenom, fonction) = (self.name(Field::EvaluateurPrenom(n)), self.text(Field::EvaluateurFonction(n)));
            if nom.is_none() && self.cell(field).is_some() {
                continue;
            }
            let Some(nom) = nom else {
                if fonction.is_some() || prenom.is_some() {
                    let field =
                        if fonction.is_some() { Field::EvaluateurFonction(n) } else { Field::EvaluateurPrenom(n) };
                    let message = format!("le nom de l'évaluateur {n} manque");
                    self.wrong(field, message, Some("complétez-le, ou videz cette cellule".to_owned()));
                }
                continue;
            };
            if n > referentiel.places() {
                let plural = if referentiel.places() > 1 { "s" } else { "" };
                let message = format!("{} demande {} évaluateur{plural}", referentiel.chemin(), referentiel.places());
                self.wrong(field, message, Some("gardez ceux qui signent".to_owned()));
            }
            let nom = prenom.map_or(nom.clone(), |prenom| format!("{prenom} {nom}"));
            all.push(NewEvaluateur { nom, fonction });
        }
        all
    }
}
