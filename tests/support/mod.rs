//! A project in a temporary folder, and the real binary run on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use walkdir::WalkDir;

/// The project that every case starts from: sound, with one candidat whose livret is ready.
pub const BASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden-base");

/// The golden cases: their names and folders.
pub fn cases() -> BTreeMap<String, PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    let cases = fs::read_dir(folder).expect("the cases are there").map(|entry| entry.expect("they can be read"));
    cases.map(|entry| (entry.file_name().into_string().expect("names are UTF-8"), entry.path())).collect()
}

/// What a run left, as text, its times redacted.
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub status: String,
}

/// Runs `livret` in a folder.
pub fn livret(folder: &Path, arguments: &[&str]) -> Run {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_livret"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("the binary starts");
    let text = |bytes: Vec<u8>| redacted(&String::from_utf8(bytes).expect("messages are UTF-8"));
    let status = status.code().map_or_else(|| status.to_string(), |code| code.to_string());
    Run { stdout: text(stdout), stderr: text(stderr), status }
}

/// « en 0,3 s » as « en [..] s ».
fn redacted(text: &str) -> String {
    let line = |line: &str| match line.split_once(", en ") {
        Some((before, seconds)) if seconds.trim_end().ends_with(" s") => format!("{before}, en [..] s\n"),
        _ => line.to_owned(),
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Copies what is below `from` over what is below `to`.
pub fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from) {
        let entry = entry.expect("the folder can be read");
        let inner = entry.path().strip_prefix(from).expect("below the folder");
        let target = if inner.as_os_str().is_empty() { to.to_path_buf() } else { to.join(inner) };
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("the temporary folder can be written");
        } else {
            fs::copy(entry.path(), &target).expect("the temporary folder can be written");
        }
    }
}
