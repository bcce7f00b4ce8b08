//! A source as the guide writes it: the order of keys, quotes, dates, apostrophes, spaces; comments and layout stay.
//! Text in, text out: reading and writing files is left to [`crate::commands::fmt`]. Nothing is given back unless
//! the result has been read again and says the same as the text did.

mod body;
mod change;
pub(crate) mod diff;
mod front;
mod order;
pub(crate) mod same;
mod spaces;

use std::iter::successors;
use std::ops::Range;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::paths::role::Role;
use crate::ground::source::{SourceId, Sources};
use crate::sources::keys::{self, Shape};
use crate::sources::parse::{front_matter, yaml};

use change::{Change, Changes, Wording};

/// How many ways of writing a text there are at most on the way to the last.
const ENOUGH: usize = 9;

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
            _ => self.changes.iter().map(|change| change.1).collect::<Vec<_>>().join(", "),
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
    // What can be read in spite of a mistake is not therefore known to be meant.
    let (front, body) = parts(role, sources, id, diagnostics).filter(|_| diagnostics.errors() == errors)?;
    let wording = if role == Role::Candidat { Wording::Own } else { Wording::Official };
    let mut same = true;
    let mut out = match front {
        Some((at, known)) => {
            let said = |sources: &Sources, id, at, d: &mut Diagnostics| {
                Some(same::said(&yaml::parse(sources, id, at, d)?, Some(&known), wording, d))
            };
            let before = said(sources, id, at.clone(), diagnostics).filter(|_| diagnostics.errors() == errors)?;
            let made = settled(&text[at], |text| front::format(text, &known, wording, &mut changes));
            let mut again = Sources::default();
            let own = again.add("", made.as_str());
            same &= said(&again, own, 0..made.len(), &mut Diagnostics::default()) == Some(before);
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
        changes.insert(Change::BLANKS);
    }
    Some(Formatted { text: out, changes })
}

/// What a step makes of a text, and again of that until nothing changes: what is set right in one place may be what
/// another waits for.
fn settled(text: &str, mut step: impl FnMut(&str) -> String) -> String {
    let next = |text: &String| Some(step(text)).filter(|made| made != text);
    successors(Some(text.to_owned()), next).take(ENOUGH).last().unwrap_or_default()
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
