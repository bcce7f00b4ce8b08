//! Known keys in the order of [`crate::parse::keys`]. A key moves with the comments directly above it and with
//! everything below it; one that is not known stays behind the key that it followed.

use std::ops::Range;

use super::Change;
use super::lines::{replaced, starts};
use super::values::either;
use crate::parse::keys::{Key, Shape};
use crate::parse::yaml::spelling::{Piece, PieceKind, spelling};

/// The text with its keys in order. Maps within others come after those that hold them.
pub fn format(mut text: String, known: &'static [Key], changes: &mut Vec<Change>) -> String {
    for depth in 0.. {
        let Some(piece) = spelling(&text) else { break };
        let mut maps = Vec::new();
        collect(&piece, known, depth, &mut maps);
        if maps.is_empty() {
            break;
        }
        let mut edits: Vec<_> = maps.iter().flat_map(|(map, known)| reordered(&text, map, known)).collect();
        if edits.is_empty() {
            continue;
        }
        edits.sort_by_key(|(range, _)| range.start);
        text = replaced(&text, &edits);
        changes.push(Change::Keys);
    }
    text
}

/// The maps of known keys that `depth` others of them hold.
fn collect<'p>(piece: &'p Piece, known: &'static [Key], depth: usize, maps: &mut Vec<(&'p Piece, &'static [Key])>) {
    let PieceKind::Map { entries, .. } = &piece.kind else { return };
    if depth == 0 {
        maps.push((piece, known));
        return;
    }
    for (key, value) in entries {
        let PieceKind::Scalar { value: name, .. } = &key.kind else { continue };
        if let Some(known) = known.iter().find(|k| k.name == name) {
            below(value, &known.shape, depth - 1, maps);
        }
    }
}

fn below<'p>(piece: &'p Piece, shape: &'static Shape, depth: usize, maps: &mut Vec<(&'p Piece, &'static [Key])>) {
    match (either(shape, piece), &piece.kind) {
        (Shape::Map(known) | Shape::Either(_, known), _) => collect(piece, known, depth, maps),
        (Shape::List(inner), PieceKind::List { items, .. }) => {
            items.iter().for_each(|item| below(item, inner, depth, maps));
        }
        (Shape::List(inner), _) => below(piece, inner, depth, maps),
        (Shape::Own(inner), PieceKind::Map { entries, .. }) => {
            entries.iter().for_each(|(_, value)| below(value, inner, depth, maps));
        }
        _ => {}
    }
}

/// The edits that put a map in order; none if it is, or if its layout is too much of its own.
fn reordered(text: &str, map: &Piece, known: &[Key]) -> Vec<(Range<usize>, String)> {
    let PieceKind::Map { flow, entries } = &map.kind else { return Vec::new() };
    let order = order(entries, known);
    if order.iter().enumerate().all(|(to, from)| to == *from) {
        return Vec::new();
    }
    let edit = if *flow { in_braces(text, map, entries, &order) } else { by_lines(text, map, entries, &order) };
    edit.into_iter().collect()
}

/// Which entry comes first, second…
fn order(entries: &[(Piece, Piece)], known: &[Key]) -> Vec<usize> {
    // What is not known has the place of the known key before it.
    let mut place = 0;
    let places: Vec<usize> = entries
        .iter()
        .map(|(key, _)| {
            if let PieceKind::Scalar { value, .. } = &key.kind
                && let Some(at) = known.iter().position(|k| k.name == value)
            {
                place = at + 1;
            }
            place
        })
        .collect();
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|i| places[*i]);
    order
}

/// `{ au: …, du: … }`: entries change places, what stands between them stays.
fn in_braces(text: &str, map: &Piece, entries: &[(Piece, Piece)], order: &[usize]) -> Option<(Range<usize>, String)> {
    let whole = &text[map.at.clone()];
    if !whole.starts_with('{') || !whole.ends_with('}') || whole.contains(['\n', '#']) {
        return None;
    }
    let spans: Vec<Range<usize>> = entries.iter().map(|(key, value)| entry(text, key, value)).collect();
    let between = |i: usize| text.get(spans[i].end..spans[i + 1].start).unwrap_or_default();
    if (0..spans.len() - 1).any(|i| between(i).trim() != ",") {
        return None;
    }
    let start = map.at.start;
    let moved = order.iter().zip(&spans).map(|(from, to)| {
        let entry = text[spans[*from].clone()].to_owned();
        (to.start - start..to.end - start, entry)
    });
    Some((map.at.clone(), replaced(whole, &moved.collect::<Vec<_>>())))
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

/// Lines of a map in block notation.
struct Chunk {
    /// Empty lines above its comments.
    blanks: Range<usize>,
    /// Comments and the key with everything below.
    body: Range<usize>,
}

/// Keys on lines of their own: the lines of each change places.
fn by_lines(text: &str, map: &Piece, entries: &[(Piece, Piece)], order: &[usize]) -> Option<(Range<usize>, String)> {
    let starts = starts(text);
    let line_of = |at: usize| starts.partition_point(|start| *start <= at) - 1;
    let line = |n: usize| &text[starts[n]..starts.get(n + 1).copied().unwrap_or(text.len())];
    let key_lines: Vec<usize> = entries.iter().map(|(key, _)| line_of(key.at.start)).collect();
    let column = map.at.start - starts[key_lines[0]];
    let prefix = &text[starts[key_lines[0]]..map.at.start];
    // « - nom: … »: the first key shares its line with the dash of its list.
    let in_list = !prefix.trim().is_empty();
    if !prefix.split(' ').all(|part| part.is_empty() || part == "-") {
        return None;
    }
    for (i, (key, value)) in entries.iter().enumerate() {
        let own_line = i == 0 || text[starts[key_lines[i]]..key.at.start] == *" ".repeat(column);
        let colon = text[key.at.end..].trim_start_matches(' ').starts_with(':');
        if !own_line || !colon || (i > 0 && key_lines[i] == key_lines[i - 1]) || value.at.end > text.len() {
            return None;
        }
    }
    let indent = |n: usize| line(n).len() - line(n).trim_start().len();
    let is_blank = |n: usize| line(n).trim().is_empty();
    let is_comment = |n: usize| line(n).trim_start().starts_with('#');
    // The last line of each entry that holds something of it, and comments that are set off to the right below it.
    let last_line = |i: usize, limit: usize| {
        let mut last = line_of(entries[i].1.at.end.max(entries[i].0.at.end) - 1);
        let mut n = last + 1;
        while n < limit && (is_blank(n) || (is_comment(n) && indent(n) > column)) {
            if is_comment(n) {
                last = n;
            }
            n += 1;
        }
        last
    };
    let mut chunks: Vec<Chunk> = Vec::new();
    for (i, key_line) in key_lines.iter().enumerate() {
        let floor = if i > 0 { last_line(i - 1, *key_line) + 1 } else { 0 };
        let mut first = *key_line;
        if !in_list || i > 0 {
            while first > floor && is_comment(first - 1) && indent(first - 1) <= column {
                first -= 1;
            }
        }
        let comments = first;
        if !in_list || i > 0 {
            while first > floor && is_blank(first - 1) {
                first -= 1;
            }
        }
        if let Some(previous) = chunks.last_mut() {
            previous.body.end = first;
        }
        chunks.push(Chunk { blanks: first..comments, body: comments..0 });
    }
    let end = last_line(entries.len() - 1, starts.len()) + 1;
    chunks.last_mut()?.body.end = end;
    if in_list && order[0] != 0 {
        let first = &chunks[order[0]];
        // What stands above a key cannot stand above a dash.
        if !first.blanks.is_empty() || first.body.start != key_lines[order[0]] {
            return None;
        }
    }
    let lines = |range: &Range<usize>| range.clone().map(line).collect::<String>();
    let mut out = String::new();
    for (to, from) in order.iter().enumerate() {
        // The empty lines above the first key stay above the first.
        let blanks = match (to, *from) {
            (0, _) => &chunks[0].blanks,
            (_, 0) => &chunks[order[0]].blanks,
            _ => &chunks[*from].blanks,
        };
        out.push_str(&lines(blanks));
        let body = lines(&chunks[*from].body);
        match (in_list, to == 0, *from == 0) {
            (true, true, false) => out.push_str(&format!("{prefix}{}", &body[column..])),
            (true, false, true) => out.push_str(&format!("{}{}", " ".repeat(column), &body[column..])),
            _ => out.push_str(&body),
        }
    }
    let at = |n: usize| starts.get(n).copied().unwrap_or(text.len());
    Some((at(chunks[0].blanks.start)..at(end), out))
}
