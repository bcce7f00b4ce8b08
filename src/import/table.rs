//! A sheet: rows of cells, sparse, with the numbers that the spreadsheet shows.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::author::yaml::one_line;

#[derive(Debug, Clone, Default)]
pub struct Table {
    /// `None` for a text file.
    pub sheet: Option<String>,
    /// Rows with at least one cell, in order.
    pub rows: Vec<Row>,
    pub merged: Vec<Merged>,
}

#[derive(Debug, Clone, Default)]
pub struct Row {
    /// From 1, as the spreadsheet numbers it.
    pub number: u32,
    /// By column, from 0. None is empty.
    pub cells: BTreeMap<u32, Cell>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// On one line, not empty.
    Text(String),
    Number(f64),
    Date(Date),
    /// What Excel shows in place of a value (`#N/A`).
    Error(String),
}

/// Cells merged into one: columns and rows, first and last, numbered as those of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    pub columns: (u32, u32),
    pub rows: (u32, u32),
}

impl Cell {
    /// A cell of text; `None` if it is empty.
    pub fn of(text: &str) -> Option<Self> {
        let text = one_line(text);
        (!text.is_empty()).then_some(Self::Text(text))
    }

    /// The cell as French Excel shows it.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Error(text) => text.clone(),
            Self::Number(number) => number.to_string().replace('.', ","),
            Self::Date(date) => date.strftime("%d/%m/%Y").to_string(),
        }
    }
}

impl Merged {
    /// « B2:C4 ».
    pub fn name(&self) -> String {
        format!("{}:{}", name(self.columns.0, self.rows.0), name(self.columns.1, self.rows.1))
    }
}

/// « B12 ».
pub fn name(column: u32, row: u32) -> String {
    format!("{}{row}", letters(column))
}

/// « B » for 1.
pub fn letters(column: u32) -> String {
    let mut letters = String::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.insert(0, char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_a_spreadsheet() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
        assert_eq!(Merged { columns: (1, 2), rows: (2, 4) }.name(), "B2:C4");
    }

    #[test]
    fn numbers_are_french() {
        assert_eq!(Cell::Number(2024.0).text(), "2024");
        assert_eq!(Cell::Number(1.3).text(), "1,3");
        assert_eq!(Cell::of(" \u{A0}\n"), None);
    }
}
