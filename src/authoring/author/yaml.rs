//! Text as a YAML value, in the plainest spelling that means exactly this text: bare where it surely can be, else
//! between quotes.

use std::collections::BTreeMap;

use crate::ground::typographie::simple::simplifier;
use crate::sources::parse::yaml::spelling::{is_plain, quoted};

/// A value after `key: ` on a line of its own.
pub(crate) fn block(text: &str) -> String {
    spelled(text, false)
}

/// A value between braces or brackets: `{ nom: …, fonction: … }`.
pub(crate) fn flow(text: &str) -> String {
    spelled(text, true)
}

/// One line without control characters: what people paste into a cell, as a value can hold it, with the apostrophes
/// and spaces that sources have.
pub fn one_line(text: &str) -> String {
    let hidden = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    // Marks without width come along from web pages; a byte order mark even from spreadsheets.
    let without =
        |c: &char| matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{AD}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let shown = text.chars().filter(|c| !without(c));
    let text: String = shown.map(|c| if hidden(c) { ' ' } else { c }).collect();
    simplifier(&text.split_whitespace().collect::<Vec<_>>().join(" "), "")
}

fn spelled(text: &str, flow: bool) -> String {
    let hidden = |c: char| c.is_control() || matches!(c, '\u{FEFF}' | '\u{2028}' | '\u{2029}');
    let needs_escapes = text.contains(hidden) || (text.contains('\'') && text.contains(['"', '\\']));
    if is_plain(text, flow) && is_read_back(text, flow) {
        text.to_owned()
    } else if !needs_escapes {
        quoted(text)
    } else {
        let escaped = text.chars().map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if hidden(c) => format!("\\u{:04X}", u32::from(c)),
            c => c.to_string(),
        });
        format!("\"{}\"", escaped.collect::<String>())
    }
}

/// Whether the YAML library reads the very same text.
fn is_read_back(text: &str, flow: bool) -> bool {
    let yaml = if flow { format!("{{ a: {text}, b: c }}\n") } else { format!("a: {text}\nb: c\n") };
    let read = serde_yaml::from_str::<BTreeMap<String, String>>(&yaml);
    read.is_ok_and(|map| map.len() == 2 && map.get("a").is_some_and(|read| read == text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::diagnostic::Diagnostics;
    use crate::ground::source::Sources;
    use crate::sources::parse::yaml::{self, Kind};

    /// What our reader makes of the value.
    fn read(yaml: String) -> Kind {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let length = yaml.len();
        let shown = yaml.clone();
        let id = sources.add("a", yaml);
        yaml::parse(&sources, id, 0..length, &mut diagnostics).unwrap_or_else(|| panic!("not read: {shown}")).kind
    }

    fn is_text(kind: &Kind, expected: &str) -> bool {
        matches!(kind, Kind::Text(text) if text == expected)
    }

    fn round_trip(text: &str) {
        let Kind::Map(entries) = read(format!("nom: {}\nsuite: x\n", block(text))) else { panic!("{text:?}") };
        assert!(is_text(&entries[0].1.kind, text), "{text:?} as {}", block(text));
        let Kind::List(items) = read(format!("- {{ nom: {}, fonction: x }}\n", flow(text))) else { panic!("{text:?}") };
        let Kind::Map(entries) = &items[0].kind else { panic!("{text:?}") };
        assert!(is_text(&entries[0].1.kind, text), "{text:?} as {}", flow(text));
        assert_eq!(entries.len(), 2, "{text:?}");
    }

    #[test]
    fn ordinary_names_need_no_quotes() {
        for plain in
            ["Le Goff", "D'Hervilly", "Responsable d'agence", "Łukasz", "王伟", "2 h 30", "A & B", "Nom (née X)"]
        {
            assert_eq!((block(plain), flow(plain)), (plain.into(), plain.into()));
        }
        assert_eq!(block("Formateur, organisme habilité"), "Formateur, organisme habilité");
        assert_eq!(flow("Formateur, organisme habilité"), "\"Formateur, organisme habilité\"");
        assert_eq!(block("Brest : port"), "\"Brest : port\"");
        assert_eq!(block("\"Le Pas\" : Brest"), "'\"Le Pas\" : Brest'");
    }

    #[test]
    fn every_text_comes_back_as_it_was() {
        let pieces = [
            "-",
            "- ",
            ": ",
            ":",
            " #",
            "#",
            "'",
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            "&",
            "*",
            "!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "?",
            "~",
            "null",
            "No",
            "12",
            "1e3",
            "0x1F",
            "2026-03-02",
            "é",
            "王",
            "\u{A0}",
            "\t",
            "\n",
            "a",
            "<<",
            "=",
            "...",
            "---",
            "+1",
            "\u{85}",
            "\u{2028}",
            "\u{1F600}",
        ];
        for a in pieces {
            round_trip(a);
            for b in pieces {
                round_trip(&format!("{a}{b}"));
                round_trip(&format!("{a}x{b}"));
                for c in ["x", " ", "'", "\"", ":"] {
                    round_trip(&format!("{a}{b}{c}"));
                }
            }
        }
    }

    #[test]
    fn what_is_pasted_becomes_one_line() {
        assert_eq!(one_line("\u{FEFF} Le\u{A0}Bihan \r\n Prigent\t"), "Le Bihan Prigent");
    }
}
