//! A list as text (CSV), as French Excel, LibreOffice and web forms write it: encoding and separator are found out.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::table::{Cell, Row, Table};
use super::{ReadError, header};

const SEPARATORS: [u8; 3] = [b';', b',', b'\t'];
/// More rows than a list of candidats has.
pub const MAX_ROWS: usize = 50_000;

/// The table in a text file.
///
/// # Errors
/// If it is no text, or a quote is not closed.
pub fn table(bytes: &[u8]) -> Result<Table, ReadError> {
    let text = decode(bytes)?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (rest, told) = separator_line(&text);
    let separators = told.map_or(SEPARATORS.to_vec(), |s| vec![s]);
    let skipped = u32::from(told.is_some());
    let mut best: Option<(usize, Table)> = None;
    for separator in separators {
        let table = parse(rest, separator, skipped)?;
        let known = header::known_columns(&table);
        if best.as_ref().is_none_or(|(most, _)| known > *most) {
            best = Some((known, table));
        }
    }
    Ok(best.map(|(_, table)| table).unwrap_or_default())
}

/// Excel's own first line, `sep=;`.
fn separator_line(text: &str) -> (&str, Option<u8>) {
    let first = text.lines().next().unwrap_or_default().trim_matches('"').trim_end();
    match first.to_ascii_lowercase().strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) => (text.split_once('\n').map_or("", |(_, rest)| rest), Some(*separator)),
        _ => (text, None),
    }
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    let not_text = || {
        ReadError::new(
            "ce n'est ni un classeur Excel (.xlsx), ni un texte (CSV)",
            "ouvrez la liste dans Excel ou LibreOffice et enregistrez-la comme « Classeur Excel (.xlsx) »",
        )
    };
    let encoding: &Encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => match utf16(bytes) {
            Some(encoding) => encoding,
            None if bytes.contains(&0) => return Err(not_text()),
            None if std::str::from_utf8(bytes).is_ok() => UTF_8,
            None => WINDOWS_1252,
        },
    };
    let (text, _, wrong) = encoding.decode(bytes);
    let hidden = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
    // A stray mark is forgiven; bytes that are no text have many.
    match wrong || hidden * 50 > text.chars().count() {
        true => Err(not_text()),
        false => Ok(text),
    }
}

/// UTF-16 without its mark: in a text of ours nearly every other byte is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(1000)];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = start.len() * 2 / 5;
    match (bytes.len() % 2, even, odd) {
        (0, 0, n) if n >= most.max(1) => Some(UTF_16LE),
        (0, n, 0) if n >= most.max(1) => Some(UTF_16BE),
        _ => None,
    }
}

fn parse(text: &str, separator: u8, skipped: u32) -> Result<Table, ReadError> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut table = Table::default();
    let mut record = csv::StringRecord::new();
    let mut number = skipped;
    let mut longest: Option<(u32, usize)> = None;
    loop {
        let at = usize::try_from(reader.position().byte()).unwrap_or(text.len()).min(text.len());
        match reader.read_record(&mut record) {
            Ok(true) => {}
            // The text is UTF-8 and rows may be of any length: nothing else can go wrong.
            Ok(false) | Err(_) => break,
        }
        // The reader passes over empty lines, which the spreadsheet counts.
        let empty = text[at..].len() - text[at..].trim_start_matches('\n').len();
        number = number.saturating_add(u32::try_from(empty).unwrap_or(u32::MAX)).saturating_add(1);
        let lines = record.iter().map(|field| field.matches('\n').count()).max().unwrap_or(0);
        if longest.is_none_or(|(_, most)| lines > most) {
            longest = Some((number, lines));
        }
        let cells: std::collections::BTreeMap<u32, Cell> =
            (0..).zip(record.iter()).filter_map(|(column, field)| Some((column, Cell::of(field)?))).collect();
        if !cells.is_empty() {
            table.rows.push(Row { number, cells });
        }
        if table.rows.len() > MAX_ROWS {
            return Err(too_many());
        }
    }
    match longest {
        Some((row, lines)) if lines > 0 && text.matches('"').count() % 2 == 1 => Err(ReadError::new(
            format!("un guillemet ouvert n'est pas refermé, sans doute à la ligne {row}"),
            "corrigez cette ligne, ou enregistrez la liste comme « Classeur Excel (.xlsx) »",
        )),
        _ => Ok(table),
    }
}

pub fn too_many() -> ReadError {
    ReadError::new(
        format!("ce tableau a plus de {MAX_ROWS} lignes : ce n'est pas une liste de candidats"),
        "gardez les lignes à importer, et elles seules",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "Nom;Prénom;Entreprise\nLecœur;Noëlle;Œuvre « 1901 » – 5 €\n";

    fn texts(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        let table = table(bytes).unwrap();
        table.rows.iter().map(|r| (r.number, r.cells.values().map(Cell::text).collect())).collect()
    }

    #[test]
    fn every_encoding_of_excel_gives_the_same() {
        let expected = texts(LIST.as_bytes());
        assert_eq!(expected[1].1, ["Lecœur", "Noëlle", "Œuvre « 1901 » – 5 €"]);
        let utf16 = |unit: fn(u16) -> [u8; 2]| LIST.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let with = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        assert_eq!(texts(&with(b"\xEF\xBB\xBF", LIST.into())), expected);
        assert_eq!(texts(&with(b"\xFF\xFE", utf16(u16::to_le_bytes))), expected);
        assert_eq!(texts(&with(b"\xFE\xFF", utf16(u16::to_be_bytes))), expected);
        assert_eq!(texts(&utf16(u16::to_le_bytes)), expected);
        assert_eq!(texts(&WINDOWS_1252.encode(LIST).0), expected);
        assert_eq!(texts(LIST.replace('\n', "\r\n").as_bytes()), expected);
        assert_eq!(texts(LIST.replace('\n', "\r").as_bytes()), expected);
    }

    #[test]
    fn separators_are_found_out() {
        let expected = texts(b"Nom;Prenom\nA, b;C\n");
        assert_eq!(expected[1].1, ["A, b", "C"]);
        assert_eq!(texts(b"Nom\tPrenom\nA, b\tC\n"), expected);
        assert_eq!(texts(b"Nom,Prenom\n\"A, b\",C\n"), expected);
        assert_eq!(texts(b"sep=|\nNom|Prenom\nA, b|C\n"), [(2, expected[0].1.clone()), (3, expected[1].1.clone())]);
    }

    #[test]
    fn rows_have_the_numbers_that_the_spreadsheet_shows() {
        let rows = texts(b"Titre\n\n;;\nNom;Prenom\n\"A\nb\";C\n\n\nD;E\n");
        let numbers: Vec<u32> = rows.iter().map(|r| r.0).collect();
        assert_eq!(numbers, [1, 4, 5, 8]);
        assert_eq!(rows[2].1, ["A b", "C"]);
    }

    #[test]
    fn what_is_no_text_is_told() {
        assert!(table(&[1, 2, 3, 0, 255, 7, 0, 0, 9]).is_err());
        assert!(table(&(1..=20).cycle().take(300).collect::<Vec<u8>>()).is_err());
        let error = table(b"Nom;Prenom\n\"A;B\nC;D\nE;F\n").unwrap_err();
        assert!(error.message.contains("ligne 2"), "{error:?}");
    }
}
