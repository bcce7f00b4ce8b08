//! Running text as a small tree of what is meant: paragraphs, lists, tables, and words in them. How it was written
//! is [`crate::sources::parse::markdown`]'s, how it is shown `documents::render::prose`'s.

use pulldown_cmark::Alignment;

use crate::ground::source::Span;

/// A text of the référentiel and the headings in it, for a sommaire.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prose {
    pub titres: Vec<Titre>,
    pub parties: Vec<Partie>,
}

#[derive(Debug, Clone)]
pub(crate) struct Titre {
    /// 1 to 6, as in the Markdown.
    pub niveau: u8,
    pub id: String,
    pub titre: String,
}

#[derive(Debug, Clone)]
pub(crate) enum Partie {
    Texte(Vec<Element>),
    /// Here the theme shows the scale (`[[echelle]]`).
    Echelle,
    /// What holds only for the candidats of one parcours.
    Passage(Passage),
}

#[derive(Debug, Clone)]
pub(crate) struct Passage {
    pub id: String,
    pub niveau: u8,
    pub titre: String,
    /// The id of the parcours it applies to.
    pub parcours: String,
    /// Whether it starts a page.
    pub page: bool,
    pub parties: Vec<Partie>,
}

#[derive(Debug, Clone)]
pub(crate) enum Element {
    Paragraph(Vec<Inline>),
    /// A paragraph without space around it: what an item of a close list says.
    Line(Vec<Inline>),
    Heading {
        niveau: u8,
        id: String,
        /// Whether it starts a page.
        page: bool,
        content: Vec<Inline>,
    },
    List(List),
    Table(Table),
    Rule,
}

#[derive(Debug, Clone)]
pub(crate) struct List {
    pub marks: Marks,
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    Bullets,
    /// Numbers that follow one another, from this one.
    Numbers(u64),
    /// Numbers that have to be shown as each item has them: « 3) », « 1. » again and again.
    Written,
}

#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// As written: « - », « 3. », « 3) ».
    pub mark: String,
    pub content: Vec<Element>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub alignments: Vec<Alignment>,
    pub head: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
}

#[derive(Debug, Clone)]
pub(crate) enum Inline {
    Text(String),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Link {
        url: String,
        content: Vec<Inline>,
    },
    Picture {
        /// From the project's root.
        path: String,
        alternative: String,
    },
    /// The end of a line, which is one on the paper too if it is `hard`.
    Break {
        hard: bool,
    },
}

/// The words of some elements, without their markup; the text that stands for a picture is none of them.
pub(crate) fn words(elements: &[Element]) -> String {
    let mut out = String::new();
    elements.iter().for_each(|element| add_element(element, &mut out));
    out.trim().to_owned()
}

/// The same of words within a paragraph.
pub(crate) fn inline_words(inlines: &[Inline]) -> String {
    let mut out = String::new();
    add_inlines(inlines, &mut out);
    out.trim().to_owned()
}

fn add_element(element: &Element, out: &mut String) {
    match element {
        Element::Paragraph(inlines) | Element::Line(inlines) | Element::Heading { content: inlines, .. } => {
            add_inlines(inlines, out);
        }
        Element::List(list) => list.items.iter().for_each(|item| {
            if list.marks != Marks::Bullets {
                out.push_str(&item.mark);
                out.push(' ');
            }
            item.content.iter().for_each(|element| add_element(element, out));
        }),
        Element::Table(table) => {
            for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                add_inlines(cell, out);
                out.push(' ');
            }
        }
        Element::Rule => {}
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn add_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { content: inner, .. } => {
                add_inlines(inner, out);
            }
            Inline::Picture { .. } => {}
            Inline::Break { .. } => out.push(' '),
        }
    }
}
