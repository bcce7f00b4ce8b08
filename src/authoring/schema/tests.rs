use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::Kind;
use super::values::{any_case, any_spelling};
use crate::ground::diagnostic::Diagnostics;
use crate::ground::fold;
use crate::ground::source::Sources;
use crate::judge::project::Project;
use crate::sources::parse::yaml::fields::asked;

/// The keys that a schema describes, as [`asked`] notes those that a reader asks for.
fn described(schema: &Value, all: &mut BTreeSet<asked::Key>) {
    if let (Some(title), Some(properties)) = (schema["title"].as_str(), schema["properties"].as_object()) {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for key in properties.keys() {
            all.insert((title.to_owned(), key.clone(), false));
            if required.contains(&key.as_str()) {
                all.insert((title.to_owned(), key.clone(), true));
            }
        }
        assert_eq!(schema["additionalProperties"], false, "« {title} » would take any key");
    }
    match schema {
        Value::Object(map) => map.values().for_each(|value| described(value, all)),
        Value::Array(items) => items.iter().for_each(|value| described(value, all)),
        _ => {}
    }
}

#[test]
fn schemas_describe_the_keys_that_readers_ask_for_and_no_others() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for project in [root.to_path_buf(), root.join("tests/golden-base")] {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        assert!(Project::read(&project, &mut sources, &mut diagnostics).is_some());
    }
    let mut all = BTreeSet::new();
    Kind::ALL.into_iter().for_each(|kind| described(&kind.schema(), &mut all));
    let asked = asked::all();
    assert!(asked.len() > 60, "{asked:?}");
    let missing: Vec<_> = asked.difference(&all).collect();
    let unread: Vec<_> = all.difference(&asked).collect();
    assert!(missing.is_empty() && unread.is_empty(), "not described: {missing:?}\nnot asked for: {unread:?}");
}

#[test]
fn every_key_is_explained() {
    fn check(schema: &Value, path: &str) {
        for (key, value) in schema["properties"].as_object().into_iter().flatten() {
            assert!(value["description"].is_string(), "{path}/{key} has no description");
        }
        match schema {
            Value::Object(map) => map.iter().for_each(|(key, value)| check(value, &format!("{path}/{key}"))),
            Value::Array(items) => items.iter().for_each(|value| check(value, path)),
            _ => {}
        }
    }
    for kind in Kind::ALL {
        check(&kind.schema(), kind.name());
    }
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
