//! The list on paper: what the filter shows, and nothing that only serves a screen.

use std::process::Command;

use super::browser::Browser;
use super::project::Project;

#[test]
fn the_printed_list_is_what_the_filter_shows() {
    let Some(browser) = Browser::new() else { return };
    let Some(()) = pdftotext() else { return };
    let project = Project::two_sessions();
    browser.open(&project.page("index.html"), "#etat=pret");
    let pages = text(&browser.print());
    assert_eq!(pages.len(), 1, "{pages:?}");
    for word in
        ["3 sur 7 candidats", "État : prêt à signer", "Session juin 2026", "Martin", "D’Hervilly", "6/6", "Signé"]
    {
        assert!(pages[0].contains(word), "no « {word} » in {}", pages[0]);
    }
    for word in
        ["Gonçalves", "Lecœur", "décembre 2025", "Nom, entreprise", "Imprimer", "Tout afficher", "Fiche de synthèse"]
    {
        assert!(!pages[0].contains(word), "« {word} » in {}", pages[0]);
    }

    // Without a filter: everything, folded sessions too, each on pages of its own.
    browser.open(&project.page("index.html"), "");
    browser.run::<()>("for (const s of document.querySelectorAll('.session')) s.open = false; return null");
    let pages = text(&browser.print());
    assert_eq!(pages.len(), 2, "{pages:?}");
    assert!(pages[0].contains("Martin") && !pages[0].contains("Session décembre 2025"), "{}", pages[0]);
    assert!(pages[1].contains("Session décembre 2025") && pages[1].contains("L’Étoile"), "{}", pages[1]);
    assert!(pages[1].contains("Sa fiche contient des erreurs"), "{}", pages[1]);
}

#[test]
fn every_printed_page_has_the_session_and_the_header_in_dark_too() {
    let Some(browser) = Browser::new() else { return };
    let Some(()) = pdftotext() else { return };
    let project = Project::two_hundred();
    browser.screen(1280, "dark");
    browser.open(&project.page("index.html"), "#session=2026-01");
    let pages = text(&browser.print());
    assert!((5..9).contains(&pages.len()), "{} pages for 200 candidats", pages.len());
    for (i, page) in pages.iter().enumerate() {
        for word in ["Session janvier 2026", "Candidat", "Compétences évaluées", "Transmis"] {
            assert!(page.contains(word), "page {}: no « {word} » in {page}", i + 1);
        }
        assert!(page.contains(&format!("page {} / {}", i + 1, pages.len())), "{page}");
    }
}

fn pdftotext() -> Option<()> {
    let found = Command::new("pdftotext").arg("-v").output().is_ok();
    let required = std::env::var("LIVRET_TEST_CHROME").is_ok_and(|v| v == "required");
    assert!(found || !required, "pdftotext is missing");
    if !found {
        eprintln!("skipped: no pdftotext");
    }
    found.then_some(())
}

/// The text of each page, blanks folded.
fn text(pdf: &[u8]) -> Vec<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let output = Command::new("pdftotext").arg(file.path()).arg("-").output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let mut pages: Vec<String> =
        text.split('\u{c}').map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(pages.pop().as_deref(), Some(""), "a form feed ends each page");
    pages
}
