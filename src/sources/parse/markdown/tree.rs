//! What the parser reads, as the tree of [`crate::model::prose`]. A link leads to the web or by mail and nowhere else, a
//! picture is a file of the project: what is neither is printed as it was written.

use std::iter::Peekable;
use std::vec::IntoIter;

use pulldown_cmark::{Alignment, CowStr, Event, Tag, TagEnd};

use super::block::Located;
use super::files::{Context, shown};
use super::marks;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{SourceId, Span};
use crate::model::prose::{Element, Inline, Item, List, Marks, Table, inline_words};

pub(crate) struct Tree<'a, 'd> {
    events: Peekable<IntoIter<Located<'a>>>,
    source: SourceId,
    context: &'d Context<'d>,
    d: &'d mut Diagnostics,
    /// How many emphases are open.
    depth: usize,
}

/// Emphasis within emphasis beyond any that somebody means: it is left out.
const DEEPEST: usize = 16;

impl<'a, 'd> Tree<'a, 'd> {
    /// The places of the events are those in the whole source.
    pub(crate) fn new(
        events: Vec<Located<'a>>,
        source: SourceId,
        context: &'d Context<'d>,
        d: &'d mut Diagnostics,
    ) -> Self {
        Self { events: events.into_iter().peekable(), source, context, d, depth: 0 }
    }

    /// The elements up to the end of what is open.
    pub(crate) fn elements(&mut self) -> Vec<Element> {
        let mut elements = Vec::new();
        while let Some((event, _)) = self.events.peek() {
            match event {
                Event::End(_) => break,
                Event::Rule => {
                    self.events.next();
                    elements.push(Element::Rule);
                }
                Event::Start(tag) if is_block(tag) => {
                    let Some((Event::Start(tag), _)) = self.events.next() else { break };
                    match tag {
                        Tag::List(start) => elements.push(self.list(start)),
                        Tag::Table(alignments) => elements.push(self.table(alignments)),
                        Tag::Paragraph | Tag::Heading { .. } => elements.push(Element::Paragraph(self.inlines())),
                        // None that is meant; whatever it says is kept.
                        _ => elements.extend(self.elements()),
                    }
                    self.events.next();
                }
                _ => elements.push(Element::Line(self.inlines())),
            }
        }
        elements
    }

    fn list(&mut self, start: Option<u64>) -> Element {
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), at)) =
            self.events.next_if(|(event, _)| !matches!(event, Event::End(_)))
        {
            let text = &self.context.sources.text(self.source)[at.clone()];
            let mark = text.trim_start();
            let mark = &mark[..marks::marker(mark).map_or(0, |marker| marker.len)];
            let span = Span::new(self.source, at.start..at.start + text.trim_end().len());
            items.push(Item { mark: mark.to_owned(), content: self.elements(), span });
            self.events.next();
        }
        let follow = |start: u64| (start..).zip(&items).all(|(number, item)| item.mark == format!("{number}."));
        let marks = match start {
            None => Marks::Bullets,
            Some(start) if follow(start) && (start == 1 || items.len() > 1) => Marks::Numbers(start),
            Some(_) => Marks::Written,
        };
        Element::List(List { marks, items })
    }

    fn table(&mut self, alignments: Vec<Alignment>) -> Element {
        let mut table = Table { alignments, head: Vec::new(), rows: Vec::new() };
        while let Some((event, _)) = self.events.next_if(|(event, _)| !matches!(event, Event::End(TagEnd::Table))) {
            let mut cells = Vec::new();
            while self.events.next_if(|(event, _)| matches!(event, Event::Start(Tag::TableCell))).is_some() {
                cells.push(self.inlines());
                self.events.next();
            }
            self.events.next();
            match event {
                Event::Start(Tag::TableHead) => table.head = cells,
                _ => table.rows.push(cells),
            }
        }
        Element::Table(table)
    }

    /// The words up to the next block, or to the end of what is open.
    pub(crate) fn inlines(&mut self) -> Vec<Inline> {
        let mut inlines = Vec::new();
        let mut flat = 0usize;
        let words = |event: &Event| !matches!(event, Event::End(_) | Event::Rule) && !is_block_start(event);
        while let Some((event, at)) = self.events.next_if(|(event, _)| words(event) || flat > 0) {
            match event {
                Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    add(&mut inlines, &text);
                }
                Event::SoftBreak => inlines.push(Inline::Break { hard: false }),
                Event::HardBreak => inlines.push(Inline::Break { hard: true }),
                Event::Start(Tag::Link { dest_url, title, .. }) => {
                    let content = self.inlines();
                    self.events.next();
                    let span = Span::new(self.source, at);
                    if is_safe(&dest_url) && title.is_empty() && !inline_words(&content).is_empty() {
                        inlines.push(Inline::Link { url: dest_url.to_string(), content });
                    } else {
                        add(&mut inlines, &self.context.sources.text(self.source)[span.range()]);
                        self.d.push(no_link(span, &dest_url));
                    }
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let alternative = inline_words(&self.inlines());
                    self.events.next();
                    let path = shown(&dest_url, Span::new(self.source, at), self.context, self.d);
                    inlines.extend(path.map(|path| Inline::Picture { path, alternative }));
                }
                Event::Start(_) if self.depth == DEEPEST => flat += 1,
                Event::End(_) => flat -= 1,
                Event::Start(tag) => {
                    self.depth += 1;
                    let inner = self.inlines();
                    self.depth -= 1;
                    self.events.next();
                    match tag {
                        Tag::Emphasis => inlines.push(Inline::Emphasis(inner)),
                        Tag::Strong => inlines.push(Inline::Strong(inner)),
                        _ => inlines.extend(inner),
                    }
                }
                _ => {}
            }
        }
        inlines
    }
}

fn is_block(tag: &Tag) -> bool {
    !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. })
}

fn is_block_start(event: &Event) -> bool {
    matches!(event, Event::Start(tag) if is_block(tag))
}

/// Text comes in pieces wherever a sign was made text.
fn add(inlines: &mut Vec<Inline>, text: &str) {
    match inlines.last_mut() {
        Some(Inline::Text(last)) => last.push_str(text),
        _ => inlines.push(Inline::Text(text.to_owned())),
    }
}

fn is_safe(url: &CowStr) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}

fn no_link(span: Span, url: &str) -> Diagnostic {
    let message = if is_safe(&url.into()) {
        "ce lien n'est pas de ceux qui s'impriment".to_owned()
    } else {
        format!("« {url} » n'est pas une adresse")
    };
    Diagnostic::new(Code::LienSansAdresse, span, message)
        .label("imprimé tel quel")
        .help("un lien s'écrit [ses mots](https://exemple.fr) ou [ses mots](mailto:nom@exemple.fr), sans rien d'autre")
}
