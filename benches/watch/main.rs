//! How soon a save is on the open page, and its PDF there, with generated candidats and a real Chrome that shows the
//! page: `cargo bench --bench watch`. Takes minutes: all PDFs are printed once. `LIVRET_BENCH=1000` sets how many
//! candidats. The page notes when it shows a new text, by the clock that the saves are taken with.

#[path = "../../tests/watch/browser.rs"]
#[allow(dead_code)]
mod browser;
#[path = "../build/generated.rs"]
mod generated;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use browser::Reader;

const CANDIDAT: &str = "content/candidats/2026-01/candidat-00000.md";
const BLOC: &str = "content/referentiels/charge-accueil/2024/blocs/1-accueil.md";
const LIVRET: &str = "candidats/2026-01/candidat-00000/livret.html";

struct Watched {
    child: Child,
    printing: bool,
    said: Arc<Mutex<String>>,
    root: PathBuf,
    port: u16,
}

fn main() {
    let count: usize = std::env::var("LIVRET_BENCH").ok().and_then(|n| n.parse().ok()).unwrap_or(1000);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("p");
    generated::project(&root, count);
    let started = Instant::now();
    let mut watched = Watched::start(&root, &["--no-pdf"]);
    watched.until("the pages", |said| said.contains("pages HTML"));
    println!("{count} candidats: first build of the pages {:.1} s", started.elapsed().as_secs_f64());
    let livret = Reader::open(watched.port, LIVRET).expect("there is a Chrome");
    note(&livret);
    watched.series("candidat saved, HTML only", &livret, 15, CANDIDAT, "nom");
    watched.series("bloc saved, shown in all documents, HTML only", &livret, 5, BLOC, "titre");
    drop(livret);
    let index = Reader::open(watched.port, "").expect("there is a Chrome");
    note(&index);
    watched.series("candidat saved, index open, HTML only", &index, 10, CANDIDAT, "nom");
    drop((index, watched));

    let mut watched = Watched::start(&root, &[]);
    watched.until("the pages", |said| said.contains("pages HTML"));
    let livret = Reader::open(watched.port, LIVRET).expect("there is a Chrome");
    note(&livret);
    watched.series("candidat saved while all PDFs are being printed", &livret, 10, CANDIDAT, "nom");
    let started = Instant::now();
    watched.until("all PDFs", |said| said.lines().any(|line| line.contains(" PDF (") && line.contains(", en ")));
    println!("all PDFs after {:.0} s more", started.elapsed().as_secs_f64());
    watched.series("candidat saved", &livret, 15, CANDIDAT, "nom");
    watched.series("bloc saved (shown in all documents)", &livret, 5, BLOC, "titre");
    drop(livret);
    if std::env::var("LIVRET_BENCH_IDLE").is_ok() {
        let livret = Reader::open(watched.port, LIVRET).expect("there is a Chrome");
        note(&livret);
        watched.until("all PDFs again", |said| said.trim_end().lines().last().is_some_and(|l| l.contains(" PDF (")));
        thread::sleep(Duration::from_secs(90));
        watched.series("candidat saved after 90 s without work", &livret, 1, CANDIDAT, "nom");
    }
}

/// Has a page note when it first shows each text « Mesure N ».
fn note(reader: &Reader) {
    reader.value(
        "(window.notes = {}, new MutationObserver(() => { \
           for (const [word] of (document.body.textContent + document.title).matchAll(/Mesure \\d+/g)) window.notes[word] ??= Date.now(); \
         }).observe(document.documentElement, { subtree: true, childList: true, characterData: true }), 0)",
    );
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watched {
    fn start(root: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_livret"))
            .args(["watch", "--port", "0"])
            .args(arguments)
            .current_dir(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (all, stdout) = (Arc::clone(&said), child.stdout.take().unwrap());
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                all.lock().unwrap().push_str(&format!("{line}\n"));
            }
        });
        let mut watched =
            Self { child, printing: !arguments.contains(&"--no-pdf"), said, root: root.to_path_buf(), port: 0 };
        watched.until("the address", |said| said.contains("(Ctrl-C"));
        let said = watched.said.lock().unwrap().clone();
        let port = said.split_once("127.0.0.1:").and_then(|(_, after)| after.split('/').next()?.parse().ok());
        watched.port = port.unwrap();
        watched
    }

    fn until(&mut self, what: &str, so: impl Fn(&str) -> bool) {
        let started = Instant::now();
        while !so(&self.said.lock().unwrap()) {
            assert!(started.elapsed() < Duration::from_secs(1800), "waited in vain for {what}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Saves a file so many times, a second apart, and tells how long the open page and its PDF took.
    fn series(&mut self, what: &str, reader: &Reader, times: usize, file: &str, key: &str) {
        static NEXT: Mutex<u32> = Mutex::new(0);
        let pdf = self.root.join("output").join(LIVRET).with_extension("pdf");
        let stamp = || std::fs::metadata(&pdf).and_then(|file| file.modified()).ok();
        let (mut pages, mut pdfs) = (Vec::new(), Vec::new());
        for _ in 0..times {
            let word = {
                let mut next = NEXT.lock().unwrap();
                *next += 1;
                format!("Mesure {next}")
            };
            let path = self.root.join(file);
            let text: String = std::fs::read_to_string(&path)
                .unwrap()
                .lines()
                .map(|line| {
                    if line.starts_with(&format!("{key}: ")) { format!("{key}: {word}\n") } else { format!("{line}\n") }
                })
                .collect();
            let before = stamp();
            let (saved, clock) = (SystemTime::now(), Instant::now());
            std::fs::write(&path, text).unwrap();
            while self.printing && stamp() == before && clock.elapsed() < Duration::from_secs(60) {
                thread::sleep(Duration::from_millis(1));
            }
            pdfs.push(clock.elapsed().as_secs_f64() * 1000.0);
            // The index has a script of its own, and is loaded anew: then the browser knows when it was there.
            let seen = format!(
                "window.notes ? window.notes['{word}'] : document.body.textContent.includes('{word}') ? \
                 performance.timeOrigin + performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd : null"
            );
            let shown = reader.until("the text on the page", &seen, |at| at.is_number());
            let saved = saved.duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0;
            pages.push(shown.as_f64().unwrap() - saved);
            thread::sleep(Duration::from_millis(1000));
        }
        let pdfs = if self.printing { format!(", PDF {}", figures(pdfs)) } else { String::new() };
        println!("{what}: page {}{pdfs}", figures(pages));
    }
}

/// Median and worst, in milliseconds.
fn figures(mut all: Vec<f64>) -> String {
    all.sort_by(f64::total_cmp);
    format!("{:.0} ms (worst {:.0})", all[all.len() / 2], all[all.len() - 1])
}
