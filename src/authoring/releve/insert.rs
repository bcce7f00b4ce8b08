//! Where a new key goes in a text of YAML, and the bytes around values: indentation, braces, remarks. All that stands
//! there stays; nothing but what is added is written.

use std::ops::Range;

use super::wanted::Stuck;
use crate::authoring::author::yaml::{block, flow as between_braces};
use crate::ground::source::{line_end, line_start};
use crate::sources::parse::copy::Edits;
use crate::sources::parse::yaml;
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, Style};

/// A value, and where it would be written if it is not.
#[derive(Clone, Copy)]
pub(crate) struct Slot<'p> {
    pub value: &'p Piece,
    /// Right after the colon of its key, or the dash of its item.
    pub after: usize,
    /// The colon, where the key has none: `{ accueil }`.
    pub lead: &'static str,
    /// The column of its key.
    pub col: usize,
    /// Whether it stands between braces or brackets.
    pub flow: bool,
}

/// A key to add to a map.
pub(crate) struct New<'a> {
    pub nom: &'a str,
    /// The place of a known key among all; the new one stands after those that come before it.
    pub rang: &'a dyn Fn(&str) -> Option<usize>,
    /// What follows the colon: given the column of what is below, and between braces.
    pub block: &'a dyn Fn(usize) -> String,
    pub flow: &'a dyn Fn() -> String,
}

/// A word as a key or a value: a number is a word to our reader.
pub(crate) fn spelled(word: &str, flow: bool) -> String {
    let number = word.starts_with(|c: char| c.is_ascii_digit())
        && word.ends_with(|c: char| c.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match number {
        true => word.to_owned(),
        false if flow => between_braces(word),
        false => block(word),
    }
}

/// Whether nothing is written there; `~` says so too.
pub(crate) fn is_nothing(piece: &Piece) -> bool {
    matches!(&piece.kind, PieceKind::Scalar { value, style: Style::Plain } if yaml::is_nothing(value))
}

/// The value of an entry of a map.
pub(crate) fn slot<'p>(text: &str, (key, value): &'p (Piece, Piece), flow: bool) -> Result<Slot<'p>, Stuck> {
    let rest = &text[key.at.end..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let colon = rest[blanks..].starts_with(':');
    if !colon && !flow {
        return Err(Stuck);
    }
    let (after, lead) = if colon { (key.at.end + blanks + 1, "") } else { (key.at.end, ":") };
    Ok(Slot { value, after, lead, col: column(text, key.at.start), flow })
}

/// The column of a place in its line.
fn column(text: &str, at: usize) -> usize {
    at - line_start(text, at)
}

/// Where an entry of a map ends.
fn end(text: &str, entry: &(Piece, Piece), flow: bool) -> Result<usize, Stuck> {
    let slot = slot(text, entry, flow)?;
    Ok(if slot.value.at.is_empty() { slot.after } else { slot.value.at.end })
}

/// Adds a key to a map.
pub(crate) fn insert(text: &str, map: &Piece, within: bool, new: &New, edits: &mut Edits) -> Result<(), Stuck> {
    let PieceKind::Map { flow, entries } = &map.kind else { return Err(Stuck) };
    let flow = *flow || within;
    let mine = (new.rang)(new.nom);
    let rang = |(key, _): &(Piece, Piece)| key.word().and_then(new.rang);
    let before = entries.iter().filter(|entry| rang(entry) < mine && rang(entry).is_some()).max_by_key(|e| rang(e));
    let key = spelled(new.nom, flow);
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
        let inside = map.at.start + 1..map.at.end - 1;
        if !text[inside.clone()].trim().is_empty() {
            return Err(Stuck);
        }
        edits.push((inside, format!(" {key}: {} ", (new.flow)())));
        return Ok(());
    };
    let ahead = before.is_none() && rang(first).is_some();
    if flow {
        let entry = format!("{key}: {}", (new.flow)());
        let beside = if ahead { first } else { before.unwrap_or(last) };
        let start = beside.0.at.start;
        let end = end(text, beside, flow)?;
        // Where each entry has a line of its own, the new one has too.
        let col = column(text, start);
        let alone = text[start - col..start].bytes().all(|b| b == b' ')
            && matches!(text[end..line_end(text, end)].trim_end(), "" | ",");
        let apart = if alone { format!(",\n{}", " ".repeat(col)) } else { ", ".to_owned() };
        edits.push(if ahead { (start..start, entry + &apart) } else { (end..end, apart + &entry) });
        return Ok(());
    }
    let col = column(text, first.0.at.start);
    let line = first.0.at.start - col;
    let entry = format!("{}{key}:{}", " ".repeat(col), (new.block)(col + 2));
    // A remark above the first key may be about it, and a dash is no place for another.
    let remarked = text[..line].lines().next_back().is_some_and(|above| above.trim_start().starts_with('#'));
    if ahead && !remarked && text[line..first.0.at.start].bytes().all(|b| b == b' ') {
        edits.push((line..line, entry + "\n"));
        return Ok(());
    }
    let at = line_end(text, end(text, before.unwrap_or(last), flow)?);
    edits.push((at..at, format!("\n{entry}")));
    Ok(())
}

/// The remarks in a part of a text that one piece fills: what is behind a `#` outside of its values.
pub(crate) fn remarks<'t>(text: &'t str, part: Range<usize>, piece: &Piece) -> Vec<&'t str> {
    let mut values = piece.scalars();
    values.sort_by_key(|value| value.at.start);
    let starts = values.iter().map(|value| value.at.start).chain([part.end]);
    let ends = [part.start].into_iter().chain(values.iter().map(|value| value.at.end));
    let gaps = ends.zip(starts).filter(|(end, start)| end < start);
    gaps.flat_map(|(end, start)| text[end..start].lines().filter_map(|line| Some(line[line.find('#')?..].trim_end())))
        .collect()
}
