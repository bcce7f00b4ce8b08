//! No false alarm: some five hundred comments and critères as évaluateurs and branches write them, of many trades, and
//! names and places of people get no message, and every word of them is printed.

use super::mots::mots;
use super::{Lu, Projet};

const COMMENTAIRES: &str = include_str!("commentaires.md");
const CRITERES: &str = include_str!("criteres.md");
const PERSONNES: &str = include_str!("personnes.txt");

/// The comments: what stands between lines that begin with « % » and name a trade now and then.
pub fn commentaires() -> Vec<&'static str> {
    let texts = COMMENTAIRES.split("\n%").map(|text| text.split_once('\n').map_or("", |(_, text)| text.trim()));
    texts.filter(|text| !text.is_empty()).collect()
}

/// The critères: a bloc for each activité, all with the same modalités.
pub fn blocs() -> Vec<String> {
    let (modalites, activites) = CRITERES.split_once("\n## ").unwrap();
    let bloc =
        |(i, activite): (usize, &str)| format!("---\ntitre: Bloc d'essai {i}\n---\n{modalites}\n## {activite}\n");
    activites.split("\n## ").enumerate().map(bloc).collect()
}

/// Without what Markdown makes of signs around words, and with the text of a link alone.
fn simple(text: &str) -> String {
    let mut text = text.replace("**", "").replace('*', "");
    while let Some((before, after)) = text.split_once("](") {
        let (_, after) = after.split_once(')').unwrap();
        text = format!("{before}{after}");
    }
    text
}

fn contains(shown: &[String], words: &[String]) -> bool {
    shown.windows(words.len()).any(|window| window == words)
}

fn projet() -> Projet {
    Projet::de("tests/golden-base", "essai/2025")
}

fn said_nothing(lu: &Lu) {
    let messages = lu.messages();
    assert!(messages.is_empty(), "{messages}");
}

#[test]
fn ordinary_comments_get_no_message_and_are_printed() {
    let projet = projet();
    let all = commentaires();
    assert!(all.len() > 330, "{}", all.len());
    for (i, text) in all.iter().enumerate() {
        let fiche = format!("---\nnom: Essai\nprenom: Numéro {i}\n---\n## suivi\n\n{text}\n");
        projet.ecrit(&format!("content/candidats/2027-01/essai-{i}.md"), &fiche);
    }
    let lu = projet.lit([]);
    for (i, text) in all.iter().enumerate() {
        let page = lu.page(&format!("candidats/2027-01/essai-{i}/livret.html"));
        let words = [vec!["[suivi commentaires]".to_owned()], mots(&simple(text))].concat();
        assert!(page.ends_with(&words), "{text}\n{:?}", &page[page.len().saturating_sub(words.len())..]);
    }
    said_nothing(&lu);
}

#[test]
fn ordinary_criteres_get_no_message_and_are_printed() {
    let projet = projet();
    let criteres = CRITERES.lines().filter(|line| line.trim_start().starts_with("- ")).count();
    assert!(criteres > 170, "{criteres}");
    let blocs = blocs();
    for (i, bloc) in blocs.iter().enumerate() {
        projet.ecrit(&format!("content/referentiels/essai/2025/blocs/{}-essai-{i}.md", i + 3), bloc);
    }
    let lu = projet.lit([]);
    let page = lu.page("referentiels/essai/2025/index.html");
    for bloc in &blocs {
        let lines = bloc.splitn(3, "---\n").nth(2).unwrap().lines().map(|line| line.split(" {#").next().unwrap());
        let words = mots(&simple(&lines.collect::<Vec<_>>().join("\n").replace('#', "")));
        assert!(contains(page, &words), "{bloc}");
    }
    said_nothing(&lu);
}

/// The projects of the repository, each with the codes of what is said of it: what the official text of the Mutualité
/// repeats.
#[test]
fn the_projects_of_the_repository_get_no_other_message_than_ever() {
    let projets: [(&str, &str, &[&str]); 4] = [
        ("", "charge-accueil/2024", &["A303"]),
        ("starter", "jardin-partage/2026", &[]),
        ("tests/autre-branche", "animateur-menuiserie/2026", &["A402", "A402", "A402"]),
        ("tests/golden-base", "essai/2025", &[]),
    ];
    for (folder, referentiel, codes) in projets {
        let lu = Projet::sous(folder, referentiel, "themes/officiel").lit([]);
        let said = lu.said();
        let said: Vec<&str> = said.iter().map(|d| d.code.as_str()).collect();
        assert_eq!(said, codes, "{folder}: {}", lu.messages());
    }
}

#[test]
fn ordinary_names_and_places_get_no_message_and_are_printed() {
    let projet = projet();
    let all: Vec<Vec<&str>> = PERSONNES.lines().map(|line| line.split(" | ").collect()).collect();
    for (i, personne) in all.iter().enumerate() {
        let &[nom, prenom, entreprise, fonction, lieu, duree] = personne.as_slice() else { panic!("{personne:?}") };
        // Another one than the candidat.
        let people = format!("evaluateurs:\n  - nom: Camille {nom}\n    fonction: {fonction}\n");
        // What YAML takes for a sign of its own stands between quotes: a message says so.
        let quoted = |value: &str| match value {
            "Null" | "@com" => format!("\"{value}\""),
            _ => value.to_owned(),
        };
        let (nom, entreprise) = (quoted(nom), quoted(entreprise));
        let evaluations = format!("evaluations:\n  suivi:\n    lieu: {lieu}\n    duree: {duree}\n");
        let facts = format!("nom: {nom}\nprenom: {prenom}\nentreprise: {entreprise}\n");
        projet.ecrit(
            &format!("content/candidats/2027-01/essai-{i}.md"),
            &format!("---\n{facts}{people}{evaluations}---\n"),
        );
    }
    let lu = projet.lit([]);
    for (i, personne) in all.iter().enumerate() {
        let page = lu.page(&format!("candidats/2027-01/essai-{i}/livret.html"));
        for value in personne {
            assert!(contains(page, &mots(value)), "{value}: {page:?}");
        }
    }
    said_nothing(&lu);
}
