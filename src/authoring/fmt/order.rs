//! Known keys in the order of [`crate::sources::keys`]. A key moves with the comments directly above it and with
//! everything below it; one that is not known stays behind the key that it followed.

use std::collections::BTreeSet;
use std::ops::Range;

use super::change::Change;
use super::edits::{Edits, replaced};
use super::known::{Part, parts};
use crate::ground::source::lines_at;
use crate::sources::keys::{Group, Shape};
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, spelling};

type Entries = [(Piece, Piece)];

/// The text with the keys of its outermost disordered maps in order; those within them have their turn after that.
pub(crate) fn format(text: String, known: &Shape, changes: &mut BTreeSet<Change>) -> String {
    let Some(piece) = spelling(&text) else { return text };
    let lines: Vec<_> = lines_at(&text).collect();
    let mut edits: Edits = Vec::new();
    for part in parts(&piece, known) {
        if let Part::Map(map, known) = part
            && edits.last().is_none_or(|(done, _)| map.at.start >= done.end)
        {
            edits.extend(reordered(&text, &lines, map, known));
        }
    }
    if edits.is_empty() {
        return text;
    }
    changes.insert(Change::Keys);
    replaced(&text, edits)
}

/// The edit that puts a map in order; none if it is, or if its layout is too much of its own.
fn reordered(text: &str, lines: &[(usize, &str)], map: &Piece, known: &Group) -> Option<(Range<usize>, String)> {
    let PieceKind::Map { flow, entries } = &map.kind else { return None };
    let order = order(entries, known);
    if order.is_sorted() {
        return None;
    }
    if *flow { in_braces(text, map, entries, &order) } else { by_lines(text, lines, map, entries, &order) }
}

/// Which entry comes first, second…
fn order(entries: &Entries, known: &Group) -> Vec<usize> {
    // What is not known has the place of the known key before it.
    let mut place = None;
    let mut order: Vec<(Option<usize>, usize)> = Vec::new();
    for (i, (key, _)) in entries.iter().enumerate() {
        place = known.names().position(|name| key.word() == Some(name)).or(place);
        order.push((place, i));
    }
    order.sort_unstable();
    order.into_iter().map(|(_, i)| i).collect()
}

/// `{ au: …, du: … }`: entries change places, what stands between them stays.
fn in_braces(text: &str, map: &Piece, entries: &Entries, order: &[usize]) -> Option<(Range<usize>, String)> {
    let whole = &text[map.at.clone()];
    if !whole.starts_with('{') || !whole.ends_with('}') || whole.contains(['\n', '#']) {
        return None;
    }
    let spans: Vec<Range<usize>> = entries.iter().map(|(key, value)| entry(text, key, value)).collect();
    if spans.windows(2).any(|pair| text.get(pair[0].end..pair[1].start).is_none_or(|between| between.trim() != ",")) {
        return None;
    }
    let start = map.at.start;
    let moved = order.iter().zip(&spans).map(|(from, to)| {
        let entry = text[spans[*from].clone()].to_owned();
        (to.start - start..to.end - start, entry)
    });
    Some((map.at.clone(), replaced(whole, moved.collect())))
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

/// Keys on lines of their own: the lines of each change places.
fn by_lines(
    text: &str,
    lines: &[(usize, &str)],
    map: &Piece,
    entries: &Entries,
    order: &[usize],
) -> Option<(Range<usize>, String)> {
    let start_of = |line: usize| lines.get(line).map_or(text.len(), |(start, _)| *start);
    let keys: Vec<usize> = entries.iter().map(|(key, _)| line_of(lines, key.at.start)).collect();
    let prefix = &text[start_of(keys[0])..map.at.start];
    let margin = " ".repeat(prefix.len());
    // Every key stands on a line of its own, below the first, with its colon behind it.
    let is_below =
        |i: usize| i == 0 || (keys[i] > keys[i - 1] && text[start_of(keys[i])..entries[i].0.at.start] == margin);
    let has_colon = |(key, _): &(Piece, Piece)| text[key.at.end..].trim_start_matches(' ').starts_with(':');
    let plain = prefix.split(' ').all(|part| part.is_empty() || part == "-");
    if !plain || !(0..keys.len()).all(is_below) || !entries.iter().all(has_colon) {
        return None;
    }
    // « - nom: … »: the first key shares its line with the dash of its list.
    let in_list = !prefix.trim().is_empty();
    let (tops, end) = tops(lines, entries, &keys, prefix.len(), in_list);
    let first = order[0];
    // What stands above a key cannot stand above a dash.
    if in_list && first != 0 && tops[first] != (keys[first], keys[first]) {
        return None;
    }
    let mut out = String::new();
    for (to, from) in order.iter().enumerate() {
        // The empty lines above the first key stay above the first.
        let (blanks, comments) = match (to, *from) {
            (0, _) => tops[0],
            (_, 0) => tops[first],
            (_, from) => tops[from],
        };
        out.push_str(&text[start_of(blanks)..start_of(comments)]);
        let below = tops.get(from + 1).map_or(end, |(blanks, _)| *blanks);
        let body = &text[start_of(tops[*from].1)..start_of(below)];
        if in_list && (to == 0 || *from == 0) {
            out.push_str(if to == 0 { prefix } else { &margin });
            out.push_str(&body[prefix.len()..]);
        } else {
            out.push_str(body);
        }
    }
    Some((start_of(tops[0].0)..start_of(end), out))
}

fn line_of(lines: &[(usize, &str)], at: usize) -> usize {
    lines.partition_point(|(start, _)| *start <= at) - 1
}

/// Where the empty lines above each key's comments begin, and these comments; and the line after the last key.
fn tops(
    lines: &[(usize, &str)],
    entries: &Entries,
    keys: &[usize],
    column: usize,
    in_list: bool,
) -> (Vec<(usize, usize)>, usize) {
    let is_blank = |line: usize| lines[line].1.trim().is_empty();
    // Whether a comment belongs to what stands below it; to what stands above if it is set off to the right.
    let comment = |line: usize| {
        let words = lines[line].1.trim_start();
        words.starts_with('#').then(|| lines[line].1.len() - words.len() <= column)
    };
    // After the last line with something of an entry, its comments too.
    let end = |i: usize, limit: usize| {
        let (key, value) = &entries[i];
        let written = line_of(lines, value.at.end.max(key.at.end) - 1) + 1;
        let own = (written..limit).take_while(|line| is_blank(*line) || comment(*line) == Some(false));
        own.filter(|line| !is_blank(*line)).last().map_or(written, |line| line + 1)
    };
    let top = |(i, key): (usize, &usize)| {
        let floor = match i {
            0 if in_list => *key,
            0 => 0,
            _ => end(i - 1, *key),
        };
        let above = |from: usize, fits: &dyn Fn(usize) -> bool| {
            from - (floor..from).rev().take_while(|line| fits(*line)).count()
        };
        let comments = above(*key, &|line| comment(line) == Some(true));
        (above(comments, &is_blank), comments)
    };
    (keys.iter().enumerate().map(top).collect(), end(keys.len() - 1, lines.len()))
}
