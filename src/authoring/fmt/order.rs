//! Known keys in the order of [`crate::sources::keys`]. A key moves with the comments directly above it and with
//! everything below it; one that is not known stays behind the key that it followed.

use std::ops::Range;

use super::change::Change;
use super::lines::{Lines, replaced};
use super::values::either;
use crate::sources::keys::{Group, Shape};
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, spelling};

/// The text with its keys in order. Maps within others come after those that hold them.
pub(crate) fn format(mut text: String, known: &'static Group, changes: &mut Vec<Change>) -> String {
    for depth in 0.. {
        let Some(piece) = spelling(&text) else { break };
        let mut maps = Vec::new();
        collect(&piece, known, depth, &mut maps);
        if maps.is_empty() {
            break;
        }
        let lines = Lines::new(&text);
        let mut edits: Vec<_> = maps.iter().flat_map(|(map, known)| reordered(&text, &lines, map, known)).collect();
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
fn collect<'p>(piece: &'p Piece, known: &'static Group, depth: usize, maps: &mut Vec<(&'p Piece, &'static Group)>) {
    let PieceKind::Map { entries, .. } = &piece.kind else { return };
    if depth == 0 {
        maps.push((piece, known));
        return;
    }
    for (key, value) in entries {
        let PieceKind::Scalar { value: name, .. } = &key.kind else { continue };
        if let Some(known) = known.key(name) {
            below(value, &known.shape, depth - 1, maps);
        }
    }
}

fn below<'p>(piece: &'p Piece, shape: &'static Shape, depth: usize, maps: &mut Vec<(&'p Piece, &'static Group)>) {
    match (either(shape, piece), &piece.kind) {
        (Shape::Map(known) | Shape::Either(_, known), _) => collect(piece, known, depth, maps),
        (Shape::List(_, inner), PieceKind::List { items, .. }) => {
            items.iter().for_each(|item| below(item, inner, depth, maps));
        }
        (Shape::List(_, inner), _) => below(piece, inner, depth, maps),
        (Shape::Own(inner), PieceKind::Map { entries, .. }) => {
            entries.iter().for_each(|(_, value)| below(value, inner, depth, maps));
        }
        _ => {}
    }
}

/// The edits that put a map in order; none if it is, or if its layout is too much of its own.
fn reordered(text: &str, lines: &Lines, map: &Piece, known: &Group) -> Option<(Range<usize>, String)> {
    let PieceKind::Map { flow, entries } = &map.kind else { return None };
    let order = order(entries, known);
    if order.iter().enumerate().all(|(to, from)| to == *from) {
        return None;
    }
    if *flow { in_braces(text, map, entries, &order) } else { by_lines(text, lines, map, entries, &order) }
}

/// Which entry comes first, second…
fn order(entries: &[(Piece, Piece)], known: &Group) -> Vec<usize> {
    // What is not known has the place of the known key before it.
    let mut place = 0;
    let places: Vec<usize> = entries
        .iter()
        .map(|(key, _)| {
            if let PieceKind::Scalar { value, .. } = &key.kind
                && let Some(at) = known.names().position(|name| name == value)
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

/// The lines of a key.
struct Chunk {
    /// Empty lines above its comments.
    blanks: Range<usize>,
    /// Comments, and the key with everything below.
    body: Range<usize>,
}

/// Keys on lines of their own: the lines of each change places.
fn by_lines(
    text: &str,
    lines: &Lines,
    map: &Piece,
    entries: &[(Piece, Piece)],
    order: &[usize],
) -> Option<(Range<usize>, String)> {
    let key_lines: Vec<usize> = entries.iter().map(|(key, _)| lines.of(key.at.start)).collect();
    let prefix = &text[lines.start(key_lines[0])..map.at.start];
    if !is_plain(text, lines, entries, &key_lines, prefix) {
        return None;
    }
    // « - nom: … »: the first key shares its line with the dash of its list.
    let in_list = !prefix.trim().is_empty();
    let chunks = chunks(lines, entries, &key_lines, prefix.len(), in_list);
    let first = &chunks[order[0]];
    // What stands above a key cannot stand above a dash.
    if in_list && order[0] != 0 && (!first.blanks.is_empty() || first.body.start != key_lines[order[0]]) {
        return None;
    }
    let mut out = String::new();
    for (to, from) in order.iter().enumerate() {
        // The empty lines above the first key stay above the first.
        let blanks = match (to, *from) {
            (0, _) => &chunks[0].blanks,
            (_, 0) => &chunks[order[0]].blanks,
            _ => &chunks[*from].blanks,
        };
        out.push_str(lines.text(blanks.clone()));
        let body = lines.text(chunks[*from].body.clone());
        let margin = if to == 0 { prefix.to_owned() } else { " ".repeat(prefix.len()) };
        if in_list && (to == 0 || *from == 0) {
            out.push_str(&margin);
            out.push_str(&body[prefix.len()..]);
        } else {
            out.push_str(body);
        }
    }
    let end = chunks.last()?.body.end;
    Some((lines.start(chunks[0].blanks.start)..lines.start(end), out))
}

/// Whether every key stands on a line of its own, below the first, with its colon behind it.
fn is_plain(text: &str, lines: &Lines, entries: &[(Piece, Piece)], key_lines: &[usize], prefix: &str) -> bool {
    let margin = " ".repeat(prefix.len());
    let below = |(i, (key, _)): (usize, &(Piece, Piece))| {
        i == 0 || (text[lines.start(key_lines[i])..key.at.start] == margin && key_lines[i] > key_lines[i - 1])
    };
    prefix.split(' ').all(|part| part.is_empty() || part == "-")
        && entries.iter().enumerate().all(below)
        && entries.iter().all(|(key, _)| text[key.at.end..].trim_start_matches(' ').starts_with(':'))
}

fn chunks(lines: &Lines, entries: &[(Piece, Piece)], key_lines: &[usize], column: usize, in_list: bool) -> Vec<Chunk> {
    // After the last line with something of an entry, and after comments below it that are set off to the right.
    let end = |i: usize, limit: usize| {
        let (key, value) = &entries[i];
        let mut end = lines.of(value.at.end.max(key.at.end) - 1) + 1;
        let mut n = end;
        while n < limit && (lines.is_blank(n) || lines.comment(n).is_some_and(|indent| indent > column)) {
            n += 1;
            if !lines.is_blank(n - 1) {
                end = n;
            }
        }
        end
    };
    let mut chunks: Vec<Chunk> = Vec::new();
    for (i, key_line) in key_lines.iter().enumerate() {
        let floor = match i {
            0 if in_list => *key_line,
            0 => 0,
            _ => end(i - 1, *key_line),
        };
        let mut comments = *key_line;
        while comments > floor && lines.comment(comments - 1).is_some_and(|indent| indent <= column) {
            comments -= 1;
        }
        let mut first = comments;
        while first > floor && lines.is_blank(first - 1) {
            first -= 1;
        }
        if let Some(previous) = chunks.last_mut() {
            previous.body.end = first;
        }
        let end = if i + 1 == entries.len() { end(i, lines.len()) } else { 0 };
        chunks.push(Chunk { blanks: first..comments, body: comments..end });
    }
    chunks
}
