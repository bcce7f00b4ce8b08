//! Many saves at once, and editors that do more than write.

use std::fs;

use super::{CANDIDAT, LIVRET, Watched};

fn many(path: &std::path::Path) {
    let model = fs::read_to_string(path.join(CANDIDAT)).unwrap();
    for i in 0..300 {
        let text = model.replacen("nom: Bernard", &format!("nom: Bernard{i}"), 1);
        fs::write(path.join(format!("content/candidats/2026-06/c{i:03}.md")), text).unwrap();
    }
}

#[test]
fn three_hundred_files_are_one_rebuild() {
    let watched = Watched::start_with(&["--no-pdf"], many);
    watched.until("the end of the first build", || watched.said().contains(" s\n"));
    let before = watched.said().lines().count();
    for i in 0..300 {
        watched.edit(&format!("content/candidats/2026-06/c{i:03}.md"), "nom: Bernard", "nom: Remplacé");
    }
    watched.shows("candidats/2026-06/c299/livret.html", "Remplacé");
    watched.until("the line on the rebuild", || watched.said().lines().count() > before);
    // A further save, to know that nothing else was on its way.
    watched.edit(CANDIDAT, "nom: Bernard", "nom: Dernier");
    watched.shows(LIVRET, "Dernier");
    watched.until("its line", || watched.said().lines().count() > before + 1);
    let lines: Vec<String> = watched.said().lines().skip(before).map(str::to_owned).collect();
    assert_eq!(lines.len(), 2, "one rebuild for the burst: {lines:?}");
    assert!(lines[0].starts_with("301 pages HTML"), "{lines:?}");
}

#[test]
fn editors_that_replace_files_are_followed() {
    let watched = Watched::start(&["--no-pdf"]);
    let path = watched.path(CANDIDAT);
    let text = watched.read(CANDIDAT);
    let named = |name: &str| text.replacen("nom: Bernard", &format!("nom: {name}"), 1);
    // Written beside it, then renamed onto it.
    let beside = path.with_extension("md.tmp-123");
    fs::write(&beside, named("Renomme")).unwrap();
    fs::rename(&beside, &path).unwrap();
    watched.shows(LIVRET, "Renomme");
    // vim: a probe, the old file made a backup, a new one written in its place.
    let folder = path.parent().unwrap();
    fs::write(folder.join("4913"), "").unwrap();
    fs::remove_file(folder.join("4913")).unwrap();
    fs::rename(&path, folder.join("bernard-paul.md~")).unwrap();
    fs::write(&path, named("Sauvegarde")).unwrap();
    watched.shows(LIVRET, "Sauvegarde");
    assert!(folder.join("bernard-paul.md~").exists() && !watched.said().contains("retiré"), "{}", watched.said());
    // An older file put in its place.
    let old = folder.join("ancien.old");
    fs::write(&old, named("Ancienne")).unwrap();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(86_400);
    fs::File::options().write(true).open(&old).unwrap().set_modified(long_ago).unwrap();
    fs::rename(&old, &path).unwrap();
    watched.shows(LIVRET, "Ancienne");
}

#[test]
fn files_and_folders_come_and_go() {
    for arguments in [&["--no-pdf"][..], &["--no-pdf", "--poll"]] {
        let watched = Watched::start(arguments);
        let text = watched.read(CANDIDAT);
        fs::create_dir_all(watched.path("content/candidats/2027-01")).unwrap();
        fs::write(watched.path("content/candidats/2027-01/neuf.md"), &text).unwrap();
        watched.shows("candidats/2027-01/neuf/livret.html", "Bernard");
        watched.shows("index.html", "2027-01");
        watched.edit("content/candidats/2027-01/neuf.md", "nom: Bernard", "nom: Change");
        watched.shows("candidats/2027-01/neuf/livret.html", "Change");
        fs::remove_dir_all(watched.path("content/candidats/2027-01")).unwrap();
        watched.until("its documents to go", || !watched.output("candidats/2027-01").exists());
        assert!(!watched.read("output/index.html").contains("2027-01"));
        assert!(watched.output(LIVRET).exists());
    }
}
