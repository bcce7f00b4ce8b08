use std::fs;
use std::path::Path;

use crate::support;

/// The state that a line of the report gives.
fn state<'a>(report: &'a str, what: &str) -> &'a str {
    let line = report.lines().find(|line| line.get(11..).is_some_and(|rest| rest.trim_start().starts_with(what)));
    line.unwrap_or_else(|| panic!("no line « {what} » in\n{report}"))
}

fn has_chrome() -> bool {
    let found = livret::documents::print::version(&livret::documents::print::ChromeLocation::Auto).is_ok();
    assert!(found || std::env::var("LIVRET_TEST_CHROME").as_deref() != Ok("required"));
    found
}

#[test]
fn a_sound_project_is_fine() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["content", "themes", "livret.yaml", "logo.svg"] {
        support::copy(&root.join(part), &folder.path().join(part));
    }
    let run = support::livret(folder.path(), &["doctor"]);
    for what in ["programme", "projet", "thème", "Chrome", "sortie", "disque", "temporaire"] {
        state(&run.stdout, what);
    }
    assert!(state(&run.stdout, "projet").contains("1 référentiel, 5 candidats"), "{}", run.stdout);
    assert!(state(&run.stdout, "thème").starts_with("ok"), "{}", run.stdout);
    assert!(state(&run.stdout, "sortie").starts_with("ok"), "{}", run.stdout);
    assert!(!folder.path().join("output").exists(), "nothing is made");
    if has_chrome() {
        assert_eq!(run.status, "0", "{}", run.stdout);
        assert!(state(&run.stdout, "impression").starts_with("ok"), "{}", run.stdout);
        assert!(state(&run.stdout, "polices").starts_with("ok"), "{}", run.stdout);
    } else {
        assert_eq!(run.status, "2", "{}", run.stdout);
    }
}

#[test]
fn what_is_not_well_is_said() {
    let folder = tempfile::tempdir().unwrap();
    support::copy(Path::new(support::BASE), folder.path());
    fs::write(folder.path().join("themes/mini/a.woff2"), "no font").unwrap();
    fs::write(folder.path().join("content/candidats/2026-06/b.md"), "---\n---\n").unwrap();
    fs::write(folder.path().join("output"), "a file in the way").unwrap();
    let run = support::livret(folder.path(), &["doctor", "--chrome", "absent"]);
    for what in ["projet", "thème", "Chrome", "sortie"] {
        assert!(state(&run.stdout, what).starts_with("ne va pas"), "{what}: {}", run.stdout);
    }
    assert!(run.stdout.contains("« livret check » dit quoi"), "{}", run.stdout);
    assert_eq!(run.status, "2");
    if has_chrome() {
        let run = support::livret(folder.path(), &["doctor"]);
        assert!(state(&run.stdout, "polices").starts_with("ne va pas"), "{}", run.stdout);
    }
}

#[test]
fn outside_a_project_it_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let run = support::livret(folder.path(), &["doctor"]);
    assert!(state(&run.stdout, "projet").starts_with("à voir"), "{}", run.stdout);
    assert!(run.stdout.contains("livret init"), "{}", run.stdout);
    assert_eq!(run.status, if has_chrome() { "0" } else { "2" }, "{}", run.stdout);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is made");
}

#[test]
fn mistakes_alone_end_with_one() {
    let folder = tempfile::tempdir().unwrap();
    support::copy(Path::new(support::BASE), folder.path());
    fs::write(folder.path().join("content/candidats/2026-06/b.md"), "---\n---\n").unwrap();
    let run = support::livret(folder.path(), &["doctor"]);
    assert!(state(&run.stdout, "projet").starts_with("ne va pas"), "{}", run.stdout);
    assert_eq!(run.status, if has_chrome() { "1" } else { "2" }, "{}", run.stdout);
}
