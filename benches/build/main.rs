//! How fast builds are, with generated candidats: `make bench`, or `cargo bench --bench build`. Figures are ratios
//! of one run wherever they can be, since machines are shared. `LIVRET_BENCH=200` sets how many are printed.

mod generated;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

fn main() {
    let printed: usize = std::env::var("LIVRET_BENCH").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let folder = tempfile::tempdir().unwrap();
    let project = |count: usize| {
        let path = folder.path().join(format!("p{count}"));
        generated::project(&path, count);
        path
    };

    let thousand = project(1000);
    let (seconds, memory) = livret(&thousand, &["--no-pdf"]);
    println!("HTML only, 1,000 candidats: {seconds:.2} s, {:.0} pages/s, peak {memory} kB", 2003.0 / seconds);
    println!("nothing changed, 1,000 candidats, HTML only: {:.2} s", livret(&thousand, &["--no-pdf"]).0);
    let (_, small) = livret(&project(200), &["--no-pdf"]);
    let (_, large) = livret(&project(2000), &["--no-pdf"]);
    println!("peak memory: {small} kB for 200 candidats, {large} kB for 2,000");

    let project = project(printed);
    let _ = std::fs::remove_dir_all(project.join("output"));
    let (cold, memory) = livret(&project, &[]);
    println!("cold build, {printed} candidats, {} PDFs: {cold:.1} s, peak {memory} kB", 2 * printed + 1);
    println!("nothing changed, {printed} candidats with PDFs: {:.2} s", livret(&project, &[]).0);
    let one = project.join("content/candidats/2026-01/candidat-00000.md");
    let text = std::fs::read_to_string(&one).unwrap();
    std::fs::write(&one, text.replacen("prenom: ", "prenom: Un ", 1)).unwrap();
    println!("one candidat of {printed} changed: {:.2} s", livret(&project, &[]).0);
    ceiling(&project, (2 * printed + 1) as f64 / cold);
}

/// Builds a project. Seconds, and the peak of livret's own memory in kB (Chrome's is not counted).
fn livret(project: &Path, arguments: &[&str]) -> (f64, u64) {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_livret"))
        .arg("build")
        .args(arguments)
        .current_dir(project)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        // The peak is read while it lives; a last rise of some milliseconds may be missed.
        if let Ok(text) = std::fs::read_to_string(&status)
            && let Some(line) = text.lines().find(|l| l.starts_with("VmHWM"))
        {
            peak = line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(peak);
        }
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "the build failed: {status}");
            return (started.elapsed().as_secs_f64(), peak);
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

/// Compares with what Chrome alone prints of the same pages, if the tool that measures it is given.
fn ceiling(project: &Path, rate: f64) {
    let Ok(tool) = std::env::var("LIVRET_CEILING") else {
        println!("{rate:.2} PDFs/s; set LIVRET_CEILING to chrome_ceiling.py to compare with Chrome alone");
        return;
    };
    let pages = walkdir::WalkDir::new(project.join("output/candidats")).into_iter().flatten();
    let pages = pages.map(walkdir::DirEntry::into_path).filter(|p| p.extension().is_some_and(|e| e == "html"));
    let output = Command::new("python3").arg(tool).args(["--tabs", "2"]).args(pages).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    print!("Chrome alone: {text}");
    let alone = text.split(" = ").nth(1).and_then(|after| after.split_whitespace().next()?.parse::<f64>().ok());
    if let Some(alone) = alone {
        println!("livret: {rate:.2} PDFs/s, {:.2} of Chrome alone", rate / alone);
    }
}
