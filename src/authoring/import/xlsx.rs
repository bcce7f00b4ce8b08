//! A list as an Excel workbook. What it unpacks to is measured first; cells are then read one by one into a sparse
//! table, so that neither a bomb nor a sheet that claims to reach to XFD1048576 costs memory.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use calamine::{DataRef, Reader as _, SheetVisible, Xlsx, XlsxError};
use jiff::civil::Date;
use zip::ZipArchive;

use super::hidden::Hidden;
use super::refusal::Refusal;
use super::table::{Cell, Merged, Row, Table, name};
use super::text::{MAX_ROWS, too_many};

/// What a workbook may unpack to, in bytes.
const MAX_UNPACKED: u64 = 100 << 20;
const MAX_ENTRIES: usize = 2_000;
const MAX_CELLS: usize = 1_000_000;

/// The visible sheets of a workbook.
///
/// # Errors
/// If it is no workbook, or none that anybody would type.
pub(crate) fn tables(bytes: &[u8]) -> Result<Vec<Table>, Refusal> {
    measure(bytes)?;
    // The library is made for sound workbooks: a hostile one must not end the program.
    fenced(|| sheets(bytes)).unwrap_or_else(|| Err(damaged()))
}

/// What `read` returns; `None`, without a word, if it panics.
fn fenced<T>(read: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    thread_local!(static QUIET: std::cell::Cell<bool> = const { std::cell::Cell::new(false) });
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
    QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(read));
    QUIET.set(false);
    result.ok()
}

fn damaged() -> Refusal {
    Refusal::new(
        "ce classeur Excel est endommagé ou incomplet",
        "ouvrez-le dans Excel ou LibreOffice et enregistrez-le de nouveau ; s'il vient d'un courriel, téléchargez-le encore",
    )
}

fn too_big() -> Refusal {
    Refusal::new(
        "ce classeur est démesuré : ce n'est pas une liste de candidats",
        "copiez la liste seule dans un nouveau classeur",
    )
}

/// Unpacks everything to nowhere: sizes and checksums are then known to be true.
fn measure(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let names: Result<Vec<String>, _> = archive.file_names().map(|name| name.map(|n| n.to_lowercase())).collect();
    let names = names.map_err(|_| damaged())?;
    if names.len() > MAX_ENTRIES {
        return Err(too_big());
    }
    if !names.iter().any(|name| name.ends_with("workbook.xml")) {
        let ods = names.iter().any(|name| name == "content.xml");
        let message = match ods {
            true => "c'est un classeur LibreOffice (.ods)",
            false if names.iter().any(|name| name.ends_with("workbook.bin")) => "c'est un classeur binaire (.xlsb)",
            false if names.iter().any(|name| name.starts_with("word/")) => "c'est un document Word, et non un tableau",
            false => "cette archive n'est pas un classeur Excel",
        };
        return Err(Refusal::new(message, "enregistrez la liste comme « Classeur Excel (.xlsx) »"));
    }
    let mut total = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| damaged())?;
        let strings = entry.name().map_err(|_| damaged())?.to_lowercase().ends_with("sharedstrings.xml");
        let mut limited = entry.take(MAX_UNPACKED + 1 - total);
        let mut text = Vec::new();
        let read = match strings {
            true => limited.read_to_end(&mut text).map(|n| n as u64),
            false => std::io::copy(&mut limited, &mut std::io::sink()),
        };
        let read = read.map_err(|_| damaged())?;
        total += read;
        if total > MAX_UNPACKED {
            return Err(too_big());
        }
        if promised(&text).is_some_and(|count| count > read) {
            return Err(damaged());
        }
    }
    Ok(())
}

/// How many texts the list of shared texts says that it has: memory is set aside for them.
fn promised(text: &[u8]) -> Option<u64> {
    let text = String::from_utf8_lossy(text);
    let count = |rest: &str| {
        let digits: String =
            rest.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then(|| digits.parse().unwrap_or(u64::MAX))
    };
    text.split("uniqueCount").skip(1).filter_map(count).max()
}

fn sheets(bytes: &[u8]) -> Result<Vec<Table>, Refusal> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| explain(&error))?;
    let all: Vec<(String, bool)> =
        book.sheets_metadata().iter().map(|s| (s.name.clone(), s.visible == SheetVisible::Visible)).collect();
    let mut tables = Vec::new();
    let mut left = MAX_CELLS;
    for (name, visible) in all {
        if !visible {
            tables.push(Table { sheet: Some(name), hidden_sheet: true, ..Table::default() });
            continue;
        }
        // Sheets that are charts have no cells.
        let Some(mut rows) = rows(&mut book, &name, &mut left)? else { continue };
        let hidden = Hidden::of(bytes, &name).ok_or_else(damaged)?;
        rows.iter_mut().for_each(|row| row.hidden = hidden.row(row.number));
        let merged = book.merge_cells_by_sheet_name(&name).map_err(|error| explain(&error))?;
        let merged = merged.iter().map(|d| Merged {
            columns: (d.start.1, d.end.1),
            rows: (d.start.0.saturating_add(1), d.end.0.saturating_add(1)),
        });
        let merged = merged.collect();
        tables.push(Table { rows, merged, hidden: hidden.columns, sheet: Some(name), ..Table::default() });
    }
    Ok(tables)
}

fn rows(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, left: &mut usize) -> Result<Option<Vec<Row>>, Refusal> {
    let mut cells = match book.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        Err(XlsxError::WorksheetNotFound(_) | XlsxError::NotAWorksheet(_)) => return Ok(None),
        Err(error) => return Err(explain(&error)),
    };
    let mut rows = std::collections::BTreeMap::<u32, Row>::new();
    let mut last = None;
    while let Some(read) = cells.next_cell_with_formula_metadata().map_err(|error| explain_after(&error, last))? {
        last = Some(read.pos);
        let (row, column) = read.pos;
        let text = match &read.value {
            DataRef::String(text) => Some(text.as_str()),
            DataRef::SharedString(text) => Some(*text),
            _ => None,
        };
        let found = match (&read.value, &read.formula) {
            (DataRef::Empty, Some(_)) => Some(Cell::Formula(None)),
            (value, _) => cell(value),
        };
        if found.is_none() && text.is_none() {
            continue;
        }
        *left = left.checked_sub(1).ok_or_else(too_big)?;
        let number = row.saturating_add(1);
        let own = rows.entry(number).or_insert_with(|| Row { number, ..Row::default() });
        match (text, found) {
            (Some(text), _) => own.put(column, text),
            (None, found) => own.cells.extend(found.map(|cell| (column, cell))),
        }
        if own.cells.contains_key(&column) && rows.len() > MAX_ROWS {
            return Err(too_many());
        }
    }
    Ok(Some(rows.into_values().filter(Row::says_something).collect()))
}

/// What is no text: that is put into its row as it is.
fn cell(value: &DataRef) -> Option<Cell> {
    match value {
        DataRef::Empty | DataRef::String(_) | DataRef::SharedString(_) => None,
        DataRef::Int(number) => Some(Cell::Number(*number as f64)),
        DataRef::Float(number) => Some(Cell::Number(*number)),
        DataRef::Bool(value) => Cell::of(if *value { "VRAI" } else { "FAUX" }),
        DataRef::DurationIso(text) => Cell::of(text),
        DataRef::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
            date.ok().map(Cell::Date)
        }
        DataRef::DateTime(duration) => Some(Cell::Number(duration.as_f64())),
        DataRef::DateTimeIso(text) => match text.get(..10).and_then(|day| day.parse().ok()) {
            Some(date) => Some(Cell::Date(date)),
            None => Cell::of(text),
        },
        DataRef::Error(error) => Some(Cell::Error(error.to_string())),
    }
}

/// The library ends at errors of Excel that it does not know.
fn explain_after(error: &XlsxError, last: Option<(u32, u32)>) -> Refusal {
    let XlsxError::CellError(shown) = error else { return explain(error) };
    let place = last.map_or(String::new(), |(row, column)| format!(", après {}", name(column, row.saturating_add(1))));
    Refusal::new(
        format!("une cellule contient une erreur d'Excel ({shown}){place}"),
        "corrigez-la dans le tableau, ou videz-la",
    )
}

fn explain(error: &XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::new(
            "ce classeur est protégé par un mot de passe",
            "ouvrez-le, ôtez le mot de passe et enregistrez-le",
        ),
        _ => damaged(),
    }
}

#[cfg(test)]
mod tests {
    use super::promised;

    #[test]
    fn a_promise_is_read_however_long() {
        assert_eq!(promised(b"<sst count=\"3\" uniqueCount = \"12\">"), Some(12));
        assert_eq!(promised(b"<sst uniqueCount=\"99999999999999999999999\">"), Some(u64::MAX));
        assert_eq!(promised(b"<sst>"), None);
    }
}
