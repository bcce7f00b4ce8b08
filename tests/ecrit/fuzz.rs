//! Thousands of mutated sources: each line is shown, or a message touches it, or a message refuses its file. The short
//! form tries the same sources each time; the long one (`LIVRET_TEST_LONG=1`) those that `LIVRET_TEST_SEED` chooses.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::panic::catch_unwind;
use std::path::PathBuf;

use livret::ground::diagnostic::{Place as Ou, Severity};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use walkdir::WalkDir;

use super::ecrits::{Ecrit, Place, Sorte, ecrits};
use super::ordinaires::{blocs, commentaires};
use super::{Lu, Projet};
use crate::mutation::{Mutation, mutated, mutation};

/// How many sources are tried, and how many in the long form; `LIVRET_TEST_LONG` may say another number.
const COURT: usize = 300;
const LONG: usize = 10_000;

/// How many kinds of failures are told of.
const MONTRES: usize = 50;

/// A project and its sources that are mutated.
struct Base {
    projet: Projet,
    sources: Vec<(String, Sorte, String)>,
}

impl Base {
    fn new(folder: &str, referentiel: &str) -> Self {
        let projet = Projet::de(folder, referentiel);
        let files = WalkDir::new(projet.root()).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
        let source = |file: PathBuf| {
            let path = file.strip_prefix(projet.root()).unwrap().to_str().unwrap().replace('\\', "/");
            Some((sorte(&path)?, fs::read_to_string(file).unwrap(), path))
                .map(|(sorte, text, path)| (path, sorte, text))
        };
        let sources = files.filter_map(source).collect();
        Self { projet, sources }
    }

    /// Ordinary comments and critères, some at a time in one file.
    fn ordinaire() -> Self {
        let Self { projet, .. } = Self::new("tests/golden-base", "essai/2025");
        let fiche = |texts: &[&str]| {
            let [first, rest @ ..] = texts else { unreachable!("chunks are not empty") };
            let comments = format!("## accueil\n\n{first}\n\n## suivi\n\n{}\n", rest.join("\n\n"));
            (FICHE.to_owned(), Sorte::Fiche, format!("---\nnom: Essai\nprenom: Anne\n---\n{comments}"))
        };
        let bloc = |text: String| (BLOC.to_owned(), Sorte::Bloc, text);
        let sources: Vec<_> = commentaires().chunks(5).map(fiche).chain(blocs().into_iter().map(bloc)).collect();
        // What is mutated stands in for these.
        projet.ecrit(FICHE, &sources[0].2);
        projet.ecrit(BLOC, &sources[sources.len() - 1].2);
        Self { projet, sources }
    }
}

const FICHE: &str = "content/candidats/2026-06/essai.md";
const BLOC: &str = "content/referentiels/essai/2025/blocs/3-essai.md";

fn sorte(path: &str) -> Option<Sorte> {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["livret.yaml"] => Some(Sorte::Projet),
        ["content", "candidats", ..] if path.ends_with(".md") => Some(Sorte::Fiche),
        ["content", "referentiels", _, _, "blocs", _] => Some(Sorte::Bloc),
        [.., "referentiel.md"] => Some(Sorte::Texte("objet")),
        [.., "note-aux-evaluateurs.md"] => Some(Sorte::Texte("note")),
        [.., "mode-d-emploi.md"] => Some(Sorte::Texte("mode-d-emploi")),
        _ => None,
    }
}

/// The page that shows a file.
fn page(path: &str) -> String {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        [_, "candidats", session, file] => format!("candidats/{session}/{}/livret.html", file.trim_end_matches(".md")),
        [_, "referentiels", id, version, ..] => format!("referentiels/{id}/{version}/index.html"),
        _ => "index.html".to_owned(),
    }
}

/// The lines of a file that messages touch; `None` if one refuses the file as a whole, or the référentiel that it is of.
fn touched(lu: &Lu, path: &str) -> Option<Vec<usize>> {
    let parts: Vec<&str> = path.split('/').collect();
    let whole = if parts[1..].first() == Some(&"referentiels") { parts[..4].join("/") } else { path.to_owned() };
    let mut lines = Vec::new();
    for d in lu.said() {
        let of_it = d.path(&lu.sources).starts_with(&whole);
        if of_it && (d.severity() == Severity::Error || matches!(d.place, Ou::File(_))) {
            return None;
        }
        let own = if let Ou::Span(span) = &d.place { Some(*span) } else { None };
        for span in own.into_iter().chain(d.related.iter().map(|(span, _)| *span)) {
            if lu.sources.get(span.source).path == path {
                let line = |at: usize| lu.sources.line_column(span.source, at).0;
                lines.extend(line(span.start)..=line(span.end.max(span.start + 1) - 1));
            }
        }
    }
    Some(lines)
}

/// Lines that are neither shown nor told of.
fn perdus(lu: &Lu, path: &str, all: Vec<Ecrit>) -> Vec<(Ecrit, String)> {
    let Some(touched) = touched(lu, path) else { return Vec::new() };
    let Some((_, shown)) = lu.pages.iter().find(|(own, _)| *own == page(path)) else {
        return all.into_iter().take(1).map(|ecrit| (ecrit, "no page, no message".to_owned())).collect();
    };
    let mut from: BTreeMap<String, usize> = BTreeMap::new();
    let mut lost = Vec::new();
    for ecrit in all {
        let found = match &ecrit.place {
            Place::Page => find(shown, &ecrit.words).is_some(),
            Place::Message => false,
            Place::Dans(mark) => part(shown, mark).is_some_and(|part| find(part, &ecrit.words).is_some()),
            Place::Resultat(mark) => part(shown, mark).is_some_and(|part| part == ecrit.words),
            Place::Apres(mark) => part(shown, mark).is_some_and(|part| {
                let start = from.entry(mark.clone()).or_default();
                let mut ways = [Some(&ecrit.words), ecrit.joints.as_ref()].into_iter().flatten();
                let end = ways.find_map(|words| Some(find(&part[*start..], words)? + words.len()));
                *start += end.unwrap_or_default();
                end.is_some()
            }),
        };
        if !found && !(ecrit.line..=ecrit.last).any(|line| touched.contains(&line)) {
            let what = match &ecrit.place {
                Place::Apres(mark) | Place::Resultat(mark) | Place::Dans(mark) => {
                    part(shown, mark).map(|part| part.join(" "))
                }
                _ => None,
            };
            lost.push((ecrit, what.unwrap_or_default()));
        }
    }
    lost
}

fn find(shown: &[String], words: &[String]) -> Option<usize> {
    shown.windows(words.len()).position(|window| window == words)
}

/// What follows a mark, up to the next one.
fn part<'s>(shown: &'s [String], mark: &str) -> Option<&'s [String]> {
    let start = shown.iter().position(|word| word == mark)? + 1;
    let length = shown[start..].iter().position(|word| word.starts_with('[')).unwrap_or(shown.len() - start);
    Some(&shown[start..start + length])
}

/// One of the sources, and what happens to it.
type Essai = (Index, Vec<Mutation>);

struct Fuzz {
    bases: Vec<Base>,
    /// Base and source, by how often it is tried.
    often: Vec<(usize, usize)>,
}

impl Fuzz {
    fn new(bases: Vec<Base>) -> Self {
        let mut often = Vec::new();
        for (b, base) in bases.iter().enumerate() {
            for (s, (_, sorte, text)) in base.sources.iter().enumerate() {
                // Fiches are what is written most; small files take less time, and say as much.
                let times = if *sorte == Sorte::Fiche { 4 } else { 2 } * if text.len() < 2_000 { 3 } else { 1 };
                let times = if base.sources.len() > 50 { 1 } else { times };
                often.extend(std::iter::repeat_n((b, s), times));
            }
        }
        Self { bases, often }
    }

    fn source(&self, essai: &Essai) -> (&Base, &(String, Sorte, String)) {
        let (b, s) = self.often[essai.0.index(self.often.len())];
        (&self.bases[b], &self.bases[b].sources[s])
    }

    /// What is lost of a mutated source, and the source.
    fn essaie(&self, essai: &Essai) -> (String, Vec<(Ecrit, String)>) {
        let (base, (path, sorte, sound)) = self.source(essai);
        let text = essai.1.iter().fold(sound.clone(), |text, mutation| mutated(&text, mutation));
        let look = || perdus(&base.projet.lit([(path.as_str(), text.as_str())]), path, ecrits(*sorte, path, &text));
        let lost = catch_unwind(look).unwrap_or_else(|_| vec![(Ecrit::default(), "a panic".to_owned())]);
        (text, lost)
    }

    /// The smallest that fails as this one does.
    fn smallest(&self, mut tree: impl ValueTree<Value = Essai>) -> Essai {
        let mut smallest = tree.current();
        let mut more = tree.simplify();
        for _ in 0..60 {
            if !more {
                break;
            }
            more = if self.essaie(&tree.current()).1.is_empty() {
                tree.complicate()
            } else {
                smallest = tree.current();
                tree.simplify()
            };
        }
        smallest
    }

    /// What changed in the source, and the first line that is lost.
    fn raconte(&self, essai: &Essai) -> String {
        let (_, (path, _, sound)) = self.source(essai);
        let (text, lost) = self.essaie(essai);
        let mut told = format!("{path}\n");
        let before: Vec<&str> = sound.lines().collect();
        let after: Vec<&str> = text.lines().collect();
        let mut differ = |sign, own: &[&str], other: &[&str]| {
            for (i, line) in own.iter().enumerate().filter(|(_, line)| !other.contains(line)) {
                let _ = writeln!(told, "  {sign} {:3} {line:?}", i + 1);
            }
        };
        differ('+', &after, &before);
        differ('-', &before, &after);
        if let Some((Ecrit { line, place, words, .. }, shown)) = lost.first() {
            let shown: String = shown.chars().take(600).collect();
            let _ = writeln!(told, "  lost: line {line}, {place:?}: {:?}\n  shown: {shown}", words.join(" "));
        }
        told
    }
}

/// What a mutation is, wherever it happens: failures of one kind are told of once.
fn kind(mutations: &[Mutation]) -> String {
    let debug = format!("{mutations:?}");
    debug.chars().filter(|c| !c.is_ascii_digit()).collect()
}

#[test]
fn sources_as_they_are_are_shown() {
    for base in bases() {
        for (path, sorte, text) in &base.sources {
            let lu = base.projet.lit([(path.as_str(), text.as_str())]);
            let lost = perdus(&lu, path, ecrits(*sorte, path, text));
            assert!(lost.is_empty(), "{path}: {:?}", lost[0]);
        }
    }
}

fn bases() -> Vec<Base> {
    vec![
        Base::new("tests/golden-base", "essai/2025"),
        Base::new("starter", "jardin-partage/2026"),
        Base::new("", "charge-accueil/2024"),
        Base::ordinaire(),
    ]
}

#[test]
fn what_is_written_is_shown_or_told_of() {
    let fuzz = Fuzz::new(bases());
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<usize>().ok());
    let cases = match number("LIVRET_TEST_LONG") {
        None => COURT,
        Some(1) => LONG,
        Some(n) => n,
    };
    let seed = number("LIVRET_TEST_SEED").unwrap_or(10);
    let bytes: Vec<u8> = (1..17).map(|i| (seed.wrapping_mul(0x9E37_79B9) >> (i % 4 * 8)) as u8 ^ i).collect();
    let rng = TestRng::from_seed(RngAlgorithm::XorShift, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let essais = (any::<Index>(), prop::collection::vec(mutation(), 1..4));
    let mut failures = BTreeMap::new();
    for _ in 0..cases {
        let tree = essais.new_tree(&mut runner).unwrap();
        if failures.contains_key(&kind(&tree.current().1)) || fuzz.essaie(&tree.current()).1.is_empty() {
            continue;
        }
        let smallest = fuzz.smallest(tree);
        failures.entry(kind(&smallest.1)).or_insert_with(|| {
            let told = fuzz.raconte(&smallest);
            eprintln!("{told}");
            told
        });
        if failures.len() == MONTRES {
            break;
        }
    }
    let told: Vec<String> = failures.into_values().collect();
    assert!(told.is_empty(), "seed {seed}, {} kinds of failures:\n{}", told.len(), told.join("\n"));
}
