//! Broken and hostile input never makes the program panic, hang, or run out of memory: truncated files, flipped
//! bytes, nesting without end, bombs. Through the library, so that thousands of readings take seconds.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use livret::ground::diagnostic::{Diagnostics, show};
use livret::ground::source::Sources;
use livret::judge::project::Project;

use crate::support;

const CANDIDAT: &str = "content/candidats/2026-06/bernard-paul.md";
const BLOC: &str = "content/referentiels/essai/2025/blocs/1-accueil.md";
const REFERENTIEL: &str = "content/referentiels/essai/2025/referentiel.md";
const MODE_EMPLOI: &str = "content/referentiels/essai/2025/mode-d-emploi.md";
const FILES: [&str; 6] = [CANDIDAT, BLOC, REFERENTIEL, MODE_EMPLOI, "livret.yaml", "themes/mini/theme.yaml"];

/// Far more than any of these inputs needs, even in a debug build on a busy machine.
const LONG: Duration = Duration::from_secs(20);

/// The base project, one of whose files is replaced again and again.
struct Victim {
    folder: tempfile::TempDir,
    path: &'static str,
    sound: Vec<u8>,
}

impl Victim {
    fn new(path: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        support::copy(Path::new(support::BASE), folder.path());
        let sound = fs::read(folder.path().join(path)).unwrap();
        Self { folder, path, sound }
    }

    /// Reads the project with these bytes in the file, shows what there is to say, and returns the number of errors.
    fn read(&self, bytes: &[u8]) -> usize {
        fs::write(self.folder.path().join(self.path), bytes).unwrap();
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let started = Instant::now();
        Project::read(self.folder.path(), &mut sources, &mut diagnostics);
        let text = show::show(&diagnostics.sorted(&sources), &sources, false);
        assert!(started.elapsed() < LONG, "{}: too long for {} bytes", self.path, bytes.len());
        let raw = text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t'));
        assert!(!raw, "a control character reaches the terminal: {text:?}");
        diagnostics.errors()
    }
}

/// Marsaglia's xorshift: the same numbers on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }
}

#[test]
fn every_truncation_is_read() {
    for path in FILES {
        let victim = Victim::new(path);
        assert_eq!(victim.read(&victim.sound), 0, "{path} is sound");
        for end in (0..victim.sound.len()).step_by(7) {
            victim.read(&victim.sound[..end]);
            victim.read(&victim.sound[end..]);
        }
    }
}

#[test]
fn flipped_removed_and_doubled_bytes_are_read() {
    const SIGNS: &[u8] = b"-:#{}[]'\"&*!|>%@`,?\t\n\r \\<=~_0\x00\x01\x7F\xC3\xA9\xFF";
    let mut random = Random(0x6c69_7672_6574);
    for path in FILES {
        let victim = Victim::new(path);
        for _ in 0..150 {
            let mut bytes = victim.sound.clone();
            for _ in 0..=random.below(3) {
                let at = random.below(bytes.len());
                match random.below(4) {
                    0 => bytes[at] = SIGNS[random.below(SIGNS.len())],
                    1 => bytes.insert(at, SIGNS[random.below(SIGNS.len())]),
                    2 => {
                        let end = (at + 1 + random.below(30)).min(bytes.len());
                        bytes.drain(at..end);
                    }
                    _ => {
                        let end = (at + random.below(60)).min(bytes.len());
                        let piece = bytes[at..end].to_vec();
                        let to = random.below(bytes.len());
                        bytes.splice(to..to, piece);
                    }
                }
                if bytes.is_empty() {
                    break;
                }
            }
            victim.read(&bytes);
        }
    }
}

/// A candidat's file with some lines more in its front matter.
fn fiche(front: &str, body: &str) -> Vec<u8> {
    format!("---\nnom: Martin\nprenom: Claire\n{front}\n---\n{body}").into_bytes()
}

#[test]
fn yaml_without_end_is_an_error() {
    let victim = Victim::new(CANDIDAT);
    let n = 20_000;
    let bomb: String = (1..30).map(|i| format!("a{i}: &a{i} [{0},{0},{0},{0}]\n", format!("*a{}", i - 1))).collect();
    let indented: String = (0..2_000).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    for front in [
        format!("evaluations: {}", "[".repeat(n)),
        format!("evaluations: {}{}", "[".repeat(n), "]".repeat(n)),
        format!("evaluations: {}", "{a: ".repeat(n)),
        format!("evaluations:\n{indented}"),
        format!("evaluations: {}x", "- ".repeat(n)),
        format!("a0: &a0 [x]\n{bomb}evaluations: *a29"),
        "evaluations: &a { accueil: *a }".to_owned(),
        format!("entreprise: {}", "*".repeat(n)),
    ] {
        assert!(victim.read(&fiche(&front, "")) > 0, "{}", &front[..40]);
    }
}

#[test]
fn markdown_without_end_is_read() {
    let n = 20_000;
    let bloc = Victim::new(BLOC);
    let candidat = Victim::new(CANDIDAT);
    for piece in ["> ", "- ", "[", "![", "*a **a ", "`", "<div>", "&#1;", "[a](", "***", "_ _", "![a", "\\", "| a "] {
        candidat.read(&fiche("", &format!("## accueil\n\n{}\n", piece.repeat(n))));
        bloc.read(&[bloc.sound.clone(), piece.repeat(n).into_bytes()].concat());
    }
    let nested: String = (0..500).map(|i| format!("{}- a\n", "  ".repeat(i))).collect();
    candidat.read(&fiche("", &format!("## accueil\n\n{nested}")));
    bloc.read(&[bloc.sound.clone(), nested.into_bytes()].concat());
}

#[test]
fn very_long_texts_are_read() {
    let long = "é ".repeat(2_500_000);
    let candidat = Victim::new(CANDIDAT);
    assert_eq!(candidat.read(&fiche("", &format!("## accueil\n\n{long}\n"))), 0);
    assert!(candidat.read(&fiche(&format!("entreprise: {long}: x"), "")) > 0);
    assert!(candidat.read(&fiche(&format!("\"{long}\": x"), "")) > 0);
}

#[test]
fn thousands_of_headings_and_keys_are_read() {
    let mode_emploi = Victim::new(MODE_EMPLOI);
    let headings = |line: fn(usize) -> String| (0..2_000).map(line).collect::<String>().into_bytes();
    mode_emploi.read(&headings(|i| format!("{} Titre {i} {{#t{i} parcours=isole}}\n\n", "#".repeat(1 + i % 6))));
    mode_emploi.read(&headings(|_| "# Titre {#a}\n\n".to_owned()));
    let bloc = Victim::new(BLOC);
    bloc.read(&[bloc.sound.clone(), headings(|i| format!("### Compétence {i}\n\n"))].concat());
    bloc.read(&[bloc.sound.clone(), headings(|i| format!("### Compétence {i} {{#c{i}}}\n\n- a\n\n"))].concat());
    let candidat = Victim::new(CANDIDAT);
    candidat.read(&fiche("", &(0..2_000).map(|i| format!("## b{i}\n\na\n\n")).collect::<String>()));
    candidat.read(&fiche(&(0..2_000).map(|i| format!("cle{i}: x\n")).collect::<String>(), ""));
    candidat.read(&fiche(&format!("blocs: [{}]", "accueil,".repeat(5_000)), ""));
}
