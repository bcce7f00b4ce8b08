//! No mutation of a real file makes a reader panic, and what is said of it can be shown: the sample project's files,
//! with pieces removed, doubled, swapped and put in. Bytes and bombs are `tests/hostile.rs`'s.

use std::collections::BTreeMap;

use livret::ground::diagnostic::{Diagnostics, show};
use livret::ground::source::{Sources, Span, Spanned};
use livret::sources::layout::{self, CandidatFile, ReferentielFiles};
use livret::sources::load::Files;
use livret::sources::parse::markdown::files::Context;
use livret::sources::parse::{candidat, projet, referentiel, theme};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::mutation::{mutated, mutation, sample};

const THEME: &str = "themes/officiel/theme.yaml";

/// Reads every file of the project with the reader that it has, and shows what there is to say.
fn read(texts: &BTreeMap<String, String>) -> usize {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let ids: BTreeMap<_, _> =
        texts.iter().map(|(path, text)| (path.clone(), sources.add(path.as_str(), text.as_str()))).collect();
    let below = |folder: &str| {
        let own = ids.iter().filter(|(path, _)| path.starts_with(folder));
        Files { texts: own.map(|(path, id)| (path.clone(), *id)).collect(), ..Files::default() }
    };
    let content = below("content/");
    let layout = layout::layout(&content, &sources, &mut diagnostics);
    let context = Context {
        sources: &sources,
        texts: &content.texts,
        binaries: &content.binaries,
        pictures: &Default::default(),
    };
    let referentiels: &[ReferentielFiles] = &layout.referentiels;
    for files in referentiels {
        referentiel::referentiel(files, &context, &mut diagnostics);
    }
    let candidats: &[CandidatFile] = &layout.candidats;
    for file in candidats {
        candidat::fiche(file, &context, &mut diagnostics);
    }
    let main = ids["livret.yaml"];
    projet::projet(&sources, main, &mut diagnostics);
    let name = Spanned::new("officiel".to_owned(), Span::new(main, 0..0));
    theme::theme(&name, below("themes/officiel/"), &[], &sources, &mut diagnostics);
    show::show(&diagnostics.sorted(&sources), &sources, false);
    diagnostics.errors()
}

/// One text alone, with the least that its reader needs beside it.
fn alone(all: &BTreeMap<String, String>, path: &str, text: String) -> BTreeMap<String, String> {
    let referentiel = path.starts_with("content/referentiels/");
    let needed = |p: &str| match p {
        "livret.yaml" => true,
        _ if path == THEME => p.starts_with("themes/"),
        _ => referentiel && p.starts_with("content/referentiels/") && !p.contains("/blocs/"),
    };
    let mut texts: BTreeMap<_, _> =
        all.iter().filter(|(p, _)| needed(p)).map(|(p, t)| (p.clone(), t.clone())).collect();
    texts.insert(path.to_owned(), text);
    texts
}

#[test]
fn the_sample_is_read_without_a_word_but_for_its_script_and_font() {
    // The files that are left out here: the script, and the font for signs.
    assert_eq!(read(&sample()), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_files_are_read(which in any::<Index>(), mutations in prop::collection::vec(mutation(), 1..5)) {
        let all = sample();
        let paths: Vec<&String> = all.keys().filter(|path| !path.ends_with(".html")).collect();
        let path = paths[which.index(paths.len())];
        let text = mutations.iter().fold(all[path].clone(), |text, mutation| mutated(&text, mutation));
        read(&alone(&all, path, text));
    }
}
