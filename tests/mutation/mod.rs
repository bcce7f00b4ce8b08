//! The sample project's texts, and what may happen to a text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use walkdir::WalkDir;

/// The texts of the sample project, by path.
pub fn sample() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let below = |folder: &str| WalkDir::new(root.join(folder)).into_iter().flatten().collect::<Vec<_>>();
    let written = ["content", "themes", "livret.yaml"]
        .into_iter()
        .flat_map(below)
        .filter(|entry| ["md", "yaml", "html"].iter().any(|e| entry.path().extension().is_some_and(|own| own == *e)));
    written
        .map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// What may happen to a text.
#[derive(Debug, Clone)]
pub enum Mutation {
    Remove(Index, usize),
    Double(Index, usize),
    Swap(Index, Index, usize),
    RemoveLine(Index),
    SwapLines(Index, Index),
    Insert(Index, &'static str),
    Indent(Index, usize),
    /// Put at the start of a line.
    Start(Index, &'static str),
    /// Put before a line, as one of its own.
    Line(Index, &'static str),
    /// A blank becomes another one, or a sign that nobody sees.
    Blank(Index, &'static str),
    /// A word gets these signs around it.
    Around(Index, &'static str, &'static str),
    /// A line stands there once more, in other case.
    OtherCase(Index),
}

/// How lines begin that were pasted or typed in a hurry.
const STARTS: &[&str] = &[
    "– ",
    "—\u{A0}",
    "• ",
    "•\t",
    "● ",
    "→ ",
    "✔ ",
    "\u{F0A7} ",
    "-",
    "-\u{A0}",
    "* ",
    "*",
    "+ ",
    "> ",
    ">",
    "1. ",
    "3. ",
    "2026. ",
    "1) ",
    "a) ",
    "10.",
    "1.\u{A0}",
    "    ",
    "\t",
    "  ",
    "\u{A0}",
    "\u{200B}",
    "\u{FEFF}",
    "#",
    "##",
    "# ",
    "## ",
    "\\",
    "\\## ",
    "#1 ",
    "| ",
    "[x] ",
    "- [ ] ",
    "***",
    "___",
    "===",
    "<div>",
    "<!-- ",
    "&nbsp;",
    "[a]: ",
    "[^1]: ",
    "```",
    "~~~",
    "« ",
    "\"",
    "“",
    "!",
    "& ",
    "% ",
    "@",
];

/// Lines that were pasted, or typed as in a letter.
const LINES: &[&str] = &[
    "---",
    "***",
    "* * *",
    "___",
    "===",
    "-",
    "–",
    "—",
    "...",
    "```",
    "~~~",
    "```texte",
    "<!-- à écrire -->",
    "<br>",
    "<p align=\"center\">",
    "</div>",
    "[Décision]: favorable",
    "[1]: https://www.exemple.fr \"titre\"",
    "[^1]: Voir annexe.",
    "Voir[^1] la note.",
    "> Citation.",
    "##accueil",
    "## ACCUEIL",
    "##\u{A0}suivi",
    "\u{FEFF}## suivi",
    "\\## suivi",
    "    ## suivi",
    "**suivi**",
    "- ## suivi",
    "#suivi",
    "### Autre",
    "suivi\n---",
    "\u{A0}",
    "\u{200B}",
    "\t",
    "| a | b |\n|---|---|\n| 1 | 2 | 3 |",
    "| a | b |",
    "1. Premier\n3. Troisième",
    "2026. Une bonne année",
    "3) Troisième",
    "• Un\n• Deux",
    "-Un\n-Deux",
    "– Un\n– Deux",
    "12 mars 2026\n13 mars 2026",
    "    Paragraphe en retrait.",
    "\tParagraphe en retrait.",
    "![plan](plan du site.png)",
    "<https://www.exemple.fr>",
    "Ligne coupée  ",
    "Ligne coupée\\",
    "regles:",
    "lieu: Brest",
    "a: b",
    "Prix < 10 € & > 5 €",
    "Fichier client_2026_final.xlsx",
    "2*3*4 = 24",
    "5 * 3 * 2",
    "_souligné_ et *penché*",
    "C:\\Clients\\Dupont",
    "Voir \\[1\\] et \\*",
    "&eacute;t&eacute; &amp; hiver &#233;",
    "~~rayé~~",
    "`code`",
    "a  b   c",
];

const BLANKS: &[&str] = &[
    "\u{A0}", "\u{202F}", "\u{2009}", "\u{3000}", "\t", "  ", "\u{200B}", "\u{AD}", "\u{2060}", "\u{FEFF}", "\u{200E}",
    "\n", "\n\n", " #", " # ",
];

const AROUND: &[(&str, &str)] = &[
    ("*", "*"),
    ("**", "**"),
    ("_", "_"),
    ("__", "__"),
    ("`", "`"),
    ("<", ">"),
    ("\"", "\""),
    ("“", "”"),
    ("'", "'"),
    ("[", "]"),
    ("(", ")"),
    ("{", "}"),
    ("[", "](suite)"),
    ("[", "](https://exemple.fr)"),
    ("![", "](photo.png)"),
    ("<b>", "</b>"),
    ("<!--", "-->"),
    ("~~", "~~"),
    ("|", "|"),
    ("&", ";"),
    ("&", ""),
    ("!", ""),
    ("*", ""),
    ("_", ""),
    ("#", ""),
    ("\\", ""),
    ("%", ""),
    ("@", ""),
    ("[[", "]]"),
    ("{#", "}"),
    ("- ", ""),
    (": ", ""),
    ("", ":"),
    ("", " :"),
];

const SIGNS: &[&str] = &[
    ":",
    ": ",
    "-",
    "- ",
    "\n- ",
    "#",
    "## ",
    "### ",
    "#### ",
    "{",
    "}",
    "{#",
    "{#x}",
    "{.page}",
    "{parcours=",
    "[",
    "]",
    "[[",
    "]]",
    "[[echelle]]",
    "[[inclure: ../a.md]]",
    "\"",
    "'",
    "&a ",
    "*a",
    "|",
    ">",
    "!",
    "!!",
    "%",
    "@",
    "`",
    "```\n",
    ",",
    "?",
    "? ",
    "\t",
    "\n",
    "\n\n",
    "---\n",
    "...",
    "<<: ",
    "<",
    "<b>",
    "&#0;",
    "&amp;",
    "\\",
    "~",
    "null",
    "\u{FEFF}",
    "\u{A0}",
    "\u{202E}",
    "\u{301}",
    "é",
    "🎓",
    "0",
    "-1",
    "99999999999999999999",
    "2026-02-31",
    "oui",
    "![",
    "](",
    "| a |\n|---|\n",
];

pub fn mutation() -> impl Strategy<Value = Mutation> {
    let length = 1..40usize;
    prop_oneof![
        2 => (any::<Index>(), length.clone()).prop_map(|(at, n)| Mutation::Remove(at, n)),
        1 => (any::<Index>(), length.clone()).prop_map(|(at, n)| Mutation::Double(at, n)),
        1 => (any::<Index>(), any::<Index>(), length).prop_map(|(a, b, n)| Mutation::Swap(a, b, n)),
        1 => any::<Index>().prop_map(Mutation::RemoveLine),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Mutation::SwapLines(a, b)),
        4 => (any::<Index>(), select(SIGNS)).prop_map(|(at, sign)| Mutation::Insert(at, sign)),
        1 => (any::<Index>(), 1..9usize).prop_map(|(at, n)| Mutation::Indent(at, n)),
        3 => (any::<Index>(), select(STARTS)).prop_map(|(at, sign)| Mutation::Start(at, sign)),
        3 => (any::<Index>(), select(LINES)).prop_map(|(at, line)| Mutation::Line(at, line)),
        2 => (any::<Index>(), select(BLANKS)).prop_map(|(at, blank)| Mutation::Blank(at, blank)),
        3 => (any::<Index>(), select(AROUND)).prop_map(|(at, (a, b))| Mutation::Around(at, a, b)),
        1 => any::<Index>().prop_map(Mutation::OtherCase),
    ]
}

pub fn mutated(text: &str, mutation: &Mutation) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if chars.is_empty() {
        return String::new();
    }
    let piece = |at: &Index, n: usize| {
        let start = at.index(chars.len());
        start..(start + n).min(chars.len())
    };
    match mutation {
        Mutation::Remove(at, n) => drop(chars.drain(piece(at, *n))),
        Mutation::Double(at, n) => {
            let range = piece(at, *n);
            let copy = chars[range.clone()].to_vec();
            chars.splice(range.end..range.end, copy);
        }
        Mutation::Swap(a, b, n) => {
            let (a, b) = (piece(a, *n), piece(b, *n));
            a.zip(b).for_each(|(a, b)| chars.swap(a, b));
        }
        Mutation::Insert(at, sign) => {
            let at = at.index(chars.len() + 1);
            chars.splice(at..at, sign.chars());
        }
        Mutation::RemoveLine(at) => {
            lines.remove(at.index(lines.len()));
            return lines.concat();
        }
        Mutation::SwapLines(a, b) => {
            let (a, b) = (a.index(lines.len()), b.index(lines.len()));
            lines.swap(a, b);
            return lines.concat();
        }
        Mutation::Start(at, sign) => {
            let at = at.index(lines.len());
            return lines.iter().enumerate().flat_map(|(i, line)| [if i == at { sign } else { "" }, line]).collect();
        }
        Mutation::Line(at, line) => {
            let at = at.index(lines.len() + 1);
            let line = format!("{line}\n");
            lines.insert(at, &line);
            return lines.concat();
        }
        Mutation::Blank(at, blank) => {
            let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
            if blanks.is_empty() {
                return text.to_owned();
            }
            let at = blanks[at.index(blanks.len())];
            return format!("{}{blank}{}", &text[..at], &text[at + 1..]);
        }
        Mutation::Around(at, open, close) => {
            let words: Vec<&str> = text.split_whitespace().collect();
            if words.is_empty() {
                return text.to_owned();
            }
            let word = words[at.index(words.len())];
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            return format!("{}{open}{word}{close}{}", &text[..start], &text[start + word.len()..]);
        }
        Mutation::OtherCase(at) => {
            let at = at.index(lines.len());
            let line = lines[at].to_uppercase();
            lines.insert(at + 1, &line);
            return lines.concat();
        }
        Mutation::Indent(at, n) => {
            let line = format!("{}{}", " ".repeat(*n), lines[at.index(lines.len())]);
            let at = at.index(lines.len());
            return lines.iter().enumerate().map(|(i, l)| if i == at { line.as_str() } else { l }).collect();
        }
    }
    chars.into_iter().collect()
}
