//! A sheet: rows of cells, sparse, with the numbers that the spreadsheet shows.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::refusal::Refusal;
use crate::authoring::author::yaml::one_line;

#[derive(Debug, Clone, Default)]
pub struct Table {
    /// `None` for a text file.
    pub sheet: Option<String>,
    /// A sheet that the workbook hides: its rows are not read.
    pub hidden_sheet: bool,
    /// Rows with a letter or a figure in them, in order.
    pub rows: Vec<Row>,
    pub(crate) merged: Vec<Merged>,
    /// Columns that the spreadsheet hides.
    pub hidden: BTreeSet<u32>,
    /// What was made of the bytes of a text, where that is not plain.
    pub read_as: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub struct Row {
    /// From 1, as the spreadsheet numbers it.
    pub number: u32,
    /// By column, from 0. None is empty.
    pub(crate) cells: BTreeMap<u32, Cell>,
    /// Cells of dashes alone: nothing in a list of persons, perhaps the code of a level in a table of results.
    pub(crate) dashes: BTreeMap<u32, String>,
    /// Cells whose text has several lines.
    pub broken: BTreeSet<u32>,
    /// How many cells the line of a text has, empty ones too.
    pub width: Option<usize>,
    /// Lines of the text that it takes.
    pub lines: usize,
    /// Separators within the quotes of that line.
    pub inside: usize,
    /// Whether a quote stands in that line where none can.
    pub misquoted: bool,
    /// By hand or by a filter.
    pub hidden: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// On one line, not empty.
    Text(String),
    Number(f64),
    Date(Date),
    /// What a spreadsheet shows in place of a value (`#N/A`).
    Error(String),
    /// A formula as text, or one whose value the file does not hold.
    Formula(Option<String>),
}

/// Cells merged into one: columns and rows, first and last, numbered as those of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merged {
    pub columns: (u32, u32),
    pub rows: (u32, u32),
}

impl Cell {
    /// A cell of text; `None` if it is empty.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let text = one_line(text);
        match text.as_str() {
            "" | "/" => None,
            // What people type where there is nothing.
            dashes if dashes.chars().all(|c| matches!(c, '-' | '–' | '—' | '_' | '.' | '…' | ' ')) => None,
            error if is_error(error) => Some(Self::Error(text)),
            formula if is_formula(formula) => Some(Self::Formula(Some(text))),
            _ => Some(Self::Text(text)),
        }
    }

    /// Why no value can be read from the cell.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        let (message, help) = match self {
            Self::Error(error) => (
                format!("cette cellule contient une erreur d'Excel ({error})"),
                "corrigez-la dans le tableau, ou videz-la",
            ),
            Self::Formula(Some(formula)) => {
                (format!("cette cellule contient une formule au lieu de sa valeur ({formula})"), "tapez la valeur")
            }
            Self::Formula(None) => (
                "cette cellule contient une formule sans valeur".to_owned(),
                "ouvrez le classeur dans Excel, enregistrez-le et recommencez",
            ),
            Self::Text(_) | Self::Number(_) | Self::Date(_) => return None,
        };
        Some(Refusal::new(message, help))
    }

    /// The cell as French Excel shows it.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Error(text) | Self::Formula(Some(text)) => text.clone(),
            Self::Formula(None) => String::new(),
            Self::Number(number) => number.to_string().replace('.', ","),
            Self::Date(date) => date.strftime("%d/%m/%Y").to_string(),
        }
    }
}

/// « #N/A », « #VALEUR! », « #NOM ? », « Err:502 », « #### »: errors of Excel and LibreOffice, in French or English.
fn is_error(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('#') else {
        let number = text.strip_prefix("Err").map(|rest| rest.trim_start().trim_start_matches(':').trim_start());
        return number.is_some_and(|n| n.len() == 3 && n.chars().all(|c| c.is_ascii_digit()));
    };
    let name = rest.trim_end_matches(['!', '?', ' ', '\u{A0}', '\u{202F}']);
    let word = name.chars().all(|c| c.is_uppercase() || matches!(c, '/' | '_' | ' ' | '0'..='9')) && !name.is_empty();
    name.starts_with("N/A")
        || matches!(name, "N/D" | "NV")
        || (word && rest.ends_with(['!', '?']))
        || (!rest.is_empty() && rest.chars().all(|c| c == '#'))
}

/// « =A2&B2 », « +A2 », « @SOMME(A1) ».
fn is_formula(text: &str) -> bool {
    let rest = text.trim_start_matches(['+', '-', '@']);
    let name = rest.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let named = rest.len() < text.len() && name.len() < rest.len();
    (text.len() > 1 && text.starts_with('=')) || (named && name.starts_with(|c: char| c.is_ascii_digit() || c == '('))
}

impl Row {
    /// Keeps what a text says in a cell, or else the dashes and points that it is made of.
    pub(crate) fn put(&mut self, column: u32, text: &str) {
        if text.trim().contains(['\n', '\r']) {
            self.broken.insert(column);
        }
        if let Some(cell) = Cell::of(text) {
            self.cells.insert(column, cell);
            return;
        }
        let dashes = one_line(text);
        if !dashes.is_empty() {
            self.dashes.insert(column, dashes);
        }
    }

    /// Whether there is a letter or a figure in it, or what stands for one.
    pub(crate) fn says_something(&self) -> bool {
        self.cells.values().any(|cell| match cell {
            Cell::Text(text) => text.contains(char::is_alphanumeric),
            _ => true,
        })
    }
}

impl Merged {
    /// « B2:C4 ».
    pub(crate) fn name(&self) -> String {
        format!("{}:{}", name(self.columns.0, self.rows.0), name(self.columns.1, self.rows.1))
    }
}

/// « B12 ».
pub(crate) fn name(column: u32, row: u32) -> String {
    format!("{}{row}", letters(column))
}

/// « B » for 1.
pub(crate) fn letters(column: u32) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    match (column / 26).checked_sub(1) {
        Some(before) => format!("{}{last}", letters(before)),
        None => last.to_string(),
    }
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

    #[test]
    fn a_dash_is_no_value() {
        for nothing in ["-", " – ", "—", "...", "/", "__"] {
            assert_eq!(Cell::of(nothing), None, "{nothing}");
        }
        assert!(Cell::of("?").is_some() && Cell::of("***").is_some());
    }

    #[test]
    fn errors_and_formulas_are_none_of_the_values() {
        for error in [
            "#N/A",
            "#REF!",
            "#VALEUR!",
            "#VALEUR !",
            "#NOM?",
            "#NAME?",
            "#DIV/0!",
            "#NUL!",
            "#NOMBRE!",
            "#NUM!",
            "#NULL!",
            "#SPILL!",
            "#####",
            "Err:502",
            "Err :508",
            "#N/D",
            "#CHAMP!",
        ] {
            assert!(matches!(Cell::of(error), Some(Cell::Error(_))), "{error}");
        }
        for formula in ["=A2&B2", "=CONCATENER(A1;B1)", " =Nom", "+A2", "-B12", "@SOMME(A1)"] {
            assert!(matches!(Cell::of(formula), Some(Cell::Formula(Some(_)))), "{formula}");
        }
        for text in ["#1", "# Roy", "n° #3", "Roy", "Error", "Errera", "=", "A=B", "#", "#Roy", "-Roy", "+33 6", "A2"]
        {
            assert!(matches!(Cell::of(text), Some(Cell::Text(_))), "{text}");
        }
    }
}
