//! Ordinals and dates on the printed page: raised, on one line, and found as they are written.

use std::fs;

use super::picture::{Picture, Word, mm};
use super::project::{CANDIDAT, FICHE, Project};

/// Whether each word of one list stands on the line of the same word of the other.
fn on_one_line(page: &Picture, one: &str, other: &str) -> usize {
    // The foot of the page is no part of its text.
    let words = |text| page.words(text).into_iter().filter(|word| word.bottom < mm(190.0)).collect::<Vec<&Word>>();
    let (one, other) = (words(one), words(other));
    assert_eq!(one.len(), other.len());
    for (one, other) in one.iter().zip(&other) {
        assert!((one.bottom - other.bottom).abs() < 3.0, "{} {}", one.text, other.text);
    }
    one.len()
}

#[test]
fn dates_stay_on_one_line_and_ordinals_are_text() {
    let Some(project) = Project::new() else { return };
    // Dates at every place of a line, one over two lines of the source.
    let dates: String = (1..40).map(|n| format!("{} le 12\nfévrier 2027 et ", "puis ".repeat(n % 7))).collect();
    project.change("content/referentiels/jardin-partage/2026/note-aux-evaluateurs.md", |text| {
        format!("{text}\n{dates}le 1er jour de la 2e semaine, au XIXe.\n")
    });
    project.change("content/referentiels/jardin-partage/2026/blocs/1-culture.md", |text| {
        text.replace("titre: Conduire les cultures", "titre: Conduire la 1re culture & la 2e")
    });
    project.change(FICHE, |text| {
        text.replace("{ du: 2026-09-07, au: 2026-09-11 }", "{ du: 2026-08-30, au: 2026-09-01 }")
            .replace("dates: 2026-09-16", "dates: 2026-09-30")
    });
    project.build();
    let livret = project.pdf(&format!("{CANDIDAT}/livret"));
    for words in [
        "le 1er jour de la 2e semaine, au XIXe.",
        "du 30 août au 1er septembre 2026",
        "BLOC 1 : Conduire la 1re culture & la 2e",
    ] {
        assert!(livret.text().replace('\u{202f}', " ").contains(words), "{words}: {}", livret.text());
    }
    assert!(livret.outline().iter().any(|title| title.ends_with("la 1re culture & la 2e")), "{:?}", livret.outline());

    let note = Picture::of(&project.path(&format!("{CANDIDAT}/livret")), 4);
    assert_eq!(on_one_line(&note, "12", "février"), 39);
    on_one_line(&note, "février", "2027");
    let fiche = Picture::of(&project.path(&format!("{CANDIDAT}/livret")), 5);
    assert_eq!(on_one_line(&fiche, "septembre", "2026"), 2);

    let page = fs::read_to_string(project.path(&format!("{CANDIDAT}/livret")).with_extension("html")).unwrap();
    assert!(page.contains("1<sup>er</sup> septembre 2026</span>"));
}
