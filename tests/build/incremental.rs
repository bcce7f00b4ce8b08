//! Nothing is done twice, and nothing is left undone.

use std::fs;

use super::Sample;

const RECORD: &str = "output/.livret.json";
const MARTIN: &str = "candidats/2026-06/martin-claire";

#[test]
fn only_what_a_change_touches_is_made_again() {
    let Some(sample) = Sample::new() else { return };
    assert_eq!(sample.build(&[]).len(), 11);
    let first = sample.documents("output");

    assert!(sample.build(&[]).is_empty(), "nothing changed");
    assert_eq!(sample.build(&["--force"]).len(), 11);
    assert!(sample.documents("output") == first, "the same bytes twice");

    sample.edit("content/candidats/2026-06/martin-claire.md", "lieu: ", "lieu: Nouvelle ");
    assert_eq!(sample.build(&[]), [format!("{MARTIN}/fiche-synthese"), format!("{MARTIN}/livret")]);

    // One word of a critère of bloc 1: every livret but the one of bloc 3 alone, and no fiche, shows it.
    sample.edit("content/referentiels/charge-accueil/2024/blocs/1-accueil.md", "sourire, écoute", "regard, écoute");
    let printed = sample.build(&[]);
    let expected = [
        "candidats/2026-06/d-hervilly-benoit/livret",
        "candidats/2026-06/goncalves-theo/livret",
        "candidats/2026-06/lecoeur-noelle/livret",
        "candidats/2026-06/martin-claire/livret",
        "referentiels/charge-accueil/2024/livret-vierge",
    ];
    assert_eq!(printed, expected);

    sample.edit("themes/officiel/css/impression.css", "round(11.5pt", "round(11pt");
    assert_eq!(sample.build(&[]).len(), 11, "the theme is in every PDF");
}

#[test]
fn what_is_missing_altered_or_forgotten_is_made_again() {
    let Some(sample) = Sample::new() else { return };
    let only = &["--only", "martin*"];
    let both = [format!("{MARTIN}/fiche-synthese"), format!("{MARTIN}/livret")];
    assert_eq!(sample.build(only), both);
    let first = sample.documents("output");
    let livret = sample.path().join(format!("output/{MARTIN}/livret.pdf"));

    fs::remove_file(&livret).unwrap();
    assert_eq!(sample.build(only), both[1..]);
    fs::write(&livret, b"%PDF-1.7 altered").unwrap();
    assert_eq!(sample.build(only), both[1..]);
    for damage in [&b"{\"format\":1,"[..], b"\xff\xfe", b""] {
        fs::write(sample.path().join(RECORD), damage).unwrap();
        let run = sample.run(&["build", "--only", "martin*"]);
        assert!(run.stderr.contains("A801"), "{damage:?}: {}", run.stderr);
        assert_eq!(run.printed(), both, "{damage:?}");
    }
    assert!(sample.documents("output") == first);
}

#[test]
fn only_our_own_documents_of_candidats_who_left_are_removed() {
    let Some(sample) = Sample::new() else { return };
    sample.build(&["--only", "{martin,lecoeur}*"]);
    let folder = |name: &str| sample.path().join("output/candidats/2026-06").join(name);
    fs::write(folder("martin-claire/notes.txt"), "mine").unwrap();
    fs::remove_file(sample.path().join("content/candidats/2026-06/martin-claire.md")).unwrap();
    sample.edit("content/candidats/2026-06/lecoeur-noelle.md", "nom:", "nomm:");

    let run = sample.run(&["build", "--no-pdf"]);
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    assert!(!folder("martin-claire/livret.pdf").exists() && !folder("martin-claire/livret.html").exists());
    assert!(folder("martin-claire/notes.txt").exists(), "a file that is not ours stays");
    assert!(folder("lecoeur-noelle/livret.pdf").exists(), "the last good one of a file with mistakes stays");
}
