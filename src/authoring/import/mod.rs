//! A list of candidats, as a secretariat has it in a spreadsheet, turned into files to write. Here everything is
//! planned as data: nothing is shown, asked or written. Each step has its module: bytes to a [`table::Table`]
//! ([`encoding`], [`delimited`] and [`text`], [`xlsx`] and [`hidden`]), its columns ([`titles`], [`header`], [`roles`]), its rows
//! ([`row`], [`doubt`]), the whole list ([`plan`]).

pub(crate) mod dates;
mod delimited;
mod doubt;
mod encoding;
mod header;
mod hidden;
pub(crate) mod lookup;
pub mod plan;
mod refusal;
pub(crate) mod roles;
pub mod row;
pub(crate) mod table;
mod text;
mod titles;
mod xlsx;

use crate::ground::diagnostic::nearest::suggestion;
use crate::ground::fold::same_words;
use crate::ground::text::count;
use header::Header;
use table::Table;

pub use refusal::Refusal;

/// More than any list of candidats, less than what would make the program slow.
pub(crate) const MAX_BYTES: u64 = 20 << 20;

/// Reads every sheet of a list. What kind of file it is shows in its bytes, not in its name.
///
/// # Errors
/// If it is no list that can be read.
pub fn read(bytes: &[u8]) -> Result<Vec<Table>, Refusal> {
    const SAVE: &str = "ouvrez-le dans Excel ou LibreOffice et enregistrez-le comme « Classeur Excel (.xlsx) »";
    if bytes.is_empty() {
        return Err(Refusal::new("ce fichier est vide", "enregistrez la liste de nouveau"));
    }
    if bytes.starts_with(b"PK") {
        return xlsx::tables(bytes);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        // Office keeps an encrypted workbook in the container of the old formats, under this name.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return Err(match bytes.windows(name.len()).any(|window| window == name) {
            true => Refusal::new(
                "ce classeur est protégé par un mot de passe",
                "ouvrez-le, ôtez le mot de passe (Fichier, Informations, Protéger le classeur) et enregistrez-le",
            ),
            false => Refusal::new("c'est un classeur de l'ancien format Excel (.xls)", SAVE),
        });
    }
    if bytes.starts_with(b"%PDF") {
        return Err(Refusal::new("c'est un PDF, et non un tableau", "demandez la liste en Excel ou en CSV"));
    }
    let start = bytes[..bytes.len().min(400)].to_ascii_lowercase();
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start).trim_ascii_start();
    if [&b"<html"[..], b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head"].iter().any(|tag| start.starts_with(tag)) {
        return Err(Refusal::new("c'est une page web (HTML ou XML), quel que soit son nom", SAVE));
    }
    text::table(bytes).map(|table| vec![table])
}

/// The sheet that is read, its columns, and what is said of the others.
#[derive(Debug)]
pub struct Chosen {
    pub table: Table,
    pub header: Header,
    pub others: Vec<String>,
}

/// The sheet to read: the one that is named, or the first that has a header.
///
/// # Errors
/// If there is none, or its columns cannot be used.
pub fn choose(tables: Vec<Table>, wanted: Option<&str>) -> Result<Chosen, Refusal> {
    let shown = || tables.iter().enumerate().filter(|(_, table)| !table.hidden_sheet);
    let number = match wanted {
        Some(wanted) => {
            let named = |table: &Table| table.sheet.as_ref().is_some_and(|sheet| same_words(sheet, wanted));
            shown().find(|(_, table)| named(table)).ok_or_else(|| {
                let names: Vec<&str> = shown().filter_map(|(_, t)| t.sheet.as_deref()).collect();
                let help = match names.as_slice() {
                    [] => "un fichier CSV n'a pas de feuilles : ôtez --feuille".to_owned(),
                    _ => suggestion(wanted, names),
                };
                Refusal::new(format!("la feuille « {wanted} » n'existe pas"), help)
            })
        }
        None => shown()
            .find(|(_, table)| header::titles(table).is_some())
            .or_else(|| shown().find(|(_, table)| !table.rows.is_empty()))
            .ok_or_else(|| Refusal::new("ce tableau est vide", "enregistrez la liste de nouveau")),
    };
    let (number, _) = number?;
    let header = header::find(&tables[number])?;
    let others =
        tables.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, table)| other(table)).collect();
    let table = tables.into_iter().nth(number).unwrap_or_default();
    Ok(Chosen { table, header, others })
}

/// « Juillet » (12 lignes, une liste aussi).
fn other(table: &Table) -> String {
    let what = match table.rows.len() {
        _ if table.hidden_sheet => "masquée".to_owned(),
        0 => "vide".to_owned(),
        n => count(n, "ligne(s)"),
    };
    let list = header::titles(table).map_or("", |_| " : une autre liste, que --feuille importe");
    format!("« {} » ({what}){list}", table.sheet.as_deref().unwrap_or_default())
}
