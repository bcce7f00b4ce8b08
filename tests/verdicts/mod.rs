//! What results come to, by the real binary: vectors that were calculated by hand, at the borders of every rule, and
//! properties that hold whatever was found. The référentiels stand in `referentiels.rs`, a vector for each line of a table
//! in `vecteurs.rs`.

mod proprietes;
mod referentiels;
mod vecteurs;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support;

/// A candidat of a référentiel: what stands below the names in the file.
pub struct Fiche {
    pub id: String,
    pub referentiel: String,
    pub texte: String,
}

/// What is said of each candidat, line by line; of one with errors, their messages.
pub fn verdicts(fiches: &[Fiche]) -> BTreeMap<String, Vec<String>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    support::copy(Path::new(support::BASE), root);
    fs::remove_dir_all(root.join("content")).expect("the base has content");
    fs::write(root.join("livret.yaml"), "organisme: { nom: Essai }\ntheme: mini\n").expect("it can be written");
    for (path, text) in referentiels::files() {
        let path = root.join("content/referentiels").join(path);
        fs::create_dir_all(path.parent().expect("below content")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }
    let session = root.join("content/candidats/2026-06");
    fs::create_dir_all(&session).expect("it can be made");
    for fiche in fiches {
        let Fiche { id, referentiel, texte } = fiche;
        let parcours = if texte.contains("parcours:") { "" } else { "parcours: tout\n" };
        let text = format!("---\nnom: Essai\nprenom: {id}\nreferentiel: {referentiel}\n{parcours}{texte}\n---\n");
        fs::write(session.join(format!("{id}.md")), text).expect("it can be written");
    }
    let run = support::livret(root, &["check", "--format", "json"]);
    let said: Vec<Value> = match serde_json::from_str(&run.stdout) {
        Ok(Value::Array(all)) => all,
        Ok(one) => one["diagnostics"].as_array().cloned().unwrap_or_default(),
        Err(_) => run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect(),
    };
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in &said {
        let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let file = words(&one["file"]);
        let id = file.rsplit('/').next().unwrap_or_default().trim_end_matches(".md").to_owned();
        assert!(!(file.contains("/referentiels/") && one["severity"] == "error"), "{one:#}");
        if one["code"] == "N502" {
            let first = words(&one["message"]);
            let first = first.split_once(" : ").map_or(first.clone(), |(_, rest)| rest.to_owned());
            let rest = one["notes"].as_array().into_iter().flatten().map(words);
            all.entry(id).or_default().extend([first].into_iter().chain(rest));
        } else if one["severity"] == "error" {
            all.entry(id).or_default().push(words(&one["message"]));
        }
    }
    all
}
