//! A project of its own for what the sample has not: that of `livret init`, changed and built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::printed::{Printed, sample};

pub const REFERENTIEL: &str = "content/referentiels/jardin-partage/2026/referentiel.md";
pub const FICHE: &str = "content/candidats/2026-09/roussel-camille.md";
pub const CANDIDAT: &str = "candidats/2026-09/roussel-camille";

/// The project of `livret init`, changed and built.
pub struct Project(tempfile::TempDir);

impl Project {
    /// `None` where PDFs cannot be printed.
    pub fn new() -> Option<Self> {
        sample()?;
        let folder = tempfile::tempdir().unwrap();
        livret(folder.path(), &["init", "."]);
        Some(Self(folder))
    }

    pub fn change(&self, path: &str, change: impl Fn(String) -> String) {
        let path = self.0.path().join(path);
        let (before, after) = (fs::read_to_string(&path).unwrap(), change(fs::read_to_string(&path).unwrap()));
        assert_ne!(before, after, "{}", path.display());
        fs::write(path, after).unwrap();
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn build(&self) {
        livret(self.0.path(), &["build"]);
    }

    pub fn path(&self, pdf: &str) -> PathBuf {
        self.0.path().join(format!("output/{pdf}.pdf"))
    }

    pub fn pdf(&self, pdf: &str) -> Printed {
        Printed::read(&self.path(pdf))
    }
}

pub fn livret(folder: &Path, arguments: &[&str]) {
    let run = Command::new(env!("CARGO_BIN_EXE_livret")).args(arguments).current_dir(folder).output().unwrap();
    assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
}
