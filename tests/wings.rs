//! The order of the house: a wing uses those before it and never those after it, and no two files need each other.
//! Read from the paths that each file names, its tests aside.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// As the data passes; `docs/architecture.md` tells what is in each.
const WINGS: [&str; 9] = ["ground", "model", "sources", "judge", "documents", "authoring", "live", "cli", "commands"];

/// A module as the names that lead to it, and the modules that its file uses.
type Uses = BTreeMap<Vec<String>, BTreeSet<Vec<String>>>;

#[test]
fn no_wing_uses_a_later_one() {
    let place = |module: &[String]| module.first().and_then(|wing| WINGS.iter().position(|w| w == wing));
    let mut upward = Vec::new();
    for (module, used) in &uses() {
        // The library's root only lists the wings, `main` runs them.
        let Some(own) = place(module) else { continue };
        upward.extend(
            used.iter()
                .filter(|other| place(other).is_some_and(|other| other > own))
                .map(|other| format!("{} -> {}", module.join("::"), other.join("::"))),
        );
    }
    assert!(upward.is_empty(), "arrows that run back up:\n{}", upward.join("\n"));
}

#[test]
fn all_of_the_house_is_in_a_wing() {
    let known: Vec<String> = uses().into_keys().filter_map(|module| module.into_iter().next()).collect();
    let strange: BTreeSet<_> = known.iter().filter(|name| !WINGS.contains(&name.as_str()) && *name != "main").collect();
    assert!(strange.is_empty(), "{strange:?}");
    assert!(WINGS.iter().all(|wing| known.iter().any(|name| name == wing)));
}

#[test]
fn no_files_are_in_a_circle() {
    let uses = uses();
    let circles: Vec<String> = uses
        .iter()
        .flat_map(|(module, used)| used.iter().map(move |other| (module, other)))
        .filter(|(module, other)| reached(other, &uses).contains(*module))
        .map(|(module, other)| format!("{} -> {}", module.join("::"), other.join("::")))
        .collect();
    assert!(circles.is_empty(), "files that need each other:\n{}", circles.join("\n"));
}

/// All that a file needs, itself too.
fn reached(module: &[String], uses: &Uses) -> BTreeSet<Vec<String>> {
    let (mut all, mut next) = (BTreeSet::new(), vec![module.to_owned()]);
    while let Some(module) = next.pop() {
        next.extend(uses.get(&module).into_iter().flatten().filter(|other| !all.contains(*other)).cloned());
        all.insert(module);
    }
    all
}

/// Every file of the program with the files that it uses.
fn uses() -> Uses {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut texts = BTreeMap::new();
    for entry in WalkDir::new(&root).into_iter().map(Result::unwrap) {
        let path = entry.path().strip_prefix(&root).unwrap();
        if path.extension().is_none_or(|extension| extension != "rs") || path.ends_with("tests.rs") {
            continue;
        }
        let mut module: Vec<String> =
            path.with_extension("").iter().map(|name| name.to_str().unwrap().to_owned()).collect();
        if module.last().is_some_and(|name| ["mod", "lib"].contains(&name.as_str())) {
            module.pop();
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        let program = text.split("\nmod tests {").next().unwrap();
        let lines = program.lines().map(|line| line.split("//").next().unwrap());
        texts.insert(module, lines.collect::<Vec<_>>().join("\n"));
    }
    let file = |path: Vec<String>| {
        (0..=path.len()).rev().map(|n| path[..n].to_vec()).find(|module| texts.contains_key(module)).unwrap_or_default()
    };
    texts
        .iter()
        .map(|(module, text)| {
            let used = paths(module, text).into_iter().map(file);
            (module.clone(), used.filter(|other| other != module && !other.is_empty()).collect())
        })
        .collect()
}

/// Every path within the program that a file names, from the root.
fn paths(module: &[String], text: &str) -> Vec<Vec<String>> {
    let children: Vec<&str> =
        text.lines().filter_map(|line| line.strip_suffix(';')?.rsplit_once("mod ").map(|(_, name)| name)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find("::").map(|next| at + next) {
        let start = text[..next].rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |start| start + 1);
        let first = &text[start..next];
        at = next + 2;
        let before = &text[..start];
        if before.ends_with("::") || before.ends_with("pub(in ") {
            continue;
        }
        let base = match first {
            "crate" => Vec::new(),
            "self" => module.to_vec(),
            "super" => module[..module.len() - 1].to_vec(),
            child if children.contains(&child) => [module, &[child.to_owned()]].concat(),
            _ => continue,
        };
        at = tree(text, at, base, &mut found);
    }
    found
}

/// Reads what follows `base::`, which may be a list in braces; returns where it ends.
fn tree(text: &str, mut at: usize, mut base: Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        let rest = &text[at..];
        if let Some(list) = rest.strip_prefix('{') {
            let mut at = text.len() - list.len();
            loop {
                at = tree(text, at, base.clone(), found);
                let rest = text[at..].trim_start();
                at = text.len() - rest.len();
                match rest.chars().next() {
                    Some(',') => at += 1,
                    _ => return at + 1,
                }
                if text[at..].trim_start().starts_with('}') {
                    return text.len() - text[at..].trim_start().len() + 1;
                }
            }
        }
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        at += name.len();
        match name.as_str() {
            "super" => drop(base.pop()),
            "" | "self" => {}
            _ => base.push(name),
        }
        if let Some(rest) = text[at..].strip_prefix("::") {
            at = text.len() - rest.len();
        } else {
            found.push(base);
            // « as » gives only another name.
            let rest = text[at..].trim_start();
            if let Some(renamed) = rest.strip_prefix("as ") {
                let renamed = renamed.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
                return text.len() - renamed.len();
            }
            return at;
        }
    }
}
