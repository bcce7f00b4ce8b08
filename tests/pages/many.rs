//! Two thousand candidats.

use std::fs;

use unicode_normalization::UnicodeNormalization;

use super::browser::Browser;
use super::project::Project;

#[test]
fn a_letter_is_enough_among_two_thousand() {
    let Some(browser) = Browser::new() else { return };
    let project = Project::two_thousand();
    let index = project.page("index.html");
    let size = fs::metadata(&index).unwrap().len();
    assert!(size < 2_500_000, "{size} bytes");
    browser.open(&index, "");
    let (count, open): (String, usize) =
        browser.run("return [count(), document.querySelectorAll('.session[open]').length]");
    assert_eq!((count.as_str(), open), ("2000 candidats", 1));

    browser.run::<()>("document.getElementById('f-recherche').focus(); return null");
    browser.press(&["g"]);
    let (found, count): (Vec<String>, String) =
        browser.run("await until(() => count() !== '2000 candidats'); return [shown(), count()]");
    let expected = beginning(project, 'g');
    assert!((1..2000).contains(&expected), "{expected}");
    assert_eq!(found.len(), expected);
    assert_eq!(count, format!("{expected} sur 2000 candidats"));
    browser.insert("oncalves 1");
    let found: Vec<String> = browser.run("await until(() => location.hash.includes('oncalves')); return shown()");
    assert!(!found.is_empty() && found.iter().all(|name| name.starts_with("Gonçalves 1")), "{found:?}");
    browser.run::<()>("set('f-recherche', ''); set('f-session', '2026-10'); set('f-etat', 'desaccord'); return null");
    assert_eq!(browser.run::<usize>("return shown().length"), 40, "a fifth of a session of 200");
}

/// How many candidats have a word that begins with a letter in their name in that of their entreprise or évaluateurs.
fn beginning(project: &Project, letter: char) -> usize {
    let begins = |line: &str| {
        let plain: String = line.nfd().filter(char::is_ascii).collect::<String>().to_lowercase();
        plain.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(letter))
    };
    walkdir::WalkDir::new(project.path().join("content/candidats"))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            let values = ["nom: ", "prenom: ", "entreprise: "]
                .map(|key| text.lines().find_map(|l| l.strip_prefix(key)).unwrap_or_default().to_owned());
            let people = text.lines().filter_map(|line| line.trim().strip_prefix("- { nom: ")?.split(',').next());
            values.iter().any(|value| begins(value)) || people.into_iter().any(begins)
        })
        .count()
}
