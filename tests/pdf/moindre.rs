//! A project that says as little as possible: no sign is left of what it does not say, and labels stand on one line
//! with what is there.

use std::fs;
use std::process::Command;

use walkdir::WalkDir;

use super::picture::Picture;
use super::project::{Project, livret};

const SOURCES: [(&str, &str); 7] = [
    ("livret.yaml", "organisme:\n  nom: Certificateurs réunis\n"),
    (
        "content/referentiels/jardin/a/referentiel.md",
        "---\ntitre: Jardinier\ncertification: CQP\nevaluateurs: 2\nechelle:\n  - { id: su, nom: SU }\n  \
         - { id: pas su, nom: PAS SU }\nparcours:\n  - { id: tout, nom: Tout, blocs: tous }\n---\n",
    ),
    (
        "content/referentiels/jardin/a/blocs/1-semis.md",
        "---\ntitre: Semer\n---\n## Semis\n\n### Semer en ligne {#ligne}\n\n- Droit\n",
    ),
    ("content/referentiels/jardin/a/mode-d-emploi.md", "# Échelle\n\n[[echelle]]\n"),
    (
        "content/candidats/2026-06/zoe-abel.md",
        "---\nnom: Abel\nprenom: Zoé\nreferentiel: jardin/a\nparcours: tout\nevaluateurs: [Jean Petit]\n---\n",
    ),
    ("content/candidats/2026-06/a.md", "---\nnom: Mabel\nprenom: Ana\nreferentiel: jardin/a\nparcours: tout\n---\n"),
    ("content/candidats/2026-06/z.md", "---\nnom: Łabel\nprenom: Ada\nreferentiel: jardin/a\nparcours: tout\n---\n"),
];

#[test]
fn nothing_is_left_of_what_is_not_said() {
    let Some(project) = Project::new() else { return };
    let root = project.folder();
    fs::remove_dir_all(root.join("content")).unwrap();
    for (path, text) in SOURCES {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), text).unwrap();
    }
    livret(root, &["bundle", "2026-06"]);
    let mut seen = 0;
    for file in WalkDir::new(root.join("output")).into_iter().map(|entry| entry.unwrap().into_path()) {
        let lines: Vec<String> = match file.extension().and_then(|e| e.to_str()) {
            Some("pdf") => {
                let text = Command::new("pdftotext").arg("-raw").arg(&file).arg("-").output().unwrap().stdout;
                String::from_utf8(text).unwrap().lines().map(|line| line.trim().to_owned()).collect()
            }
            // What stands between two tags.
            Some("html") => {
                let text = fs::read_to_string(&file).unwrap();
                let texts = text.split('<').filter_map(|part| Some(part.split_once('>')?.1.trim().to_owned()));
                texts.filter(|text| !text.contains(char::is_alphanumeric)).collect()
            }
            _ => continue,
        };
        seen += lines.len();
        for line in lines {
            // A line may be broken after a comma.
            let signs = ['—', '·', '\u{202f}'];
            assert!(!line.starts_with(signs) && !line.starts_with(','), "{}: {line}", file.display());
            assert!(!line.ends_with(signs), "{}: {line}", file.display());
            assert!(!line.contains("()") && !line.starts_with(':'), "{}: {line}", file.display());
            // The reader's words: none of the folders'.
            assert!(!line.contains("2026-06") && !line.contains("jardin/a"), "{}: {line}", file.display());
        }
    }
    assert!(seen > 100, "{seen} lines");
    let bundle = project.pdf("sessions/2026-06/livret");
    assert!(bundle.pages[0].contains("CQP Jardinier, version a") && bundle.pages[0].contains("juin 2026"));
    let places: Vec<_> = ["Abel", "Łabel", "Mabel"].map(|nom| bundle.pages[0].find(nom)).into_iter().collect();
    assert!(places.is_sorted() && places[0].is_some(), "{}", bundle.pages[0]);
    assert!(!bundle.text().contains("SU \u{202f}:") && bundle.text().contains("PAS SU"));

    let identity = Picture::of(&project.path("candidats/2026-06/zoe-abel/livret"), 3);
    for (label, value) in [("candidat", "Abel"), ("soussigné(e)", "Petit")] {
        let (label, value) = (identity.words(label)[0], identity.words(value));
        let value = value.iter().find(|value| (value.bottom - label.bottom).abs() < 8.0).expect("on its line");
        assert!((label.bottom - value.bottom).abs() < 0.8, "{} {}", label.bottom, value.bottom);
    }
}
