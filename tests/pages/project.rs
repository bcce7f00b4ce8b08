//! Projects for these tests: the sample with a second session, a second version and a file with a mistake, and
//! generated ones.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::{generated, support};

/// A project built once for all tests, in a folder below `target/` that the next run takes over.
pub struct Project {
    folder: PathBuf,
}

impl Project {
    /// The sample's five candidats in session 2026-06; in session 2025-12 one of another version and one in error.
    pub fn two_sessions() -> &'static Self {
        static PROJECT: OnceLock<Project> = OnceLock::new();
        PROJECT.get_or_init(|| {
            let project = Self::new("two-sessions");
            let (root, folder) = (Path::new(env!("CARGO_MANIFEST_DIR")), &project.folder);
            for part in ["content", "themes", "livret.yaml", "logo.svg"] {
                support::copy(&root.join(part), &folder.join(part));
            }
            let referentiels = folder.join("content/referentiels/charge-accueil");
            support::copy(&referentiels.join("2024"), &referentiels.join("2027"));
            let session = folder.join("content/candidats/2025-12");
            fs::create_dir_all(&session).unwrap();
            let other = "---\nnom: Nguyễn-Œuvrard\nprenom: Élisabeth\nentreprise: L'Étoile des Alpes, Ørby & Łódź\n\
                         referentiel: charge-accueil/2027\n---\n";
            fs::write(session.join("nguyen.md"), other).unwrap();
            fs::write(session.join("sans-prenom.md"), "---\nnom: Perdu\n---\n").unwrap();
            project.build(&[]);
            project
        })
    }

    /// Two thousand candidats in sessions of two hundred.
    pub fn two_thousand() -> &'static Self {
        static PROJECT: OnceLock<Project> = OnceLock::new();
        PROJECT.get_or_init(|| Self::generated("two-thousand", 2000))
    }

    /// One session of two hundred.
    pub fn two_hundred() -> &'static Self {
        static PROJECT: OnceLock<Project> = OnceLock::new();
        PROJECT.get_or_init(|| Self::generated("two-hundred", 200))
    }

    /// The sample's candidats over and over; of the pages only the index and the référentiel's.
    fn generated(name: &str, count: usize) -> Self {
        let project = Self::new(name);
        generated::project(&project.folder, count);
        project.build(&["--only", "charge-accueil/2024"]);
        project
    }

    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }

    /// Makes the pages of a whole build, which lead to the PDFs, but prints nothing: there is no such Chrome.
    fn build(&self, arguments: &[&str]) {
        let output = Command::new(env!("CARGO_BIN_EXE_livret"))
            .args(["build", "--chrome", "/nonexistent"])
            .args(arguments)
            .current_dir(&self.folder)
            .output()
            .unwrap();
        assert!(self.page("index.html").is_file(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// A page of the output.
    pub fn page(&self, path: &str) -> PathBuf {
        self.folder.join("output").join(path)
    }
}
