//! `livret check --watch`.

use std::path::Path;

use super::{CANDIDAT, Watched, support};

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
