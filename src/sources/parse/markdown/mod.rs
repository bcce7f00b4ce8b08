//! Markdown as a list of blocks, each with its place: headings that carry the structure, and the elements between
//! them. `lines` decides which Markdown is meant, before anything is parsed; `tree` makes plain data of it. What the
//! headings mean is left to the readers of each kind of file.

mod block;
pub mod files;
mod lines;
mod lost;
mod marks;
pub(crate) mod prose;
mod signs;
mod slips;
mod tree;

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{SourceId, Span, lines_at};
use crate::model::prose::{Element, inline_words};
use crate::sources::parse::yaml::signs::blank;
use files::Context;
use tree::Tree;

use block::{Indication, indications};

pub(crate) use block::{Block, BlockKind, Heading, Located};
pub(crate) use lines::Reading;
pub(crate) use signs::without_html;

/// The blocks of a part of a source.
pub(crate) fn blocks(context: &Context, id: SourceId, at: Range<usize>, d: &mut Diagnostics) -> Vec<Block> {
    let whole = context.sources.text(id);
    let (text, part) = (&whole[at.clone()], Span::new(id, at));
    let reading = Reading::new(text);
    let span = |at: &Range<usize>| part.within(at.clone());
    d.extend(reading.slips.iter().map(|slip| slip.diagnostic(span, text)));
    let events = reading.parsed();
    let lost = lost::lost(&reading.copy.text, &events).into_iter();
    d.extend(lost.map(|lost| unread(span(&reading.copy.original(lost.at)), lost.table)));
    let place = |at| span(&reading.copy.original(at)).range();
    let events: Vec<Located> = events.into_iter().map(|(event, at)| (event, place(at))).collect();
    let mut blocks = Vec::new();
    let mut depth = 0usize;
    let mut open = Vec::new();
    for (event, at) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        open.push((event, at));
        if depth == 0 {
            let events = std::mem::take(&mut open);
            let span = Span::new(id, events[0].1.clone());
            let span = span.within(0..whole[span.range()].trim_end().len());
            if let Event::Start(Tag::Heading { .. }) = events[0].0 {
                let mut heading = heading(events, span, context, d);
                heading.sound = !reading.slips.iter().any(|slip| slip.is_title_at(span.start - part.start));
                blocks.push(Block { kind: BlockKind::Heading(heading), span });
            } else {
                let elements = Tree::new(events, id, context, d).elements();
                if let [Element::Paragraph(_)] = elements.as_slice() {
                    d.extend(no_table(span, whole));
                }
                blocks.extend(elements.into_iter().map(|element| Block { kind: BlockKind::Element(element), span }));
            }
        }
    }
    blocks
}

/// Says it of lines that were meant as a table: one of dashes and « | » that the first does not agree with.
fn no_table(span: Span, text: &str) -> Option<Diagnostic> {
    let dashes =
        |line: &str| line.contains('|') && line.contains('-') && line.trim().chars().all(|c| "|-: \t".contains(c));
    let (at, line) = lines_at(&text[span.range()]).find(|(_, line)| dashes(line))?;
    let place = span.within(at..at + line.trim_end().len());
    let help = "sous la première ligne, des tirets pour chaque colonne ; une ligne vide avant le tableau";
    let diagnostic = Diagnostic::new(Code::TableauMalForme, place, "ces lignes ne font pas un tableau").help(help);
    Some(diagnostic.label("autant de colonnes que la ligne qui précède ?"))
}

fn unread(span: Span, table: bool) -> Diagnostic {
    if table {
        return Diagnostic::new(Code::CellulesDeTrop, span, "ce tableau n'a pas de colonne pour ces mots")
            .label("ne serait pas imprimé")
            .help("ajoutez une colonne à la première ligne et à celle des tirets, ou ôtez un trait « | » de celle-ci");
    }
    Diagnostic::new(Code::MotsPerdus, span, "ces mots ne seraient pas imprimés")
        .label("lu par rien")
        .help("écrivez-les comme du texte, hors des crochets et des parenthèses")
}

const INDICATIONS: &str = "possibles : #identifiant, .page, parcours=…, poids=…, .eliminatoire, eliminatoire=…";

fn heading(events: Vec<Located>, span: Span, context: &Context, d: &mut Diagnostics) -> Heading {
    let Event::Start(Tag::Heading { level, id, classes, attrs }) = &events[0].0 else {
        unreachable!("called for headings only");
    };
    let written = &context.sources.text(span.source)[span.range()];
    let part = |word: &str| context.sources.part(span, word).unwrap_or(span);
    let unknown = |word: &str| {
        let message = format!("« {word} » n'est pas une indication de titre");
        Diagnostic::new(Code::IndicationInconnue, part(word), message)
    };
    let [page, fin] = ["page", "fin"].map(|known| classes.iter().any(|class| class.as_ref() == known));
    let known = |class: &str| matches!(class, "page" | "fin" | "eliminatoire");
    for class in classes.iter().filter(|class| !known(class)).map(|class| format!(".{class}")) {
        d.push(unknown(&class).suggest(&class, [".page", ".fin", ".eliminatoire"]));
    }
    let mut parcours = None;
    for (name, value) in attrs {
        let empty = || {
            let message = format!("« {name} » n'a pas de valeur");
            Diagnostic::new(Code::IndicationInconnue, part(name), message)
        };
        let note = "écrivez {.eliminatoire}, avec un point, ou la note à atteindre : {eliminatoire=8}";
        match (name.as_ref(), value) {
            ("parcours", Some(value)) => parcours = Some((value.to_string(), part(value))),
            ("poids" | "eliminatoire", Some(_)) => {}
            ("poids", None) => d.push(empty().help("écrivez {poids=2}, sans espace autour de « = »")),
            ("eliminatoire", None) => d.push(empty().help(note)),
            _ => d.push(unknown(name).help(INDICATIONS)),
        }
    }
    let has_braces = id.is_some() || !classes.is_empty() || !attrs.is_empty();
    let indications = if has_braces { indications(written, span, d) } else { Vec::new() };
    // What the library makes nothing of.
    let read = |word: &Indication| {
        word.texte.starts_with(['#', '.']) || attrs.iter().any(|(name, _)| name.as_ref() == word.kind())
    };
    let blank = written.contains(|c| blank(c).is_some());
    for (i, word) in indications.iter().enumerate().filter(|(_, word)| !read(word)) {
        let before = i.checked_sub(1).map(|before| indications[before].texte.as_str());
        d.push(match before {
            // Told of the word before, or of the blank between.
            Some("poids" | "eliminatoire") if word.texte == "=" => continue,
            Some("=") => continue,
            Some(_) if word.texte == "%" && blank => continue,
            Some(before) if word.texte == "%" && before.contains('=') => {
                let message = format!("une espace coupe « {before} % »");
                Diagnostic::new(Code::IndicationInconnue, word.span, message).help(format!("écrivez {{{before}%}}"))
            }
            _ => unknown(&word.texte).help(INDICATIONS),
        });
    }
    let (niveau, titre_span) = (*level as u8, inner(&events, span));
    let id_span = id.as_ref().map_or(span, |id| part(&format!("#{id}")));
    let id = id.as_ref().map(ToString::to_string);
    let words = events.into_iter().skip(1).collect();
    let content = Tree::new(words, span.source, context, d).inlines();
    let titre = inline_words(&content);
    Heading { niveau, titre, sound: true, content, titre_span, id, id_span, page, fin, parcours, indications, span }
}

/// The place of what stands inside a block.
fn inner(events: &[Located], span: Span) -> Span {
    match events {
        [_, inside @ .., _] if !inside.is_empty() => {
            Span { start: inside[0].1.start, end: inside[inside.len() - 1].1.end, ..span }
        }
        _ => span,
    }
}
