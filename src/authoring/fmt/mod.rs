//! A source as the guide writes it: the order of keys, quotes, dates, apostrophes, spaces; comments and layout stay.
//! Text in, text out: reading and writing files is left to [`crate::commands::fmt`]. Nothing is given back unless
//! the result has been read again and says the same as the text did.

mod body;
mod change;
pub(crate) mod diff;
pub(crate) mod edits;
mod known;
pub(crate) mod line_ends;
mod order;
pub(crate) mod same;
mod spaces;
mod values;

use std::ops::Range;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::paths::role::Role;
use crate::ground::source::{SourceId, Sources};
use crate::sources::keys::{self, Shape};
use crate::sources::parse::front_matter;
use crate::sources::parse::yaml::fields;
use crate::sources::parse::yaml::spelling::spelling;
use crate::sources::parse::yaml::{self, Kind, Node};

use change::{Change, Changes, Wording};

/// No text waits longer.
const ENOUGH: usize = 8;

#[derive(Debug)]
pub struct Formatted {
    pub text: String,
    changes: Changes,
}

impl Formatted {
    /// What was set right, in French.
    pub(crate) fn names(&self) -> String {
        match self.changes.len() {
            0 => "fins de ligne, ou marque invisible au début du fichier".to_owned(),
            _ => self.changes.iter().map(|change| change.name()).collect::<Vec<_>>().join(", "),
        }
    }
}

/// Formats a source. `None`, with diagnostics, if it cannot be read, or is better left alone.
pub fn format(role: Role, sources: &Sources, id: SourceId, diagnostics: &mut Diagnostics) -> Option<Formatted> {
    let text = sources.text(id);
    let mut changes = Changes::new();
    if text.trim().is_empty() {
        return Some(Formatted { text: text.to_owned(), changes });
    }
    let errors = diagnostics.errors();
    let (front, body) = parts(role, sources, id, diagnostics)?;
    // What can be read in spite of a mistake is not therefore known to be meant.
    if diagnostics.errors() > errors {
        return None;
    }
    let wording = Wording::of(role);
    let mut same = true;
    let mut out = match front {
        Some((at, known)) => {
            let node = yaml::parse(sources, id, at.clone(), diagnostics)?;
            refuse_doubles(&node, diagnostics);
            if diagnostics.errors() > errors {
                return None;
            }
            let made = settled(&text[at], |text| front_matter(text, &known, wording, &mut changes));
            same &= same::front(&node, &made, &known, wording);
            let line = if role == Role::Projet { "" } else { "---\n" };
            format!("{line}{made}{line}")
        }
        // What is read by nobody is copied.
        None => text[..body.start].to_owned(),
    };
    let body = &text[body];
    let made = settled(body, |text| body::format(text, wording, &mut changes));
    same &= same::body(body, &made, wording);
    if !same {
        let message = "mis en forme, ce fichier ne dirait plus la même chose : il est laissé tel quel";
        let help =
            "c'est un défaut du programme : signalez-le à qui l'entretient, avec ce fichier s'il peut être montré";
        let path = &sources.get(id).path;
        return diagnostics.refuse(Diagnostic::in_file(Code::MiseEnFormeInfidele, path, message).help(help));
    }
    out.push_str(&made);
    if changes.is_empty() && out != text {
        changes.insert(Change::Blanks);
    }
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

/// The front matter that is formatted, with its keys, and the text after it.
type Parts = (Option<(Range<usize>, Shape)>, Range<usize>);

fn parts(role: Role, sources: &Sources, id: SourceId, diagnostics: &mut Diagnostics) -> Option<Parts> {
    let end = sources.text(id).len();
    let known = match role {
        Role::Projet => return Some((Some((0..end, Shape::Map(&keys::PROJET))), end..end)),
        Role::Inclus => return Some((None, 0..end)),
        Role::Prose => return Some((None, front_matter::split(sources, id, diagnostics)?.body)),
        Role::Referentiel => &keys::REFERENTIEL,
        Role::Bloc => &keys::BLOC,
        Role::Candidat => &keys::CANDIDAT,
    };
    // Without its first line a front matter would be taken for running text.
    let (front, body) = front_matter::split_required(sources, id, known, diagnostics)?;
    Some((Some((front, Shape::Map(known))), body))
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

fn front_matter(text: &str, known: &Shape, wording: Wording, changes: &mut Changes) -> String {
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let whole = format!("{text}{end}");
    // Anchors and the like: whoever writes them knows what he does.
    let Some(piece) = spelling(&whole) else { return text.to_owned() };
    let made = values::format(&whole, &piece, known, wording, changes);
    let made = Change::Keys.noted(&made, order::format(&made, known), changes);
    Change::Blanks.noted(&made, spaces::front(&made), changes)
}
