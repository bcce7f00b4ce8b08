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
}

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
        Mutation::Indent(at, n) => {
            let line = format!("{}{}", " ".repeat(*n), lines[at.index(lines.len())]);
            let at = at.index(lines.len());
            return lines.iter().enumerate().map(|(i, l)| if i == at { line.as_str() } else { l }).collect();
        }
    }
    chars.into_iter().collect()
}
