//! A build that is stopped at any moment leaves whole files only, and the next one completes.
#![cfg(unix)]

use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Sample, long};

/// How often it is stopped; LIVRET_TEST_LONG=1 asks for a hundred.
fn moments() -> u32 {
    if long() { 100 } else { 9 }
}

#[test]
fn a_build_that_is_stopped_leaves_whole_files_and_the_next_completes() {
    let Some(sample) = Sample::new() else { return };
    let start = Instant::now();
    sample.build(&["--output", "reference"]);
    let whole = start.elapsed();
    let reference = sample.documents("reference");
    let count = moments();
    // The first ones end before they come to it.
    std::fs::create_dir_all(sample.path().join("output")).unwrap();
    for moment in 0..count {
        let signal = ["INT", "TERM", "KILL"][moment as usize % 3];
        let mut child =
            sample.command(&["build", "--force"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Spread over what a build takes here and now.
        sleep(whole * moment / count);
        let pid = child.id().to_string();
        let _ = std::process::Command::new("kill").args(["-s", signal, &pid]).status();
        child.wait().unwrap();
        for (path, bytes) in sample.documents("output") {
            assert!(reference[&path] == bytes, "{path} is not whole after {signal} ({moment})");
        }
    }
    sample.build(&["--force"]);
    assert!(sample.documents("output") == reference);
    let left = walkdir::WalkDir::new(sample.path().join("output")).into_iter().flatten();
    let left: Vec<_> = left.filter(|e| e.file_name().to_string_lossy().ends_with(".tmp")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_second_build_of_one_output_says_so_and_stops() {
    let Some(sample) = Sample::new() else { return };
    let mut first = sample.command(&["build"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while !sample.path().join("output/index.html").exists() {
        sleep(Duration::from_millis(5));
    }
    let second = sample.run(&["build"]);
    assert_eq!(second.status, Some(2), "{}", second.stdout);
    assert!(second.stderr.contains("une autre commande livret écrit déjà"), "{}", second.stderr);
    assert!(first.wait().unwrap().success());
}
