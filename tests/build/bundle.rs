//! The bundle of a session: one PDF, each candidat where the list says.

use super::Sample;

fn text(path: &std::path::Path) -> Option<Vec<String>> {
    let output = std::process::Command::new("pdftotext").arg("-raw").arg(path).arg("-").output().ok()?;
    let text = String::from_utf8(output.stdout).unwrap();
    let mut pages: Vec<String> = text.split('\u{c}').map(ToOwned::to_owned).collect();
    pages.pop();
    Some(pages)
}

/// Whether it asks to be printed as large as it is.
pub fn has_true_size(pdf: &[u8]) -> bool {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let viewer = document.catalog().unwrap().get(b"ViewerPreferences").and_then(lopdf::Object::as_dict).unwrap();
    viewer.get(b"PrintScaling").and_then(lopdf::Object::as_name).is_ok_and(|scaling| scaling == b"None")
}

#[test]
fn every_candidat_starts_where_the_list_says_on_a_front_side() {
    let Some(sample) = Sample::new() else { return };
    let run = sample.run(&["bundle", "2026-06", "--duplex"]);
    assert_eq!(run.status, Some(0), "{}{}", run.stdout, run.stderr);
    let path = sample.path().join("output/sessions/2026-06/livret-recto-verso.pdf");
    let bytes = std::fs::read(&path).unwrap();
    let Some(pages) = text(&path) else { return };
    let names =
        ["Benoît D’Hervilly", "Théo Gonçalves", "Marie-Ange Le Bihan-Prigent", "Noëlle Lecœur", "Claire Martin"];
    let starts: Vec<usize> = names
        .iter()
        .map(|name| pages.iter().position(|p| p.contains("Livret d’évaluation") && p.contains(name)).unwrap() + 1)
        .collect();
    assert!(starts.is_sorted() && starts.iter().all(|start| start % 2 == 1), "{starts:?}");
    for start in &starts {
        assert!(pages[0].contains(&format!("p. {start} à")), "{start}: {}", pages[0]);
    }
    let facts = livret::documents::finish::inspect(&bytes).unwrap();
    assert_eq!(facts.pages.len(), pages.len());
    assert!(bytes.windows(16).any(|text| text == b"<pdfuaid:part>1<") && has_true_size(&bytes));
    assert!(facts.tagged && facts.pages.iter().all(|p| p.is(841.89, 595.28)));

    std::fs::remove_dir_all(sample.path().join("output")).unwrap();
    sample.run(&["bundle", "2026-06", "--duplex"]);
    assert!(std::fs::read(&path).unwrap() == bytes, "the same bytes twice");
}

#[test]
fn a_session_or_a_document_that_does_not_exist_is_said() {
    let Some(sample) = Sample::new() else { return };
    let run = sample.run(&["bundle", "2026-07"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("vouliez-vous dire « 2026-06 »"), "{}", run.stderr);
    let run = sample.run(&["bundle", "2026-06", "--document", "livre"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("vouliez-vous dire « livret »"), "{}", run.stderr);
}
