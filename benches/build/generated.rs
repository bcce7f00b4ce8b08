//! A project of any number of candidats, made from the sample's five: same référentiel, other names.

use std::fs;
use std::path::Path;

/// Copies the sample project to `to`, with `count` candidats instead of its own.
pub fn project(to: &Path, count: usize) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["content/referentiels", "themes"] {
        copy(&sample.join(folder), &to.join(folder));
    }
    for file in ["livret.yaml", "logo.svg"] {
        fs::copy(sample.join(file), to.join(file)).unwrap();
    }
    candidats(to, count);
}

/// Adds `count` candidats to a project, in sessions of two hundred, as a national secretariat would have them.
pub fn candidats(to: &Path, count: usize) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/candidats");
    let mut models: Vec<_> = walkdir::WalkDir::new(sample).into_iter().map(|e| e.unwrap().into_path()).collect();
    models.retain(|p| p.extension().is_some_and(|e| e == "md"));
    models.sort();
    let models: Vec<String> = models.iter().map(|p| fs::read_to_string(p).unwrap()).collect();
    for i in 0..count {
        let text: String = models[i % models.len()]
            .lines()
            .map(|line| match line.strip_prefix("nom: ") {
                Some(nom) => format!("nom: {nom} {i}\n"),
                None => format!("{line}\n"),
            })
            .collect();
        let folder = to.join(format!("content/candidats/2026-{:02}", i / 200 + 1));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("candidat-{i:05}.md")), text).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
