//! A result into the place of its compétence: within what is written there as far as that can say it, else in its stead.

use super::insert::{New, Slot, insert, remarks, slot, spelled};
use super::wanted::{Leaf, Stuck, Want, Wanted};
use crate::model::forme::Role;
use crate::model::noeud::is_numero;
use crate::sources::parse::copy::Edits;
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, Style};

pub(crate) fn put(text: &str, place: Slot, wanted: &Wanted, edits: &mut Edits) -> Result<(), Stuck> {
    if !wanted.par_role.is_empty() && is_by_role(place.value) {
        return by_role(text, place, wanted, edits);
    }
    match &wanted.commun {
        Some(want) => one(text, place, want, edits),
        None => whole(text, place, &written(wanted, true), edits),
    }
}

/// What stands in an empty place. Maps and lists are written between braces and brackets.
pub(crate) fn written(wanted: &Wanted, flow: bool) -> String {
    if let Some(want) = &wanted.commun {
        return said(want, flow);
    }
    let given = wanted.roles.iter().zip(&wanted.par_role);
    let given =
        given.filter_map(|(role, want)| Some(format!("{}: {}", spelled(&role.id, true), said(want.as_ref()?, true))));
    format!("{{ {} }}", given.collect::<Vec<_>>().join(", "))
}

fn said(want: &Want, flow: bool) -> String {
    let all = match want {
        Want::Un(leaf) => return spelled(&leaf.texte, flow),
        Want::Criteres(all) => all,
    };
    let texts: Vec<Option<String>> = all.iter().map(|leaf| Some(spelled(&leaf.as_ref()?.texte, true))).collect();
    if let Some(list) = texts.iter().cloned().collect::<Option<Vec<_>>>() {
        return format!("[{}]", list.join(", "));
    }
    let numbered = (1..).zip(texts).filter_map(|(n, text)| Some(format!("{n}: {}", text?)));
    format!("{{ {} }}", numbered.collect::<Vec<_>>().join(", "))
}

/// Whether what is written has the keys of roles.
fn is_by_role(piece: &Piece) -> bool {
    let PieceKind::Map { entries, .. } = &piece.kind else { return false };
    entries.iter().any(|(key, _)| !key.word().is_some_and(is_numero))
}

fn by_role(text: &str, place: Slot, wanted: &Wanted, edits: &mut Edits) -> Result<(), Stuck> {
    let rang = |word: &str| Role::of_avis(word, wanted.roles);
    for (role, want) in wanted.par_role.iter().enumerate() {
        if let Some(want) = want.as_ref().filter(|want| want.changes()) {
            under(text, place, (&wanted.roles[role].id, role), &rang, want, edits)?;
        }
    }
    Ok(())
}

/// A result under a key of a map, which has this place among all; the key is added where it is missing.
fn under(
    text: &str,
    place: Slot,
    (nom, mine): (&str, usize),
    rang: &dyn Fn(&str) -> Option<usize>,
    want: &Want,
    edits: &mut Edits,
) -> Result<(), Stuck> {
    let PieceKind::Map { flow, entries } = &place.value.kind else { return Err(Stuck) };
    let flow = place.flow || *flow;
    match entries.iter().find(|(key, _)| key.word().and_then(rang) == Some(mine)) {
        Some(entry) => one(text, slot(text, entry, flow)?, want, edits),
        None => {
            let (block, in_flow) = (|_| format!(" {}", said(want, false)), || said(want, true));
            insert(text, place.value, flow, &New { nom, rang, block: &block, flow: &in_flow }, edits)
        }
    }
}

/// One result, or those of the critères.
fn one(text: &str, place: Slot, want: &Want, edits: &mut Edits) -> Result<(), Stuck> {
    match (want, &place.value.kind) {
        (Want::Un(leaf), PieceKind::Scalar { style, .. }) if !place.value.at.is_empty() => {
            edits.push((place.value.at.clone(), respelled(leaf, *style, place.flow)?));
            Ok(())
        }
        (Want::Criteres(all), PieceKind::List { flow, items }) if items.len() == all.len() => {
            let changed = || items.iter().zip(all).filter_map(|(item, leaf)| Some((item, changed(leaf.as_ref())?)));
            if changed().any(|(item, _)| item.at.is_empty() || item.word().is_none()) {
                return whole(text, place, &said(want, true), edits);
            }
            for (item, leaf) in changed() {
                let PieceKind::Scalar { style, .. } = item.kind else { return Err(Stuck) };
                edits.push((item.at.clone(), respelled(leaf, style, place.flow || *flow)?));
            }
            Ok(())
        }
        (Want::Criteres(all), PieceKind::Map { .. }) if !is_by_role(place.value) => {
            let rang = |word: &str| word.parse::<usize>().ok();
            for (n, leaf) in (1..).zip(all) {
                if let Some(leaf) = changed(leaf.as_ref()) {
                    under(text, place, (&n.to_string(), n), &rang, &Want::Un(leaf.clone()), edits)?;
                }
            }
            Ok(())
        }
        _ => whole(text, place, &said(want, place.flow || matches!(want, Want::Criteres(_))), edits),
    }
}

fn changed(leaf: Option<&Leaf>) -> Option<&Leaf> {
    leaf.filter(|leaf| leaf.change)
}

/// In the place of all that is written. Remarks in it would be lost.
fn whole(text: &str, place: Slot, new: &str, edits: &mut Edits) -> Result<(), Stuck> {
    let at = &place.value.at;
    if at.is_empty() {
        edits.push((place.after..place.after, format!("{} {new}", place.lead)));
        return Ok(());
    }
    if !remarks(text, at.clone(), place.value).is_empty() {
        return Err(Stuck);
    }
    let blank = text[place.after..at.start].trim().is_empty();
    edits.push(if blank { (place.after..at.end, format!(" {new}")) } else { (at.clone(), new.to_owned()) });
    Ok(())
}

/// A value in the quotes of the one before it.
fn respelled(leaf: &Leaf, style: Style, flow: bool) -> Result<String, Stuck> {
    let new = &leaf.texte;
    Ok(match style {
        Style::Plain => spelled(new, flow),
        Style::Double if !new.contains(['"', '\\']) => format!("\"{new}\""),
        Style::Double | Style::Single => format!("'{}'", new.replace('\'', "''")),
        Style::Block => return Err(Stuck),
    })
}
