//! A list as text (CSV), as French Excel, LibreOffice and web forms write it: its separator is found out by the titles
//! that it gives.

use super::delimited::{Record, records};
use super::encoding::{Decoded, decode};
use super::header;
use super::refusal::Refusal;
use super::table::{Row, Table};

const SEPARATORS: [char; 4] = [';', ',', '\t', '|'];
/// More rows than a list of candidats has.
pub(crate) const MAX_ROWS: usize = 50_000;

/// The table in a text file.
///
/// # Errors
/// If it is no text, or its quotes swallow rows.
pub(crate) fn table(bytes: &[u8]) -> Result<Table, Refusal> {
    let Decoded { text, note } = decode(bytes)?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (rest, told) = separator_line(&text);
    let skipped = u32::from(told.is_some());
    // That which the list says it has goes first, then those that it does not need to say.
    let separators = told.into_iter().chain(SEPARATORS.into_iter().filter(|s| Some(*s) != told));
    let readings = separators.map(|separator| {
        let (records, wrong) = records(rest, separator);
        let table = of_records(&records, skipped);
        (header::known_columns(&table), table, records, wrong)
    });
    let best = readings.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let Some((_, mut table, records, wrong)) = best else { return Ok(Table::default()) };
    if let Some(row) = wrong {
        return Err(quote(row + skipped));
    }
    if let Some(row) = swallowed(&table, &records, skipped) {
        return Err(quote(row));
    }
    if table.rows.len() > MAX_ROWS {
        return Err(too_many());
    }
    table.read_as = note;
    Ok(table)
}

/// Excel's own first line, `sep=;`.
fn separator_line(text: &str) -> (&str, Option<char>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_matches([' ', '"', ';', ',']);
    match first.to_ascii_lowercase().strip_prefix("sep=") {
        Some(separator) if separator.chars().count() <= 1 => (rest, separator.chars().next().or(Some(';'))),
        _ => (text, None),
    }
}

fn of_records(records: &[Record], skipped: u32) -> Table {
    let rows = records.iter().map(|record| {
        let mut row = Row {
            number: record.number + skipped,
            width: Some(record.cells.len()),
            lines: record.lines,
            inside: record.inside,
            misquoted: record.misquoted,
            ..Row::default()
        };
        (0..).zip(&record.cells).for_each(|(column, text)| row.put(column, text));
        row
    });
    Table { rows: rows.filter(Row::says_something).collect(), ..Table::default() }
}

/// The first row whose quoted cells are rather other rows: separators are in them, or the row has more cells than the
/// titles.
fn swallowed(table: &Table, records: &[Record], skipped: u32) -> Option<u32> {
    let titles = header::find(table).ok().and_then(|header| header.width).unwrap_or(usize::MAX);
    let long = records.iter().filter(|record| record.lines > 1);
    long.filter(|record| record.doubtful || record.cells.len() > titles).map(|record| record.number + skipped).next()
}

fn quote(row: u32) -> Refusal {
    Refusal::new(
        format!("un guillemet est mal placé ou n'est pas refermé à la ligne {row} : d'autres lignes seraient perdues"),
        "corrigez cette ligne, ou enregistrez la liste comme « Classeur Excel (.xlsx) »",
    )
}

pub(crate) fn too_many() -> Refusal {
    Refusal::new(
        format!("ce tableau a plus de {MAX_ROWS} lignes : ce n'est pas une liste de candidats"),
        "gardez les lignes à importer, et elles seules",
    )
}

#[cfg(test)]
mod tests {
    use super::super::table::Cell;
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        let table = table(bytes).unwrap();
        table.rows.iter().map(|r| (r.number, r.cells.values().map(Cell::text).collect())).collect()
    }

    #[test]
    fn separators_are_found_out() {
        let expected = texts(b"Nom;Prenom\nA, b;C\n");
        assert_eq!(expected[1].1, ["A, b", "C"]);
        assert_eq!(texts(b"Nom\tPrenom\nA, b\tC\n"), expected);
        assert_eq!(texts(b"Nom|Prenom\rA, b|C"), expected);
        assert_eq!(texts(b"Nom,Prenom\r\n\"A, b\",C\r\n"), expected);
        let after = [(2, expected[0].1.clone()), (3, expected[1].1.clone())];
        assert_eq!(texts(b"sep=|\nNom|Prenom\nA, b|C\n"), after);
        assert_eq!(texts(b"sep=;\nNom\tPrenom\nA, b\tC\n"), after, "saved anew with another one");
        assert_eq!(texts(b"\"sep=^\"\nNom^Prenom\nA, b^C\n"), after);
    }

    #[test]
    fn rows_have_the_numbers_that_the_spreadsheet_shows() {
        let rows = texts(b"Titre\n\n;;\nNom;Prenom\n\"A\nb\";C\n\n\nD;E\n;-;\n");
        let numbers: Vec<u32> = rows.iter().map(|r| r.0).collect();
        assert_eq!(numbers, [1, 4, 5, 8]);
        assert_eq!(rows[2].1, ["A b", "C"]);
    }

    #[test]
    fn rows_of_separators_are_none() {
        let mut list = String::from("Nom;Prenom\nRoy;Marc\n");
        list += &";;\n".repeat(MAX_ROWS + 10);
        assert_eq!(texts(list.as_bytes()).len(), 2);
        list += &"a;b\n".repeat(MAX_ROWS);
        assert!(table(list.as_bytes()).unwrap_err().message.contains("plus de 50000 lignes"));
    }

    #[test]
    fn quotes_that_swallow_rows_are_told_with_their_row() {
        for list in [
            "Nom;Prenom\n\"A;B\nC;D\nE;F\n",
            "Nom;Prenom;Tel;Session\nRoy;Marc;\"01;2026\nPetit;Luc;02;2026\nVert;Max;03\";2026\n",
            "Nom;Prenom;Tel;Session\nRoy;Marc;\"01;2026\nPetit\";Luc;02;2026\n",
            "Nom;Prenom;Tel;Session\nRoy;Marc;01;\"2026\nPetit;Luc;02;2026\"\nVert;Max;03;2026\n",
            "Nom;Prenom;Tel;Session\nRoy;Marc;01;\"2026\nPetit\";Luc;02;2026\nVert;Max;03;2026\n",
            "Nom,Prenom,Tel,Session\nRoy,Marc,\"01\nPetit,Luc,02\",2026\n",
            "Nom;Prenom\nRoy;\"Marc",
        ] {
            let error = table(list.as_bytes()).unwrap_err();
            assert!(error.message.contains("guillemet") && error.message.contains("ligne 2"), "{list}: {error:?}");
        }
    }
}
