//! Rows higher than a page are divided between lines: nothing is lost, printed twice or refused, whatever makes them so
//! high, and each part of a row is closed by a rule.

use super::picture::Picture;
use super::printed::Printed;
use super::project::{CANDIDAT, FICHE, Project, REFERENTIEL};

const NOTE: &str = "content/referentiels/jardin-partage/2026/note-aux-evaluateurs.md";
const BLOC: &str = "content/referentiels/jardin-partage/2026/blocs/1-culture.md";

/// Words that can be told apart: « a1 a2 a3 … », some 5 letters each.
fn words(name: &str, count: usize) -> String {
    (1..=count).map(|n| format!("{name}{n}")).collect::<Vec<_>>().join(" ")
}

/// Whether each of those words is printed once, and in their order on each page.
fn all_once(pdf: &Printed, name: &str, count: usize) {
    let printed: Vec<usize> = (1..=pdf.pages.len())
        .flat_map(|page| pdf.pages[page - 1].split_whitespace())
        .filter_map(|word| word.strip_prefix(name)?.parse().ok())
        .collect();
    assert_eq!(printed, (1..=count).collect::<Vec<_>>(), "« {name} »");
}

/// The pages on which a word with this beginning stands.
fn pages_of(pdf: &Printed, name: &str) -> Vec<usize> {
    let is = |word: &str| word.strip_prefix(name).is_some_and(|n| n.parse::<usize>().is_ok());
    (1..=pdf.pages.len()).filter(|page| pdf.pages[page - 1].split_whitespace().any(is)).collect()
}

#[test]
fn rows_of_a_grille_go_on_over_the_page() {
    let Some(project) = Project::new() else { return };
    project.change(BLOC, |text| {
        let front = text.split("\n---\n").next().unwrap();
        let (crit, titre, comp) = (words("crit", 1400), words("acti", 260), words("comp", 500));
        let (milieu, fin) = (words("mili", 500), words("fini", 120));
        format!(
            "{front}\n---\n## Modalités\n\nDeux séances.\n\n## {titre}\n\n### Un {{#plan}}\n\n- Court\n\n### Deux {{#semis}}\n\n- Court\n\n\
             ## Entretien\n\n### {comp} {{#sol}}\n\n- Court\n- Bref\n\n### Suivre {{#suivre}}\n\n1. {crit}\n2. Bref\n3. {milieu}\n4. {fin}\n"
        )
    });
    // A grille that follows its title at once: its first row is cut there, and one of its pieces divided.
    project.change("content/referentiels/jardin-partage/2026/blocs/2-animation.md", |text| {
        let front = text.split("\n---\n").next().unwrap();
        let high = words("haut", 500);
        format!(
            "{front}\n---\n## Accueil\n\n### Un {{#accueil}}\n\n- Bref\n- {high}\n\n### Deux {{#differend}}\n\n- Bref\n"
        )
    });
    // Tables and lists of texts, and the fiche's table, are divided like the grille; wide ones cut their words.
    project.change(NOTE, |text| {
        let (cell, item, title, wide) = (words("cell", 900), words("item", 1500), words("titr", 180), words("wide", 16));
        let (head, rule) = ("| colonne ".repeat(16), "|---".repeat(16));
        text + &format!("\n## {title}\n\n| Un | Deux |\n|---|---|\n| a | {cell} |\n| b | c |\n\n- {item}\n\n{head}|\n{rule}|\n| anticonstitutionnellement{} |\n", wide.replace(' ', "x | "))
    });
    project.change(FICHE, |text| {
        text.replacen("lieu: Jardin des Trois Sillons", &format!("lieu: {}", words("lieu", 300)), 1).replace(
            "## animation\n",
            &format!("## animation\n\n| Un | Deux |\n|---|---|\n| a | {} |\n", words("remarque", 1500)),
        )
    });
    project.build();
    let path = format!("{CANDIDAT}/livret");
    let pdf = project.pdf(&path);
    let counts = [
        ("haut", 500),
        ("crit", 1400),
        ("comp", 500),
        ("mili", 500),
        ("fini", 120),
        ("cell", 900),
        ("item", 1500),
        ("lieu", 300),
        ("remarque", 1500),
    ];
    for (name, count) in counts {
        all_once(&pdf, name, count);
    }
    // An activité's name is repeated, in its first words, where its rows go on.
    let text = pdf.text();
    assert_eq!(text.matches("acti260").count(), 1);
    assert!(text.contains("acti29… (suite) Deux"));
    // Numbers go on where their critères do, and no box is printed twice.
    for number in 1..=4 {
        let first = ["crit1", "Bref", "mili1", "fini1"][number - 1];
        assert!(text.contains(&format!("{number}. {first}")), "{number}. {first}");
    }
    assert_eq!(super::ticks::boxes(&pdf).len(), 4 + 2 + 2 * (4 + 2));
    // What follows stands on the last page of the row that was divided, where there is room.
    let last = *pages_of(&pdf, "crit").last().unwrap();
    assert!(pdf.pages[last - 1].contains("Suivre (suite) 2. Bref"), "{}", pdf.pages[last - 1]);
    // A rule closes the part of a row on its page: the last dark line above the foot, over the table's whole width.
    for name in ["crit", "comp", "acti", "cell", "lieu", "remarque"] {
        let page = pages_of(&pdf, name)[0];
        let picture = Picture::of(&project.path(&path), page);
        let rule = (185..195).any(|y| picture.dark(25.0, f64::from(y), 270.0, f64::from(y) + 1.0) > 900);
        assert!(rule, "{name}, page {page}: no rule at the foot");
    }
    assert!(livret::documents::finish::inspect(&pdf.bytes).unwrap().tagged);
    assert!(String::from_utf8_lossy(&pdf.bytes).contains("pdfuaid:part"));
}

#[test]
fn levels_and_opinions_higher_than_a_page_stay_with_their_boxes() {
    let Some(project) = Project::new() else { return };
    project.change(REFERENTIEL, |text| {
        let (before, rest) = text.split_once("echelle:\n").unwrap();
        let (_, after) = rest.split_once("\n\n").unwrap();
        let levels: String = (1..=6)
            .map(|n| {
                format!("  - {{ id: n{n}, nom: \"Maîtrise {n} acquise avec un accompagnement ponctuel du tuteur\" }}\n")
            })
            .collect();
        format!("{before}echelle:\n{levels}\n{after}").replace("evaluateurs: 2", "evaluateurs: 4")
    });
    project.change(FICHE, |text| {
        let opinions = "{ evaluateur_1: n1, evaluateur_2: n2, evaluateur_3: n3, evaluateur_4: n4 }";
        let (before, after) = text.split_once("    resultats:").unwrap();
        let (_, rest) = after.split_once("  animation:").unwrap();
        let (_, end) = rest.split_once("\n---\n").unwrap();
        let evaluateurs = "evaluateurs:\n  - { nom: Anne Un }\n  - { nom: Bruno Deux }\n  - { nom: Chloé Trois }\n  - { nom: David Quatre }\nevaluations:";
        let (start, _) = before.split_once("evaluateurs:").unwrap();
        let (_, bloc) = before.split_once("evaluations:").unwrap();
        format!("{start}{evaluateurs}{bloc}    resultats:\n      plan: {opinions}\n      semis: n1\n---\n{end}")
    });
    project.build();
    let path = format!("{CANDIDAT}/livret");
    let pdf = project.pdf(&path);
    let pages: Vec<usize> =
        (1..=pdf.pages.len()).filter(|page| pdf.pages[page - 1].contains("évaluateur 1 : Maîtrise")).collect();
    let [page] = pages[..] else { panic!("{pages:?}") };
    for n in 1..=4 {
        let opinion = format!("évaluateur {n} : Maîtrise {n} acquise avec un accompagnement ponctuel du tuteur");
        let whole = pdf.pages.iter().filter(|text| text.replace('\u{a0}', " ").contains(&opinion)).count();
        assert_eq!(whole, 1, "« {opinion} »: {}", pdf.pages[page - 1]);
    }
}
