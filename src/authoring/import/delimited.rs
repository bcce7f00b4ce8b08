//! Rows and cells of a text with separators. The `csv` crate forgives whatever its quotes are like; here a quote that
//! stands where none can must be told, for the rows up to the next one would be swallowed without a word.

/// A row, which a quoted cell may make longer than a line.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// As a spreadsheet counts rows, from 1.
    pub number: u32,
    pub cells: Vec<String>,
    /// Lines of the text that it takes.
    pub lines: usize,
    /// Whether a quoted cell goes on over lines, and has separators there: rather a quote that was not meant as one.
    pub doubtful: bool,
    /// Separators within quotes.
    pub inside: usize,
    /// Whether text stands behind the quote that ends a cell (« "Le Port" Brest »), or a quote ends none.
    pub misquoted: bool,
}

/// The rows; and the number of the one in which the quotes are wrong, where reading ended.
pub(crate) fn records(text: &str, separator: char) -> (Vec<Record>, Option<u32>) {
    let (mut records, mut rest, mut number) = (Vec::new(), text, 0);
    while !rest.is_empty() {
        number += 1;
        let mut record = Record { number, lines: 1, ..Record::default() };
        loop {
            let Some((cell, read)) = cell(rest, separator, &mut record) else { return (records, Some(number)) };
            record.cells.push(cell);
            rest = &rest[read..];
            match rest.strip_prefix(separator) {
                Some(after) => rest = after,
                None => break,
            }
        }
        rest = rest.strip_prefix('\n').unwrap_or(rest);
        records.push(record);
    }
    (records, None)
}

/// The next cell and the bytes that it takes; `None` if its quotes are wrong.
fn cell(text: &str, separator: char, record: &mut Record) -> Option<(String, usize)> {
    let ends = |c: char| c == separator || c == '\n';
    let plain = text.find(ends).unwrap_or(text.len());
    let start = text.len() - text.trim_start_matches(' ').len();
    let Some(inside) = text[start..].strip_prefix('"') else {
        // The end of a quoted text whose beginning is elsewhere.
        let cell = &text[..plain];
        record.misquoted |= cell.trim_end().ends_with('"') && cell.matches('"').count() % 2 == 1;
        return Some((cell.to_owned(), plain));
    };
    let close = closing(inside)?;
    let after = start + 1 + close + 1;
    let blank = text[after..].len() - text[after..].trim_start_matches(' ').len();
    let content = &inside[..close];
    if text[after + blank..].chars().next().is_none_or(ends) {
        record.inside += content.matches(separator).count();
        record.lines += content.matches('\n').count();
        record.doubtful |= content.split_once('\n').is_some_and(|(_, more)| more.contains(separator));
        return Some((content.replace("\"\"", "\""), after + blank));
    }
    record.misquoted = true;
    (!content.contains(ends)).then(|| (text[..plain].to_owned(), plain))
}

/// Where the quote is that ends a quoted text: the first that is not doubled.
fn closing(inside: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + inside[from..].find('"')?;
        match inside[at + 1..].starts_with('"') {
            true => from = at + 2,
            false => return Some(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let (records, wrong) = records(text, ';');
        assert_eq!(wrong, None, "{text}");
        records.into_iter().map(|r| r.cells).collect()
    }

    #[test]
    fn quotes_are_read_as_spreadsheets_write_them() {
        assert_eq!(cells("a;b\n\nc\n"), [vec!["a", "b"], vec![""], vec!["c"]]);
        assert_eq!(cells("\"a;b\";\"c \"\"d\"\"\";\"\""), [["a;b", "c \"d\"", ""]]);
        assert_eq!(cells("\"a\nb\" ; \"c\";d\"e\"f"), [["a\nb", "c", "d\"e\"f"]]);
        assert_eq!(cells("\"Le Port\" Brest;x\n;"), [["\"Le Port\" Brest", "x"], ["", ""]]);
        let (records, _) = records("\"Le Port\" Brest;x\n\"a\";b\"c\"\nVille\";x", ';');
        assert_eq!(records.iter().map(|r| r.misquoted).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn quotes_that_swallow_rows_are_told() {
        for (text, row) in [("a\n\"b;c\nd", 2), ("a;\"b;c\"d;e", 1), ("a\n\nb;\"c\nd\"e", 3)] {
            assert_eq!(records(text, ';').1, Some(row), "{text}");
        }
        let (two, _) = records("a;\"1;2\nb;2;3\nc;4\";5", ';');
        assert!(two.len() == 1 && two[0].doubtful && two[0].lines == 3, "{two:?}");
        assert!(!records("a;\"Atelier ; cour\n12 rue X\";5", ';').0[0].doubtful);
    }
}
