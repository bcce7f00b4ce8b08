use std::path::Path;

use serde_json::Value;

use super::Kind;
use super::values::{any_case, any_spelling};
use crate::ground::diagnostic::Diagnostics;
use crate::ground::fold;
use crate::ground::source::Sources;
use crate::judge::project::Project;
use crate::sources::keys::{self, Group};

/// What is declared and read by nobody would stop the reader here: it holds both together where tests run.
#[test]
fn every_key_that_is_declared_is_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for project in [root.to_path_buf(), root.join("tests/golden-base")] {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        assert!(Project::read(&project, &mut sources, &mut diagnostics).is_some());
    }
}

#[test]
fn every_key_is_explained_once() {
    fn check(group: &'static Group) {
        assert!(!group.what.is_empty() && group.doc.ends_with('.'), "{}", group.what);
        for (at, key) in group.keys.iter().enumerate() {
            assert!(key.doc.ends_with(['.', '?', '…', '6', '1']), "{}: {}", group.what, key.name);
            assert!(group.keys[..at].iter().all(|other| other.name != key.name), "{}: {}", group.what, key.name);
            key.shape.group().into_iter().for_each(check);
        }
    }
    [&keys::PROJET, &keys::THEME, &keys::REFERENTIEL, &keys::BLOC, &keys::CANDIDAT].into_iter().for_each(check);
}

#[test]
fn patterns_take_every_spelling_that_readers_take() {
    let matches = |pattern: &str, word: &str| {
        let (mut compiler, mut compiled) = (boon::Compiler::new(), boon::Schemas::new());
        compiler.add_resource("word.json", serde_json::json!({ "pattern": pattern })).unwrap();
        let schema = compiler.compile("word.json", &mut compiled).unwrap();
        compiled.validate(&Value::from(word), schema).is_ok()
    };
    let names = ["accueil-clients", "œuvre-d-Łódź", "A+", "-1", "한국"];
    let pattern = any_spelling(names);
    for word in ["Accueil  clients", "ACCUE\u{301}IL’CLIENTS :", "oeuvre d'lodz", "ŒUVRE D’ŁÓDŹ", "a+", "−1", "한국"]
    {
        assert!(names.iter().any(|name| fold::same(name, word)) && matches(&pattern, word), "{word}: {pattern}");
    }
    for word in ["accueil", "A", "1", "日本", "accueil-clients-2"] {
        assert!(!names.iter().any(|name| fold::same(name, word)) && !matches(&pattern, word), "{word}");
    }
    let oui = any_case(["oui", "a.b"]);
    for (word, expected) in [("OUI", true), ("Oui", true), ("A.B", true), ("aXb", false), ("non", false)] {
        assert_eq!(matches(&oui, word), expected, "{word}");
    }
}

#[test]
fn a_file_is_known_by_its_path() {
    for (path, kind) in [
        ("livret.yaml", Some(Kind::Livret)),
        ("themes/officiel/theme.yaml", Some(Kind::Theme)),
        ("content/referentiels/a/2/referentiel.md", Some(Kind::Referentiel)),
        ("content/referentiels/a/2/blocs/1-x.md", Some(Kind::Bloc)),
        ("content/candidats/s/c.md", Some(Kind::Candidat)),
        ("content/referentiels/a/2/mode-d-emploi.md", None),
        ("output/candidats/s/c.md", None),
        ("content/candidats/c.md", None),
    ] {
        assert_eq!(Kind::of(path), kind, "{path}");
    }
}
