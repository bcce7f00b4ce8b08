//! Markdown: words typed simply, no needless blanks. Code, addresses, identifiers, directives and HTML stay.

use std::collections::BTreeSet;

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::change::{Change, Changes, Wording};
use super::{same, spaces};
use crate::ground::source::lines_at;
use crate::sources::parse::copy::{Edits, replaced};
use crate::sources::parse::markdown::Reading;

/// The text so written.
pub(crate) fn format(text: &str, wording: Wording, changes: &mut Changes) -> String {
    let words = replaced(text, edits(text, wording));
    // Rare texts mean something by their blanks where these rules see none: such a text keeps them.
    let mut out = words.clone();
    for step in [blanks, spaces::end] {
        let made = step(&out);
        if same::body(&out, &made, Wording::Official) {
            out = made;
        }
    }
    changes.extend((words != text).then_some(Change::TYPOGRAPHY));
    changes.extend((out != words).then_some(Change::BLANKS));
    out
}

/// What is to be written otherwise, in order.
fn edits(text: &str, wording: Wording) -> Edits {
    let mut edits: Edits = Vec::new();
    let lines: Vec<usize> = lines_at(text).map(|(start, _)| start).collect();
    // How many elements are open whose text is no running text.
    let mut closed = 0usize;
    for (event, at) in Reading::new(text).events() {
        match &event {
            Event::Start(tag) if closed > 0 || is_closed(tag, &text[at.clone()], wording) => closed += 1,
            Event::End(_) => closed = closed.saturating_sub(1),
            // An escape or an entity is written otherwise than it reads.
            Event::Text(CowStr::Borrowed(words)) if closed == 0 && text[at.clone()] == **words => {
                let line = lines[lines.partition_point(|start| *start <= at.start) - 1];
                let at = at.start + markers(&text[line..at.start], words)..at.end;
                let words = &text[at.clone()];
                let new = wording.typed(words, &text[line..at.start], text[at.end..].chars().next());
                edits.extend((new != words).then_some((at, new)));
            }
            _ => {}
        }
    }
    edits
}

/// How many bytes of some words could be taken for the mark of a list, a heading or a table if a space stood there:
/// those before the first letter of their line.
fn markers(before: &str, words: &str) -> usize {
    let is_word = |c: char| c.is_alphabetic() || c == '«';
    if before.contains(is_word) { 0 } else { words.find(is_word).unwrap_or(words.len()) }
}

/// Whether the text within is code, an address, a name that others refer to, or a directive.
fn is_closed(tag: &Tag, written: &str, wording: Wording) -> bool {
    match tag {
        Tag::CodeBlock(_) => true,
        Tag::Link { link_type, .. } | Tag::Image { link_type, .. } => *link_type != LinkType::Inline,
        // A candidat's headings are the ids of blocs.
        Tag::Heading { .. } => wording == Wording::Own,
        Tag::Paragraph => written.trim_start().starts_with("[["),
        _ => false,
    }
}

/// The text without blanks at the ends of lines, where these are neither a line break nor part of code.
fn blanks(text: &str) -> String {
    let is_kept = |event: &Event| match event {
        Event::Start(tag) => matches!(tag, Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. }),
        other => matches!(other, Event::Code(_) | Event::InlineHtml(_) | Event::HardBreak),
    };
    let reading = Reading::new(text);
    let is_end = |at: &usize| text.as_bytes().get(*at).is_none_or(|byte| *byte == b'\n');
    let kept = reading.events().filter(|(event, _)| is_kept(event));
    let kept: BTreeSet<usize> = kept.flat_map(|(_, range)| (range.start..=range.end).filter(is_end)).collect();
    spaces::trimmed(text, |at| kept.contains(&at) || text[..at].trim_end_matches([' ', '\t']).ends_with('\\'))
}
