//! Nothing short of Ctrl-C ends it: folders that vanish, themes that do not compile, no Chrome, a crashed Chrome.

use std::fs;

use super::{CANDIDAT, LIVRET, Watched};

#[test]
fn folders_may_be_deleted_and_made_again() {
    let mut watched = Watched::start(&["--no-pdf"]);
    for (n, part) in ["content", "themes", "livret.yaml", "content/referentiels"].into_iter().enumerate() {
        let (here, away) = (
            watched.path(part),
            watched.path("../").canonicalize().unwrap().join(format!("livret-ailleurs-{}", watched.pid())),
        );
        fs::rename(&here, &away).unwrap();
        watched
            .told(LIVRET, &format!("that {part} is gone"), |state| !state["problemes"].as_array().unwrap().is_empty());
        assert!(watched.output(LIVRET).exists(), "the last good one stays: {part}");
        fs::rename(&away, &here).unwrap();
        watched
            .told(LIVRET, &format!("that {part} is back"), |state| state["problemes"].as_array().unwrap().is_empty());
        // And it is still watched.
        watched.edit(CANDIDAT, "prenom: Paul", &format!("prenom: Paul{n}"));
        watched.shows(LIVRET, &format!("Paul{n}"));
        watched.edit(CANDIDAT, &format!("prenom: Paul{n}"), "prenom: Paul");
        watched.shows(LIVRET, "Paul Bernard");
    }
    assert!(watched.is_running());
}

#[test]
fn a_content_deleted_and_copied_anew_is_watched_again() {
    let mut watched = Watched::start(&["--no-pdf"]);
    let copy = tempfile::tempdir().unwrap();
    crate::support::copy(&watched.path("content"), copy.path());
    fs::remove_dir_all(watched.path("content")).unwrap();
    watched.told(LIVRET, "that it is gone", |state| state["problemes"][0]["file"] == "content");
    crate::support::copy(copy.path(), &watched.path("content"));
    watched.told(LIVRET, "that it is back", |state| state["problemes"].as_array().unwrap().is_empty());
    watched.edit(CANDIDAT, "nom: Bernard", "nom: Revenu");
    watched.shows(LIVRET, "Revenu");
    assert!(watched.is_running());
}

#[test]
fn the_output_may_be_removed() {
    let watched = Watched::start(&["--no-pdf"]);
    watched.until("the end of the first build", || watched.said().contains(" s\n"));
    fs::remove_dir_all(watched.path("output")).unwrap();
    watched.until("all of it again", || {
        watched.output(LIVRET).exists() && watched.output("assets/mini/mini.css").exists()
    });
    watched.edit(CANDIDAT, "nom: Bernard", "nom: Encore");
    watched.shows(LIVRET, "Encore");
}

#[test]
fn a_renamed_referentiel_is_a_mistake_until_it_is_mended() {
    let watched = Watched::start(&["--no-pdf"]);
    let (old, new) = (watched.path("content/referentiels/essai"), watched.path("content/referentiels/renomme"));
    fs::rename(&old, &new).unwrap();
    watched.told(LIVRET, "the mistake", |state| !state["problemes"].as_array().unwrap().is_empty());
    assert!(watched.output(LIVRET).exists());
    watched.edit("livret.yaml", "essai/2025", "renomme/2025");
    watched.told(LIVRET, "that it is mended", |state| {
        state["problemes"].as_array().unwrap().is_empty() && !state["version"].is_null()
    });
    watched.until("the new référentiel", || watched.output("referentiels/renomme/2025/index.html").exists());
}

#[test]
fn without_a_chrome_html_goes_on() {
    let watched = Watched::start(&["--chrome", "/nulle/part/chrome"]);
    watched.told(LIVRET, "that there is no PDF", |state| state["pdf"]["etat"] == "impossible");
    watched.until("the terminal to say so", || watched.said().contains("Les pages HTML continuent"));
    watched.edit(CANDIDAT, "nom: Bernard", "nom: Malgré");
    watched.shows(LIVRET, "Malgré");
}

#[cfg(target_os = "linux")]
#[test]
fn a_killed_chrome_is_replaced() {
    let required = std::env::var("LIVRET_TEST_CHROME").is_ok_and(|v| v == "required");
    if !required && livret::documents::print::version(&livret::documents::print::ChromeLocation::Auto).is_err() {
        eprintln!("skipped: there is no Chrome on this machine");
        return;
    }
    let watched = Watched::start(&[]);
    let pdf = watched.output(LIVRET).with_extension("pdf");
    watched.until("the first PDF", || pdf.exists());
    let first = watched.told(LIVRET, "that its PDF is ready", |state| state["pdf"]["etat"] == "a-jour");
    let chromes = children(watched.pid());
    assert!(!chromes.is_empty(), "its Chrome stays warm");
    for pid in chromes {
        let _ = std::process::Command::new("kill").args(["-9", &pid.to_string()]).status();
    }
    watched.edit(CANDIDAT, "nom: Bernard", "nom: Après");
    watched.told(LIVRET, "that its new PDF is ready", |state| {
        state["pdf"]["etat"] == "a-jour" && state["pdf"]["version"] != first["pdf"]["version"]
    });
}

/// The processes that a process started itself.
#[cfg(target_os = "linux")]
fn children(of: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{of}/task")).unwrap().flatten();
    let lists = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().map(|pid| pid.parse().unwrap()).collect::<Vec<_>>()).collect()
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_in_order() {
    let mut watched = Watched::start(&["--no-pdf"]);
    let status = std::process::Command::new("kill").args(["-INT", &watched.pid().to_string()]).status().unwrap();
    assert!(status.success());
    assert_eq!(watched.ended(), Some(0));
    watched.until("its last word", || watched.said().contains("Aperçu arrêté."));
    assert!(watched.output(".livret.json").exists());
}

#[test]
fn what_the_disk_refuses_is_tried_again_until_it_goes() {
    let watched = Watched::start_with(&["--no-pdf"], |path| {
        fs::create_dir_all(path.join("output/candidats/2026-06")).unwrap();
        fs::write(path.join("output/candidats/2026-06/neuf"), "dans le passage").unwrap();
    });
    fs::copy(watched.path(CANDIDAT), watched.path("content/candidats/2026-06/neuf.md")).unwrap();
    let page = "candidats/2026-06/neuf/livret.html";
    let told =
        watched.told(page, "that it cannot be written", |state| !state["problemes"].as_array().unwrap().is_empty());
    assert_eq!(told["problemes"][0]["file"], page);
    assert_eq!(watched.read("output/candidats/2026-06/neuf"), "dans le passage", "what is not ours stays");
    fs::remove_file(watched.output("candidats/2026-06/neuf")).unwrap();
    watched.told(page, "that it is written", |state| {
        state["problemes"].as_array().unwrap().is_empty() && !state["version"].is_null()
    });
    watched.shows(page, "Bernard");
}
