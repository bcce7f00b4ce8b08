//! Whatever is wrong with a fiche, with what it refers to or with the theme: as long as the fiche is there, the open
//! document is, with its last good content and the mistake over it.

use std::fs;
use std::path::Path;

use super::{CANDIDAT, LIVRET, Watched};

const BLOC: &str = "content/referentiels/essai/2025/blocs/1-accueil.md";
const REFERENTIEL: &str = "content/referentiels/essai/2025/referentiel.md";

/// A file, and what becomes of its bytes; nothing if it is renamed.
type Mistake = (&'static str, fn(&str) -> Option<Vec<u8>>);

const MISTAKES: &[(&str, Mistake)] = &[
    ("a bloc that is none", (CANDIDAT, |text| Some(text.replace("  accueil:", "  acceuil:").into()))),
    ("a compétence that is none", (CANDIDAT, |text| Some(text.replace("relation:", "relations:").into()))),
    ("an unknown key", (CANDIDAT, |text| Some(text.replace("nom: Bernard", "nomm: Bernard").into()))),
    ("a header that YAML cannot read", (CANDIDAT, |text| Some(text.replace("nom: Bernard", "nom: [").into()))),
    ("a header that is not closed", (CANDIDAT, |text| Some(text.replacen("\n---\n", "\n", 1).into()))),
    ("no header", (CANDIDAT, |text| Some(text.replacen("---\n", "", 1).into()))),
    ("an empty file", (CANDIDAT, |_| Some(Vec::new()))),
    ("a sign that nobody sees", (CANDIDAT, |text| Some(text.replace("Paul", "Pa\u{1}ul").into()))),
    ("no UTF-8", (CANDIDAT, |_| Some(b"---\nnom: Ren\xE9\n---\n".to_vec()))),
    (
        "a référentiel that is none",
        (CANDIDAT, |text| Some(text.replacen("nom:", "referentiel: nul/1\nnom:", 1).into())),
    ),
    ("a contradiction", (CANDIDAT, |text| Some(text.replace("au: 2026-03-06", "au: 2026-02-06").into()))),
    ("a bloc with a mistake", (BLOC, |text| Some(text.replace("titre:", "tittre:").into()))),
    ("a bloc that cannot be read", (BLOC, |_| Some(b"\xE9".to_vec()))),
    ("a bloc without a number", (BLOC, |_| None)),
    ("no referentiel.md", (REFERENTIEL, |_| None)),
    ("a référentiel that cannot be read", (REFERENTIEL, |_| Some(b"\xE9".to_vec()))),
    ("a theme that cannot be read", ("themes/mini/theme.yaml", |_| Some(b"documents: [".to_vec()))),
    ("a template with a mistake", ("themes/mini/livret.html", |_| Some(b"{% if %}".to_vec()))),
    ("a project without an organisme", ("livret.yaml", |_| Some(b"theme: mini\n".to_vec()))),
];

#[test]
fn a_document_is_there_as_long_as_its_fiche_is() {
    let watched = Watched::start(&["--no-pdf"]);
    let sound = watched.told(LIVRET, "that all is well", |state| !state["version"].is_null());
    for (what, (path, change)) in MISTAKES {
        let path = watched.path(path);
        let good = fs::read_to_string(&path).unwrap();
        let away = path.with_file_name("autrement.md");
        match change(&good) {
            Some(bytes) => {
                assert_ne!(bytes, good.as_bytes(), "{what}");
                fs::write(&path, bytes).unwrap();
            }
            None => fs::rename(&path, &away).unwrap(),
        }
        let told = watched.told(LIVRET, what, |state| !state["problemes"].as_array().unwrap().is_empty());
        assert_eq!(told["version"], sound["version"], "{what}: {told}");
        assert!(watched.output(LIVRET).exists(), "{what}");
        mend(&path, &good, &away);
        let is_mended =
            |state: &serde_json::Value| state["problemes"] == serde_json::json!([]) && state["ancien"] == false;
        let told = watched.told(LIVRET, &format!("that it is mended: {what}"), is_mended);
        assert_eq!(told["version"], sound["version"], "{what}");
    }
    let misplaced = watched.path("content/candidats/bernard-paul.md");
    fs::rename(watched.path(CANDIDAT), &misplaced).unwrap();
    let told = watched.told(LIVRET, "a fiche in the wrong folder", |state| state["ancien"] == true);
    assert_eq!(told["version"], sound["version"], "{told}");
    watched.told(LIVRET, "where it should be", |state| state["problemes"] != serde_json::json!([]));
    fs::remove_file(misplaced).unwrap();
    watched.told(LIVRET, "that it is gone", |state| state["version"].is_null());
}

fn mend(path: &Path, good: &str, away: &Path) {
    if away.exists() {
        fs::rename(away, path).unwrap();
    } else {
        fs::write(path, good).unwrap();
    }
}

#[test]
fn a_page_open_since_an_earlier_run_is_told_that_it_is_still_there() {
    for (path, broken) in [(CANDIDAT, "nom: ["), ("livret.yaml", "theme: [")] {
        let folder = tempfile::tempdir().unwrap();
        crate::support::copy(Path::new(crate::support::BASE), folder.path());
        crate::support::livret(folder.path(), &["build", "--no-pdf"]);
        fs::write(folder.path().join(path), broken).unwrap();
        let watched = Watched::spawn(folder, &["watch", "--port", "0", "--no-pdf"]);
        let told = watched.told(LIVRET, "of the mistake", |state| !state["problemes"].as_array().unwrap().is_empty());
        assert!(!told["version"].is_null() && told["ancien"] == true, "{path}: {told}");
    }
}

#[test]
fn the_index_tells_whose_document_cannot_be_made() {
    let watched = Watched::start(&["--no-pdf"]);
    watched.shows("index.html", "Paul Bernard : prêt à signer");
    let template = watched.path("themes/mini/livret.html");
    let good = fs::read_to_string(&template).unwrap();
    fs::write(&template, good.replacen("{% block corps -%}", "{% block corps -%}{{ candidat.nul.part }}", 1)).unwrap();
    watched.shows("index.html", "Paul Bernard : erreur");
    assert!(watched.read("output/index.html").contains("bernard-paul/livret.html"), "the last good one");
    fs::write(&template, good).unwrap();
    watched.shows("index.html", "Paul Bernard : prêt à signer");
}
