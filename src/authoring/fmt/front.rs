//! Front matter: one walk along what is written and what [`crate::sources::keys`] declares of it, which finds all that
//! is to be written otherwise. What is declared nowhere is left as it is.

use std::ops::Range;

use super::change::{Change, Changes, Wording};
use super::{order, spaces};
use crate::ground::source::line_end;
use crate::sources::keys::Shape;
use crate::sources::parse::copy::{Edit, Edits, replaced};
use crate::sources::parse::yaml::fields;
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, Style, is_null, is_plain, quoted, spelling};

/// The text so written.
pub(crate) fn format(text: &str, known: &Shape, wording: Wording, changes: &mut Changes) -> String {
    let whole = format!("{}\n", text.strip_suffix('\n').unwrap_or(text));
    // Anchors and the like: whoever writes them knows what he does.
    let Some(piece) = spelling(&whole) else { return text.to_owned() };
    let edits = Walk { text: &whole, wording, changes }.edits(&piece, known, false);
    let made = replaced(&whole, edits);
    let out = blanks(&made);
    changes.extend((out != made).then_some(Change::BLANKS));
    out
}

/// What goes along.
struct Walk<'w> {
    text: &'w str,
    wording: Wording,
    changes: &'w mut Changes,
}

impl Walk<'_> {
    /// What to write otherwise of a value and below it, in order. `flow`: between braces or brackets.
    fn edits(&mut self, piece: &Piece, shape: &Shape, flow: bool) -> Edits {
        match (shape.of(matches!(piece.kind, PieceKind::Map { .. })), &piece.kind) {
            (shape @ (Shape::Map(_) | Shape::Own(_)), PieceKind::Map { flow, entries }) => {
                let mut edits = Edits::new();
                for (key, value) in entries {
                    if let Some(inner) = key.word().and_then(|word| shape.below(word)) {
                        edits.extend(self.scalar(key, None, *flow));
                        edits.extend(self.edits(value, inner, *flow));
                    }
                }
                let Shape::Map(known) = shape else { return edits };
                let Some(ordered) = order::reordered(self.text, piece, known, &edits) else { return edits };
                self.changes.insert(Change::KEYS);
                vec![ordered]
            }
            (Shape::List(_, inner), PieceKind::List { flow, items }) => {
                items.iter().flat_map(|item| self.edits(item, inner, *flow)).collect()
            }
            // One that stands alone.
            (Shape::List(_, inner), _) => self.edits(piece, inner, flow),
            (Shape::Map(_), _) => Edits::new(),
            (shape, _) => self.scalar(piece, Some(shape), flow).into_iter().collect(),
        }
    }

    /// What to write for a key or a value; `None` if it is well as it is. `shape` is `None` for a key: nothing but its
    /// quotes is touched.
    fn scalar(&mut self, piece: &Piece, shape: Option<&Shape>, flow: bool) -> Option<Edit> {
        let PieceKind::Scalar { value, style } = &piece.kind else { return None };
        let written = &self.text[piece.at.clone()];
        // Escapes are left to those who know them.
        if written.is_empty() || (*style == Style::Double && written.contains('\\')) {
            return None;
        }
        let (plain, block) = (*style == Style::Plain, *style == Style::Block);
        if block || written.contains('\n') {
            let new = self.wording.typed(written, "", None);
            let stands = block || (plain && read(&new, flow).is_some());
            let changed = matches!(shape, Some(Shape::Text)) && stands && new != written;
            self.changes.extend(changed.then_some(Change::TYPOGRAPHY));
            return changed.then(|| (piece.at.clone(), new));
        }
        // Blanks at its end that YAML does not know for such: readers take no notice of them, unless they keep YAML
        // from reading something else, « x: » or « null ».
        let trimmed = value.trim_end();
        let is_cut = plain && shape.is_some() && trimmed != value && is_read(trimmed, flow);
        let kept = if is_cut { trimmed } else { value };
        let (change, meant) = match shape {
            Some(Shape::Text) => (Change::TYPOGRAPHY, self.wording.typed(kept, "", None)),
            Some(Shape::Day) => (Change::DATES, iso_day(kept)),
            _ => (Change::QUOTES, kept.to_owned()),
        };
        let new = if !plain || meant == kept || is_read(&meant, flow) { meant } else { kept.to_owned() };
        let bare = plain || (needs_no_quotes(&new, shape, flow) && stands_apart(self.text, &piece.at));
        let spelled = if bare { new.clone() } else { quoted(&new) };
        // What a value says and its quotes may both have changed.
        let requoted = !plain && !spelled.starts_with(&written[..1]);
        let changes = [(Change::BLANKS, kept != value), (change, new != kept), (Change::QUOTES, requoted)];
        self.changes.extend(changes.into_iter().filter(|(_, made)| *made).map(|(change, _)| change));
        (spelled != written).then(|| (piece.at.clone(), spelled))
    }
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
            is_word && value.starts_with(|c| c != '-') && !is_null(value)
        }
        _ => is_plain(value, flow),
    }
}

/// Whether YAML reads these very words without quotes.
fn is_read(words: &str, flow: bool) -> bool {
    !words.is_empty() && !is_null(words) && read(words, flow).as_deref() == Some(words)
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

/// The text without blanks at the ends of lines. Those within a text of several lines are part of it.
fn blanks(text: &str) -> String {
    let Some(piece) = spelling(text) else { return text.to_owned() };
    let is_long = |Piece { kind, at, .. }: &&Piece| {
        matches!(kind, PieceKind::Scalar { style: Style::Block, .. }) || text[at.clone()].contains('\n')
    };
    let long = piece.scalars().into_iter().filter(is_long);
    let kept: Vec<_> = long.map(|Piece { at, .. }| at.start..=line_end(text, at.end)).collect();
    let out = spaces::trimmed(text, |at| kept.iter().any(|range| range.contains(&at)));
    if kept.last().is_some_and(|last| *last.end() >= text.trim_end().len()) { out } else { spaces::end(&out) }
}
