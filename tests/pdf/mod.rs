//! The sample project's PDFs, printed by real Chrome: pages, words, outline, fonts, ticks against the sources.
//! Without Chrome or pdftotext these tests say so and are skipped, unless LIVRET_TEST_CHROME=required.

mod edges;
mod exemples;
mod francais;
mod grilles;
mod measures;
mod moindre;
mod picture;
mod printed;
mod project;
mod rows;
mod suites;
mod ticks;

use lopdf::Object;
use printed::{Printed, sample};

/// Every PDF of the sample, with its number of pages.
const PDFS: [(&str, usize); 11] = [
    ("referentiels/charge-accueil/2024/livret-vierge", 22),
    ("candidats/2026-06/d-hervilly-benoit/livret", 22),
    ("candidats/2026-06/d-hervilly-benoit/fiche-synthese", 1),
    ("candidats/2026-06/goncalves-theo/livret", 22),
    ("candidats/2026-06/goncalves-theo/fiche-synthese", 1),
    ("candidats/2026-06/le-bihan-prigent-marie-ange/livret", 13),
    ("candidats/2026-06/le-bihan-prigent-marie-ange/fiche-synthese", 1),
    ("candidats/2026-06/lecoeur-noelle/livret", 22),
    ("candidats/2026-06/lecoeur-noelle/fiche-synthese", 1),
    ("candidats/2026-06/martin-claire/livret", 22),
    ("candidats/2026-06/martin-claire/fiche-synthese", 1),
];

fn pdfs() -> Option<Vec<(&'static str, usize, Printed)>> {
    let sample = sample()?;
    Some(PDFS.iter().map(|(path, pages)| (*path, *pages, sample.pdf(path))).collect())
}

#[test]
fn every_document_has_its_pages_in_a4_landscape() {
    let Some(pdfs) = pdfs() else { return };
    for (path, pages, pdf) in pdfs {
        assert_eq!(pdf.pages.len(), pages, "{path}");
        let facts = livret::documents::finish::inspect(&pdf.bytes).unwrap();
        assert!(facts.pages.iter().all(|p| p.is(841.89, 595.28)), "{path}: {:?}", facts.pages);
    }
    let found = sample().unwrap().all_pdfs();
    assert_eq!(found.len(), PDFS.len(), "{found:?}");
}

#[test]
fn every_document_claims_to_be_accessible_and_asks_for_its_true_size() {
    let Some(pdfs) = pdfs() else { return };
    for (path, _, pdf) in pdfs {
        assert!(pdf.bytes.windows(16).any(|text| text == b"<pdfuaid:part>1<"), "{path}");
        let viewer = pdf.document.catalog().unwrap().get(b"ViewerPreferences").and_then(Object::as_dict).unwrap();
        assert_eq!(viewer.get(b"PrintScaling").and_then(Object::as_name).unwrap(), b"None", "{path}");
    }
}

/// A livret goes by mail and stays on a disk for years.
#[test]
fn no_document_weighs_more_than_250_kilobytes() {
    let Some(pdfs) = pdfs() else { return };
    for (path, _, pdf) in pdfs {
        assert!(pdf.bytes.len() < 250_000, "{path}: {} bytes", pdf.bytes.len());
    }
}

#[test]
fn only_the_theme_s_fonts_are_used_and_all_are_embedded() {
    let Some(pdfs) = pdfs() else { return };
    for (path, _, pdf) in pdfs {
        let fonts = livret::documents::finish::inspect(&pdf.bytes).unwrap().fonts;
        assert!(!fonts.is_empty(), "{path}");
        for font in fonts {
            assert!(font.embedded && font.name.starts_with("Carlito"), "{path}: {font:?}");
        }
    }
}

#[test]
fn every_page_can_be_put_back_in_its_livret() {
    let Some(pdfs) = pdfs() else { return };
    for (path, pages, pdf) in pdfs {
        for (i, text) in pdf.pages.iter().enumerate() {
            let number = format!("page {} / {pages}", i + 1);
            assert!(text.contains(&number), "{path}, {number}:\n{text}");
            assert!(text.contains("Chargé d’accueil, version 2024"), "{path}, {number}:\n{text}");
            assert_eq!(
                text.contains("COMMISSION PARITAIRE NATIONALE"),
                i > 0 || pages == 1,
                "{path}, {number}:\n{text}"
            );
        }
    }
    let theo = sample().unwrap().pdf("candidats/2026-06/goncalves-theo/livret");
    assert!(theo.pages.iter().all(|page| page.contains("Théo Gonçalves")));
}

#[test]
fn only_unfinished_livrets_are_marked_and_say_what_they_lack() {
    let Some(pdfs) = pdfs() else { return };
    for (path, _, pdf) in pdfs {
        let marked = path.contains("goncalves");
        for (i, text) in pdf.pages.iter().enumerate() {
            assert_eq!(text.contains("PROVISOIRE"), marked, "{path}, page {}:\n{text}", i + 1);
        }
        assert_eq!(pdf.text().contains("l’accord des évaluateurs"), marked, "{path}");
    }
}

/// What each page of the livret starts with, below the running header: the official document's page starts.
#[test]
fn parts_start_pages_where_the_official_document_does() {
    let Some(sample) = sample() else { return };
    let starts = [
        (1, "Commission paritaire nationale"),
        (2, "Sommaire"),
        (3, "Nom et prénom du candidat"),
        (4, "I. Note à l’attention des évaluateurs"),
        (5, "II. Fiche de synthèse"),
        (6, "III. L’évaluation des compétences"),
        (7, "2. Évaluation du candidat"),
        (8, "ii. Examen du dossier en commission"),
        (9, "b. Livret d’évaluation des compétences"),
        (10, "Activités Compétences Critères d’évaluation Compétences Recueil d’information"),
        (11, "Activités Compétences Critères d’évaluation Compétences Fidélisation"),
        (12, "Activités Compétences Critères d’évaluation Compétences Promotion"),
        (13, "Commentaires des évaluateurs"),
        (14, "BLOC 2"),
        (15, "Activités Compétences Critères d’évaluation Compétences Organisation de"),
        (16, "Activités Compétences Critères d’évaluation Compétences Utilisation des systèmes"),
        (17, "Commentaires des évaluateurs"),
        (18, "BLOC 3"),
        (19, "Activités Compétences Critères d’évaluation Compétences Ventes de produit"),
        (20, "Activités Compétences Critères d’évaluation Compétences Ventes de produit"),
        (21, "Activités Compétences Critères d’évaluation Compétences Suivi de la relation"),
        (22, "Commentaires des évaluateurs"),
    ];
    for path in ["referentiels/charge-accueil/2024/livret-vierge", "candidats/2026-06/martin-claire/livret"] {
        let pdf = sample.pdf(path);
        assert!(starts.iter().map(|(page, _)| *page).eq(1..=pdf.pages.len()), "every page is named");
        for (page, start) in starts {
            let text = pdf.body(page);
            assert!(text.starts_with(start), "{path}, page {page} does not start with « {start} »:\n{text}");
        }
        assert!(pdf.body(18).contains("Activités Compétences"), "bloc 3: the grille follows its modalités");
        assert!(pdf.body(20).contains("(suite)"), "an activité that goes on says so");
    }
}

#[test]
fn a_blank_and_a_filled_livret_have_the_same_words_on_the_same_pages() {
    let Some(sample) = sample() else { return };
    let blank = sample.pdf("referentiels/charge-accueil/2024/livret-vierge");
    let filled = sample.pdf("candidats/2026-06/lecoeur-noelle/livret");
    for page in (4..=22).filter(|p| *p != 5) {
        assert_eq!(blank.body(page), filled.body(page), "page {page}");
    }
    let signed = sample.pdf("candidats/2026-06/martin-claire/livret");
    for page in [4, 6, 9, 10, 11, 12, 14, 15, 16, 18, 19, 20, 21] {
        assert_eq!(blank.body(page), signed.body(page), "page {page}");
    }
}

#[test]
fn documents_say_what_they_are() {
    let Some(sample) = sample() else { return };
    let pdf = sample.pdf("candidats/2026-06/d-hervilly-benoit/livret");
    let title = livret::documents::finish::inspect(&pdf.bytes).unwrap().title.unwrap();
    assert!(title.starts_with("Livret d’évaluation"), "{title}");
    assert!(title.contains("Benoît D’Hervilly"), "{title}");
    let info = pdf.info();
    assert!(info["Author"].starts_with("Commission paritaire nationale"), "{info:?}");
    let outline = pdf.outline();
    for entry in ["I. Note à l’attention des évaluateurs", "III. L’évaluation des compétences"] {
        assert!(outline.iter().any(|t| t == entry), "{outline:?}");
    }
    let blocs = outline.iter().filter(|t| t.starts_with("BLOC ")).count();
    assert_eq!(blocs, 3, "{outline:?}");
    assert_eq!(pdf.language(), "fr");
}

#[test]
fn the_sommaire_shows_the_pages_that_its_links_lead_to() {
    let Some(sample) = sample() else { return };
    for (path, entries) in [("martin-claire", 12), ("le-bihan-prigent-marie-ange", 10)] {
        let pdf = sample.pdf(&format!("candidats/2026-06/{path}/livret"));
        let pages = livret::documents::finish::inspect(&pdf.bytes).unwrap().destinations;
        let sommaire = pdf.body(2);
        let shown: Vec<usize> = sommaire.split_whitespace().filter_map(|w| w.parse().ok()).filter(|n| *n > 3).collect();
        assert_eq!(shown.len(), entries, "{sommaire}");
        assert!(shown.is_sorted(), "{sommaire}");
        let bloc = format!("Mettre en œuvre les actions commerciales {}", pages["bloc-commercial"]);
        assert!(sommaire.contains(&bloc), "{sommaire}");
        assert!(pdf.body(pages["bloc-commercial"]).contains("BLOC 3"), "{pages:?}");
    }
}

#[test]
fn the_isolated_bloc_stands_alone_and_its_passage_is_marked() {
    let Some(sample) = sample() else { return };
    let livret = sample.pdf("candidats/2026-06/le-bihan-prigent-marie-ange/livret").text();
    assert!(livret.contains("BLOC 3") && !livret.contains("BLOC 1") && !livret.contains("BLOC 2"));
    let fiche = sample.pdf("candidats/2026-06/le-bihan-prigent-marie-ange/fiche-synthese").text();
    assert!(fiche.contains("BLOC 3") && !fiche.contains("BLOC 1"));
}

#[test]
fn ticks_are_those_of_the_sources() {
    let Some(sample) = sample() else { return };
    ticks::compare(sample);
}
