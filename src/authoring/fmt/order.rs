//! Known keys in the order of [`crate::sources::keys`]. A key moves with the comments directly above it and with
//! everything below it; one that is not known stays behind the key that it followed.

use std::ops::Range;

use super::edits::{Edits, replaced};
use super::known::{Part, parts};
use crate::ground::source::lines_at;
use crate::sources::keys::{Group, Shape};
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, spelling};

type Entries = [(Piece, Piece)];
type Edit = (Range<usize>, String);

/// The text with the keys of its outermost disordered maps in order; those within them have their turn after that.
pub(crate) fn format(text: &str, known: &Shape) -> String {
    let Some(piece) = spelling(text) else { return text.to_owned() };
    let lines = Lines { text, all: lines_at(text).collect() };
    let mut edits = Edits::new();
    for part in parts(&piece, known) {
        if let Part::Map(map, known) = part
            && edits.last().is_none_or(|(done, _)| map.at.start >= done.end)
        {
            edits.extend(reordered(&lines, map, known));
        }
    }
    replaced(text, edits)
}

/// The edit that puts a map in order; none if it is, or if its layout is too much of its own.
fn reordered(lines: &Lines, map: &Piece, known: &Group) -> Option<Edit> {
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
    if *flow { in_braces(lines.text, map, entries, &order) } else { by_lines(lines, map, entries, &order) }
}

/// `{ au: …, du: … }`: entries change places, what stands between them stays.
fn in_braces(text: &str, map: &Piece, entries: &Entries, order: &[usize]) -> Option<Edit> {
    let (start, whole) = (map.at.start, &text[map.at.clone()]);
    let spans: Vec<Range<usize>> = entries.iter().map(|(key, value)| entry(text, key, value)).collect();
    let apart =
        |pair: &[Range<usize>]| text.get(pair[0].end..pair[1].start).is_some_and(|between| between.trim() == ",");
    let one_line = whole.starts_with('{') && whole.ends_with('}') && !whole.contains(['\n', '#']);
    if !one_line || !spans.windows(2).all(apart) {
        return None;
    }
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

/// A text, and where its lines start.
struct Lines<'t> {
    text: &'t str,
    all: Vec<(usize, &'t str)>,
}

impl<'t> Lines<'t> {
    fn start(&self, line: usize) -> usize {
        self.all.get(line).map_or(self.text.len(), |(start, _)| *start)
    }

    /// The line of a place.
    fn of(&self, at: usize) -> usize {
        self.all.partition_point(|(start, _)| *start <= at) - 1
    }

    fn between(&self, first: usize, end: usize) -> &'t str {
        &self.text[self.start(first)..self.start(end)]
    }

    fn is_blank(&self, line: usize) -> bool {
        self.all[line].1.trim().is_empty()
    }

    /// Whether a comment belongs to what stands below it; to what stands above if it is set off to the right of a column.
    fn comment(&self, line: usize, column: usize) -> Option<bool> {
        let line = self.all[line].1;
        let words = line.trim_start();
        words.starts_with('#').then(|| line.len() - words.len() <= column)
    }
}

/// Keys on lines of their own: the lines of each change places.
fn by_lines(lines: &Lines, map: &Piece, entries: &Entries, order: &[usize]) -> Option<Edit> {
    let keys: Vec<usize> = entries.iter().map(|(key, _)| lines.of(key.at.start)).collect();
    let prefix = &lines.text[lines.start(keys[0])..map.at.start];
    let margin = " ".repeat(prefix.len());
    // Every key stands on a line of its own, below the first, with its colon behind it.
    let is_below =
        |i: usize| keys[i] > keys[i - 1] && lines.text[lines.start(keys[i])..entries[i].0.at.start] == margin;
    let has_colon = |(key, _): &(Piece, Piece)| lines.text[key.at.end..].trim_start_matches(' ').starts_with(':');
    let plain = prefix.split(' ').all(|part| part.is_empty() || part == "-");
    if !plain || !(1..keys.len()).all(is_below) || !entries.iter().all(has_colon) {
        return None;
    }
    // « - nom: … »: the first key shares its line with the dash of its list.
    let in_list = !prefix.trim().is_empty();
    let (tops, end) = tops(lines, entries, &keys, prefix.len(), in_list);
    let first = order[0];
    // What stands above a key cannot stand above a dash.
    if in_list && first != 0 && tops[first].0 != keys[first] {
        return None;
    }
    let mut out = String::new();
    for (to, &from) in order.iter().enumerate() {
        // The empty lines above the first key stay above the first.
        let (blanks, comments) = tops[if to == 0 {
            0
        } else if from == 0 {
            first
        } else {
            from
        }];
        out.push_str(lines.between(blanks, comments));
        let body = lines.between(tops[from].1, tops.get(from + 1).map_or(end, |(blanks, _)| *blanks));
        if in_list && (to == 0 || from == 0) {
            out.push_str(if to == 0 { prefix } else { &margin });
            out.push_str(&body[prefix.len()..]);
        } else {
            out.push_str(body);
        }
    }
    Some((lines.start(tops[0].0)..lines.start(end), out))
}

/// Where the empty lines above each key's comments begin, and these comments; and the line after the last key.
fn tops(
    lines: &Lines,
    entries: &Entries,
    keys: &[usize],
    column: usize,
    in_list: bool,
) -> (Vec<(usize, usize)>, usize) {
    // After the last line with something of an entry, its comments too.
    let end = |i: usize, limit: usize| {
        let (key, value) = &entries[i];
        let written = lines.of(value.at.end.max(key.at.end) - 1) + 1;
        let is_own = |line: &usize| lines.is_blank(*line) || lines.comment(*line, column) == Some(false);
        let own = (written..limit).take_while(is_own).filter(|line| !lines.is_blank(*line));
        own.last().map_or(written, |line| line + 1)
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
        let comments = above(*key, &|line| lines.comment(line, column) == Some(true));
        (above(comments, &|line| lines.is_blank(line)), comments)
    };
    (keys.iter().enumerate().map(top).collect(), end(keys.len() - 1, lines.all.len()))
}
