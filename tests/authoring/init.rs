//! `livret init`.

use std::fs;

use super::Place;

#[test]
fn a_new_project_checks_clean_and_builds() {
    let place = Place::empty();
    let said = place.done(&["init", "un projet"]);
    assert!(said.contains("cd \"un projet\"") && said.contains("livret build"), "{said}");
    let run = place.run(&["check", "-C", "un projet"]);
    assert_eq!(
        run.stdout, "1 candidat vérifié, 0 erreur, 0 avertissement, 0 livret ou bloc à compléter\n",
        "{}",
        run.stderr
    );
    place.done(&["build", "--no-pdf", "-C", "un projet"]);
    assert!(place.path().join("un projet/output/candidats/2026-09/roussel-camille/livret.html").exists());
}

#[test]
fn the_theme_comes_whole_with_its_licence() {
    let place = Place::empty();
    place.done(&["init", "."]);
    let theme = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/officiel");
    let mut expected: Vec<String> = walkdir::WalkDir::new(theme)
        .into_iter()
        .map(Result::unwrap)
        .filter(|e| e.file_type().is_file())
        .map(|e| format!("themes/officiel/{}", e.path().strip_prefix(theme).unwrap().display()))
        .collect();
    expected.sort();
    let files = place.files();
    let made: Vec<String> = files.keys().filter(|path| path.starts_with("themes/")).cloned().collect();
    assert_eq!(made, expected);
    for path in expected {
        let original = fs::read(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert!(files[&path] == original, "{path} differs");
    }
    assert!(files.contains_key("themes/officiel/fonts/OFL.txt"));
}

#[test]
fn personal_data_stays_out_of_repositories() {
    let place = Place::empty();
    place.done(&["init", "."]);
    let ignored = place.read(".gitignore");
    assert!(ignored.contains("/content/candidats/\n") && ignored.contains("/output/\n"));
    let Ok(git) = std::process::Command::new("git").arg("init").arg("-q").current_dir(place.path()).status() else {
        eprintln!("skipped: there is no git on this machine");
        return;
    };
    assert!(git.success());
    let add = std::process::Command::new("git").args(["add", "-A", "-n"]).current_dir(place.path()).output().unwrap();
    let added = String::from_utf8(add.stdout).unwrap();
    assert!(added.contains("livret.yaml") && !added.contains("roussel"), "{added}");
}

#[test]
fn nothing_is_overwritten() {
    let place = Place::empty();
    place.write("livret.yaml", "à moi");
    place.write("notes.txt", "à moi aussi");
    let before = place.files();
    let run = place.run(&["init", "."]);
    assert_eq!(run.status, "2");
    assert!(run.stderr.contains("livret.yaml existe déjà"), "{}", run.stderr);
    assert_eq!(place.files(), before);
    fs::remove_file(place.path().join("livret.yaml")).unwrap();
    place.done(&["init", "."]);
    assert_eq!(place.read("notes.txt"), "à moi aussi");
}

#[test]
fn a_file_where_a_folder_is_needed_leaves_nothing_behind() {
    let place = Place::empty();
    place.write("themes", "un fichier");
    let before = place.files();
    let run = place.run(&["init", "."]);
    assert_eq!(run.status, "2");
    assert!(run.stderr.contains("themes"), "{}", run.stderr);
    assert_eq!(place.files(), before);
    assert!(!place.path().join("content").exists());
    place.write("fichier", "");
    assert_eq!(place.run(&["init", "fichier"]).status, "2");
}
