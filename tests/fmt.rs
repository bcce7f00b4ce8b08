//! `livret fmt` on real files: bytes that git would spoil, links, the standard input, and what is printed before and
//! after.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::support::{self, livret};

const CANDIDAT: &str = "content/candidats/2026-06/bernard-paul.md";
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn base() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    support::copy(Path::new(support::BASE), folder.path());
    folder
}

/// The sample project.
fn sample() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in ["content", "themes", "livret.yaml", "logo.svg"] {
        support::copy(&Path::new(ROOT).join(part), &folder.path().join(part));
    }
    folder
}

/// Every page of a project, by path; none if it cannot be built.
fn pages(project: &Path) -> BTreeMap<String, String> {
    livret(project, &["build", "--no-pdf"]);
    let output = project.join("output");
    let pages =
        WalkDir::new(&output).into_iter().flatten().filter(|e| e.path().extension().is_some_and(|e| e == "html"));
    pages
        .map(|e| {
            let path = e.path().strip_prefix(&output).unwrap().display().to_string();
            (path, fs::read_to_string(e.path()).unwrap())
        })
        .collect()
}

/// Changes the sources of a project: those that `livret fmt` takes.
fn rewrite(project: &Path, change: impl Fn(&str) -> String) {
    for entry in WalkDir::new(project.join("content")).into_iter().flatten() {
        if entry.path().extension().is_some_and(|e| e == "md") {
            let text = fs::read_to_string(entry.path()).unwrap();
            fs::write(entry.path(), change(&text)).unwrap();
        }
    }
}

#[test]
fn the_sample_project_is_in_form() {
    let run = livret(Path::new(ROOT), &["fmt", "--check"]);
    assert_eq!((run.status.as_str(), run.stderr.as_str()), ("0", ""), "{}", run.stdout);
}

#[test]
fn the_official_livret_typed_by_a_word_processor_is_printed_the_same() {
    let project = sample();
    let before = pages(project.path());
    assert!(before.len() > 10, "{:?}", before.keys());
    let original =
        fs::read(project.path().join("content/referentiels/charge-accueil/2024/blocs/1-accueil.md")).unwrap();
    rewrite(project.path(), |text| {
        let set = |line: &str| {
            // Remarks are nobody's business.
            if line.contains(" # ") {
                return line.to_owned();
            }
            let line = line.replace("l'", "l\u{2019}").replace("d'", "d\u{2019}").replace(" :\n", "\u{A0}:\n");
            line.replace(" ; ", "\u{202F}; ").replace("« ", "«\u{A0}").replace(" »", "\u{A0}»").replace(".\n", ".   \n")
        };
        text.split_inclusive('\n').map(set).collect()
    });
    let run = livret(project.path(), &["fmt"]);
    assert_eq!(run.status, "0", "{}", run.stderr);
    let text = fs::read(project.path().join("content/referentiels/charge-accueil/2024/blocs/1-accueil.md")).unwrap();
    assert_eq!(String::from_utf8(text), String::from_utf8(original));
    assert_eq!(livret(project.path(), &["fmt", "--check"]).status, "0");
    let after = pages(project.path());
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (path, page) in before {
        assert!(page == after[&path], "{path} is printed otherwise");
    }
}

#[test]
fn the_golden_projects_are_printed_the_same() {
    let mut compared = 0;
    for case in fs::read_dir(Path::new(ROOT).join("tests/golden")).unwrap().flatten() {
        let name = case.file_name().into_string().unwrap();
        // Those whose missing spaces are to be mended, and those that print no page.
        if name.starts_with("fmt-") || !case.path().join("expected").is_dir() {
            continue;
        }
        let project = base();
        for part in fs::read_dir(case.path()).unwrap().flatten() {
            if !["cmd", "stdout", "stderr", "status", "expected", "sources"]
                .contains(&part.file_name().to_str().unwrap())
            {
                support::copy(&part.path(), &project.path().join(part.file_name()));
            }
        }
        let before = pages(project.path());
        livret(project.path(), &["fmt"]);
        assert!(before == pages(project.path()), "{name} is printed otherwise");
        compared += before.len();
    }
    assert!(compared > 20, "{compared} pages");
}

#[test]
fn windows_line_ends_stay_and_the_mark_goes() {
    let project = base();
    let path = project.path().join(CANDIDAT);
    fs::write(&path, b"\xEF\xBB\xBF---\r\nprenom: Claire  \r\nnom: 'Martin'\r\n---\r\n## accueil\r\n\r\nBien.  \r\nTr\xC3\xA8s bien. ")
        .unwrap();
    let run = livret(project.path(), &["fmt"]);
    assert_eq!(run.status, "0", "{}", run.stderr);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text, "---\r\nnom: Martin\r\nprenom: Claire\r\n---\r\n## accueil\r\n\r\nBien.  \r\nTrès bien.\r\n");
    fs::write(&path, b"---\nnom: Martin\r\nprenom: Claire\n---\n").unwrap();
    let run = livret(project.path(), &["fmt"]);
    assert!(run.stdout.contains("bernard-paul.md : fins de ligne"), "{}", run.stdout);
    assert_eq!(fs::read(&path).unwrap(), b"---\nnom: Martin\nprenom: Claire\n---\n");
}

#[test]
fn a_file_that_is_not_utf8_is_left_alone_and_said() {
    let project = base();
    let bytes = b"---\nprenom: Zo\xE9\nnom: Martin\n---\n";
    fs::write(project.path().join(CANDIDAT), bytes).unwrap();
    let run = livret(project.path(), &["fmt"]);
    assert_eq!(run.status, "1");
    assert!(run.stderr.contains("ce fichier n'est pas enregistré en UTF-8"), "{}", run.stderr);
    assert_eq!(fs::read(project.path().join(CANDIDAT)).unwrap(), bytes);
    let alone = livret(project.path(), &["fmt", CANDIDAT]);
    assert_eq!((alone.status.as_str(), alone.stderr), ("1", run.stderr));
    let others = livret(project.path(), &["fmt", "content/referentiels"]);
    assert_eq!((others.status.as_str(), others.stderr.as_str()), ("0", ""));
    fs::write(project.path().join("livret.yaml"), b"theme: \xE9").unwrap();
    fs::write(project.path().join(CANDIDAT), "---\nnom: Martin\nprenom: Claire\n---").unwrap();
    let run = livret(project.path(), &["fmt"]);
    assert_eq!(run.status, "1");
    assert!(run.stdout.contains("1 fichier mis en forme"), "{}", run.stdout);
}

#[test]
fn paths_are_named_from_here_or_from_the_project() {
    let (project, elsewhere) = (base(), tempfile::tempdir().unwrap());
    let path = project.path().join(CANDIDAT);
    let folder = project.path().to_str().unwrap();
    for named in [CANDIDAT, path.to_str().unwrap(), "content/candidats/", folder] {
        fs::write(&path, "---\nprenom: Claire\nnom: Martin\n---\n").unwrap();
        let run = livret(elsewhere.path(), &["fmt", "-C", folder, named]);
        assert_eq!(run.status, "0", "{named}: {}", run.stderr);
        assert_eq!(fs::read_to_string(&path).unwrap(), "---\nnom: Martin\nprenom: Claire\n---\n", "{named}");
    }
    for (named, said) in [
        (elsewhere.path().to_str().unwrap(), "n'est pas dans ce projet"),
        ("themes", "n'est pas une source"),
        ("content/nulle-part.md", "il n'existe pas"),
    ] {
        let run = livret(elsewhere.path(), &["fmt", "-C", folder, named]);
        assert_eq!(run.status, "2", "{named}");
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
}

/// Runs `livret` with a text on its standard input; what came out, what was said, and the status.
fn with_input(arguments: &[&str], text: &[u8]) -> (Vec<u8>, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_livret"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // What is refused by its name is not read.
    if let Err(error) = child.stdin.take().unwrap().write_all(text) {
        assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
    }
    let output = child.wait_with_output().unwrap();
    (output.stdout, String::from_utf8(output.stderr).unwrap(), output.status.code())
}

#[test]
fn an_editor_gets_its_text_back() {
    let loose = b"---\r\nprenom: 'Claire'\r\nnom: Martin\r\n---\r\n";
    let (out, said, status) = with_input(&["fmt", "-", "--nom", CANDIDAT], loose);
    assert_eq!((said.as_str(), status), ("", Some(0)));
    assert_eq!(out, b"---\r\nnom: Martin\r\nprenom: Claire\r\n---\r\n");
    let (out, _, status) = with_input(&["fmt", "-", "--check", "--nom", CANDIDAT], loose);
    assert_eq!((out.as_slice(), status), (&b""[..], Some(1)));
    let (out, said, status) = with_input(&["fmt", "-", "--nom", CANDIDAT], b"---\nnom: a: b\n---\n");
    assert_eq!((out.as_slice(), status), (&b""[..], Some(1)));
    assert!(said.contains("bernard-paul.md:2:7"), "{said}");
    let (out, said, status) = with_input(&["fmt", "-", "--nom", "README.md"], b"x");
    assert_eq!((out.as_slice(), status), (&b""[..], Some(2)));
    assert!(said.contains("n'est pas une source"), "{said}");
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_project_only() {
    let (project, elsewhere) = (base(), tempfile::tempdir().unwrap());
    let loose = "---\nprenom: Claire\nnom: Martin\n---\n";
    let outside = elsewhere.path().join("x.md");
    fs::write(&outside, loose).unwrap();
    let candidats = project.path().join("content/candidats/2026-06");
    fs::write(candidats.join("vrai.md"), loose).unwrap();
    std::os::unix::fs::symlink(&outside, candidats.join("dehors.md")).unwrap();
    std::os::unix::fs::symlink(candidats.join("vrai.md"), candidats.join("autre-nom.md")).unwrap();
    let run = livret(project.path(), &["fmt"]);
    assert_eq!(run.status, "1", "{}", run.stdout);
    assert!(run.stderr.contains("ce raccourci mène hors du projet"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&outside).unwrap(), loose);
    assert!(candidats.join("autre-nom.md").is_symlink() && !candidats.join("vrai.md").is_symlink());
    assert_eq!(fs::read_to_string(candidats.join("vrai.md")).unwrap(), "---\nnom: Martin\nprenom: Claire\n---\n");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_impossible() {
    use std::os::unix::fs::PermissionsExt;
    let project = base();
    let folder = project.path().join("content/candidats/2026-06");
    fs::write(project.path().join(CANDIDAT), "---\nprenom: Claire\nnom: Martin\n---\n").unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.join("x"), "").is_ok() {
        return; // The administrator writes everywhere.
    }
    let run = livret(project.path(), &["fmt"]);
    assert_eq!(run.status, "2");
    assert!(run.stderr.contains("vous n'en avez pas le droit"), "{}", run.stderr);
}

/// The files that the guide shows, by path.
fn files_of_the_guide() -> BTreeMap<String, String> {
    let guide = fs::read_to_string(Path::new(ROOT).join("docs/guide.md")).unwrap();
    let shown = guide.split("<!-- fichier: ").skip(1).map(|part| {
        let (path, rest) = part.split_once(" -->").unwrap();
        let block = rest.trim_start().strip_prefix("```").unwrap().split_once('\n').unwrap().1;
        (path.to_owned(), block.split_once("```\n").unwrap().0.to_owned())
    });
    shown.collect()
}

#[test]
fn the_guide_writes_as_it_says() {
    let project = base();
    let files = files_of_the_guide();
    assert!(files.len() > 8, "{:?}", files.keys());
    for (path, text) in &files {
        let path = project.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let run = livret(project.path(), &["fmt", "--check"]);
    assert_eq!((run.status.as_str(), run.stderr.as_str()), ("0", ""), "{}", run.stdout);
}
