//! A fiche as its bytes are, beside the text that is read of it: marks before it and the ends of its lines stay as they
//! are wherever nothing is changed.

use std::ops::Range;

use super::wanted::Stuck;
use crate::ground::diagnostic::Diagnostics;
use crate::ground::source::{SourceId, Sources};
use crate::sources::keys;
use crate::sources::load;
use crate::sources::parse::copy::{Edits, replaced};
use crate::sources::parse::front_matter::split_required;

/// A fiche's text, as it is read.
pub(crate) struct Read {
    pub sources: Sources,
    pub source: SourceId,
    pub front: Range<usize>,
}

impl Read {
    /// # Errors
    /// If there is no front matter to edit.
    pub(crate) fn of(path: &str, bytes: &[u8]) -> Result<Self, Stuck> {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let source = load::text(path, bytes, &mut sources, &mut diagnostics).ok_or(Stuck)?;
        let (front, _) = split_required(&sources, source, &keys::CANDIDAT, &mut diagnostics).ok_or(Stuck)?;
        Ok(Self { sources, source, front })
    }

    pub(crate) fn text(&self) -> &str {
        self.sources.text(self.source)
    }

    pub(crate) fn front(&self) -> &str {
        &self.text()[self.front.clone()]
    }
}

/// The bytes with edits of the front matter that is read of them.
///
/// # Errors
/// If they are no text.
pub(crate) fn edited(bytes: &[u8], front: usize, edits: Edits) -> Result<Vec<u8>, Stuck> {
    let text = std::str::from_utf8(bytes).map_err(|_| Stuck)?;
    let places = places(text);
    let place = |at: usize| places.get(front + at).copied().ok_or(Stuck);
    let mut own = Edits::new();
    for (at, new) in edits {
        own.push((place(at.start)?..place(at.end)?, load::with_line_ends(text, &new)));
    }
    Ok(replaced(text, own).into_bytes())
}

/// Where each byte of the text that is read stands in the one that is written, its end too.
fn places(text: &str) -> Vec<usize> {
    let marks = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let bytes = text.as_bytes();
    let mut at = marks;
    let mut all = Vec::with_capacity(text.len() + 1);
    while at < bytes.len() {
        all.push(at);
        at += if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    all.push(at);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_beside_an_edit_stay() {
        let bytes = "\u{FEFF}---\r\nnom: É\r\n# x\nprenom: B\r\n---\r\n".as_bytes();
        let read = Read::of("a.md", bytes).unwrap();
        let at = read.front().find('É').unwrap();
        let end = at + 'É'.len_utf8();
        let edits = vec![(at..end, "Z".to_owned()), (end..end, "\nentreprise: C".to_owned())];
        let expected = "\u{FEFF}---\r\nnom: Z\r\nentreprise: C\r\n# x\nprenom: B\r\n---\r\n".as_bytes();
        assert_eq!(edited(bytes, read.front.start, edits).unwrap(), expected);
    }
}
