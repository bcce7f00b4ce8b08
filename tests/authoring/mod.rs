//! Sources that the program writes: `init`, `new`, `import`, through the real binary. What is written checks clean;
//! what is there stays as it is.

mod export;
mod guide;
mod hostile;
mod import;
mod init;
mod new;
mod workbooks;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::support::{self, Run};

/// A new project as `livret init` makes it, or the small one of the golden tests.
pub struct Place(TempDir);

impl Place {
    pub fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Référentiel `essai/2025`: blocs 1 accueil and 2 suivi, two évaluateurs; candidat Paul Bernard of 2026-06.
    pub fn base() -> Self {
        let place = Self::empty();
        support::copy(Path::new(support::BASE), place.path());
        place
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        support::livret(self.path(), arguments)
    }

    /// Runs what must succeed; its standard output.
    pub fn done(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.status, "0", "{arguments:?}:\n{}{}", run.stdout, run.stderr);
        run.stdout
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path().join(path), bytes).unwrap();
    }

    /// Every file with its bytes.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let files = WalkDir::new(self.path()).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
        let name = |path: &Path| path.strip_prefix(self.path()).unwrap().to_string_lossy().replace('\\', "/");
        files.map(|e| (name(e.path()), fs::read(e.path()).unwrap())).collect()
    }

    /// Neither a mistake nor a warning, but for what `new` wrote and is to be replaced.
    pub fn checks_clean(&self) {
        let run = self.run(&["check"]);
        let to_replace = run.stderr.matches("avertissement[A308]").count();
        assert_eq!(run.stderr.matches("avertissement[").count(), to_replace, "{}", run.stderr);
        assert!(run.stdout.contains(", 0 erreur, "), "{}{}", run.stdout, run.stderr);
    }
}
