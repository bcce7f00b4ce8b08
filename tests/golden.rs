//! Golden projects. Each folder of `tests/golden/` is one: its files are laid over `tests/golden-base/` and `livret`
//! is run there, as a test of its own: `cargo test --test golden -- theme` runs those whose name has « theme ». Beside them
//! stand the arguments and what came of it:
//!
//! - `cmd`: the arguments (`check` if there is none); further lines « sans: path » remove a part of the base;
//! - `stdout`, `stderr` (empty if absent), `status`;
//! - `expected/`: files of the output folder. Where there is such a folder, it names every HTML page that is made.
//! - `sources/`: files of the project as they are after the run, for commands that write there.
//!
//! `SNAPSHOTS=overwrite cargo test --test golden` writes what came as what is expected: read the difference.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use snapbox::Data;
use snapbox::assert::{Action, Assert, DEFAULT_ACTION_ENV};
use snapbox::data::DataFormat;
use walkdir::WalkDir;

const EXPECTED: &str = "expected";
const SOURCES: &str = "sources";
/// What stands in a case's folder besides files of the project.
const RESERVED: [&str; 6] = ["cmd", "stdout", "stderr", "status", EXPECTED, SOURCES];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = support::cases().into_iter().map(|(name, folder)| Trial::test(name, || Case::new(folder).run()));
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

struct Case {
    folder: PathBuf,
    assert: Assert,
    overwrite: bool,
    failures: Vec<String>,
}

impl Case {
    fn new(folder: PathBuf) -> Self {
        let overwrite = matches!(Action::with_env_var(DEFAULT_ACTION_ENV), Some(Action::Overwrite));
        Self { folder, assert: Assert::new().action_env(DEFAULT_ACTION_ENV), overwrite, failures: Vec::new() }
    }

    fn run(mut self) -> Result<(), Failed> {
        let cmd = fs::read_to_string(self.folder.join("cmd")).unwrap_or_else(|_| "check".to_owned());
        let mut lines = cmd.lines();
        let arguments: Vec<&str> = lines.next().unwrap_or_default().split_whitespace().collect();
        let project = tempfile::tempdir().unwrap();
        self.lay_out(project.path(), lines);

        let run = support::livret(project.path(), &arguments);
        self.compare("stdout", run.stdout);
        self.compare("stderr", run.stderr);
        self.compare("status", run.status + "\n");
        if self.folder.join(EXPECTED).is_dir() {
            self.compare_output(&project.path().join("output"));
        }
        if self.folder.join(SOURCES).is_dir() {
            for path in files(&self.folder.join(SOURCES)) {
                let after = fs::read_to_string(project.path().join(&path)).unwrap_or_default();
                self.compare(&format!("{SOURCES}/{path}"), after);
            }
        }
        if self.failures.is_empty() { Ok(()) } else { Err(self.failures.join("\n").into()) }
    }

    /// The project: the base without what the case does not want, then the case's own files.
    fn lay_out<'l>(&self, project: &Path, without: impl Iterator<Item = &'l str>) {
        support::copy(Path::new(support::BASE), project);
        for line in without {
            let path = line.strip_prefix("sans: ").unwrap_or_else(|| panic!("{}: cmd: {line}", self.folder.display()));
            let path = project.join(path);
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
        for entry in fs::read_dir(&self.folder).unwrap().map(Result::unwrap) {
            let name = entry.file_name();
            if !RESERVED.iter().any(|reserved| name == *reserved) {
                support::copy(&entry.path(), &project.join(name));
            }
        }
    }

    /// Every expected file is made, as expected; every page made is expected.
    fn compare_output(&mut self, output: &Path) {
        let mut paths = files(&self.folder.join(EXPECTED));
        paths.extend(files(output).into_iter().filter(|path| path.ends_with(".html")));
        for path in paths {
            let made = fs::read_to_string(output.join(&path)).unwrap_or_default();
            self.compare(&format!("{EXPECTED}/{path}"), made);
        }
    }

    /// Compares with a file of the case. Nothing is the same as no file.
    fn compare(&mut self, name: &str, actual: String) {
        let path = self.folder.join(name);
        match (actual.is_empty(), path.exists()) {
            (true, false) => {}
            (true, true) if self.overwrite => fs::remove_file(&path).unwrap(),
            _ => {
                let expected = if path.exists() {
                    Data::read_from(&path, Some(DataFormat::Text))
                } else {
                    // `read_from` a missing file keeps where to write it.
                    Data::read_from(&path, None)
                };
                let result = self.assert.try_eq(None, Data::text(actual), expected.raw());
                self.failures.extend(result.err().map(|difference| difference.to_string()));
            }
        }
    }
}

/// The files below a folder, by their path from it.
fn files(folder: &Path) -> BTreeSet<String> {
    WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/"))
        .collect()
}
