//! YAML as a tree whose every key and value keeps its place, so that all mistakes of a file can be told at once
//! (deserializing straight into structs stops at the first). [`fields`] turns the tree into values.

pub(crate) mod fields;
mod lines;
mod lists;
mod messages;
mod node;
pub(crate) mod signs;
pub(crate) mod spelling;
mod tree;
mod values;

use std::ops::Range;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold::nfc;
use crate::ground::source::{SourceId, Sources, Span, Spanned};
use crate::sources::parse::copy::Copy;
use lines::Lines;
use node::{glued_colon, space_after_colon};
use signs::Cut;
use tree::{Piece, PieceKind, Style};

pub(crate) use node::{Kind, Node};

/// Parses a part of a source as one YAML document. `None`, with a diagnostic, if it does not parse.
pub(crate) fn parse(sources: &Sources, id: SourceId, at: Range<usize>, d: &mut Diagnostics) -> Option<Node> {
    let text = sources.text(id);
    let (written, whole) = (&text[at.clone()], Span::new(id, at.clone()));
    let (meant, hidden) = signs::look(written);
    let yaml = meant.text.as_str();
    let place = |at: &Range<usize>| whole.within(meant.original(at.clone()));
    let said = |cut: &Cut| signs::hidden_here(&written[cut.at.clone()], whole.within(cut.at.clone()), &cut.instead);
    d.extend(hidden.iter().map(said));
    let tree = match tree::read(yaml) {
        Ok(tree) => tree,
        // What the reader stumbled over has been named.
        Err(_) if !hidden.is_empty() => return None,
        Err((fault, stop)) => return d.refuse(messages::syntax(&fault, at, place(&stop), sources)),
    };
    d.extend(tree.properties.iter().map(|property| messages::property(property, yaml, place)));
    d.extend(tree.remarks.iter().filter_map(|at| glued_remark(&yaml[at.clone()], place(at))));
    let mut builder = Builder { yaml, place: &place, bullet: None, d };
    let Some(root) = tree.root else {
        return Some(Node { kind: Kind::Null, span: whole.within(0..0), listed: None });
    };
    let node = builder.node(root);
    if let Some(key) = builder.bullet {
        let found = Lines::near(text, at, key).and_then(|lines| lines.bullets(text));
        let first = || text[key.range()].chars().next().unwrap_or('•');
        return d.refuse(found.unwrap_or_else(|| lists::other_bullet(key, first())));
    }
    Some(node)
}

/// « Atelier #3 »: a remark for YAML, which cuts the value short. Who means a remark leaves a space.
fn glued_remark(written: &str, place: Span) -> Option<Diagnostic> {
    let message = format!("« {} » est une remarque pour YAML, et ne sera pas imprimé", written.trim_end());
    let diagnostic = Diagnostic::new(Code::RemarqueCollee, place, message).label("une remarque");
    let help = "si ces mots font partie de la valeur, mettez-la entre guillemets ; sinon, mettez une espace après #";
    written[1..].starts_with(char::is_alphanumeric).then(|| diagnostic.help(help))
}

/// Pieces to nodes, and what can be said of a value whatever field it stands in.
struct Builder<'a> {
    yaml: &'a str,
    place: &'a dyn Fn(&Range<usize>) -> Span,
    /// A key that begins with a bullet.
    bullet: Option<Span>,
    d: &'a mut Diagnostics,
}

impl Builder<'_> {
    fn node(&mut self, piece: Piece) -> Node {
        let span = (self.place)(&piece.sign);
        let mut listed = None;
        let kind = match piece.kind {
            PieceKind::Scalar { value, style: Style::Plain } if is_nothing(&value) => {
                if value.len() > 1 {
                    self.d.push(read_as_nothing(&value, span));
                }
                Kind::Null
            }
            PieceKind::Scalar { value, style } => {
                listed = (style == Style::Plain).then(|| lists::listed(self.yaml, &piece.at)).flatten();
                // Accents are one sign with their letter, however they were typed.
                Kind::Text(nfc(&value).into_owned())
            }
            PieceKind::List { items, .. } => Kind::List(items.into_iter().map(|item| self.node(item)).collect()),
            PieceKind::Map { flow, mut entries } => {
                if flow {
                    self.glued_colons(&mut entries);
                }
                Kind::Map(entries.into_iter().map(|(key, value)| (self.key(key), self.node(value))).collect())
            }
        };
        Node { kind, span, listed }
    }

    fn key(&mut self, piece: Piece) -> Spanned<String> {
        let span = (self.place)(&piece.sign);
        let PieceKind::Scalar { value, style } = piece.kind else { return Spanned::new(String::new(), span) };
        if style == Style::Plain && lists::bullet(&value).is_some() {
            self.bullet.get_or_insert(span);
        }
        Spanned::new(nfc(&value).into_owned(), span)
    }

    /// `{ du:2026-03-02, au:2026-03-06 }`: keys without values for YAML, since no space follows the colons.
    fn glued_colons(&mut self, entries: &mut [(Piece, Piece)]) {
        let mut glued: Vec<usize> = Vec::new();
        for (key, value) in entries.iter_mut() {
            let PieceKind::Scalar { value: words, style: Style::Plain } = &key.kind else { continue };
            let colon = glued_colon(words).filter(|_| value.at.is_empty() && key.at.len() == words.len());
            let Some(colon) = colon else { continue };
            let (name, rest) = (words[..colon].to_owned(), words[colon + 1..].to_owned());
            let middle = key.at.start + colon;
            glued.push(middle);
            *value = Piece::scalar(rest, Style::Plain, middle + 1..key.at.end);
            *key = Piece::scalar(name, Style::Plain, key.at.start..middle);
        }
        let (Some(first), Some(last)) = (glued.first(), glued.last()) else { return };
        let (colon, all) = (*first..first + 1, *first..last + 1);
        let corrected = Copy::but(self.yaml, all.clone(), glued.iter().map(|colon| (colon + 1..colon + 1, " "))).text;
        let diagnostic = space_after_colon((self.place)(&colon)).correct_at((self.place)(&all), corrected);
        self.d.push(diagnostic);
    }
}

/// What YAML reads as nothing.
pub(crate) fn is_nothing(plain: &str) -> bool {
    matches!(plain, "" | "~" | "null" | "Null" | "NULL")
}

fn read_as_nothing(word: &str, place: Span) -> Diagnostic {
    Diagnostic::new(Code::CleSansValeur, place, format!("YAML lit « {word} » comme « rien » : ce mot serait perdu"))
        .label("lu comme « rien »")
        .help(format!("mettez-le entre guillemets, \"{word}\" ; pour ne rien écrire, laissez la valeur vide"))
        .correct(format!("\"{word}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_what_was_typed() {
        for typed in [
            "No",
            "Yes",
            "Oui",
            "off",
            "y",
            "true",
            "1e400",
            ".inf",
            "-.INF",
            ".nan",
            "0x1F",
            "0o17",
            "0b1",
            "1_000",
            "010",
            "007",
            "+33 2 98",
            "+1",
            "12:30",
            "190:20:30",
            "1e3",
            "2026-03-02",
            "2026-03-02T10:00:00Z",
            "=",
            "1.50",
            "1,5",
            "-.5",
            "99999999999999999999999",
            "nullité",
            "Nul",
            "C#",
            "n°#3",
            "a:b",
            "3 > 2",
            "x & y",
        ] {
            let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
            let id = sources.add("a", format!("a: {typed}\nb: [{}]\n", typed.replace(',', ".")));
            let length = sources.text(id).len();
            let node = parse(&sources, id, 0..length, &mut diagnostics).unwrap_or_else(|| panic!("{typed}"));
            let Kind::Map(entries) = node.kind else { panic!("{typed}") };
            assert!(matches!(&entries[0].1.kind, Kind::Text(text) if text == typed), "{typed}");
            let Kind::List(items) = &entries[1].1.kind else { panic!("{typed}") };
            assert!(matches!(&items[0].kind, Kind::Text(text) if *text == typed.replace(',', ".")), "{typed}");
            assert_eq!(diagnostics.errors() + diagnostics.warnings(), 0, "{typed}");
        }
    }

    #[test]
    fn keys_are_words_too() {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let id = sources.add("a", "1: a\nnull: b\noui: c\n2026-03-02: d\n\"x\": e\n");
        let node = parse(&sources, id, 0..sources.text(id).len(), &mut diagnostics).unwrap();
        let Kind::Map(entries) = node.kind else { panic!() };
        let keys: Vec<&str> = entries.iter().map(|(key, _)| key.value.as_str()).collect();
        assert_eq!(keys, ["1", "null", "oui", "2026-03-02", "x"]);
    }

    /// Every sign at every place of a header: what cannot be read is told, in words of ours.
    #[test]
    fn no_sign_stops_the_reader_without_a_word() {
        const HEADER: &str = "# Une fiche\nnom: Né\nevaluateurs:\n  - { nom: A, fonction: \"B, c\" }\n  # Deux\n  - D\n\
            evaluations:\n  un:\n    dates: { du: 2026-03-02 }  # fin\n    # Un\n    lieu: 'E'\n";
        for sign in [
            "\n", " ", "\t", ":", ": ", " #", "- ", "{", "]", "\"", "'", "&", "*", "!", "? ", "|", "\\", "• ",
            "\u{A0}", "\u{FEFF}", "---\n",
        ] {
            for (at, _) in HEADER.char_indices() {
                let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
                let text = format!("{}{sign}{}", &HEADER[..at], &HEADER[at..]);
                let id = sources.add("a", text.clone());
                let node = parse(&sources, id, 0..text.len(), &mut diagnostics);
                let said = diagnostics.sorted(&sources);
                assert!(node.is_some() || said.len() == 1, "{text}: {said:?}");
                assert!(said.iter().all(|d| d.code != Code::YamlIllisible), "{text}: {said:?}");
            }
        }
    }
}
