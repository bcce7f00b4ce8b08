//! Chrome dies again and again during a build, as a whole or in part, and every PDF is there and right at the end.
//! Linux only: its processes are looked up in /proc.
#![cfg(target_os = "linux")]

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::{Sample, long};
use crate::{chrome, generated};

/// Which of Chrome's processes dies, in turn: the browser with all its processes, a renderer, whatever else it runs.
fn kill(build: u32, turn: u64) -> bool {
    let all = chrome::descendants_of(build);
    let mut of_chrome = all.iter();
    let victim = match turn % 3 {
        0 => of_chrome.next().map(|(pid, _)| format!("-{pid}")),
        1 => of_chrome.find(|(_, line)| line.contains("--type=renderer")).map(|(pid, _)| pid.to_string()),
        _ => of_chrome.rfind(|(_, line)| line.contains("--type=")).map(|(pid, _)| pid.to_string()),
    };
    let kill = |pid: String| Command::new("kill").args(["-9", "--", &pid]).stderr(Stdio::null()).status();
    victim.is_some_and(|pid| kill(pid).is_ok_and(|status| status.success()))
}

#[test]
fn every_pdf_is_right_although_chrome_dies_every_few_documents() {
    let Some(sample) = Sample::new() else { return };
    let (candidats, least) = if long() { (55, 50) } else { (10, 7) };
    std::fs::remove_dir_all(sample.path().join("content/candidats")).unwrap();
    generated::candidats(sample.path(), candidats);
    sample.build(&["--output", "reference"]);
    let mut build = sample.command(&["build"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut printed, mut kills) = (0, 0);
    for line in BufReader::new(build.stdout.take().unwrap()).lines() {
        printed += u64::from(line.unwrap().contains(".pdf ("));
        if printed % 2 == 1 {
            // Another moment of what a document goes through each time.
            sleep(Duration::from_millis(printed * 37 % 90));
            // It may be on its way back from the last time.
            let killed = (0..20).any(|attempt| {
                sleep(Duration::from_millis(20 * u64::from(attempt > 0)));
                kill(build.id(), printed / 2)
            });
            kills += u64::from(killed);
        }
    }
    let output = build.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(kills >= least, "only {kills} kills");
    assert!(sample.documents("output") == sample.documents("reference"), "after {kills} kills");
}
