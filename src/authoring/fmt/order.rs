//! Known keys in the order of [`crate::sources::keys`]. A key moves with the comments directly above it and with
//! everything below it; one that is not known stays behind the key that it followed.

use std::ops::Range;

use super::edits::{Edit, with};
use crate::ground::source::{line_end, line_start};
use crate::sources::keys::Group;
use crate::sources::parse::yaml::spelling::{Piece, PieceKind};

type Entries = [(Piece, Piece)];

/// A map in parts: what stands before each place, and what moves from one to another.
type Parts = (Vec<Range<usize>>, Vec<Range<usize>>);

/// The edit that puts a map in order, with those within it; none if it is, or if its layout is too much of its own.
pub(crate) fn reordered(text: &str, map: &Piece, known: &Group, within: &[Edit]) -> Option<Edit> {
    let PieceKind::Map { flow, entries } = &map.kind else { return None };
    // What is not known has the place of the known key before it.
    let mut place = None;
    let place_of = |(key, _): &(Piece, Piece)| {
        place = known.names().position(|name| key.word() == Some(name)).or(place);
        place
    };
    let places: Vec<Option<usize>> = entries.iter().map(place_of).collect();
    if places.is_sorted() {
        return None;
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|i| places[*i]);
    let (before, moved) = if *flow { in_braces(text, map, entries)? } else { in_lines(text, map, entries, &order)? };
    let whole = before[0].start..moved[moved.len() - 1].end;
    let parts = order.iter().zip(before).flat_map(|(from, before)| [before, moved[*from].clone()]);
    Some((whole, parts.map(|part| with(text, part, within)).collect()))
}

/// `{ au: …, du: … }`: entries change places, what stands between them stays.
fn in_braces(text: &str, map: &Piece, entries: &Entries) -> Option<Parts> {
    let whole = &text[map.at.clone()];
    let moved: Vec<Range<usize>> = entries.iter().map(|(key, value)| entry(text, key, value)).collect();
    let ends = moved.iter().map(|entry| entry.end);
    let before: Vec<Range<usize>> =
        [moved[0].start].into_iter().chain(ends).zip(&moved).map(|(end, next)| end..next.start).collect();
    let apart = |before: &Range<usize>| text.get(before.clone()).is_some_and(|between| between.trim() == ",");
    (!whole.contains(['\n', '#']) && before[1..].iter().all(apart)).then_some((before, moved))
}

/// A key with its value, or with its colon if the value is not written.
fn entry(text: &str, key: &Piece, value: &Piece) -> Range<usize> {
    if !value.at.is_empty() {
        return key.at.start..value.at.end;
    }
    let rest = &text[key.at.end..];
    let colon = rest.trim_start_matches(' ').strip_prefix(':').map_or(0, |after| rest.len() - after.len());
    key.at.start..key.at.end + colon
}

/// Keys on lines of their own: the lines of each change places, and with them the empty lines above.
fn in_lines(text: &str, map: &Piece, entries: &Entries, order: &[usize]) -> Option<Parts> {
    let lines: Vec<usize> = entries.iter().map(|(key, _)| line_start(text, key.at.start)).collect();
    let margin = |i: usize| &text[lines[i]..entries[i].0.at.start];
    let column = map.at.start - lines[0];
    // Every key has its colon behind it, the first at most the dash of a list before it.
    let has_colon = |(key, _): &(Piece, Piece)| text[key.at.end..].trim_start_matches(' ').starts_with(':');
    let plain = margin(0).split(' ').all(|part| part.is_empty() || part == "-");
    if !plain || !entries.iter().all(has_colon) {
        return None;
    }
    // « - nom: … »: the first key shares its line with the dash of its list.
    let in_list = margin(0).contains('-');
    let first = order[0];
    let (mut before, mut moved) = (Vec::new(), Vec::new());
    let mut floor = if in_list { lines[0] } else { 0 };
    for (i, (key, value)) in entries.iter().enumerate() {
        let comments = above(text, floor..lines[i], |line| is_comment(line) && indent(line) <= column);
        let blanks = above(text, floor..comments, is_blank);
        // What stands above a key cannot stand above a dash.
        if in_list && i == first && blanks < lines[i] {
            return None;
        }
        let start = if in_list && (i == 0 || i == first) { key.at.start } else { comments };
        before.push(blanks..start);
        // After the last line with something of an entry, its comments too: they are set off to the right of the keys.
        let written = line_end(text, value.at.end.max(key.at.end)) + 1;
        let limit = *lines.get(i + 1).unwrap_or(&text.len());
        let is_own = |line: &&str| is_blank(line) || is_comment(line) && indent(line) > column;
        let own: usize = text[written..limit].split_inclusive('\n').take_while(is_own).map(str::len).sum();
        floor = above(text, written..written + own, is_blank);
        moved.push(start..floor);
    }
    // What is left above the next key.
    for i in 1..moved.len() {
        moved[i - 1].end = before[i].start;
    }
    // The empty lines above the first key stay above the first, as does its dash.
    before.swap(0, first);
    Some((order.iter().map(|i| before[*i].clone()).collect(), moved))
}

/// Where the lines begin that end a part of a text and are all such.
fn above(text: &str, part: Range<usize>, fits: impl Fn(&str) -> bool) -> usize {
    let lines = text[part.clone()].split_inclusive('\n').rev().take_while(|line| fits(line));
    part.end - lines.map(str::len).sum::<usize>()
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
