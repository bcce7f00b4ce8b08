//! Which column holds what: the row of titles is found, whatever the order of the columns and the lines above.

use std::collections::{BTreeMap, BTreeSet};

use super::doubt::damaged;
use super::refusal::Refusal;
use super::table::{Cell, Merged, Row, Table, letters, name};
use super::titles::{alluded, field};

pub(crate) use super::titles::Field;

/// The columns of a table.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// The row's number in the spreadsheet.
    pub row: u32,
    pub(crate) columns: BTreeMap<Field, u32>,
    pub titles: BTreeMap<u32, String>,
    /// Columns that are hidden.
    pub hidden: BTreeSet<u32>,
    /// How many cells the titles' line of a text has.
    pub width: Option<usize>,
}

impl Header {
    /// A row's cell of a field.
    pub(crate) fn cell<'r>(&self, row: &'r Row, field: Field) -> Option<&'r Cell> {
        row.cells.get(self.columns.get(&field)?)
    }

    /// « B12 », or « ligne 12 » where the field has no column.
    pub(crate) fn place(&self, row: u32, field: Field) -> String {
        self.columns.get(&field).map_or(format!("ligne {row}"), |column| name(*column, row))
    }

    /// What a column is read as.
    pub(crate) fn field(&self, column: u32) -> Option<Field> {
        self.columns.iter().find(|(_, known)| **known == column).map(|(field, _)| *field)
    }

    /// Why a column that might be meant is not read.
    pub(crate) fn left_out(&self, column: u32) -> Option<String> {
        if self.hidden.contains(&column) {
            return Some("colonne masquée".to_owned());
        }
        let field = alluded(self.titles.get(&column)?).filter(|_| self.field(column).is_none())?;
        Some(format!("ce titre peut désigner autre chose que « {} »", field.label()))
    }

    /// Whether a row gives titles again, and whether they say the same as these.
    pub(crate) fn again(&self, row: &Row) -> Option<bool> {
        let known = columns(row, &self.hidden);
        let person = |(column, field, _): &(u32, Field, bool)| match field {
            Field::Nom | Field::Prenom => self.field(*column).is_some_and(|f| matches!(f, Field::Nom | Field::Prenom)),
            _ => false,
        };
        let names = |f: &Field| matches!(f, Field::Nom | Field::Prenom | Field::NomComplet);
        let titles =
            known.iter().any(person) || (known.len() > 1 && known.iter().any(|(_, f, strong)| *strong && names(f)));
        let same = || known.iter().all(|(column, f, strong)| !strong || self.columns.get(f) == Some(column));
        titles.then(same)
    }
}

/// How far down the header may stand.
const LINES: usize = 50;

/// The row of titles.
pub(crate) fn titles(table: &Table) -> Option<&Row> {
    table.rows.iter().take(LINES).find(|row| {
        let known = columns(row, &table.hidden);
        [Field::Nom, Field::Prenom].iter().all(|f| known.iter().any(|(_, known, _)| known == f))
    })
}

/// Finds the header.
///
/// # Errors
/// If no row is one, two rows or columns say different things, or merged cells reach into the list.
pub(crate) fn find(table: &Table) -> Result<Header, Refusal> {
    let Some(row) = titles(table) else {
        return Err(no_header(table.rows.iter().take(LINES), &table.hidden));
    };
    let mut header = Header { row: row.number, width: row.width, ..Header::default() };
    header.titles = row.cells.iter().map(|(column, cell)| (*column, cell.text())).collect();
    let known = columns(row, &table.hidden);
    for (column, field, strong) in &known {
        let same = known.iter().find(|(other, f, s)| other != column && f == field && (*s || !strong));
        match same {
            // « Nom de naissance » beside « Nom d'usage ».
            Some((_, _, true)) if !strong => continue,
            Some((other, ..)) => {
                let (column, other) = (at(row, *column), at(row, *other));
                let message = format!("deux colonnes disent la même chose : {column} et {other}");
                return Err(Refusal::new(message, "gardez-en une, ou changez le titre de l'autre"));
            }
            None => _ = header.columns.insert(*field, *column),
        }
    }
    header.columns.remove(&Field::NomComplet);
    header.hidden = table.hidden.iter().copied().filter(|column| header.titles.contains_key(column)).collect();
    one_list(table, &header)?;
    merged(table, &header)?;
    Ok(header)
}

/// The most columns known in one row: how well a separator fits.
pub(crate) fn known_columns(table: &Table) -> usize {
    table.rows.iter().take(LINES).map(|row| columns(row, &BTreeSet::new()).len()).max().unwrap_or(0)
}

/// Titles further down that say something else begin another list: which one is meant?
fn one_list(table: &Table, header: &Header) -> Result<(), Refusal> {
    let below = table.rows.iter().filter(|row| row.number > header.row);
    let Some(other) = below.filter(|row| header.again(row) == Some(false)).map(|row| row.number).next() else {
        return Ok(());
    };
    let message = format!("deux lignes donnent des titres différents : {} et {other}", header.row);
    Err(Refusal::new(message, "gardez dans ce tableau la liste des candidats, et elle seule"))
}

/// Above the header and beside what is read, merged cells do no harm.
fn merged(table: &Table, header: &Header) -> Result<(), Refusal> {
    let harmful: Vec<String> = table
        .merged
        .iter()
        .filter(|m| m.rows.1 >= header.row && header.columns.values().any(|c| (m.columns.0..=m.columns.1).contains(c)))
        .map(Merged::name)
        .collect();
    if harmful.is_empty() {
        return Ok(());
    }
    let more = if harmful.len() > 8 { format!(" et {} autres", harmful.len() - 8) } else { String::new() };
    let message = format!("des cellules sont fusionnées : {}{more}", harmful[..harmful.len().min(8)].join(", "));
    Err(Refusal::new(message, "défusionnez-les (Accueil, Fusionner et centrer) et remplissez chaque ligne"))
}

fn at(row: &Row, column: u32) -> String {
    let title = row.cells.get(&column).map(Cell::text).unwrap_or_default();
    format!("{} « {title} »", name(column, row.number))
}

fn no_header<'a>(mut rows: impl Iterator<Item = &'a Row> + Clone, hidden: &BTreeSet<u32>) -> Refusal {
    let fields = |row: &Row| columns(row, hidden).iter().map(|(_, field, _)| *field).collect::<Vec<_>>();
    let best = rows.clone().max_by_key(|row| fields(row).len()).filter(|row| !fields(row).is_empty());
    let help = "la liste doit avoir une ligne de titres, avec au moins « Nom » et « Prénom »";
    let Some(best) = best else {
        let first = rows.next().map_or(String::new(), |row| {
            let texts: Vec<String> = row.cells.values().take(6).map(Cell::text).collect();
            format!(" ; la première ligne est : {}", texts.join(" | "))
        });
        return Refusal::new(format!("aucune ligne ne donne le titre des colonnes{first}"), help);
    };
    if let Some(message) = best.cells.values().find_map(|cell| damaged(&cell.text())) {
        return Refusal::new(format!("titres à la ligne {} : {message}", best.number), "corrigez les titres");
    }
    let known = columns(best, hidden);
    if let Some((column, ..)) = known.iter().find(|(_, field, _)| *field == Field::NomComplet) {
        return Refusal::new(
            format!("le nom et le prénom sont dans une même colonne ({})", at(best, *column)),
            "séparez-les en deux colonnes, « Nom » et « Prénom » (Excel : Données, Convertir)",
        );
    }
    let missing = match (fields(best).contains(&Field::Nom), fields(best).contains(&Field::Prenom)) {
        (false, true) => "la colonne « Nom » manque",
        (true, false) => "la colonne « Prénom » manque",
        _ => "les colonnes « Nom » et « Prénom » manquent",
    };
    let hide = |column: &u32| if hidden.contains(column) { " (masquée)" } else { "" };
    let titles: Vec<String> =
        best.cells.iter().map(|(c, cell)| format!("{} {}{}", letters(*c), cell.text(), hide(c))).collect();
    Refusal::new(format!("{missing} à la ligne {} ({})", best.number, titles.join(", ")), help)
}

/// The known columns of a row that are shown, and whether the title can mean nothing else.
fn columns(row: &Row, hidden: &BTreeSet<u32>) -> Vec<(u32, Field, bool)> {
    let known = |(column, cell): (&u32, &Cell)| match cell {
        Cell::Text(title) if !hidden.contains(column) => field(title).map(|(field, strong)| (*column, field, strong)),
        // « #NOM? » is no title.
        _ => None,
    };
    row.cells.iter().filter_map(known).collect()
}
