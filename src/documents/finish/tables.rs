//! Whether every table closes: each row covers the same columns. Chrome leaves cells out of the
//! structure that paint nothing, so that an empty cell needs a no-break space to be there.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::structure::{Roles, kids, role, with_role};

/// A table of ours has a handful of columns; what claims more is damaged.
const WIDEST: usize = 1000;

/// The tables that do not.
pub(super) fn open(document: &Document, roles: &Roles) -> impl Iterator<Item = ObjectId> {
    with_role(roles, b"Table").filter(|table| !closes(document, *table))
}

fn closes(document: &Document, table: ObjectId) -> bool {
    let mut rows = Vec::new();
    collect_rows(document, table, &mut rows, 0);
    // For each column, how many more rows are covered from above.
    let (mut covered, mut width): (Vec<usize>, _) = (Vec::new(), None);
    for row in rows {
        let mut column = 0;
        for cell in kids(document, row) {
            let Ok(cell) = document.get_dictionary(cell) else { continue };
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            let (columns, rows) = (span(document, cell, b"ColSpan"), span(document, cell, b"RowSpan"));
            covered.resize(covered.len().max(column + columns), 0);
            covered[column..column + columns].fill(rows);
            column += columns;
        }
        if covered.contains(&0) || *width.get_or_insert(covered.len()) != covered.len() {
            return false;
        }
        covered.iter_mut().for_each(|rows| *rows -= 1);
    }
    true
}

fn collect_rows(document: &Document, element: ObjectId, rows: &mut Vec<ObjectId>, depth: usize) {
    for kid in kids(document, element) {
        match role(document, kid) {
            Some(b"TR") => rows.push(kid),
            Some(b"THead" | b"TBody" | b"TFoot") if depth < 2 => collect_rows(document, kid, rows, depth + 1),
            _ => {}
        }
    }
}

fn span(document: &Document, cell: &Dictionary, name: &[u8]) -> usize {
    let of = |attributes: &Object| attributes.as_dict().ok()?.get(name).and_then(Object::as_i64).ok();
    let span = match cell.get_deref(b"A", document) {
        Ok(Object::Array(all)) => all.iter().find_map(of),
        Ok(one) => of(one),
        Err(_) => None,
    };
    usize::try_from(span.unwrap_or(1)).unwrap_or(1).clamp(1, WIDEST)
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;
    use crate::documents::finish::structure::roles;

    /// A table whose rows have cells with these spans of columns and rows.
    fn closes(rows: &[&[(i64, i64)]]) -> bool {
        let mut document = Document::new();
        let mut lines: Vec<Object> = Vec::new();
        for row in rows {
            let mut cells: Vec<Object> = Vec::new();
            for (columns, rows) in *row {
                let spans =
                    vec![dictionary! { "ColSpan" => *columns }.into(), dictionary! { "RowSpan" => *rows }.into()];
                cells.push(document.add_object(dictionary! { "S" => "TD", "A" => spans }).into());
            }
            lines.push(document.add_object(dictionary! { "S" => "TR", "K" => cells }).into());
        }
        document.add_object(dictionary! { "S" => "Table", "K" => lines });
        open(&document, &roles(&document)).next().is_none()
    }

    #[test]
    fn rows_are_as_wide_as_each_other() {
        assert!(closes(&[&[(1, 1), (1, 1)], &[(1, 1), (1, 1)]]));
        assert!(closes(&[&[(2, 1)], &[(1, 2), (1, 1)], &[(1, 1)]]));
        assert!(!closes(&[&[(1, 1), (1, 1)], &[(1, 1)]]));
        assert!(!closes(&[&[(1, 1)], &[(1, 1), (1, 1)]]));
        assert!(!closes(&[&[(1, 2), (1, 1)], &[]]));
    }
}
