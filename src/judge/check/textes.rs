//! How a file is typed: apostrophes and bullets of several kinds in one file, quotation marks of a word processor. They make texts hard to search, lists fall apart, and marks are printed that were meant as YAML's.

use std::ops::Range;

use rayon::prelude::*;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{SourceId, Sources, Span, offset_of, place_of};
use crate::sources::parse::yaml::spelling::{Piece, PieceKind, Style, spelling};

/// Looks at Markdown files of the content, side by side.
pub(crate) fn textes(files: &[SourceId], sources: &Sources, diagnostics: &mut Diagnostics) {
    let look = |source: &SourceId| {
        let mut own = Diagnostics::default();
        apostrophes(*source, sources.text(*source), &mut own);
        puces(*source, sources.text(*source), &mut own);
        guillemets(*source, sources.text(*source), &mut own);
        own
    };
    files.par_iter().map(look).collect::<Vec<_>>().into_iter().for_each(|own| diagnostics.append(own));
}

/// One kind of sign: how often, and where first.
struct Kind {
    sign: char,
    count: usize,
    first: usize,
}

impl Kind {
    fn span(&self, source: SourceId) -> Span {
        Span::new(source, self.first..self.first + self.sign.len_utf8())
    }
}

/// The kinds of some signs, the commonest first (of equals the one that comes first).
fn kinds(signs: impl Iterator<Item = (usize, char)>) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    for (at, sign) in signs {
        match kinds.iter_mut().find(|kind| kind.sign == sign) {
            Some(kind) => kind.count += 1,
            None => kinds.push(Kind { sign, count: 1, first: at }),
        }
    }
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
    kinds
}

/// Apostrophes stand between letters; elsewhere the sign is a quotation mark.
fn apostrophes(source: SourceId, text: &str, diagnostics: &mut Diagnostics) {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let signs = text
        .match_indices(['\'', '’'])
        .filter(|(at, sign)| letter(text[..*at].chars().next_back()) && letter(text[at + sign.len()..].chars().next()));
    let kinds = kinds(signs.filter_map(|(at, sign)| Some((at, sign.chars().next()?))));
    let [usual, other] = kinds.as_slice() else { return };
    let name = |sign| if sign == '\'' { "droite" } else { "courbe" };
    let count = |sign| kinds.iter().find(|kind| kind.sign == sign).map_or(0, |kind| kind.count);
    let message = format!("ce fichier mêle apostrophes droites ({}) et courbes ({})", count('\''), count('’'));
    diagnostics.push(
        Diagnostic::new(Code::ApostrophesMelees, other.span(source), message)
            .label(name(other.sign))
            .related(usual.span(source), name(usual.sign))
            .help(format!("remplacez-les toutes par {} : une recherche les trouvera alors toutes", usual.sign))
            .correct(usual.sign),
    );
}

/// Bullets of one depth should be alike; those of another may differ.
fn puces(source: SourceId, text: &str, diagnostics: &mut Diagnostics) {
    let mut depths = [Vec::new(), Vec::new()];
    for line in text[corps(text)..].split('\n') {
        let words = line.trim_start();
        let mut chars = words.chars();
        if let (Some(sign @ ('-' | '*' | '+')), Some(' ' | '\u{A0}')) = (chars.next(), chars.next()) {
            let inner = line.len() - words.len() > 1;
            depths[usize::from(inner)].push((offset_of(words, text), sign));
        }
    }
    for signs in depths {
        let kinds = kinds(signs.into_iter());
        let [usual, others @ ..] = kinds.as_slice() else { continue };
        for other in others {
            let [said, name] = [usual, other].map(|kind| format!("« {} »", kind.sign));
            let message = format!(
                "ce fichier mêle plusieurs sortes de puces ({said} {} fois, {name} {} fois)",
                usual.count, other.count
            );
            diagnostics.push(
                Diagnostic::new(Code::PucesMelees, other.span(source), message)
                    .label(name)
                    .related(usual.span(source), said)
                    .help("commencez chaque élément par un tiret et une espace : « - … »")
                    .correct(usual.sign),
            );
        }
    }
}

/// Quotation marks around a whole value of the header that are no YAML: they are printed with it.
fn guillemets(source: SourceId, text: &str, diagnostics: &mut Diagnostics) {
    let header = text[..corps(text)].strip_prefix("---\n").and_then(|header| header.strip_suffix("\n---"));
    let Some(header) = header.filter(|header| has_guillemets(header)) else { return };
    for at in spelling(header).iter().flat_map(plain_values) {
        let value = &header[at];
        let wrapped = GUILLEMETS.iter().any(|(open, close)| {
            let inner = value.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close));
            inner.is_some_and(|inner| !inner.contains(*close))
        });
        let lonely = value.ends_with('"') && value.matches('"').count() == 1;
        if !wrapped && !lonely {
            continue;
        }
        let place = Span::new(source, place_of(value, text));
        let message = "ces guillemets font partie de la valeur : ils seront imprimés";
        let label = if wrapped { "guillemets de texte" } else { "un guillemet d'un côté seulement" };
        let diagnostic = Diagnostic::new(Code::GuillemetsDansLEnTete, place, message).label(label);
        diagnostics.push(diagnostic.help("ôtez-les, ou entourez la valeur de guillemets droits : \"…\""));
    }
}

const GUILLEMETS: [(char, char); 4] = [('“', '”'), ('”', '”'), ('„', '“'), ('«', '»')];

/// Whether a header may hold such marks: few do, and only those are read once more.
fn has_guillemets(header: &str) -> bool {
    let odd = |line: &str| !line.matches('"').count().is_multiple_of(2);
    GUILLEMETS.iter().any(|(open, _)| header.contains(*open)) || header.lines().any(odd)
}

/// The places of all values that are written without quotes.
fn plain_values(piece: &Piece) -> Vec<Range<usize>> {
    match &piece.kind {
        PieceKind::Scalar { style: Style::Plain, .. } => vec![piece.at.clone()],
        PieceKind::Scalar { .. } => Vec::new(),
        PieceKind::List { items, .. } => items.iter().flat_map(plain_values).collect(),
        PieceKind::Map { entries, .. } => entries.iter().flat_map(|(_, value)| plain_values(value)).collect(),
    }
}

/// Where the text after the front matter starts.
fn corps(text: &str) -> usize {
    let end = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---"));
    end.map_or(0, |end| "---\n".len() + end + "\n---".len())
}
