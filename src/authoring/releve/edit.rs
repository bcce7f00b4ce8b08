//! The least edit of a fiche's front matter that writes a result: the way to its place is followed key by key, and made
//! from where it ends, in the layout of what is there.

use super::insert::{New, Slot, insert, is_nothing, slot, spelled};
use super::put::{put, written};
use super::wanted::{Step, Stuck, Wanted};
use crate::ground::source::{line_end, line_start};
use crate::sources::parse::copy::Edits;
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, spelling};

/// What to write where in a front matter, so that it holds the result.
///
/// # Errors
/// If it is written in a way that is no place for edits.
pub(crate) fn edit(text: &str, steps: &[Step], wanted: &Wanted) -> Result<Edits, Stuck> {
    let root = spelling(text).ok_or(Stuck)?;
    let mut edits = Edits::new();
    let place = Slot { value: &root, after: 0, lead: "", col: 0, flow: false };
    walk(text, place, steps, wanted, &mut edits)?;
    Ok(edits)
}

fn walk(text: &str, place: Slot, steps: &[Step], wanted: &Wanted, edits: &mut Edits) -> Result<(), Stuck> {
    let Some((step, rest)) = steps.split_first() else { return put(text, place, wanted, edits) };
    let value = place.value;
    if is_nothing(value) {
        return fill(text, place, steps, wanted, edits);
    }
    match (step, &value.kind) {
        (Step::Libre(id), PieceKind::List { flow, items }) => {
            let flow = place.flow || *flow;
            let at = id.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).ok_or(Stuck)?;
            match items.get(at) {
                Some(item) if item.at.is_empty() => Err(Stuck),
                Some(item) => {
                    let place = Slot { value: item, after: item.at.start, lead: "", col: place.col, flow };
                    walk(text, place, rest, wanted, edits)
                }
                None if at == items.len() => append(text, value, flow, rest, wanted, edits),
                None => Err(Stuck),
            }
        }
        (step, PieceKind::Map { flow, entries }) => {
            let flow = place.flow || *flow;
            let (nom, rang) = step.key();
            let mine = rang(nom);
            match entries.iter().find(|(key, _)| key.word().is_some_and(|word| word == nom || rang(word) == mine)) {
                Some(entry) => walk(text, slot(text, entry, flow)?, rest, wanted, edits),
                None => {
                    let below = |col| block(rest, wanted, col);
                    let between = || braces(rest, wanted);
                    insert(text, value, flow, &New { nom, rang: &rang, block: &below, flow: &between }, edits)
                }
            }
        }
        _ => Err(Stuck),
    }
}

/// Writes where nothing is written.
fn fill(text: &str, place: Slot, steps: &[Step], wanted: &Wanted, edits: &mut Edits) -> Result<(), Stuck> {
    let at = &place.value.at;
    if !at.is_empty() {
        edits.push((at.clone(), braces(steps, wanted)));
    } else if place.flow {
        edits.push((place.after..place.after, format!("{} {}", place.lead, braces(steps, wanted))));
    } else {
        let end = line_end(text, place.after);
        edits.push((end..end, block(steps, wanted, place.col + 2)));
    }
    Ok(())
}

/// Adds an item to a list.
fn append(
    text: &str,
    list: &Piece,
    flow: bool,
    rest: &[Step],
    wanted: &Wanted,
    edits: &mut Edits,
) -> Result<(), Stuck> {
    let PieceKind::List { items, .. } = &list.kind else { return Err(Stuck) };
    let last = items.last();
    if last.is_some_and(|item| item.at.is_empty()) {
        return Err(Stuck);
    }
    if flow {
        let (at, comma) = last.map_or((list.at.start + 1, ""), |item| (item.at.end, ", "));
        edits.push((at..at, format!("{comma}{}", braces(rest, wanted))));
        return Ok(());
    }
    let line = line_start(text, list.at.start);
    let dash = text[line..].find(|c| c != ' ').filter(|at| text[line + at..].starts_with("- ")).ok_or(Stuck)?;
    let end = line_end(text, list.at.end);
    edits.push((end..end, format!("\n{}-{}", " ".repeat(dash), item(rest, wanted, dash))));
    Ok(())
}

/// What follows a dash in this column.
fn item(steps: &[Step], wanted: &Wanted, dash: usize) -> String {
    let below = block(steps, wanted, dash + 2);
    match below.strip_prefix('\n') {
        Some(lines) => format!(" {}", lines.trim_start()),
        None => below,
    }
}

/// What follows the colon of a key whose own keys stand in this column.
fn block(steps: &[Step], wanted: &Wanted, col: usize) -> String {
    let indent = " ".repeat(col);
    match steps.split_first() {
        None => format!(" {}", written(wanted, false)),
        Some((Step::Libre(id), rest)) if is_number(id) => format!("\n{indent}-{}", item(rest, wanted, col)),
        Some((step, rest)) => {
            format!("\n{indent}{}:{}", spelled(step.key().0, false), block(rest, wanted, col + 2))
        }
    }
}

/// The same between braces.
fn braces(steps: &[Step], wanted: &Wanted) -> String {
    match steps.split_first() {
        None => written(wanted, true),
        Some((Step::Libre(id), rest)) if is_number(id) => format!("[{}]", braces(rest, wanted)),
        Some((step, rest)) => format!("{{ {}: {} }}", spelled(step.key().0, true), braces(rest, wanted)),
    }
}

fn is_number(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit())
}
