//! A table that comes back: whether it is one of ours, by its titles and not by its name, and what stands in its cells.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::columns::{Etendue, colonnes};
use super::json::{FORMAT, VERSION};
use super::sheet::QUI;
use crate::authoring::import::Refusal;
use crate::authoring::import::table::{Cell, Row, Table, name};
use crate::ground::fold::same_words;
use crate::model::referentiel::Referentiel;

/// One sheet of results.
#[derive(Debug, Default)]
pub struct Releve {
    pub feuille: Option<String>,
    /// The row of titles.
    pub(crate) titres: Row,
    /// The columns of [`QUI`], those that are there.
    pub(crate) qui: [Option<u32>; 5],
    pub(crate) lignes: Vec<Row>,
    /// Whether places are said in the words of JSON.
    programme: bool,
}

/// How far down the titles may stand.
const LINES: usize = 50;

/// The sheets of results among those of a workbook, and the names of the others that hold something. None are for a
/// list of candidats.
pub fn releves(tables: &[Table]) -> (Vec<Releve>, Vec<String>) {
    let (mut all, mut others) = (Vec::new(), Vec::new());
    for table in tables {
        match releve(table) {
            Some(releve) => all.push(releve),
            None if table.hidden_sheet || table.rows.is_empty() => {}
            None => others.push(table.sheet.clone().unwrap_or_default()),
        }
    }
    (all, others)
}

/// A title of results in tables that are none of ours any more.
pub fn orphan(tables: &[Table], referentiels: &[Referentiel]) -> Option<String> {
    let known: Vec<String> = referentiels
        .iter()
        .flat_map(|r| colonnes(r, &[], Etendue::Toutes))
        .map(|colonne| colonne.titre)
        .filter(|titre| titre.contains('/'))
        .collect();
    let shown = tables.iter().filter(|table| !table.hidden_sheet);
    let mut cells = shown.flat_map(|table| table.rows.iter().take(LINES)).flat_map(|row| row.cells.values());
    cells.find_map(|cell| known.iter().find(|titre| **titre == cell.text()).cloned())
}

fn releve(table: &Table) -> Option<Releve> {
    let column = |row: &Row, titre: &str| {
        let mut cells =
            row.cells.iter().filter(|(_, cell)| matches!(cell, Cell::Text(text) if same_words(text, titre)));
        cells.next().map(|(column, _)| *column)
    };
    let row =
        table.rows.iter().take(LINES).find(|row| [QUI[0], QUI[3]].iter().all(|titre| column(row, titre).is_some()))?;
    let lignes: Vec<Row> = table.rows.iter().filter(|other| other.number > row.number).cloned().collect();
    let qui = QUI.map(|titre| column(row, titre));
    // A list of persons may have a column « Fiche » that says something else.
    let key =
        |row: &Row| qui[0].and_then(|column| row.cells.get(&column)).is_some_and(|cell| cell.text().contains('/'));
    if !lignes.is_empty() && !lignes.iter().any(key) {
        return None;
    }
    Some(Releve { feuille: table.sheet.clone(), titres: row.clone(), qui, lignes, programme: false })
}

impl Releve {
    /// « F3 », « F3 de la feuille « animation-nature 2026 » »; without a column the row alone.
    pub(crate) fn place(&self, row: u32, column: Option<u32>) -> String {
        if self.programme {
            let titre = column.and_then(|column| self.titres.cells.get(&column)).map(Cell::text);
            let titre = titre.map_or(String::new(), |titre| format!(", « {titre} »"));
            return format!("candidat {row}{titre}");
        }
        let cell = column.map_or(format!("ligne {row}"), |column| name(column, row));
        self.feuille.as_ref().map_or(cell.clone(), |feuille| format!("{cell} de « {feuille} »"))
    }

    /// The place of a cell whose title is told beside it.
    pub(crate) fn short(&self, row: u32, column: u32) -> String {
        self.place(row, Some(column).filter(|_| !self.programme))
    }

    /// The titles of columns of results and of what is derived.
    pub(crate) fn autres(&self) -> impl Iterator<Item = (u32, String)> + '_ {
        let own = |column: &u32| !self.qui.contains(&Some(*column));
        self.titres.cells.iter().filter(move |(column, _)| own(column)).map(|(column, cell)| (*column, cell.text()))
    }
}

/// Whether bytes are JSON, and so no list of candidats.
pub fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"{")
}

/// The results in a text of JSON.
///
/// # Errors
/// If it is not of the form that is written.
pub fn of_json(bytes: &[u8]) -> Result<Vec<Releve>, Refusal> {
    const KEYS: [&str; 6] = ["fiche", "nom", "prenom", "parcours", "resultats", "derives"];
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let all: Value = serde_json::from_slice(bytes)
        .map_err(|error| wrong(&format!("ce texte JSON ne peut pas être lu, à la ligne {}", error.line())))?;
    if all["format"] != FORMAT {
        return Err(wrong("ce fichier JSON ne contient pas de résultats de livret"));
    }
    if all["version"] != VERSION {
        let version = all.get("version").map(Value::to_string).unwrap_or_default();
        return Err(wrong(&format!(
            "ce fichier est de la version {version}, ce programme connaît la version {VERSION}"
        )));
    }
    let mut number = 0;
    let mut releves = Vec::new();
    for referentiel in list(&all, "referentiels")? {
        let chemin = Value::from(referentiel["referentiel"].as_str().unwrap_or_default());
        let mut releve = Releve { programme: true, qui: [0, 1, 2, 3, 4].map(Some), ..Releve::default() };
        let mut columns: BTreeMap<&str, u32> = BTreeMap::new();
        for candidat in list(referentiel, "candidats")? {
            number += 1;
            let wrong = |what: &str| wrong(&format!("candidat {number} : {what}"));
            let mut row = Row { number, ..Row::default() };
            let mut add = |column: u32, value: &Value| {
                cell(value).map_err(wrong)?.into_iter().for_each(|text| row.put(column, &text));
                Ok(())
            };
            let mut keys = candidat.as_object().into_iter().flat_map(Map::keys);
            if let Some(key) = keys.find(|key| !KEYS.contains(&key.as_str())) {
                return Err(wrong(&format!("la clé « {key} » est inconnue")));
            }
            for (column, key) in (0..).zip(["fiche", "nom", "prenom", "", "parcours"]) {
                add(column, &candidat[key])?;
            }
            add(3, &chemin)?;
            let resultats = candidat["resultats"].as_object();
            for (titre, value) in resultats.ok_or_else(|| wrong("le groupe « resultats » manque"))? {
                let next = u32::try_from(QUI.len() + columns.len()).unwrap_or(u32::MAX);
                add(*columns.entry(titre).or_insert(next), value)?;
            }
            releve.lignes.push(row);
        }
        let titres = (0..).zip(QUI).chain(columns.into_iter().map(|(titre, column)| (column, titre)));
        releve.titres.cells = titres.filter_map(|(column, titre)| Some((column, Cell::of(titre)?))).collect();
        releves.push(releve);
    }
    Ok(releves)
}

fn wrong(message: &str) -> Refusal {
    Refusal::new(message, "reprenez un fichier que « livret export --format json » a écrit")
}

fn list<'v>(value: &'v Value, key: &str) -> Result<&'v [Value], Refusal> {
    let all = value[key].as_array().ok_or_else(|| wrong(&format!("la liste « {key} » manque")))?;
    Ok(all)
}

/// A value of JSON as the text of a cell.
fn cell(value: &Value) -> Result<Option<String>, &'static str> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Bool(oui) => Ok(Some(if *oui { "oui" } else { "non" }.to_owned())),
        Value::Array(_) | Value::Object(_) => Err("une liste ou un objet, au lieu d'un texte"),
    }
}
