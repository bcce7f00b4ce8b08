//! The markup of French ordinals and dates: `<sup>` around the ending of « 1er », `<span class="date">` around what
//! stays on one line. Search and copy find the words as they are written.

use pulldown_cmark::Event;

use crate::ground::typographie::nombres::{Part, parts};

/// A text that is set already, as events of the writer of HTML.
pub(crate) fn events<'a>(text: &str, events: &mut Vec<Event<'a>>) {
    for part in parts(text) {
        let text = |text: &str| Event::Text(text.to_owned().into());
        let markup = |html: &'static str| Event::InlineHtml(html.into());
        match part {
            Part::Text(plain) => events.push(text(plain)),
            Part::Raised(ending) => events.extend([markup("<sup>"), text(ending), markup("</sup>")]),
            Part::DateStart => events.push(markup("<span class=\"date\">")),
            Part::DateEnd => events.push(markup("</span>")),
        }
    }
}

/// Such a text as HTML.
pub(crate) fn html(text: &str) -> String {
    let mut all = Vec::new();
    events(text, &mut all);
    let mut out = String::with_capacity(text.len());
    pulldown_cmark::html::push_html(&mut out, all.into_iter());
    out
}
