//! What a diagnostic says to write instead mends it: every correction of every golden project is applied, and the
//! mistake is gone. Each project is a test of its own.

#[allow(dead_code)] // Only the standard output is read here.
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use libtest_mimic::{Arguments, Trial};
use serde_json::Value;

static APPLIED: AtomicUsize = AtomicUsize::new(0);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = support::cases().into_iter().filter(|(_, case)| is_check(case)).map(|(name, case)| {
        let correct = move || {
            APPLIED.fetch_add(corrected(&case), Ordering::Relaxed);
            Ok(())
        };
        Trial::test(name, correct)
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    let applied = APPLIED.load(Ordering::Relaxed);
    let all = !arguments.list && conclusion.num_filtered_out == 0;
    assert!(!all || conclusion.has_failed() || applied > 40, "only {applied} corrections");
    conclusion.exit_code()
}

/// Whether a case is a plain `check`, whose diagnostics can be asked for as JSON.
fn is_check(case: &Path) -> bool {
    fs::read_to_string(case.join("cmd")).map_or(true, |cmd| cmd.trim() == "check")
}

/// Applies the corrections of one case; how many.
fn corrected(case: &Path) -> usize {
    let project = tempfile::tempdir().unwrap();
    support::copy(Path::new(support::BASE), project.path());
    for part in ["content", "themes", "livret.yaml"].map(|part| case.join(part)) {
        if part.exists() {
            support::copy(&part, &project.path().join(part.file_name().unwrap()));
        }
    }
    let before = check(project.path());
    let corrections: Vec<&Value> = before.iter().map(|d| &d["correction"]).filter(|c| !c.is_null()).collect();
    if corrections.is_empty() {
        return 0;
    }
    apply(&corrections, project.path());
    let after = check(project.path());
    for wrong in before.iter().filter(|d| !d["correction"].is_null()) {
        let again = after.iter().find(|d| what(d) == what(wrong));
        assert!(again.is_none(), "{}: {wrong:#} is still there", case.display());
    }
    corrections.len()
}

/// What makes two diagnostics the same.
fn what(diagnostic: &Value) -> [String; 3] {
    ["code", "file", "message"].map(|field| diagnostic[field].to_string())
}

fn check(project: &Path) -> Vec<Value> {
    let run = support::livret(project, &["check", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    document["diagnostics"].as_array().unwrap().clone()
}

/// Replaces from the end of each file to its start, so that places stay right.
fn apply(corrections: &[&Value], project: &Path) {
    let mut by_file: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for correction in corrections {
        by_file.entry(correction["file"].as_str().unwrap()).or_default().push(correction);
    }
    for (file, mut corrections) in by_file {
        let path = project.join(file);
        let mut text = fs::read_to_string(&path).unwrap();
        corrections.sort_by_key(|c| std::cmp::Reverse((c["line"].as_u64(), c["column"].as_u64())));
        for correction in corrections {
            let (start, end) = (offset(&text, correction), offset(&text, &correction["end"]));
            text.replace_range(start..end, correction["text"].as_str().unwrap());
        }
        fs::write(path, text).unwrap();
    }
}

fn offset(text: &str, place: &Value) -> usize {
    let [line, column] = ["line", "column"].map(|field| usize::try_from(place[field].as_u64().unwrap()).unwrap());
    let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
    text[start..].char_indices().nth(column - 1).map_or(text.len(), |(at, _)| start + at)
}
