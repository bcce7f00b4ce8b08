//! The tables of keys in the guides are those that the program declares.
//!
//! `SNAPSHOTS=overwrite cargo test --test suite cles::` writes them.

use std::fmt::Write as _;
use std::path::Path;

use livret::sources::keys::{self, Group, Key, Shape};
use snapbox::{Assert, Data};

const GUIDES: [&str; 2] = ["docs/guide.md", "docs/themes.md"];

/// Stands before a table, with what the group is called.
const MARK: &str = "<!-- clés: ";

#[test]
fn the_guides_list_the_keys_that_are_declared() {
    for guide in GUIDES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(guide);
        let text = std::fs::read_to_string(&path).unwrap();
        Assert::new().action_env("SNAPSHOTS").eq(with_tables(&text), Data::read_from(&path, None).raw());
    }
}

#[test]
fn every_key_is_in_a_guide() {
    let text = GUIDES.map(|guide| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(guide)).unwrap());
    let text = text.concat();
    // Of those of évaluateurs the guide shows some.
    for group in groups().into_iter().filter(|group| !std::ptr::eq(*group, &keys::AVIS)) {
        for name in group.names() {
            // In a table, in prose, or in an example.
            let shown = [format!("`{name}`"), format!("{name}: "), format!("{name}:\n")];
            assert!(shown.iter().any(|shown| text.contains(shown)), "{}: {name}", group.what);
        }
    }
}

/// The text with its tables as they should be.
fn with_tables(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let _ = writeln!(out, "{line}");
        let Some(what) = line.strip_prefix(MARK).and_then(|rest| rest.strip_suffix(" -->")) else { continue };
        let group = groups().into_iter().find(|group| group.what == what).unwrap_or_else(|| panic!("{what}"));
        while lines.next_if(|line| line.starts_with('|')).is_some() {}
        let _ = writeln!(out, "| clé | | ce qu'elle dit |\n|---|---|---|");
        for key in group.keys {
            let must = if key.required { "obligatoire" } else { "facultative" };
            let _ = writeln!(out, "| `{}` | {must} | {} |", key.name, said(key));
        }
    }
    out
}

fn said(key: &Key) -> String {
    let mut said = phrase(key.doc);
    if let Shape::Choice(words) = key.shape {
        let words: Vec<String> = words.iter().map(|(word, doc)| format!("`{word}` : {}", phrase(doc))).collect();
        let _ = write!(said, ". {}", words.join(" ; "));
    }
    said
}

/// A sentence as a cell has it: without its capital and its point.
fn phrase(doc: &str) -> String {
    let doc = doc.strip_suffix('.').unwrap_or(doc);
    let mut letters = doc.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Every group, each once.
fn groups() -> Vec<&'static Group> {
    fn add(group: &'static Group, all: &mut Vec<&'static Group>) {
        if !all.iter().any(|other| std::ptr::eq(*other, group)) {
            all.push(group);
            group.keys.iter().filter_map(|key| key.shape.group()).for_each(|group| add(group, all));
        }
    }
    let mut all = Vec::new();
    for group in [&keys::PROJET, &keys::THEME, &keys::REFERENTIEL, &keys::BLOC, &keys::CANDIDAT] {
        add(group, &mut all);
    }
    all
}
