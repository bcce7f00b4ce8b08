//! Known keys in the order of [`crate::sources::keys`]. A key moves with the comments directly above it and with
//! everything below it; one that is not known stays behind the key that it followed.

use std::iter::once;
use std::ops::Range;

use crate::ground::source::{line_end, line_start, offset_of};
use crate::sources::keys::Group;
use crate::sources::parse::copy::{Edit, with};
use crate::sources::parse::yaml::spelling::{Piece, PieceKind};

type Entries = [(Piece, Piece)];

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
    let moved = if *flow { in_braces(text, map, entries)? } else { in_lines(text, entries, order[0])? };
    let between = moved.windows(2).map(|two| two[0].end..two[1].start);
    let mut gaps: Vec<Range<usize>> = once(0..0).chain(between).collect();
    // In braces what stands between entries stays there. Elsewhere empty lines go with the entry below them, but for the
    // first: nothing new comes above it.
    if !flow {
        gaps.swap(0, order[0]);
    }
    let part = |(to, &from): (usize, &usize)| [gaps[if *flow { to } else { from }].clone(), moved[from].clone()];
    let parts = order.iter().enumerate().flat_map(part);
    Some((moved[0].start..moved[entries.len() - 1].end, parts.map(|part| with(text, part, within)).collect()))
}

/// `{ au: …, du: … }`: the bytes of each entry, if commas alone keep them apart.
fn in_braces(text: &str, map: &Piece, entries: &Entries) -> Option<Vec<Range<usize>>> {
    let entry = |(key, value): &(Piece, Piece)| {
        let end = if value.at.is_empty() { colon(text, key).unwrap_or(key.at.end) } else { value.at.end };
        key.at.start..end
    };
    let all: Vec<Range<usize>> = entries.iter().map(entry).collect();
    let between = |pair: &[Range<usize>]| text.get(pair[0].end..pair[1].start).map(str::trim);
    let plain = !text[map.at.clone()].contains(['\n', '#']) && all.windows(2).all(|pair| between(pair) == Some(","));
    plain.then_some(all)
}

/// The end of the colon behind a key.
fn colon(text: &str, key: &Piece) -> Option<usize> {
    text[key.at.end..].trim_start_matches(' ').strip_prefix(':').map(|after| offset_of(after, text))
}

/// Keys on lines of their own: the lines of each entry, the comments directly above among them. `first` is the entry
/// that comes first.
fn in_lines(text: &str, entries: &Entries, first: usize) -> Option<Vec<Range<usize>>> {
    let start = entries[0].0.at.start;
    let margin = &text[line_start(text, start)..start];
    // Every key has its colon behind it, the first at most the dash of a list before it.
    let plain = margin.split(' ').all(|part| part.is_empty() || part == "-");
    if !plain || !entries.iter().all(|(key, _)| colon(text, key).is_some()) {
        return None;
    }
    // « - nom: … »: the first key shares its line with the dash of its list.
    let in_list = margin.contains('-');
    let is_comment = |line: &str| line.trim_start().starts_with('#');
    let is_right = |line: &str| line.len() - line.trim_start().len() > margin.len();
    let mut all: Vec<Range<usize>> = Vec::new();
    // Where the lines end that have something of the entry before.
    let mut written = if in_list { start - margin.len() } else { 0 };
    for (i, (key, value)) in entries.iter().enumerate() {
        let line = line_start(text, key.at.start);
        let comments = above(text, written..line, |line| is_comment(line) && !is_right(line));
        let blanks = above(text, written..comments, is_blank);
        // What stands above a key cannot stand above a dash.
        if in_list && i == first && blanks < line {
            return None;
        }
        if let Some(before) = all.last_mut() {
            before.end = blanks;
        }
        written = line_end(text, value.at.end.max(key.at.end)) + 1;
        all.push(if in_list && (i == 0 || i == first) { key.at.start } else { comments }..written);
    }
    // Comments below the last entry that are set off to the right of the keys are its own.
    let is_own = |line: &&str| is_blank(line) || is_comment(line) && is_right(line);
    let below = text[written..].split_inclusive('\n').take_while(is_own);
    let end = written + below.map(str::len).sum::<usize>();
    all.last_mut()?.end = above(text, written..end, is_blank);
    Some(all)
}

/// Where the lines begin that end a part of a text and are all such.
fn above(text: &str, part: Range<usize>, fits: impl Fn(&str) -> bool) -> usize {
    let lines = text[part.clone()].split_inclusive('\n').rev().take_while(|line| fits(line));
    part.end - lines.map(str::len).sum::<usize>()
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}
