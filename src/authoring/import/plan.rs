//! What would be done with a whole list: files to write, candidats that are there already, rows that cannot be taken.

use std::collections::BTreeMap;

use super::dates::{american, two_ways};
use super::doubt::is_summary;
use super::header::{Field, Header};
use super::roles::Titles;
use super::row::{Defaults, Problem, Reading, Sound};
use super::table::{Cell, Row, Table, letters};
use crate::authoring::author::candidat::file_id;
use crate::ground::fold::file_name;
use crate::ground::paths;
use crate::judge::project::Project;

/// Every row of the table is in one of these, or is the titles.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// In the order of the rows.
    pub write: Vec<Sound>,
    /// Rows of candidats that have their file, and its path.
    pub there: Vec<(u32, String)>,
    pub problems: Vec<Problem>,
    /// Rows above the titles.
    pub above: Vec<u32>,
    /// Rows below them that are no candidat's, and what they are.
    pub left: Vec<(u32, String)>,
    /// What somebody should look at, though it hinders nothing.
    pub(crate) remarks: Vec<Problem>,
}

/// Plans every row.
pub fn plan(table: &Table, header: &Header, project: &Project, defaults: &Defaults) -> Plan {
    let mut plan = Plan::default();
    let known = Known::of(project);
    let list = List::of(table, header);
    let titles = Titles::of(header, &project.referentiels);
    plan.remarks.extend(list.short());
    // The row that each person of a session was first seen in.
    let mut seen: BTreeMap<(String, String), u32> = BTreeMap::new();
    plan.above = table.rows.iter().map(|row| row.number).filter(|number| *number < header.row).collect();
    for row in &list.rows {
        if let Some(what) = list.no_candidat(row) {
            plan.left.push((row.number, what));
            continue;
        }
        let reading = Reading { row, header, titles: &titles, project, defaults };
        let problem = |message: String, help: &str| reading.problem(Field::Nom, message, help);
        if let Some((message, help)) = list.doubt(row) {
            plan.problems.push(problem(message, help));
            continue;
        }
        let sound = match reading.read() {
            Ok(sound) => sound,
            Err(problems) => {
                plan.problems.extend(problems);
                continue;
            }
        };
        let key = (file_name(&sound.session), file_name(&sound.id));
        let who = sound.candidat.nom_complet();
        let first = *seen.entry(key.clone()).or_insert(row.number);
        if first != row.number {
            let message = format!("« {who} » figure déjà à la ligne {first}, dans la même session");
            plan.problems.push(problem(message, "supprimez cette ligne ; pour un homonyme : livret new candidat --id"));
            continue;
        }
        plan.remarks.extend(sound.remarks.iter().cloned());
        if let Some(path) = known.in_session.get(&key) {
            plan.there.push((row.number, path.clone()));
            continue;
        }
        if let Some(path) = known.anywhere.get(&key.1) {
            let message = format!("« {who} » a déjà une fiche dans une autre session : {path}");
            plan.remarks.push(problem(message, ""));
        }
        if row.lines > 1 {
            let doubt = "vérifiez que personne n'y manque";
            let message = format!("cette ligne du tableau tient sur {} lignes du fichier : {doubt}", row.lines);
            plan.remarks.push(problem(message, ""));
        }
        plan.write.push(sound);
    }
    plan
}

/// What all rows together tell of each.
struct List<'a> {
    header: &'a Header,
    /// The rows below the titles.
    rows: Vec<&'a Row>,
    /// Cells that every row has beyond the titles, all empty: a separator at the end of each line.
    spare: usize,
    /// Where dates are written as Americans do.
    american: Option<String>,
}

impl<'a> List<'a> {
    fn of(table: &'a Table, header: &'a Header) -> Self {
        let rows: Vec<&Row> = table.rows.iter().filter(|row| row.number > header.row).collect();
        let titles = header.width.unwrap_or(usize::MAX);
        let beyond = |row: &&Row| row.width.unwrap_or_default().saturating_sub(titles);
        let ends = |row: &&Row| row.cells.keys().all(|column| usize::try_from(*column).is_ok_and(|c| c < titles));
        let spare = rows.iter().map(beyond).min().filter(|_| rows.len() > 1 && rows.iter().all(ends));
        let american = rows.iter().find(|row| header.cell(row, Field::Session).is_some_and(american));
        let american = american.map(|row| header.place(row.number, Field::Session));
        Self { header, spare: spare.unwrap_or_default(), american, rows }
    }

    /// Rows that end before the titles do, where others do not: a separator may be missing.
    fn short(&self) -> Option<Problem> {
        let titles = self.header.width?;
        let short = self.rows.iter().filter(|row| row.width < Some(titles));
        let rows: Vec<u32> = short.map(|row| row.number).collect();
        let place = format!("ligne{} {}", if rows.len() > 1 { "s" } else { "" }, numbers(&rows));
        let message = format!("moins de cellules que de titres ({titles}) : vérifiez qu'aucun séparateur ne manque");
        (rows.len() < self.rows.len()).then_some(Problem::new(*rows.first()?, place, message, ""))
    }

    /// What a row is that is no candidat's.
    fn no_candidat(&self, row: &Row) -> Option<String> {
        if row.hidden {
            return Some("masquée(s), à la main ou par un filtre".to_owned());
        }
        // Lists that are printed over several pages have their titles on each.
        if self.header.again(row) == Some(true) {
            return Some("les titres de nouveau".to_owned());
        }
        let first = row.cells.values().next().map(Cell::text).unwrap_or_default();
        let person = |field| self.header.cell(row, field).is_some_and(|cell| cell.text().contains(char::is_alphabetic));
        let text = row.cells.values().find(|cell| matches!(cell, Cell::Text(_))).map(Cell::text).unwrap_or_default();
        let sum = is_summary(&text, false) && !(person(Field::Nom) && person(Field::Prenom));
        let unread = !self.header.columns.values().any(|column| row.cells.contains_key(column));
        (sum || unread).then(|| format!("« {} »", first.chars().take(60).collect::<String>()))
    }

    /// Why the cells of a row may not be those of their columns.
    fn doubt(&self, row: &Row) -> Option<(String, &'static str)> {
        let (cells, titles) = (row.width.unwrap_or_default(), self.header.width.unwrap_or(usize::MAX));
        if cells > titles.saturating_add(self.spare) {
            return Some((
                format!("cette ligne a {cells} cellules pour {titles} titres : un séparateur est de trop"),
                "mettez entre guillemets le texte qui contient le séparateur, ou enregistrez la liste en .xlsx",
            ));
        }
        // « Roy;Marc;"Ville;2026-09" »: with fewer quotes there are as many cells as titles.
        if row.misquoted || (cells < titles && row.inside > 0 && cells + row.inside >= titles && cells > 0) {
            return Some((
                "un guillemet est mal placé dans cette ligne".to_owned(),
                "entre guillemets, doublez ceux du texte, ou enregistrez la liste en .xlsx",
            ));
        }
        if self.header.cell(row, Field::Nom).is_some_and(|cell| is_summary(&cell.text(), true)) {
            return Some((
                "cette ligne ressemble à un total, à un exemple ou à un pied de page".to_owned(),
                "supprimez-la ; si c'est une personne : livret new candidat",
            ));
        }
        let american = self.american.as_ref()?;
        self.header.cell(row, Field::Session).filter(|cell| two_ways(cell))?;
        Some((
            format!("le jour et le mois de la session ne sont pas sûrs : {american} est une date américaine"),
            "écrivez les sessions comme 2026-06 ou 2026-06-15",
        ))
    }
}

/// The first of many rows.
pub(crate) fn numbers(rows: &[u32]) -> String {
    let shown: Vec<String> = rows.iter().take(20).map(u32::to_string).collect();
    format!("{}{}", shown.join(", "), if rows.len() > 20 { ", …" } else { "" })
}

/// Cells below no title: the columns, each with its first row.
pub(crate) fn untitled(table: &Table, header: &Header) -> BTreeMap<String, u32> {
    let mut found = BTreeMap::new();
    for row in table.rows.iter().filter(|row| row.number > header.row) {
        for column in row.cells.keys().filter(|column| !header.titles.contains_key(column)) {
            found.entry(letters(*column)).or_insert(row.number);
        }
    }
    found
}

/// The candidats of the project, whose files may have other names than ours would.
pub(crate) struct Known {
    /// By session and person.
    in_session: BTreeMap<(String, String), String>,
    /// By person.
    anywhere: BTreeMap<String, String>,
}

impl Known {
    pub(crate) fn of(project: &Project) -> Self {
        let mut known = Self { in_session: BTreeMap::new(), anywhere: BTreeMap::new() };
        let mut add = |session: &str, id: &str, path: &str| {
            known.in_session.insert((file_name(session), file_name(id)), path.to_owned());
            known.anywhere.insert(file_name(id), path.to_owned());
        };
        project.candidats_en_erreur.iter().for_each(|c| add(&c.session, &c.id, &c.path));
        for c in project.candidats() {
            let path = paths::fiche(&c.session, &c.id);
            add(&c.session, &c.id, &path);
            add(&c.session, &file_id(&c.nom, &c.prenom), &path);
        }
        known
    }

    /// The path of a candidat's file in a session, by the name that the file would have.
    pub(crate) fn find(&self, session: &str, id: &str) -> Option<&str> {
        self.in_session.get(&(file_name(session), file_name(id))).map(String::as_str)
    }
}
