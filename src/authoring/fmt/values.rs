//! Values of front matter as the guide writes them: no needless quotes, dates by year, month and day, words typed
//! simply. Edits within the bytes of a value; all else stays.

use std::ops::Range;

use super::change::{Change, Changes, Wording};
use super::edits::{Edits, replaced};
use super::known::{Part, parts};
use crate::sources::keys::Shape;
use crate::sources::parse::yaml::fields;
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, Style, is_null, is_plain, quoted, spelling};

/// The text with its values so written.
pub(crate) fn format(text: &str, piece: &Piece, known: &Shape, wording: Wording, changes: &mut Changes) -> String {
    let mut edits = Edits::new();
    for part in parts(piece, known) {
        if let Part::Scalar(piece, shape, flow) = part {
            edits.extend(scalar(text, piece, shape, flow, wording, changes).map(|new| (piece.at.clone(), new)));
        }
    }
    replaced(text, edits)
}

/// What to write for a key or a value; `None` if it is well as it is. `shape` is `None` for a key: nothing but its
/// quotes is touched.
fn scalar(
    text: &str,
    piece: &Piece,
    shape: Option<&Shape>,
    flow: bool,
    wording: Wording,
    changes: &mut Changes,
) -> Option<String> {
    let PieceKind::Scalar { value, style } = &piece.kind else { return None };
    let written = &text[piece.at.clone()];
    // Escapes are left to those who know them.
    if written.is_empty() || (*style == Style::Double && written.contains('\\')) {
        return None;
    }
    let (plain, block) = (*style == Style::Plain, *style == Style::Block);
    let (change, typed): (_, &dyn Fn(&str) -> String) = match shape {
        Some(Shape::Text) => (Change::Typography, &|words| wording.typed(words, "", None)),
        Some(Shape::Day) => (Change::Dates, &iso_day),
        _ => (Change::Quotes, &str::to_owned),
    };
    if written.contains('\n') || block {
        let new = Some(typed(written)).filter(|new| change == Change::Typography && new != written)?;
        return (block || (plain && read(&new, flow).is_some())).then(|| change.noted(written, new, changes));
    }
    let kept = if shape.is_some() && plain { without_end(value, flow) } else { value.clone() };
    let kept = Change::Blanks.noted(value, kept, changes);
    let meant = typed(&kept);
    let safe = !plain || meant == kept || read(&meant, flow).as_deref() == Some(&meant);
    let new = change.noted(&kept, if safe { meant } else { kept.clone() }, changes);
    let bare = plain || (needs_no_quotes(&new, shape, flow) && stands_apart(text, &piece.at));
    let spelled = if bare { new } else { quoted(&new) };
    // What a value says and its quotes may both have changed.
    if !plain && !spelled.starts_with(&written[..1]) {
        changes.insert(Change::Quotes);
    }
    Some(spelled).filter(|spelled| spelled != written)
}

/// A date that people wrote, as year-month-day; whatever is none as it stands.
pub(crate) fn iso_day(value: &str) -> String {
    fields::day(value).map_or_else(|| value.to_owned(), |day| day.to_string())
}

/// Whether a value without quotes means the same to every reader of YAML.
fn needs_no_quotes(value: &str, shape: Option<&Shape>, flow: bool) -> bool {
    match shape {
        // To our readers these are words, whatever YAML would make of them.
        Some(Shape::Day | Shape::Number(..) | Shape::OuiNon) => {
            let is_word = value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            is_word && !value.is_empty() && !is_null(value) && !value.starts_with('-')
        }
        _ => is_plain(value, flow),
    }
}

/// A value without quotes, without the blanks at its end that YAML does not know for such: readers take no notice of
/// them. As it is where they keep YAML from reading something else, « x: » or « null ».
fn without_end(value: &str, flow: bool) -> String {
    let kept = value.trim_end();
    let same = kept == value || (!kept.is_empty() && !is_null(kept) && read(kept, flow).as_deref() == Some(kept));
    if same { kept } else { value }.to_owned()
}

/// What YAML reads of these words without quotes; `None` if it would take them for something else than words.
fn read(words: &str, flow: bool) -> Option<String> {
    let piece = spelling(&if flow { format!("{{ x: {words} }}") } else { format!("x: {words}") })?;
    let PieceKind::Map { entries, .. } = piece.kind else { return None };
    match entries.as_slice() {
        [(_, Piece { kind: PieceKind::Scalar { value, style: Style::Plain }, .. })] => Some(value.clone()),
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
