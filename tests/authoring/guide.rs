//! The guide's files and commands, in its order, from an empty folder: `<!-- fichier: path -->` before a block is a
//! file of the project, `<!-- essai -->` one whose commands are run, `<!-- essai: 1 -->` with that exit status. All its
//! other commands are run afterwards, in the project that this makes, but for those after `<!-- sans essai : why -->`.

use std::fs;
use std::path::Path;

use super::Place;
use crate::support;

#[test]
fn every_marked_file_and_command_of_the_guide_works() {
    let guide = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/guide.md")).unwrap();
    let place = Place::empty();
    let mut folder = place.path().to_path_buf();
    let (mut files, mut commands) = (0, 0);
    let is_tried = |marked: &&str| UNTRIED.iter().all(|mark| !marked.starts_with(mark));
    for marked in guide.split("\n<!-- ").skip(1).filter(is_tried) {
        let (mark, rest) = marked.split_once(" -->\n```").unwrap_or_else(|| panic!("no block after {marked}"));
        let text = rest.split_once('\n').unwrap().1.split_once("\n```").unwrap().0;
        if let Some(path) = mark.strip_prefix("fichier: ") {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, format!("{text}\n")).unwrap();
            files += 1;
            continue;
        }
        let status = mark.strip_prefix("essai: ").unwrap_or("0");
        for line in text.lines() {
            if let Some(inner) = line.strip_prefix("cd ") {
                folder.push(inner);
                continue;
            }
            try_line(line, &folder, status);
            commands += 1;
        }
    }
    assert!(files >= 8 && commands >= 9, "{files} files, {commands} commands");
    let run = support::livret(&folder, &["check"]);
    let to_replace = run.stderr.matches("avertissement[A308]").count();
    assert_eq!(run.stderr.matches("avertissement[").count(), to_replace, "{}", run.stderr);
    assert!(run.stdout.contains(", 0 erreur, "), "{}{}", run.stdout, run.stderr);
    // What the guide says of its examples is what is said of them.
    let verdicts: Vec<&str> = guide.lines().filter(|line| line.starts_with("résultats[N502]")).collect();
    assert!(verdicts.len() >= 3, "{verdicts:?}");
    for verdict in verdicts {
        assert!(run.stderr.contains(verdict), "{verdict}\n{}", run.stderr);
    }
    assert!(folder.join("content/candidats/2026-09/moreau-ines.md").exists());
    for line in others(&guide) {
        let prints = line.starts_with("livret bu") && !line.contains("--no-pdf") || line == "livret doctor";
        if !prints || can_print() {
            try_line(line, &folder, "0");
        }
    }
}

/// What is not run, and tables that are tested elsewhere.
const UNTRIED: [&str; 2] = ["sans essai", "clés: "];

/// The commands in blocks without a mark; what stands behind them, or takes their output, left out.
fn others(guide: &str) -> Vec<&str> {
    let (mut inside, mut marked, mut last, mut found) = (false, false, "", Vec::new());
    for line in guide.lines() {
        if line.starts_with("```") {
            inside = !inside;
            marked = last.starts_with("<!-- ");
        } else if inside && !marked && line.starts_with("livret ") {
            found.push(line.split("  ").next().unwrap().split(" | ").next().unwrap());
        }
        last = line;
    }
    assert!(found.len() > 15, "{found:?}");
    found
}

fn try_line(line: &str, folder: &Path, status: &str) {
    let words = words(line);
    assert_eq!(words[0], "livret", "{line}");
    let run = support::livret(folder, &words[1..].iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(run.status, status, "{line}\n{}{}", run.stdout, run.stderr);
}

fn can_print() -> bool {
    let required = std::env::var("LIVRET_TEST_CHROME").is_ok_and(|value| value == "required");
    required || livret::documents::print::version(&livret::documents::print::ChromeLocation::Auto).is_ok()
}

/// A line as a shell cuts it, quotes taken away.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (i, part) in line.split('"').enumerate() {
        match i % 2 {
            1 => words.push(part.to_owned()),
            _ => words.extend(part.split_whitespace().map(str::to_owned)),
        }
    }
    words
}
