//! `livret check --watch`.

use std::path::Path;

use super::{CANDIDAT, Watched};
use crate::support;

/// A candidat's file becomes a link to one in a folder of its own, by way of another link.
#[cfg(unix)]
fn linked(folder: &Path) {
    use std::os::unix::fs::symlink;
    for part in ["partage", "relais"] {
        std::fs::create_dir(folder.join(part)).unwrap();
    }
    std::fs::rename(folder.join(CANDIDAT), folder.join("partage/r.md")).unwrap();
    symlink("../partage/r.md", folder.join("relais/r.md")).unwrap();
    symlink("../../../relais/r.md", folder.join(CANDIDAT)).unwrap();
}

#[cfg(unix)]
#[test]
fn files_that_links_lead_to_are_watched_also_those_that_come_later() {
    let folder = tempfile::tempdir().unwrap();
    support::copy(Path::new(support::BASE), folder.path());
    linked(folder.path());
    let watched = Watched::spawn(folder, &["check", "--watch"]);
    watched.until("the first check", || watched.said().contains("(Ctrl-C pour arrêter)"));
    watched.edit("partage/r.md", "nom: Bernard", "nomm: Bernard");
    watched.until("the mistake", || watched.said().contains("nomm"));
    std::fs::create_dir(watched.path("neuf")).unwrap();
    std::fs::rename(watched.path("partage/r.md"), watched.path("neuf/r.md")).unwrap();
    std::os::unix::fs::symlink("../neuf/r.md", watched.path("partage/r.md")).unwrap();
    let count = || watched.said().matches("1 erreur").count();
    watched.until("the same again", || count() >= 2);
    // What is new is watched as soon as nothing else is to be done; a change before is found then.
    watched.edit("neuf/r.md", "nomm: Bernard", "nom: Bernard");
    watched.until("none", || watched.said().contains("1 candidat vérifié, 0 erreur"));
    watched.edit("neuf/r.md", "nom: Bernard", "nommm: Bernard");
    watched.until("the mistake in its new place", || watched.said().contains("nommm"));
}

#[cfg(target_os = "linux")]
#[test]
fn where_the_system_does_not_watch_files_are_looked_at() {
    for (limit, file) in [("0", "max_inotify_instances"), ("3", "max_inotify_watches")] {
        let folder = tempfile::tempdir().unwrap();
        support::copy(Path::new(support::BASE), folder.path());
        let script = format!("echo {limit} > /proc/sys/user/{file} && exec \"$0\" check --watch");
        let arguments = ["-Ur", "sh", "-c", &script, env!("CARGO_BIN_EXE_livret")];
        let tried = std::process::Command::new("unshare")
            .args(["-Ur", "sh", "-c", "echo 0 > /proc/sys/user/max_inotify_instances"])
            .status();
        if !tried.is_ok_and(|status| status.success()) {
            eprintln!("skipped: this user may set no limit");
            return;
        }
        let watched = Watched::launch(folder, std::process::Command::new("unshare").args(arguments));
        watched.until("the first check", || watched.said().contains("(Ctrl-C pour arrêter)"));
        let told = "ils sont regardés à intervalles réguliers";
        assert_eq!(watched.said().matches(told).count(), 1, "{file}: {}", watched.said());
        watched.edit(CANDIDAT, "nom: Bernard", "nomm: Bernard");
        watched.until("the mistake", || watched.said().contains("nomm"));
        assert!(!watched.said().contains("os error"), "{}", watched.said());
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_with_the_last_outcome() {
    let folder = tempfile::tempdir().unwrap();
    support::copy(Path::new(support::BASE), folder.path());
    let mut watched = Watched::spawn(folder, &["check", "--watch"]);
    watched.until("the first check", || watched.said().contains("(Ctrl-C pour arrêter)"));
    assert!(std::process::Command::new("kill").args(["-INT", &watched.pid().to_string()]).status().unwrap().success());
    assert_eq!(watched.ended(), Some(0));
}

#[test]
fn it_checks_again_at_each_save() {
    for arguments in [&["check", "--watch"][..], &["check", "--watch", "--poll"]] {
        let folder = tempfile::tempdir().unwrap();
        support::copy(Path::new(support::BASE), folder.path());
        let watched = Watched::spawn(folder, arguments);
        watched.until("the first check", || watched.said().contains("(Ctrl-C pour arrêter)"));
        watched.edit(CANDIDAT, "nom: Bernard", "nomm: Bernard");
        watched.until("the mistake", || watched.said().contains("nomm"));
        watched.edit(CANDIDAT, "nomm: Bernard", "nom: Bernard");
        watched.until("none", || watched.said().matches("1 candidat vérifié, 0 erreur").count() == 2);
        assert!(!watched.path("output").exists(), "nothing is written");
    }
}
