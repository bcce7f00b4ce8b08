//! Values of front matter as the guide writes them: no needless quotes, dates by year, month and day, words typed
//! simply. Edits within the bytes of a value; all else stays.

use std::ops::Range;

use super::change::{Change, Wording};
use super::lines::replaced;
use crate::ground::typographie::simple::{espacer, simplifier};
use crate::sources::keys::{Group, Shape};
use crate::sources::parse::yaml::fields;
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, Style, spelling};

/// The text with its values so written.
pub(crate) fn format(
    text: &str,
    piece: &Piece,
    known: &'static Group,
    wording: Wording,
    changes: &mut Vec<Change>,
) -> String {
    let mut editor = Editor { text, wording, edits: Vec::new(), changes };
    editor.map(piece, known);
    let mut edits = editor.edits;
    edits.sort_by_key(|(range, _)| range.start);
    replaced(text, &edits)
}

/// The shape that a value has where several are possible.
pub(crate) fn either(shape: &'static Shape, piece: &Piece) -> &'static Shape {
    shape.of(matches!(piece.kind, PieceKind::Map { .. }))
}

struct Editor<'a> {
    text: &'a str,
    wording: Wording,
    edits: Vec<(Range<usize>, String)>,
    changes: &'a mut Vec<Change>,
}

impl Editor<'_> {
    fn map(&mut self, piece: &Piece, known: &'static Group) {
        let PieceKind::Map { flow, entries } = &piece.kind else { return };
        for (key, value) in entries {
            let PieceKind::Scalar { value: name, .. } = &key.kind else { continue };
            let Some(known) = known.key(name) else { continue };
            self.scalar(key, None, *flow);
            self.value(value, &known.shape, *flow);
        }
    }

    fn value(&mut self, piece: &Piece, shape: &'static Shape, flow: bool) {
        match (either(shape, piece), &piece.kind) {
            (Shape::List(_, inner), PieceKind::List { flow: own, items }) => {
                items.iter().for_each(|item| self.value(item, inner, flow || *own));
            }
            (Shape::List(_, inner), _) => self.value(piece, inner, flow),
            (Shape::Map(known) | Shape::Either(_, known), _) => self.map(piece, known),
            (Shape::Own(inner), PieceKind::Map { flow: own, entries }) => {
                for (key, value) in entries {
                    self.scalar(key, None, flow || *own);
                    self.value(value, inner, flow || *own);
                }
            }
            (shape, PieceKind::Scalar { .. }) => self.scalar(piece, Some(shape), flow),
            _ => {}
        }
    }

    /// `shape` is `None` for a key: nothing but its quotes is touched.
    fn scalar(&mut self, piece: &Piece, shape: Option<&Shape>, flow: bool) {
        let PieceKind::Scalar { value, style } = &piece.kind else { return };
        let written = &self.text[piece.at.clone()];
        // Escapes are left to those who know them.
        if written.is_empty() || (*style == Style::Double && written.contains('\\')) {
            return;
        }
        if written.contains('\n') || *style == Style::Block {
            if matches!(shape, Some(Shape::Text)) && matches!(style, Style::Plain | Style::Block) {
                let new = words(written, self.wording);
                if *style == Style::Block || new == written || read(&new, flow).is_some() {
                    self.edit(piece, new, Change::Typography);
                }
            }
            return;
        }
        let kept = if shape.is_some() && *style == Style::Plain { without_end(value, flow) } else { value };
        if kept != value {
            self.changes.push(Change::Blanks);
        }
        let new = match shape {
            Some(Shape::Text) => words(kept, self.wording),
            Some(Shape::Day) => day(kept).unwrap_or_else(|| kept.to_owned()),
            _ => kept.to_owned(),
        };
        let is_safe = *style != Style::Plain || new == kept || read(&new, flow).as_deref() == Some(&new);
        let new = if is_safe { new } else { kept.to_owned() };
        if new != kept {
            self.changes.push(if matches!(shape, Some(Shape::Day)) { Change::Dates } else { Change::Typography });
        }
        let spelled = match style {
            Style::Plain => new,
            _ => unquoted(&new, shape.unwrap_or(&Shape::Word), flow)
                .filter(|_| stands_apart(self.text, &piece.at))
                .unwrap_or_else(|| quoted(&new, *style)),
        };
        // What a value says and its quotes may both have changed.
        if *style != Style::Plain && !spelled.starts_with(&written[..1]) {
            self.changes.push(Change::Quotes);
        }
        if spelled != written {
            self.edits.push((piece.at.clone(), spelled));
        }
    }

    fn edit(&mut self, piece: &Piece, new: String, change: Change) {
        if new != self.text[piece.at.clone()] {
            self.edits.push((piece.at.clone(), new));
            self.changes.push(change);
        }
    }
}

fn words(text: &str, wording: Wording) -> String {
    let simple = simplifier(text, "");
    if wording == Wording::Own { espacer(&simple, "", None) } else { simple }
}

/// A date that people wrote, as year-month-day.
fn day(value: &str) -> Option<String> {
    let date = fields::day(value)?;
    Some(date.to_string())
}

/// The value without quotes, if it means the same to every reader of YAML.
fn unquoted(value: &str, shape: &Shape, flow: bool) -> Option<String> {
    let plain = match shape {
        // To our readers these are words, whatever YAML would make of them.
        Shape::Day | Shape::Number(..) | Shape::OuiNon => {
            !value.is_empty()
                && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && !is_null(value)
                && !value.starts_with('-')
        }
        _ => is_plain_text(value, flow),
    };
    plain.then(|| value.to_owned())
}

/// A value without quotes, without the blanks at its end that YAML does not know for such: readers take no notice of
/// them. As it is where they keep YAML from reading something else, « x: » or « null ».
fn without_end(value: &str, flow: bool) -> &str {
    let kept = value.trim_end();
    if kept == value || (!kept.is_empty() && !is_null(kept) && read(kept, flow).as_deref() == Some(kept)) {
        kept
    } else {
        value
    }
}

/// What YAML reads of these words without quotes; `None` if it would take them for something else than words.
fn read(words: &str, flow: bool) -> Option<String> {
    let piece = spelling(&if flow { format!("{{ x: {words} }}") } else { format!("x: {words}") })?;
    let PieceKind::Map { entries, .. } = piece.kind else { return None };
    match <[_; 1]>::try_from(entries).ok()?.map(|(_, value)| value.kind) {
        [PieceKind::Scalar { value, style: Style::Plain }] => Some(value),
        _ => None,
    }
}

/// Whether a value could do without its quotes where it stands: in `{"a":"b"}` they keep it from its neighbours.
fn stands_apart(text: &str, at: &Range<usize>) -> bool {
    let before = text[..at.start].chars().next_back();
    let after = text[at.end..].trim_start_matches(' ');
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '[' | '{' | ','))
        && after.strip_prefix(':').is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', '\n']))
}

/// Whether a text needs no quotes: a cautious answer, which leaves some that could do without.
fn is_plain_text(value: &str, flow: bool) -> bool {
    let starts = value.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '«' | '('));
    let invisible = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}');
    let cut = value.ends_with(':') || [": ", " :", " #"].iter().any(|signs| value.contains(signs));
    let cut_in_braces = flow && value.contains([',', '[', ']', '{', '}', ':']);
    let otherwise = is_null(value) || is_other_than_text(value);
    starts && value.trim() == value && !value.contains(invisible) && !cut && !cut_in_braces && !otherwise
}

fn is_null(value: &str) -> bool {
    value == "~" || value.eq_ignore_ascii_case("null")
}

/// Whether another reader of YAML, a spreadsheet's or an editor's, would take it for a number, a date, a yes or no.
fn is_other_than_text(value: &str) -> bool {
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n"];
    words.contains(&value.to_ascii_lowercase().as_str())
        || value.starts_with(|c: char| c.is_ascii_digit())
            && value.chars().all(|c| c.is_ascii_hexdigit() || "+-._:xXoO/TZ".contains(c))
}

/// Between quotation marks, which the guide uses; between apostrophes if the value holds such marks.
fn quoted(value: &str, style: Style) -> String {
    if style == Style::Double || !value.contains(['"', '\\']) {
        format!("\"{value}\"")
    } else {
        format!("'{}'", value.replace('\'', "''"))
    }
}
