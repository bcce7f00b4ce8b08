//! Known keys in the order of [`crate::sources::keys`]. A key moves with the comments directly above it and with
//! everything below it; one that is not known stays behind the key that it followed.

use std::ops::Range;

use crate::ground::source::{line_end, line_start, offset_of};
use crate::sources::keys::Group;
use crate::sources::parse::copy::{Edit, with};
use crate::sources::parse::yaml::spelling::{Piece, PieceKind};

type Entries = [(Piece, Piece)];

/// What stands before each entry of a map, and where the last one ends.
type Gaps = (Vec<Range<usize>>, usize);

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
    let (gaps, end) = if *flow { in_braces(text, map, entries)? } else { in_lines(text, entries, order[0])? };
    let ends = gaps[1..].iter().map(|gap| gap.start).chain([end]);
    let moved: Vec<Range<usize>> = gaps.iter().zip(ends).map(|(gap, end)| gap.end..end).collect();
    let part = |(to, &from): (usize, &usize)| {
        let gap = match from {
            // What stands above or before the first stays there.
            _ if *flow || to == 0 => to,
            0 => order[0],
            _ => from,
        };
        [gaps[gap].clone(), moved[from].clone()]
    };
    let parts = order.iter().enumerate().flat_map(part);
    Some((gaps[0].start..end, parts.map(|part| with(text, part, within)).collect()))
}

/// `{ au: …, du: … }`: entries change places, what stands between them stays.
fn in_braces(text: &str, map: &Piece, entries: &Entries) -> Option<Gaps> {
    let end = |(key, value): &(Piece, Piece)| match value.at.is_empty() {
        true => colon(text, key).unwrap_or(key.at.end),
        false => value.at.end,
    };
    let starts = entries.iter().map(|(key, _)| key.at.start);
    let ends = starts.clone().take(1).chain(entries.iter().map(end));
    let gaps: Vec<Range<usize>> = ends.clone().zip(starts).map(|(end, start)| end..start).collect();
    let apart = |gap: &Range<usize>| text.get(gap.clone()).is_some_and(|between| between.trim() == ",");
    let plain = !text[map.at.clone()].contains(['\n', '#']) && gaps[1..].iter().all(apart);
    plain.then_some((gaps, ends.last()?))
}

/// The end of the colon behind a key.
fn colon(text: &str, key: &Piece) -> Option<usize> {
    text[key.at.end..].trim_start_matches(' ').strip_prefix(':').map(|after| offset_of(after, text))
}

/// Keys on lines of their own: the lines of each change places, and with them the empty lines above. `first` is the
/// entry that comes first.
fn in_lines(text: &str, entries: &Entries, first: usize) -> Option<Gaps> {
    let lines: Vec<usize> = entries.iter().map(|(key, _)| line_start(text, key.at.start)).collect();
    let margin = &text[lines[0]..entries[0].0.at.start];
    // Every key has its colon behind it, the first at most the dash of a list before it.
    let plain = margin.split(' ').all(|part| part.is_empty() || part == "-");
    if !plain || !entries.iter().all(|(key, _)| colon(text, key).is_some()) {
        return None;
    }
    // « - nom: … »: the first key shares its line with the dash of its list.
    let in_list = margin.contains('-');
    let mut gaps = Vec::new();
    let mut end = if in_list { lines[0] } else { 0 };
    for (i, (key, value)) in entries.iter().enumerate() {
        let comments = above(text, end..lines[i], |line| comment(line).is_some_and(|indent| indent <= margin.len()));
        let blanks = above(text, end..comments, is_blank);
        // What stands above a key cannot stand above a dash.
        if in_list && i == first && blanks < lines[i] {
            return None;
        }
        let beside_dash = in_list && (i == 0 || i == first);
        gaps.push(blanks..if beside_dash { key.at.start } else { comments });
        // After the last line with something of an entry, its comments too: they are set off to the right of the keys.
        let written = line_end(text, value.at.end.max(key.at.end)) + 1;
        let limit = *lines.get(i + 1).unwrap_or(&text.len());
        let is_own = |line: &&str| is_blank(line) || comment(line).is_some_and(|indent| indent > margin.len());
        let own: usize = text[written..limit].split_inclusive('\n').take_while(is_own).map(str::len).sum();
        end = above(text, written..written + own, is_blank);
    }
    Some((gaps, end))
}

/// Where the lines begin that end a part of a text and are all such.
fn above(text: &str, part: Range<usize>, fits: impl Fn(&str) -> bool) -> usize {
    let lines = text[part.clone()].split_inclusive('\n').rev().take_while(|line| fits(line));
    part.end - lines.map(str::len).sum::<usize>()
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// How far a comment is set off.
fn comment(line: &str) -> Option<usize> {
    let words = line.trim_start();
    words.starts_with('#').then(|| line.len() - words.len())
}
