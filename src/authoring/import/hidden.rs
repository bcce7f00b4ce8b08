//! Rows and columns of a sheet that the workbook hides, by hand or by a filter. The library for workbooks does not tell
//! them, so they are read from the sheet's own XML, whose size [`super::xlsx`] has measured.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

/// More columns than a sheet has.
const COLUMNS: u32 = 16_384;

#[derive(Debug, Default)]
pub(crate) struct Hidden {
    rows: BTreeSet<u32>,
    /// Rows that are said to be shown, where all others are not.
    shown: Option<BTreeSet<u32>>,
    /// From 0.
    pub columns: BTreeSet<u32>,
}

impl Hidden {
    /// What is hidden in the sheet of this name; `None` if the workbook's parts do not say where it is.
    pub(crate) fn of(book: &[u8], sheet: &str) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(book)).ok()?;
        let package = part(&mut archive, "_rels/.rels")?;
        let main = |e: &BytesStart| attribute(e, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
        let book = find(&package, main, "Target")?;
        let book = book.trim_start_matches('/');
        let (folder, name) = book.rsplit_once('/').map_or(("", book), |(folder, name)| (folder, name));
        let within = |path: &str| if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
        let named =
            |e: &BytesStart| e.local_name().as_ref() == "sheet" && attribute(e, "name").as_deref() == Some(sheet);
        let id = find(&part(&mut archive, book)?, named, "id")?;
        let rels = part(&mut archive, &within(&format!("_rels/{name}.rels")))?;
        let target = find(&rels, |e| attribute(e, "Id").as_ref() == Some(&id), "Target")?;
        let path = target.strip_prefix('/').map_or_else(|| within(target.trim_start_matches("./")), str::to_owned);
        let text = part(&mut archive, &path).or_else(|| part(&mut archive, &target))?;
        Some(Self::read(&text))
    }

    pub(crate) fn row(&self, number: u32) -> bool {
        self.rows.contains(&number) || self.shown.as_ref().is_some_and(|shown| !shown.contains(&number))
    }

    fn read(sheet: &str) -> Self {
        let mut hidden = Self::default();
        let mut number = 0;
        elements(sheet, |e| {
            match e.local_name().as_ref() {
                "sheetFormatPr" if is_true(e, "zeroHeight") => hidden.shown = Some(BTreeSet::new()),
                "col" if is_true(e, "hidden") || is_zero(e, "width") => {
                    let edge = |name| attribute(e, name).and_then(|n| n.parse::<u32>().ok()).filter(|n| *n > 0);
                    if let (Some(first), Some(last)) = (edge("min"), edge("max")) {
                        hidden.columns.extend(first - 1..last.min(COLUMNS));
                    }
                }
                "row" => {
                    number = attribute(e, "r").and_then(|n| n.parse().ok()).unwrap_or(number + 1);
                    match is_true(e, "hidden") || is_zero(e, "ht") {
                        true => _ = hidden.rows.insert(number),
                        false => _ = hidden.shown.as_mut().map(|shown| shown.insert(number)),
                    }
                }
                _ => {}
            }
            false
        });
        hidden
    }
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, path: &str) -> Option<String> {
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let name = names.iter().find(|name| name.eq_ignore_ascii_case(path))?;
    let mut bytes = Vec::new();
    archive.by_name(name).ok()?.read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Calls `visit` with every element until it says that it is done.
fn elements(xml: &str, mut visit: impl FnMut(&BytesStart) -> bool) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) if visit(&element) => return,
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// An attribute of the first element that fits.
fn find(xml: &str, fits: impl Fn(&BytesStart) -> bool, name: &str) -> Option<String> {
    let mut found = None;
    elements(xml, |element| {
        if fits(element) {
            found = attribute(element, name);
        }
        found.is_some()
    });
    found
}

fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut own = attributes.with_checks(false).flatten().filter(|a| a.key.local_name().as_ref() == name);
    own.next().and_then(|a| a.normalized_value(XmlVersion::Implicit1_0).ok()).map(|value| value.into_owned())
}

fn is_true(element: &BytesStart, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| value == "1" || value == "true")
}

fn is_zero(element: &BytesStart, name: &str) -> bool {
    attribute(element, name).and_then(|value| value.parse::<f64>().ok()) == Some(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_and_columns_are_found() {
        let hidden = Hidden::read(
            "<worksheet><cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"9\" max=\"99999\" width=\"0\"/></cols>\
             <sheetData><row r=\"1\"/><row hidden=\"true\"><c/></row><row r=\"7\" ht=\"0\" customHeight=\"1\"/>\
             <row hidden=\"0\"/></sheetData></worksheet>",
        );
        assert_eq!((1..=8).filter(|n| hidden.row(*n)).collect::<Vec<_>>(), [2, 7]);
        assert_eq!(hidden.columns.iter().take(3).collect::<Vec<_>>(), [&1, &2, &8]);
        let hidden = Hidden::read("<w><sheetFormatPr zeroHeight=\"1\"/><sheetData><row r=\"2\"/></sheetData></w>");
        assert!(hidden.row(1) && !hidden.row(2));
    }
}
