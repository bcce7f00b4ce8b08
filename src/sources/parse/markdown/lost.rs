//! Whether every written word is read: what no event of the parser covers would not be printed. This catches what nobody
//! thought of; known cases have their own messages.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::block::Located;
use super::marks;
use crate::ground::source::{lines_at, offset_of};

/// Words that nothing reads.
pub(crate) struct Lost {
    pub at: Range<usize>,
    /// Whether they stand in a table.
    pub table: bool,
}

/// The words of a text that none of its events reads, one piece a line.
pub(crate) fn lost(text: &str, events: &[Located]) -> Vec<Lost> {
    let mut known: Vec<Range<usize>> = events.iter().filter_map(|(event, at)| read(event, at, text)).collect();
    known.sort_unstable_by_key(|range| range.start);
    known.push(text.len()..text.len());
    let tables = events.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::Table(_))));
    let tables: Vec<&Range<usize>> = tables.map(|(_, at)| at).collect();
    let mut lost = Vec::new();
    let mut done = 0;
    for range in known {
        for (start, line) in lines_at(text.get(done..range.start).unwrap_or_default()) {
            let words = line.trim_matches(|c: char| !c.is_alphanumeric());
            if !words.is_empty() {
                let start = done + start + offset_of(words, line);
                let table = tables.iter().any(|table| table.contains(&start));
                lost.push(Lost { at: start..start + words.len(), table });
            }
        }
        done = done.max(range.end);
    }
    lost
}

/// What an event reads.
fn read(event: &Event, at: &Range<usize>, text: &str) -> Option<Range<usize>> {
    let written = &text[at.clone()];
    Some(match event {
        Event::Text(_) | Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => at.clone(),
        // The title of a link is printed with it, as it was written; that of a picture is not.
        Event::Start(Tag::Link { .. }) => at.clone(),
        Event::Start(Tag::Image { title, .. }) if !title.is_empty() => {
            at.start..at.start + written.rfind(&**title).unwrap_or(written.len())
        }
        Event::Start(Tag::Image { .. }) => at.clone(),
        Event::Start(Tag::Heading { id, classes, attrs, .. }) => {
            let bare = id.is_none() && classes.is_empty() && attrs.is_empty();
            at.start + written.rfind('{').filter(|_| !bare)?..at.end
        }
        Event::Start(Tag::Item) => {
            let mark = written.trim_start();
            let start = at.end - mark.len();
            start..start + marks::marker(mark)?.len
        }
        _ => return None,
    })
}
