//! Whole builds of the sample project with a real Chrome: what is done again and what is not, shards, builds that
//! are killed, Chromes that die, disks that are full, PDFs that are not what was meant, the bundle of a session.
//! Without Chrome these tests say so and are skipped, unless LIVRET_TEST_CHROME=required.

mod bundle;
mod crashed;
mod full;
mod gone;
mod incremental;
mod killed;
mod memory;
mod shards;
mod verified;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::support;

/// Whether the kill tests run in their long form: LIVRET_TEST_LONG=1.
pub fn long() -> bool {
    std::env::var("LIVRET_TEST_LONG").is_ok_and(|v| v == "1")
}

/// A copy of the sample project.
pub struct Sample {
    folder: TempDir,
}

impl Sample {
    /// A copy that can be printed; `None` where there is no Chrome.
    pub fn new() -> Option<Self> {
        let required = std::env::var("LIVRET_TEST_CHROME").is_ok_and(|v| v == "required");
        if !required && livret::documents::print::version(&livret::documents::print::ChromeLocation::Auto).is_err() {
            eprintln!("skipped: there is no Chrome on this machine");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for part in ["content", "themes", "livret.yaml", "logo.svg"] {
            support::copy(&root.join(part), &folder.path().join(part));
        }
        Some(Self { folder })
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_livret"));
        command.args(arguments).current_dir(self.path()).env_remove("SOURCE_DATE_EPOCH");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { status: status.code(), stdout: text(stdout), stderr: text(stderr) }
    }

    /// A build that must succeed; the PDFs that it made, in order.
    pub fn build(&self, arguments: &[&str]) -> Vec<String> {
        let run = self.run(&[&["build"], arguments].concat());
        assert_eq!(run.status, Some(0), "{}{}", run.stdout, run.stderr);
        run.printed()
    }

    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.path().join(path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{} holds no « {from} »", path.display());
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    /// Every document of an output folder, by path.
    pub fn documents(&self, output: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.path().join(output);
        WalkDir::new(&root)
            .into_iter()
            .map(|e| e.unwrap().into_path())
            .filter(|p| p.extension().is_some_and(|e| e == "pdf" || e == "html"))
            .map(|p| (p.strip_prefix(&root).unwrap().to_string_lossy().into_owned(), fs::read(&p).unwrap()))
            .collect()
    }
}

pub struct Run {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// The PDFs that a line says are made.
    pub fn printed(&self) -> Vec<String> {
        let paths = self.stdout.lines().filter_map(|line| line.split_once(".pdf (").map(|(path, _)| path.to_owned()));
        let mut paths: Vec<String> = paths.collect();
        paths.sort();
        paths
    }
}
