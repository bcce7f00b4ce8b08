//! The invented branches of `examples/`: each with another form of grille, checked, printed, and their PDFs compared as
//! words, page by page, with what was read and kept.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lopdf::Object;
use snapbox::{Assert, Data};
use tempfile::TempDir;

use super::printed::{Printed, sample};
use super::project::livret;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A blank livret and those of candidats of each form.
const SHOWN: [&str; 9] = [
    "referentiels/maintenance-cycles/2026/livret-vierge",
    "referentiels/aide-cuisine/2026/livret-vierge",
    "referentiels/animation-nature/2026/livret-vierge",
    "candidats/2026-11/besson-ali/livret",
    "candidats/2026-11/nedelec-lise/livret",
    "candidats/2026-11/leroux-ana/livret",
    "candidats/2026-11/morvan-ilan/livret",
    "candidats/2026-11/kone-salif/fiche-synthese",
    "candidats/2026-11/cornec-jade/fiche-synthese",
];

#[test]
fn each_form_is_printed_as_it_was_read() {
    if sample().is_none() {
        return;
    }
    let (root, folder) = (Path::new(ROOT), project());
    livret(folder.path(), &["check"]);
    livret(folder.path(), &["build"]);
    let assert = Assert::new().action_env("SNAPSHOTS");
    for document in SHOWN {
        let printed = Printed::read(&folder.path().join(format!("output/{document}.pdf")));
        let mut words = String::new();
        for (n, page) in printed.pages.iter().enumerate() {
            let _ = writeln!(words, "--- {}\n{}", n + 1, page.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        let kept = root.join("tests/pdf/exemples").join(document.replace('/', "-")).with_extension("txt");
        assert.eq(words, Data::read_from(&kept, None).raw());
    }
    let cases = fs::read_dir(folder.path().join("output/candidats/2026-11")).unwrap().count();
    assert_eq!(cases, 12);
}

/// The lines that docs/themes.md gives for it are enough, whatever the form of the grille: no word is lost on the narrower
/// page, and no box changes.
#[test]
fn in_portrait_each_form_is_whole() {
    if sample().is_none() {
        return;
    }
    let (root, folder) = (Path::new(ROOT), project());
    let documents =
        ["besson-ali", "nedelec-lise", "leroux-ana", "morvan-ilan"].map(|id| format!("candidats/2026-11/{id}/livret"));
    let only = format!("{{{}}}.pdf", documents.join(","));
    let print = |output: &str| {
        livret(folder.path(), &["build", "--output", output, "--only", &only]);
        documents.each_ref().map(|document| Printed::read(&folder.path().join(format!("{output}/{document}.pdf"))))
    };
    let landscape = print("paysage");
    let guide = fs::read_to_string(root.join("docs/themes.md")).unwrap();
    let section = guide.split("## Un livret en portrait").nth(1).unwrap();
    let css = section.split("```css").nth(1).unwrap().split("```").next().unwrap();
    let sheet = folder.path().join("themes/officiel/css/impression.css");
    fs::write(&sheet, fs::read_to_string(&sheet).unwrap() + css).unwrap();
    for ((portrait, landscape), name) in print("portrait").iter().zip(&landscape).zip(&documents) {
        for page in portrait.document.page_iter() {
            let page = portrait.document.get_dictionary(page).unwrap();
            let size = page.get(b"MediaBox").and_then(Object::as_array).unwrap();
            assert_eq!(
                size[2..].iter().map(|side| side.as_float().unwrap().round()).collect::<Vec<_>>(),
                [595.0, 842.0]
            );
        }
        // A word may be cut where its column is narrower.
        let whole = portrait.text().replace(' ', "");
        let missing: Vec<_> = words(landscape).into_iter().filter(|word| !whole.contains(word)).collect();
        assert_eq!(missing, Vec::<String>::new(), "{name}");
    }
}

/// The examples with their theme, in a folder of their own.
fn project() -> TempDir {
    let (root, folder) = (Path::new(ROOT), tempfile::tempdir().unwrap());
    crate::support::copy(&root.join("examples"), folder.path());
    crate::support::copy(&root.join("themes/officiel"), &folder.path().join("themes/officiel"));
    folder
}

/// The words of a document, without its numbers.
fn words(printed: &Printed) -> BTreeSet<String> {
    printed.text().split(' ').filter(|word| word.chars().any(char::is_alphabetic)).map(str::to_owned).collect()
}
