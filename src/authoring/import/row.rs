//! One row of a list: what its cells mean in this project. Everything that is wrong in it is told at once, each with
//! its cell. What several rows say of each other is left to [`super::plan`].

use super::dates;
use super::doubt::{damaged, holds_both, means_nothing, no_person, several};
use super::header::{Field, Header};
use super::lookup::{find_bloc, find_parcours, find_referentiel, known_session};
use super::refusal::Refusal;
use super::roles::Titles;
use super::table::{Cell, Row, name};
use crate::authoring::author::candidat::{LONGEST_NAME, NewCandidat, NewEvaluateur, file_id};
use crate::ground::fold::slug;
use crate::ground::paths::check_name;
use crate::ground::text::{count, is_among};
use crate::judge::project::Project;
use crate::model::libelle::Civilite;
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

impl Problem {
    /// `help` may be empty.
    pub(crate) fn new(row: u32, place: String, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { row, place, message: message.into(), help: Some(help.into()).filter(|help| !help.is_empty()) }
    }
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
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub row: &'a Row,
    pub header: &'a Header,
    pub titles: &'a Titles<'a>,
    pub project: &'a Project,
    pub defaults: &'a Defaults,
}

/// What a cell says, if there is one.
pub(crate) type Read<T> = Result<Option<T>, Problem>;

impl<'a> Reading<'a> {
    /// # Errors
    /// Everything that is wrong in the row.
    pub(crate) fn read(self) -> Result<Sound, Vec<Problem>> {
        let (mut problems, mut remarks) = (Vec::new(), Vec::new());
        let nom = noted(self.person(Field::Nom, "nom"), &mut problems);
        let prenom = noted(self.person(Field::Prenom, "prénom"), &mut problems);
        let civilite = noted(self.civilite(), &mut problems);
        let session = noted(self.session(&mut remarks), &mut problems);
        let entreprise = noted(self.entreprise(&mut remarks), &mut problems);
        let referentiel = noted(self.referentiel(), &mut problems);
        let voie = referentiel.and_then(|r| Some((r, noted(self.parcours(r), &mut problems)?)));
        let blocs = voie.and_then(|(r, p)| {
            let blocs = self.blocs(r, p, &mut problems);
            noted(blocs, &mut problems)
        });
        let roles = referentiel.and_then(|r| self.titles.get(r));
        let titled = Reading { header: roles.map_or(self.header, |roles| &roles.header), ..self };
        let evaluateurs = referentiel.map(|r| titled.evaluateurs(r, &mut problems)).unwrap_or_default();
        let number = self.row.number;
        for column in roles.iter().flat_map(|roles| &roles.foreign) {
            let Some((cell, r)) = self.row.cells.get(column).zip(referentiel) else { continue };
            let message = format!("« {} » n'est pas repris : {} n'a pas ce rôle", cell.text(), r.chemin());
            remarks.push(Problem::new(number, name(*column, number), message, ""));
        }
        let doubles = roles.iter().flat_map(|roles| &roles.doubles);
        for column in doubles.filter(|column| self.row.cells.contains_key(column)) {
            let message = "une autre colonne dit déjà qui est cet évaluateur";
            let help = "gardez une seule des deux colonnes";
            problems.push(Problem::new(number, name(*column, number), message, help));
        }
        let (Some(nom), Some(prenom), Some(session), Some((referentiel, parcours)), Some(blocs)) =
            (nom, prenom, session, voie, blocs)
        else {
            return Err(problems);
        };
        let followed = NewCandidat::of(referentiel, parcours);
        let candidat = NewCandidat { nom, prenom, civilite, entreprise, blocs, evaluateurs, ..followed };
        let id = file_id(&candidat.nom, &candidat.prenom);
        let who = candidat.nom_complet();
        let mut wrong = |message: String, help: &str| problems.push(self.problem(Field::Nom, message, help));
        if holds_both(&candidat.nom, &candidat.prenom) {
            let message = format!("« {} » contient aussi le prénom", candidat.nom);
            wrong(message, "gardez-y le nom seul ; s'il est juste : livret new candidat");
        }
        if id.is_empty() {
            let help = "corrigez le nom ; s'il s'affiche mal, enregistrez la liste comme « CSV UTF-8 » ou en .xlsx";
            wrong(format!("« {who} » n'a ni lettre ni chiffre"), help);
        } else if id.len().max(session.len()) > LONGEST_NAME {
            wrong(format!("le nom est trop long ({} signes)", who.chars().count()), "raccourcissez-le");
        } else if let Err(reason) = check_name(&id) {
            let message = format!("« {who} » ne peut pas nommer un fichier : {reason}");
            wrong(message, "créez sa fiche par livret new candidat --id");
        }
        if problems.is_empty() {
            for mistake in candidat.mistakes(&session, &id, self.project) {
                let field = match mistake.key.as_str() {
                    "prenom" => Field::Prenom,
                    "entreprise" => Field::Entreprise,
                    "referentiel" => Field::Referentiel,
                    "parcours" => Field::Parcours,
                    "blocs" => Field::Blocs,
                    "evaluateurs" => titled.evaluateur_column(mistake.numero),
                    _ => Field::Nom,
                };
                problems.push(titled.problem(field, mistake.message, mistake.help.unwrap_or_default()));
            }
        }
        let sound = Sound { row: number, session, id, candidat, remarks };
        if problems.is_empty() { Ok(sound) } else { Err(problems) }
    }

    /// The column of the n-th évaluateur that is named.
    fn evaluateur_column(&self, numero: usize) -> Field {
        let named = (1..=9).map(Field::EvaluateurNom).filter(|f| self.cell(*f).is_some());
        named.clone().nth(numero.saturating_sub(1)).unwrap_or(Field::EvaluateurNom(1))
    }

    fn cell(&self, field: Field) -> Option<&'a Cell> {
        self.header.cell(self.row, field)
    }

    pub(crate) fn problem(&self, field: Field, message: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem::new(self.row.number, self.header.place(self.row.number, field), message, help)
    }

    fn wrong<T>(&self, field: Field, message: impl Into<String>, help: impl Into<String>) -> Result<T, Problem> {
        Err(self.problem(field, message, help))
    }

    fn refused<T>(&self, field: Field, Refusal { message, help }: Refusal) -> Result<T, Problem> {
        self.wrong(field, message, help)
    }

    /// A cell. What is no value, or damaged, is wrong.
    fn sound(&self, field: Field) -> Read<&'a Cell> {
        let Some(cell) = self.cell(field) else { return Ok(None) };
        let lost = "corrigez la cellule, ou enregistrez la liste d'origine comme « CSV UTF-8 » ou en .xlsx";
        match cell.refusal().or_else(|| Some(Refusal::new(damaged(&cell.text())?, lost))) {
            Some(refusal) => self.refused(field, refusal),
            None => Ok(Some(cell)),
        }
    }

    /// The text of a cell. A date where there can be none is wrong.
    fn text(&self, field: Field) -> Read<String> {
        match self.sound(field)? {
            Some(date @ Cell::Date(_)) => self.wrong(
                field,
                format!("Excel a changé cette valeur en une date, {}", date.text()),
                "tapez la valeur de nouveau, précédée d'une apostrophe, ou mettez la colonne au format Texte",
            ),
            cell => Ok(cell.map(Cell::text)),
        }
    }

    /// A name that the row must have.
    fn person(&self, field: Field, what: &str) -> Read<String> {
        if self.cell(field).is_none() {
            let help = "complétez la cellule ; si cette ligne n'est pas un candidat, supprimez-la";
            return self.wrong(field, format!("le {what} manque"), help);
        }
        self.name(field)
    }

    /// The text of a cell that names a person.
    fn name(&self, field: Field) -> Read<String> {
        let Some(text) = self.text(field)? else { return Ok(None) };
        if self.header.columns.get(&field).is_some_and(|column| self.row.broken.contains(column)) {
            let help = "une seule personne par ligne du tableau, et son nom sur une seule ligne de la cellule";
            return self.wrong(field, format!("« {text} » tient sur plusieurs lignes de la cellule"), help);
        }
        match no_person(&text, matches!(field, Field::Prenom | Field::EvaluateurPrenom(_))) {
            None => Ok(Some(text)),
            Some(message) => self.wrong(field, message, "corrigez la cellule"),
        }
    }

    fn civilite(&self) -> Read<Civilite> {
        let Some(text) = self.text(Field::Civilite)? else { return Ok(None) };
        match slug(&text).as_str() {
            "mme" | "madame" | "mlle" | "mademoiselle" => Ok(Some(Civilite::Mme)),
            "m" | "mr" | "monsieur" => Ok(Some(Civilite::M)),
            _ => {
                let message = format!("« {text} » n'est ni Mme ni M.");
                self.wrong(Field::Civilite, message, "écrivez Mme ou M., ou videz la cellule")
            }
        }
    }

    fn entreprise(&self, remarks: &mut Vec<Problem>) -> Read<String> {
        let Some(text) = self.text(Field::Entreprise)? else { return Ok(None) };
        if means_nothing(&text) {
            let message = format!("« {text} » sera imprimé comme nom de l'entreprise");
            remarks.push(self.problem(Field::Entreprise, message, ""));
        }
        if text.contains(char::is_alphabetic) {
            return Ok(Some(text));
        }
        let message = format!("« {text} » n'est pas le nom d'une entreprise : il n'a pas de lettre");
        self.wrong(Field::Entreprise, message, "corrigez la cellule, ou videz-la")
    }

    fn session(&self, remarks: &mut Vec<Problem>) -> Read<String> {
        let field = Field::Session;
        let Some(cell) = self.sound(field)? else {
            let help = "complétez la colonne « Session », ou ajoutez --session, par exemple --session 2026-06";
            let default = self.defaults.session.clone();
            return default.map_or_else(|| self.wrong(field, "la session manque", help), |session| Ok(Some(session)));
        };
        let session =
            dates::session(cell).or_else(|message| self.wrong(field, message, "écrivez par exemple 2026-06"))?;
        remarks.extend(session.note.map(|note| self.problem(field, note, "")));
        // A session that is there keeps its own spelling.
        let name = session.name;
        let known = known_session(&name, self.project);
        if known.is_none() && !session.dated {
            let message = format!("la session « {name} » n'existe pas encore, et n'est ni un mois ni un jour");
            remarks.push(self.problem(field, message, ""));
        }
        Ok(Some(known.unwrap_or(name)))
    }

    fn referentiel(&self) -> Read<&'a Referentiel> {
        let (written, version) = (self.text(Field::Referentiel)?, self.text(Field::Version)?);
        let field = if written.is_some() || version.is_none() { Field::Referentiel } else { Field::Version };
        let default = || self.project.projet.defauts.referentiel.as_ref().map(|r| r.value.clone());
        let usual = || self.defaults.referentiel.clone().or_else(default);
        // A version alone is one of the usual référentiel.
        let of_version = |chemin: String| match (&version, chemin.split_once('/')) {
            (Some(_), Some((id, _))) => id.to_owned(),
            _ => chemin,
        };
        let wanted = written.or_else(|| usual().map(of_version));
        let found = find_referentiel(wanted.as_deref(), version.as_deref(), self.project);
        found.map(Some).or_else(|refusal| self.refused(field, refusal))
    }

    fn parcours(&self, referentiel: &'a Referentiel) -> Read<&'a Parcours> {
        if let Some(text) = self.text(Field::Parcours)? {
            let found = find_parcours(&text, referentiel);
            return found.map(Some).or_else(|refusal| self.refused(Field::Parcours, refusal));
        }
        let all = &referentiel.parcours;
        // Who chooses blocs takes the way on which blocs are chosen.
        let mut chosen = all.iter().filter(|p| !p.tous_les_blocs);
        if let (Some(_), Some(parcours), None) = (self.cell(Field::Blocs), chosen.next(), chosen.next()) {
            return Ok(Some(parcours));
        }
        let default = self.project.projet.defauts.parcours.as_ref();
        let default = default.and_then(|d| referentiel.parcours(&d.value)).map(|p| &all[p]);
        match (default, all.as_slice()) {
            (Some(parcours), _) | (None, [parcours]) => Ok(Some(parcours)),
            _ => {
                let ids: Vec<&str> = all.iter().map(|p| p.id.value.as_str()).collect();
                let help = format!("complétez la colonne « Parcours » ; possibles : {}", ids.join(", "));
                self.wrong(Field::Parcours, "le parcours manque", help)
            }
        }
    }

    fn blocs(&self, referentiel: &Referentiel, parcours: &Parcours, problems: &mut Vec<Problem>) -> Read<Vec<String>> {
        let Some(text) = self.text(Field::Blocs)? else {
            if parcours.tous_les_blocs {
                return Ok(Some(Vec::new()));
            }
            let ids: Vec<&str> = referentiel.a_choisir().map(|b| b.id.as_str()).collect();
            let message = format!("le parcours « {} » demande les blocs présentés", parcours.id.value);
            let help = format!("complétez la colonne « Blocs » ; possibles : {}", ids.join(", "));
            return self.wrong(Field::Blocs, message, help);
        };
        let all = is_among(&slug(&text), "tous tout tous-les-blocs ensemble-des-blocs");
        let mut chosen: Vec<&Bloc> = if all { referentiel.a_choisir().collect() } else { Vec::new() };
        let parts = text.split([';', ',', '/', '+', '&']).flat_map(|p| p.split(" et ")).map(str::trim);
        for part in parts.filter(|part| !all && !part.is_empty()) {
            match find_bloc(part, referentiel) {
                Ok(bloc) => chosen.push(bloc),
                Err(refusal) => problems.push(self.problem(Field::Blocs, refusal.message, refusal.help)),
            }
        }
        chosen.sort_by_key(|b| b.numero);
        chosen.dedup_by_key(|b| b.numero);
        if !parcours.tous_les_blocs {
            return Ok(Some(chosen.iter().map(|b| b.id.clone()).collect()));
        }
        if chosen.len() < referentiel.a_choisir().count() {
            let message = format!("le parcours « {} » présente tous les blocs", parcours.id.value);
            problems.push(self.problem(Field::Blocs, message, "videz cette cellule, ou changez de parcours"));
        }
        Ok(Some(Vec::new()))
    }

    fn evaluateur(&self, n: usize) -> Read<String> {
        let field = Field::EvaluateurNom(n);
        match self.text(field)? {
            Some(text) if several(&text) => {
                let message = format!("« {text} » n'est pas le nom d'un évaluateur");
                let fonction = format!("sa fonction, dans une colonne « Fonction évaluateur {n} »");
                self.wrong(field, message, format!("une seule personne, « Prénom Nom » ; {fonction}"))
            }
            _ => self.name(field),
        }
    }

    fn evaluateurs(&self, referentiel: &Referentiel, problems: &mut Vec<Problem>) -> Vec<NewEvaluateur> {
        let mut all = Vec::new();
        for n in 1..=9 {
            let field = Field::EvaluateurNom(n);
            let nom = noted(self.evaluateur(n), problems);
            let prenom = noted(self.name(Field::EvaluateurPrenom(n)), problems);
            let fonction = noted(self.text(Field::EvaluateurFonction(n)), problems);
            let Some(nom) = nom else {
                // A name that is wrong has been told.
                let alone = match (&fonction, &prenom) {
                    _ if self.cell(field).is_some() => continue,
                    (Some(_), _) => Field::EvaluateurFonction(n),
                    (None, Some(_)) => Field::EvaluateurPrenom(n),
                    (None, None) => continue,
                };
                let role = referentiel.role(n).and_then(|role| role.nom.as_ref());
                let who = role.map_or(format!("de l'évaluateur {n}"), |nom| format!("de « {nom} »"));
                let message = format!("le nom {who} manque");
                problems.push(self.problem(alone, message, "complétez-le, ou videz cette cellule"));
                continue;
            };
            if n > referentiel.places() {
                let wanted = count(referentiel.places(), "évaluateur(s)");
                let message = format!("{} demande {wanted}", referentiel.chemin());
                problems.push(self.problem(field, message, "gardez ceux qui signent"));
            }
            let nom = prenom.map_or(nom.clone(), |prenom| format!("{prenom} {nom}"));
            all.push(NewEvaluateur { role: referentiel.role(n).map(|role| role.id.clone()), nom, fonction });
        }
        all
    }
}

/// What was read; what is wrong goes to the problems.
pub(crate) fn noted<T>(read: Read<T>, problems: &mut Vec<Problem>) -> Option<T> {
    read.unwrap_or_else(|problem| {
        problems.push(problem);
        None
    })
}
