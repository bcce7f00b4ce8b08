//! Markdown as a list of blocks, each with its place: headings that carry the structure, and everything between
//! them. What the headings mean is left to the readers of each kind of file; [`html`] turns blocks into HTML.

pub mod html;
pub mod prose;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Sources, Span};

/// The Markdown that we read.
pub const OPTIONS: Options = Options::ENABLE_HEADING_ATTRIBUTES.union(Options::ENABLE_TABLES);

/// An event and its byte range in the source.
pub type Located<'a> = (Event<'a>, Range<usize>);

/// A block at the top of the document.
#[derive(Debug)]
pub struct Block<'a> {
    pub kind: BlockKind,
    /// All events of the block, its own start and end included.
    pub events: Vec<Located<'a>>,
    pub span: Span,
}

#[derive(Debug)]
pub enum BlockKind {
    Heading(Heading),
    Paragraph,
    List,
    Other,
}

/// A heading and what stands in its braces: `{#id .page parcours=isole}`.
#[derive(Debug, Clone)]
pub struct Heading {
    pub niveau: u8,
    pub titre: String,
    /// The place of the title's words.
    pub titre_span: Span,
    pub id: Option<String>,
    /// The place of the id, or of the heading if it has none.
    pub id_span: Span,
    pub page: bool,
    pub parcours: Option<(String, Span)>,
    pub span: Span,
}

impl Heading {
    /// The place of the hashes, if it is marked by hashes.
    pub fn hashes(&self) -> Option<Span> {
        let end = self.span.start + usize::from(self.niveau);
        (self.titre_span.start > end).then_some(Span { end, ..self.span })
    }
}

/// The blocks of `range` of a source.
pub fn blocks<'a>(
    sources: &'a Sources,
    source: SourceId,
    range: Range<usize>,
    diagnostics: &mut Diagnostics,
) -> Vec<Block<'a>> {
    let text = &sources.text(source)[range.clone()];
    let mut blocks = Vec::new();
    let mut events: Vec<Located> = Vec::new();
    let mut depth = 0usize;
    for (event, at) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        let at = at.start + range.start..at.end + range.start;
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        events.push((visible(event), at));
        if depth == 0 {
            let events = std::mem::take(&mut events);
            let at = trimmed(sources.text(source), events[0].1.clone());
            let span = Span::new(source, at);
            let kind = match &events[0].0 {
                Event::Start(Tag::Paragraph) => BlockKind::Paragraph,
                Event::Start(Tag::List(_)) => BlockKind::List,
                Event::Start(Tag::Heading { .. }) => BlockKind::Heading(heading(&events, span, sources, diagnostics)),
                _ => BlockKind::Other,
            };
            blocks.push(Block { kind, events, span });
        }
    }
    blocks
}

/// An entity (`&#1;`) can stand for a character that no source may hold: it is shown as one that cannot be read.
fn visible(event: Event) -> Event {
    let hidden = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let clean = |text: CowStr<'_>| -> CowStr<'static> { text.replace(hidden, "\u{FFFD}").into() };
    match event {
        Event::Text(text) if text.contains(hidden) => Event::Text(clean(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) if title.contains(hidden) => {
            Event::Start(Tag::Link { link_type, dest_url, title: clean(title), id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) if title.contains(hidden) => {
            Event::Start(Tag::Image { link_type, dest_url, title: clean(title), id })
        }
        other => other,
    }
}

fn heading(events: &[Located], span: Span, sources: &Sources, diagnostics: &mut Diagnostics) -> Heading {
    let Event::Start(Tag::Heading { level, id, classes, attrs }) = &events[0].0 else {
        unreachable!("called for headings only");
    };
    let written = &sources.text(span.source)[span.range()];
    let part = |needle: &str| {
        written.rfind(needle).map_or(span, |at| Span::new(span.source, span.start + at..span.start + at + needle.len()))
    };
    let mut page = false;
    for class in classes {
        if class.as_ref() == "page" {
            page = true;
        } else {
            diagnostics.push(
                Diagnostic::new(
                    Code::IndicationInconnue,
                    part(&format!(".{class}")),
                    format!("« .{class} » n'est pas une indication de titre"),
                )
                .suggest(&format!(".{class}"), [".page"]),
            );
        }
    }
    let mut parcours = None;
    for (name, value) in attrs {
        match value {
            Some(value) if name.as_ref() == "parcours" => {
                parcours = Some((value.to_string(), part(value)));
            }
            _ => diagnostics.push(
                Diagnostic::new(
                    Code::IndicationInconnue,
                    part(name),
                    format!("« {name} » n'est pas une indication de titre"),
                )
                .help("possibles : #identifiant, .page, parcours=…"),
            ),
        }
    }
    Heading {
        niveau: *level as u8,
        titre: plain(events),
        titre_span: inner(events, span),
        id: id.as_ref().map(ToString::to_string),
        id_span: id.as_ref().map_or(span, |id| part(&format!("#{id}"))),
        page,
        parcours,
        span,
    }
}

/// The place of what stands inside a block.
fn inner(events: &[Located], span: Span) -> Span {
    match events {
        [_, first, .., last, _] => Span { start: first.1.start, end: last.1.end, ..span },
        [_, only, _] => Span { start: only.1.start, end: only.1.end, ..span },
        _ => span,
    }
}

/// The text of some events without its markup.
pub fn plain(events: &[Located]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(t) | Event::Code(t) | Event::InlineHtml(t) | Event::Html(t) => text.push_str(t),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Item) => text.push(' '),
            _ => {}
        }
    }
    text.trim().to_owned()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + text[range.clone()].trim_end().len()
}
