//! Running text as safe, typographied HTML: from the tree of what is meant, so that nothing that a source says becomes
//! markup. Which links and pictures there may be was decided when it was read.

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd, html::push_html};

use super::assets::token;
use super::francais;
use crate::ground::paths;
use crate::ground::typographie::typographier;
use crate::model::prose::{Element, Inline, Item, List, Marks, Table};

type Events<'a> = Vec<Event<'a>>;

/// The HTML of some elements.
pub(crate) fn html(elements: &[Element]) -> String {
    let mut events = Vec::new();
    elements.iter().for_each(|element| block(element, &mut events));
    written(events)
}

/// The HTML of a critère: without the paragraph around it. A second one is a line of its own.
pub(crate) fn critere(elements: &[Element]) -> String {
    let mut events = Vec::new();
    let mut open = false;
    for element in elements {
        let (Element::Paragraph(inner) | Element::Line(inner)) = element else {
            block(element, &mut events);
            open = false;
            continue;
        };
        if open {
            events.push(Event::HardBreak);
        }
        inlines(inner, &mut events);
        open = true;
    }
    written(events)
}

fn written(events: Events) -> String {
    let mut out = String::new();
    push_html(&mut out, events.into_iter());
    out.trim_end().to_owned()
}

fn block<'a>(element: &'a Element, events: &mut Events<'a>) {
    match element {
        Element::Paragraph(inner) => within(Tag::Paragraph, events, |events| inlines(inner, events)),
        Element::Line(inner) => inlines(inner, events),
        Element::Heading { niveau, id, page, content } => {
            let level = HeadingLevel::try_from(usize::from(*niveau)).unwrap_or(HeadingLevel::H6);
            let classes = if *page { vec!["page".into()] } else { Vec::new() };
            let tag = Tag::Heading { level, id: Some(id.as_str().into()), classes, attrs: Vec::new() };
            within(tag, events, |events| inlines(content, events));
        }
        Element::List(list) => self::list(list, events),
        Element::Table(table) => self::table(table, events),
        Element::Rule => events.push(Event::Rule),
    }
}

fn within<'a>(tag: Tag<'a>, events: &mut Events<'a>, inner: impl FnOnce(&mut Events<'a>)) {
    let end: TagEnd = tag.to_end();
    events.push(Event::Start(tag));
    inner(events);
    events.push(Event::End(end));
}

fn list<'a>(list: &'a List, events: &mut Events<'a>) {
    let start = match list.marks {
        Marks::Bullets => None,
        Marks::Numbers(start) => Some(start),
        Marks::Written => return list.items.iter().for_each(|item| with_its_mark(item, events)),
    };
    within(Tag::List(start), events, |events| {
        for item in &list.items {
            within(Tag::Item, events, |events| item.content.iter().for_each(|element| block(element, events)));
        }
    });
}

/// A paragraph that begins with its own mark: a list would number it anew.
fn with_its_mark<'a>(item: &'a Item, events: &mut Events<'a>) {
    let (first, rest) = match item.content.split_first() {
        Some((Element::Paragraph(first) | Element::Line(first), rest)) => (first.as_slice(), rest),
        _ => (&[][..], item.content.as_slice()),
    };
    within(Tag::Paragraph, events, |events| {
        events.push(Event::Text(format!("{} ", item.mark).into()));
        inlines(first, events);
    });
    rest.iter().for_each(|element| block(element, events));
}

fn table<'a>(table: &'a Table, events: &mut Events<'a>) {
    // Chrome leaves cells without any text out of the PDF's structure, and the table would no longer close.
    let cell = |cell: &'a [Inline], events: &mut Events<'a>| match cell {
        [] => events.push(Event::Text("\u{A0}".into())),
        words => inlines(words, events),
    };
    let row = |cells: &'a [Vec<Inline>], tag, events: &mut Events<'a>| {
        within(tag, events, |events| {
            cells.iter().for_each(|words| within(Tag::TableCell, events, |events| cell(words, events)));
        });
    };
    within(Tag::Table(table.alignments.clone()), events, |events| {
        row(&table.head, Tag::TableHead, events);
        table.rows.iter().for_each(|cells| row(cells, Tag::TableRow, events));
    });
}

fn inlines<'a>(all: &'a [Inline], events: &mut Events<'a>) {
    let text = |inline: &Inline| match inline {
        Inline::Text(text) => Some(typographier(text)),
        Inline::Break { hard: false } => Some("\n".to_owned()),
        _ => None,
    };
    // A date may go on in the next line.
    for run in all.chunk_by(|a, b| is_text(a) && is_text(b)) {
        match run.iter().map(text).collect::<Option<String>>() {
            Some(text) => francais::events(&text, events),
            None => run.iter().for_each(|inline| markup(inline, events)),
        }
    }
}

fn is_text(inline: &Inline) -> bool {
    matches!(inline, Inline::Text(_) | Inline::Break { hard: false })
}

fn markup<'a>(inline: &'a Inline, events: &mut Events<'a>) {
    match inline {
        Inline::Emphasis(inner) => within(Tag::Emphasis, events, |events| inlines(inner, events)),
        Inline::Strong(inner) => within(Tag::Strong, events, |events| inlines(inner, events)),
        Inline::Link { url, content } => {
            let tag = Tag::Link {
                link_type: LinkType::Inline,
                dest_url: url.as_str().into(),
                title: CowStr::Borrowed(""),
                id: CowStr::Borrowed(""),
            };
            within(tag, events, |events| inlines(content, events));
        }
        // Not left to the Markdown writer, which would percent-encode the token.
        Inline::Picture { path, alternative } => events.push(Event::InlineHtml(image(path, alternative).into())),
        Inline::Break { .. } => events.push(Event::HardBreak),
        Inline::Text(_) => {}
    }
}

fn image(path: &str, alternative: &str) -> String {
    let mut alt = Vec::new();
    // Writing to memory does not fail.
    let _ = tera::escape_html(&typographier(alternative), &mut alt);
    format!("<img src=\"{}\" alt=\"{}\">", token(&paths::asset(path)), String::from_utf8_lossy(&alt))
}
