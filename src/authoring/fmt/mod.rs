//! A source as the guide writes it: the order of keys, quotes, dates, apostrophes, spaces; comments and layout stay.
//! Text in, text out: reading and writing files is left to [`crate::commands::fmt`]. Nothing is given back unless
//! the result has been read again and says the same as the text did.

mod body;
mod change;
pub(crate) mod diff;
mod lines;
mod order;
mod same;
mod spaces;
mod values;

use std::ops::Range;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::paths::role::Role;
use crate::ground::source::{SourceId, Sources};
use crate::sources::keys::{self, Group};
use crate::sources::parse::front_matter;
use crate::sources::parse::yaml::fields;
use crate::sources::parse::yaml::spelling::spelling;
use crate::sources::parse::yaml::{self, Kind, Node};

pub(crate) use change::{Change, Wording};
pub(crate) use lines::LineEnds;

/// No text waits longer.
const ENOUGH: usize = 8;

#[derive(Debug)]
pub struct Formatted {
    pub text: String,
    /// In order, each once.
    pub(crate) changes: Vec<Change>,
}

/// Formats a source. `None`, with diagnostics, if it cannot be read, or is better left alone.
pub fn format(role: Role, sources: &Sources, id: SourceId, diagnostics: &mut Diagnostics) -> Option<Formatted> {
    let text = sources.text(id);
    if text.trim().is_empty() {
        return Some(Formatted { text: text.to_owned(), changes: Vec::new() });
    }
    let errors = diagnostics.errors();
    let parts = parts(role, sources, id, diagnostics)?;
    // What can be read in spite of a mistake is not therefore known to be meant.
    if diagnostics.errors() > errors {
        return None;
    }
    let wording = Wording::of(role);
    let mut changes = Vec::new();
    // What is read by nobody is copied.
    let mut out = text[..parts.copied].to_owned();
    if let Some(front) = parts.front {
        let node = yaml::parse(sources, id, front.clone(), diagnostics)?;
        refuse_doubles(&node, diagnostics);
        if diagnostics.errors() > errors {
            return None;
        }
        let known = keys(role);
        let made = settled(&text[front], |text| front_matter(text, known, wording, &mut changes));
        if !same::front(&node, &made, known, wording) {
            diagnostics.push(fault(&sources.get(id).path));
            return None;
        }
        let line = if role == Role::Projet { "" } else { "---\n" };
        out.push_str(&format!("{line}{made}{line}"));
    }
    let body = &text[parts.body];
    let made = settled(body, |text| body::format(text, wording, &mut changes));
    if !same::body(body, &made, wording) {
        diagnostics.push(fault(&sources.get(id).path));
        return None;
    }
    out.push_str(&made);
    if changes.is_empty() && out != text {
        changes.push(Change::Blanks);
    }
    changes.sort_unstable();
    changes.dedup();
    Some(Formatted { text: out, changes })
}

/// What a step makes of a text, and again of that until nothing changes: what is set right in one place may be what
/// another waits for.
fn settled(text: &str, mut step: impl FnMut(&str) -> String) -> String {
    let mut text = text.to_owned();
    for _ in 0..ENOUGH {
        let made = step(&text);
        if made == text {
            break;
        }
        text = made;
    }
    text
}

struct Parts {
    /// Up to here nothing is touched.
    copied: usize,
    front: Option<Range<usize>>,
    body: Range<usize>,
}

fn parts(role: Role, sources: &Sources, id: SourceId, diagnostics: &mut Diagnostics) -> Option<Parts> {
    let end = sources.text(id).len();
    match role {
        Role::Projet => Some(Parts { copied: 0, front: Some(0..end), body: end..end }),
        Role::Inclus => Some(Parts { copied: 0, front: None, body: 0..end }),
        Role::Prose => {
            let body = front_matter::split(sources, id, diagnostics)?.body;
            Some(Parts { copied: body.start, front: None, body })
        }
        // Without its first line a front matter would be taken for running text.
        Role::Referentiel | Role::Bloc | Role::Candidat => {
            let (front, body) = front_matter::split_required(sources, id, keys(role), diagnostics)?;
            Some(Parts { copied: 0, front: Some(front), body })
        }
    }
}

/// The keys of a file's front matter.
fn keys(role: Role) -> &'static Group {
    static NONE: Group = Group { what: "", doc: "", keys: &[] };
    match role {
        Role::Projet => &keys::PROJET,
        Role::Referentiel => &keys::REFERENTIEL,
        Role::Bloc => &keys::BLOC,
        Role::Candidat => &keys::CANDIDAT,
        Role::Prose | Role::Inclus => &NONE,
    }
}

/// Of two values under one key nobody knows which is meant, nor which should come first.
fn refuse_doubles(node: &Node, diagnostics: &mut Diagnostics) {
    match &node.kind {
        Kind::Map(entries) => {
            // Says so itself.
            let _ = fields::entries(node, "", diagnostics);
            entries.iter().for_each(|(_, value)| refuse_doubles(value, diagnostics));
        }
        Kind::List(items) => items.iter().for_each(|item| refuse_doubles(item, diagnostics)),
        Kind::Null | Kind::Text(_) => {}
    }
}

fn front_matter(text: &str, known: &'static Group, wording: Wording, changes: &mut Vec<Change>) -> String {
    let mut made = text.to_owned();
    if !made.is_empty() && !made.ends_with('\n') {
        made.push('\n');
    }
    // Anchors and the like: whoever writes them knows what he does.
    let Some(piece) = spelling(&made) else { return text.to_owned() };
    made = values::format(&made, &piece, known, wording, changes);
    made = order::format(made, known, changes);
    spaces::front(&made, changes)
}

fn fault(path: &str) -> Diagnostic {
    Diagnostic::in_file(
        Code::MiseEnFormeInfidele,
        path,
        "mis en forme, ce fichier ne dirait plus la même chose : il est laissé tel quel",
    )
    .help("c'est un défaut du programme : signalez-le à qui l'entretient, avec ce fichier s'il peut être montré")
}
