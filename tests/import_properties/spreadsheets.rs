//! A list as the bytes of a spreadsheet: texts of many encodings, separators and line ends, with quotes and separators
//! lost or added; workbooks with hidden rows and columns, dates and other sheets.

use encoding_rs::{ISO_8859_15, MACINTOSH, WINDOWS_1252};
use rust_xlsxwriter::{Formula, Workbook};
use yore::code_pages::{CP437, CP850};

use super::lists::{List, list};
use super::random::Random;

pub fn spreadsheet(random: &mut Random) -> (List, Vec<u8>) {
    let list = list(random);
    match random.once_in(4) {
        true => workbook(list, random),
        false => text(list, random),
    }
}

fn text(mut list: List, random: &mut Random) -> (List, Vec<u8>) {
    let separator = random.of(&[";", ";", ";", ",", "\t", "|"]);
    let always = random.once_in(4);
    let quoted =
        |cell: &String| match always || cell.contains([separator, "\"", "\n"].map(|s| s.chars().next().unwrap())) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.clone(),
        };
    if !list.people[0].impossible && random.once_in(6) {
        let (row, place) = (list.at[0], list.columns[2]);
        let two = random.of(&["Ville\nde Rennes", "Atelier \"Le Port\"", "Ville ; cour", "a, b"]);
        two.clone_into(&mut list.rows[row][place]);
        two.clone_into(&mut list.people[0].entreprise);
        list.long = two.contains('\n');
        list.happened.push(format!("{two:?} in a cell"));
    }
    let mut lines: Vec<String> =
        list.rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(separator)).collect();
    let told = random.once_in(8);
    list.number(usize::from(told));
    for _ in 0..if random.once_in(2) { 1 + random.below(2) } else { 0 } {
        damaged(&mut lines, &mut list, separator, random);
    }
    if list.touched.is_empty() && random.once_in(5) {
        lines_damaged(&mut lines, &mut list, random);
    }
    if told {
        lines.insert(0, format!("sep={separator}"));
    }
    if random.once_in(5) {
        lines.iter_mut().for_each(|line| *line += separator);
        list.happened.push("a separator at each end".into());
    }
    if random.once_in(5) {
        let many = 1 + random.below(30);
        lines.extend((0..many).map(|_| separator.repeat(5)));
        list.happened.push("rows of separators".into());
    }
    let text = lines.join(random.of(&["\r\n", "\r\n", "\n", "\r"]));
    let mut bytes = encoded(&text, &mut list, random);
    if random.once_in(10) {
        bytes.push(0x1A);
    }
    (list, bytes)
}

/// A quote or a separator that is lost or added in the row of a person.
fn damaged(lines: &mut [String], list: &mut List, separator: &str, random: &mut Random) {
    let who = random.below(list.people.len());
    let (at, row) = (list.at[who], list.people[who].row);
    let line = &mut lines[at];
    let starts: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
    let Some(place) = starts.get(random.below(starts.len().max(1))).copied() else { return };
    let what = match random.below(4) {
        0 => {
            let begin = line[..place].rfind(separator).map_or(0, |at| at + separator.len());
            line.insert(begin, '"');
            "a quote begins a cell"
        }
        1 => {
            line.insert(place, '"');
            "a quote within"
        }
        2 => {
            line.insert_str(place, separator);
            "a separator more"
        }
        _ => match line.find(separator) {
            Some(at) => {
                line.replace_range(at..at + separator.len(), " ");
                "a separator less"
            }
            None => return,
        },
    };
    list.harmless = false;
    list.touched.insert(row);
    list.happened.push(format!("{what}, row {row}"));
}

/// The end of a line that is lost, or one more.
fn lines_damaged(lines: &mut Vec<String>, list: &mut List, random: &mut Random) {
    let who = random.below(list.people.len());
    let (at, row) = (list.at[who], list.people[who].row);
    let below =
        list.people.iter_mut().zip(&list.at).filter(|(_, other)| **other > at).map(|(person, _)| &mut person.row);
    if random.once_in(2) && at + 1 < lines.len() {
        let next = lines.remove(at + 1);
        lines[at] += &next;
        below.for_each(|row| *row -= 1);
        list.happened.push(format!("row {row} goes on with the next"));
    } else {
        let starts: Vec<usize> = lines[at].char_indices().map(|(at, _)| at).collect();
        let Some(place) = starts.get(random.below(starts.len().max(1))).copied() else { return };
        let rest = lines[at].split_off(place);
        lines.insert(at + 1, rest);
        below.for_each(|row| *row += 1);
        list.touched.insert(row + 1);
        list.happened.push(format!("row {row} is in two lines"));
    }
    list.harmless = false;
    list.long = true;
    list.touched.insert(row);
}

fn encoded(text: &str, list: &mut List, random: &mut Random) -> Vec<u8> {
    let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let one_byte = |encoding: &'static encoding_rs::Encoding| {
        let (bytes, _, lost) = encoding.encode(text);
        (!lost).then(|| bytes.into_owned())
    };
    let which = random.below(12);
    let (name, bytes) = match which {
        0 => ("UTF-8 with its mark", Some([b"\xEF\xBB\xBF", text.as_bytes()].concat())),
        1 => ("UTF-16", Some([&b"\xFF\xFE"[..], &utf16(u16::to_le_bytes)].concat())),
        2 => ("UTF-16, big end first", Some([&b"\xFE\xFF"[..], &utf16(u16::to_be_bytes)].concat())),
        3 | 4 => ("Windows", one_byte(WINDOWS_1252)),
        5 => ("ISO 8859-15", one_byte(ISO_8859_15)),
        6 => ("Mac", one_byte(MACINTOSH)),
        7 => ("DOS 850", CP850.encode(text).ok().map(|bytes| bytes.into_owned())),
        8 => ("DOS 437", CP437.encode(text).ok().map(|bytes| bytes.into_owned())),
        9 => {
            ("UTF-8 twice", Some(WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned().into_bytes()))
        }
        10 => ("two encodings", mixed(text)),
        _ => ("UTF-8", None),
    };
    let Some(bytes) = bytes else { return text.as_bytes().to_vec() };
    // These may be refused: two of them are never sure, the others not with every list.
    list.harmless &= which < 5 && which != 10;
    list.happened.push(name.to_owned());
    bytes
}

/// The second half in Windows-1252, the first in UTF-8.
fn mixed(text: &str) -> Option<Vec<u8>> {
    let half = text.char_indices().map(|(at, _)| at).find(|at| at * 2 >= text.len())?;
    let (bytes, _, lost) = WINDOWS_1252.encode(&text[half..]);
    (!lost).then(|| [&text.as_bytes()[..half], &bytes].concat())
}

fn workbook(mut list: List, random: &mut Random) -> (List, Vec<u8>) {
    list.number(0);
    let mut book = Workbook::new();
    if random.once_in(3) {
        book.add_worksheet().set_name("Notes").unwrap().write(0, 0, "à faire").unwrap();
    }
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(&list.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell.parse::<f64>() {
                _ if cell.is_empty() => {}
                Ok(number) => _ = sheet.write(row, column, number).unwrap(),
                Err(_) if random.once_in(10) && !cell.starts_with(['=', '#']) => {
                    let formula = Formula::new("=A1").set_result(cell.as_str());
                    sheet.write_formula(row, column, formula).unwrap();
                }
                Err(_) => _ = sheet.write_string(row, column, cell).unwrap(),
            }
        }
    }
    for (person, at) in list.people.iter_mut().zip(&list.at) {
        if random.once_in(8) {
            sheet.set_row_hidden(u32::try_from(*at).unwrap()).unwrap();
            person.impossible = true;
            list.happened.push(format!("row {} is hidden", person.row));
        }
    }
    if random.once_in(6) {
        sheet.set_column_hidden(u16::try_from(list.columns[5]).unwrap()).unwrap();
    }
    if random.once_in(3) {
        let other = book.add_worksheet();
        other.set_name("Archives").unwrap();
        other.write_row(0, 0, ["Nom", "Prénom", "Session"]).unwrap();
        other.write_row(1, 0, ["Ancien", "Jean", "2020-01"]).unwrap();
    }
    (list, book.save_to_buffer().unwrap())
}
