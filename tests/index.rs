//! The index as it is written: rows of fiches and référentiels with mistakes, and what still leads to their last good
//! documents; where `build` says that it is, and `livret open`, which shows it.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support;

const SESSION: &str = "content/candidats/2026-06";

struct Project(TempDir);

impl Project {
    /// The sample, and in session 2025-12 a candidat of a second version.
    fn new() -> Self {
        let (root, folder) = (Path::new(env!("CARGO_MANIFEST_DIR")), tempfile::tempdir().unwrap());
        for part in ["content", "themes", "livret.yaml", "logo.svg"] {
            support::copy(&root.join(part), &folder.path().join(part));
        }
        let referentiels = folder.path().join("content/referentiels/charge-accueil");
        support::copy(&referentiels.join("2024"), &referentiels.join("2030"));
        let project = Self(folder);
        project.write(
            "content/candidats/2025-12/z.md",
            "---\nnom: Étienne\nprenom: Zoé\nreferentiel: charge-accueil/2030\n---\n",
        );
        project
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.0.path().join(path)).unwrap();
        assert!(text.contains(from), "{path}: no « {from} »");
        self.write(path, text.replacen(from, to, 1));
    }

    /// Builds; returns the exit status and the rows of the index.
    fn rows(&self) -> (String, Vec<String>) {
        let run = support::livret(self.0.path(), &["build", "--no-pdf"]);
        let index = fs::read_to_string(self.0.path().join("output/index.html")).unwrap();
        (run.status, index.split("<tr").skip(1).map(|row| row.split("</tr>").next().unwrap().to_owned()).collect())
    }
}

/// The words of a row, and where it leads.
fn said(row: &str) -> (String, Vec<&str>) {
    let words: String =
        row.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect::<Vec<_>>().join(" ");
    let words = words.replace(['\u{a0}', '\u{202f}'], " ");
    let links = row.split("href=\"").skip(1).filter_map(|link| link.split('"').next()).collect();
    (words.split_whitespace().collect::<Vec<_>>().join(" "), links)
}

fn row<'a>(rows: &'a [String], name: &str) -> (String, Vec<&'a str>) {
    let found = rows.iter().map(|row| said(row)).find(|(words, _)| words.contains(name));
    found.unwrap_or_else(|| panic!("no row of « {name} » in {rows:#?}"))
}

#[test]
fn who_has_mistakes_is_shown_with_the_first_one_and_the_last_good_documents() {
    let project = Project::new();
    let (status, rows) = project.rows();
    assert_eq!(status, "0");
    assert!(rows.iter().all(|row| !row.contains("etat-erreur")), "{rows:#?}");

    // No YAML at all, a level that is none, a référentiel that is none, and two that were never built.
    project.edit(&format!("{SESSION}/martin-claire.md"), "nom: Martin", "nom: \"Martin");
    project.edit(&format!("{SESSION}/d-hervilly-benoit.md"), ": acquis", ": aquis");
    project.edit("content/referentiels/charge-accueil/2030/blocs/2-organisation.md", "titre:", "titr:");
    project.write(&format!("{SESSION}/zanetti.md"), "---\nprenom: Ugo\nevaluateurs:\n  - nom: Le Goff\n---\n");
    project.write(&format!("{SESSION}/latin.md"), b"---\nnom: L\xe9vy\n---\n");
    let (status, rows) = project.rows();
    assert_eq!(status, "1");

    let (words, links) = row(&rows, "Claire");
    assert_eq!(
        words,
        "Martin Claire erreur Sa fiche contient des erreurs. martin-claire.md, ligne 2 : un guillemet ouvert n’est pas \
         refermé. Voir « livret check ». Livret Fiche de synthèse dernier contenu sans erreur"
    );
    let folder = "candidats/2026-06/martin-claire";
    assert_eq!(links, [format!("{folder}/livret.html"), format!("{folder}/fiche-synthese.html")]);
    let (words, _) = row(&rows, "Benoît");
    assert!(words.contains("ligne 18 : « aquis » n’est pas un niveau de l’échelle."), "{words}");
    let (words, links) = row(&rows, "Étienne");
    assert!(
        words.contains("Son référentiel, charge-accueil/2030, contient des erreurs. 2-organisation.md, ligne 2 :"),
        "{words}"
    );
    assert_eq!(links.len(), 2);
    // Nobody's name but his own, and nothing to follow that is not there.
    let (words, links) = row(&rows, "zanetti");
    assert!(words.contains("zanetti.md, ligne 2 : il manque la clé « nom »") && !words.contains("Le Goff"), "{words}");
    assert!(links.is_empty() && !words.contains("dernier contenu"), "{words} {links:?}");
    let (words, _) = row(&rows, "latin");
    assert!(words.contains("Sa fiche contient des erreurs. latin.md"), "{words}");

    // The référentiel itself, with the title that its own file still tells.
    let (words, links) = row(&rows, "version 2030");
    assert!(words.contains("Chargé d’accueil") && words.contains("erreur 2-organisation.md, ligne 2 :"), "{words}");
    let folder = "referentiels/charge-accueil/2030";
    assert_eq!(links, [format!("{folder}/index.html"), format!("{folder}/livret-vierge.html")]);

    // Each among the others of the session.
    let names: Vec<String> = rows.iter().filter(|r| r.contains("id=\"2026-06/")).map(|r| said(r).0).collect();
    let expected = ["D’Hervilly", "Gonçalves", "latin", "Le Bihan", "Lecœur", "Martin", "zanetti"];
    assert!(names.iter().zip(expected).all(|(name, start)| name.starts_with(start)), "{names:#?}");

    // Another first mistake is told, and none when there is none any more.
    project.edit(&format!("{SESSION}/martin-claire.md"), "nom: \"Martin", "nom: Martin\nnon: rien");
    assert!(row(&project.rows().1, "Claire").0.contains("ligne 3 : la clé « non »"), "another mistake");
    project.edit(&format!("{SESSION}/martin-claire.md"), "\nnon: rien", "");
    assert!(!row(&project.rows().1, "Claire").0.contains("erreur"), "set right");
}

#[test]
fn who_has_documents_that_cannot_be_made_is_shown_with_the_reason() {
    let project = Project::new();
    let fiche = format!("{SESSION}/martin-claire.md");
    project.edit(&fiche, "prenom: Claire", "prenom: Claire 王");
    let (status, rows) = project.rows();
    let (words, links) = row(&rows, "Claire");
    assert_eq!(status, "1");
    assert!(words.contains("Ses documents ne peuvent pas être faits. martin-claire.md, ligne 3 :"), "{words}");
    assert!(links.is_empty() && words.contains("erreur"), "nothing was ever made: {links:?}");
    project.edit(&fiche, " 王", "");
    assert!(!row(&project.rows().1, "Claire").0.contains("erreur"));
    project.edit(&fiche, "prenom: Claire", "prenom: Claire 王");
    let rows = project.rows().1;
    let (words, links) = row(&rows, "Claire");
    assert!(words.ends_with("dernier contenu sans erreur") && links.len() == 2, "{words} {links:?}");
    let again = support::livret(project.0.path(), &["build", "--no-pdf"]);
    assert!(again.stdout.starts_with("15 documents inchangés, "), "the index is not made again: {}", again.stdout);
}

#[test]
fn an_empty_index_says_what_to_do_next() {
    let project = Project::new();
    let index = || {
        let status = project.rows().0;
        let index = fs::read_to_string(project.0.path().join("output/index.html")).unwrap();
        (status, index.replace(['\u{a0}', '\u{202f}'], " "))
    };
    fs::remove_dir_all(project.0.path().join("content/candidats")).unwrap();
    let (status, page) = index();
    assert!(status == "0" && page.contains("« livret new candidat »") && page.contains("version 2030"), "{page}");
    fs::remove_dir_all(project.0.path().join("content/referentiels/charge-accueil")).unwrap();
    project.edit("livret.yaml", "  referentiel: charge-accueil/2024\n", "");
    assert!(index().1.contains("« livret new referentiel »"), "{}", index().1);
}

#[test]
fn a_default_that_is_none_is_the_mistake_of_all_who_follow_it() {
    let project = Project::new();
    project.edit(&format!("{SESSION}/martin-claire.md"), "referentiel: charge-accueil/2024\n", "");
    project.edit("livret.yaml", "charge-accueil/2024", "charge-accueil/2042");
    let (status, rows) = project.rows();
    assert_eq!(status, "1");
    let (words, _) = row(&rows, "Claire");
    assert!(words.contains("livret.yaml, ligne") && words.contains("n’a pas cette version"), "{words}");
    assert!(!row(&rows, "Zoé").0.contains("erreur"), "he names his own");
}

/// A browser that writes down what it is asked to show.
#[cfg(unix)]
fn browser(project: &Project) -> impl Fn(&[&str]) -> (String, String, String) {
    use std::os::unix::fs::PermissionsExt as _;
    let (program, seen) = (project.0.path().join("navigateur"), project.0.path().join("vu"));
    // Renamed at last: what is read is whole.
    fs::write(&program, "#!/bin/sh\nprintf '%s' \"$1\" > vu.tmp && mv vu.tmp vu\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let folder = project.0.path().to_owned();
    move |arguments| {
        let _ = fs::remove_file(&seen);
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_livret"));
        let run = command.arg("open").args(arguments).current_dir(&folder).env("BROWSER", &program).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let mut shown = String::new();
        for _ in 0..if run.status.success() { 500 } else { 0 } {
            std::thread::sleep(std::time::Duration::from_millis(10));
            shown = fs::read_to_string(&seen).unwrap_or_default();
            if !shown.is_empty() {
                break;
            }
        }
        let shown = shown.strip_prefix(folder.canonicalize().unwrap().to_str().unwrap()).unwrap_or(&shown).to_owned();
        (shown, text(run.stdout), text(run.stderr))
    }
}

#[cfg(unix)]
#[test]
fn build_ends_with_where_to_look_and_open_shows_it() {
    let project = Project::new();
    let open = browser(&project);
    let (shown, _, stderr) = open(&[]);
    assert!(shown.is_empty() && stderr.contains("output/index.html n'est pas encore là"), "{stderr}");

    let run = support::livret(project.0.path(), &["build", "--no-pdf"]);
    assert!(run.stdout.ends_with("À lire dans un navigateur : output/index.html\n"), "{}", run.stdout);
    // From elsewhere, and with mistakes: it was written all the same.
    project.edit(&format!("{SESSION}/martin-claire.md"), ": acquis", ": aquis");
    let (parent, name) = (project.0.path().parent().unwrap(), project.0.path().file_name().unwrap().to_str().unwrap());
    let run = support::livret(parent, &["build", "--no-pdf", "-C", name]);
    assert_eq!(run.status, "1");
    let line = format!("À lire dans un navigateur : {name}/output/index.html\n");
    assert!(run.stdout.ends_with(&line), "{}", run.stdout);
    let run = support::livret(project.0.path(), &["build", "--no-pdf", "--output", "autre dossier"]);
    assert!(run.stdout.ends_with("À lire dans un navigateur : \"autre dossier/index.html\"\n"), "{}", run.stdout);
    // Not where nothing was built, nor for a program.
    let run = support::livret(project.0.path(), &["build", "--no-pdf", "--only", "personne"]);
    assert!(!run.stdout.contains("navigateur"), "{}", run.stdout);
    let run = support::livret(project.0.path(), &["build", "--no-pdf", "--format", "short"]);
    assert!(!(run.stdout + &run.stderr).contains("navigateur"));

    let (shown, stdout, _) = open(&[]);
    assert_eq!((shown.as_str(), stdout.as_str()), ("/output/index.html", "Dans le navigateur : output/index.html\n"));
    assert_eq!(open(&["--output", "autre dossier"]).0, "/autre dossier/index.html");
    for (asked, page) in [
        ("Claire", "candidats/2026-06/martin-claire/livret.html"), // the last good one
        ("noëlle lec", "candidats/2026-06/lecoeur-noelle/livret.html"),
        ("*noelle/fiche*", "candidats/2026-06/lecoeur-noelle/fiche-synthese.html"),
        ("2030", "referentiels/charge-accueil/2030/index.html"),
    ] {
        let (shown, _, stderr) = open(&[asked]);
        assert_eq!(shown, format!("/output/{page}"), "{asked}: {stderr}");
    }
    let (shown, _, stderr) = open(&["2026-06"]);
    assert!(shown.is_empty() && stderr.contains("E822") && stderr.contains("2026-06/martin-claire"), "{stderr}");
}

#[cfg(unix)]
#[test]
fn without_a_browser_the_page_is_named() {
    let project = Project::new();
    project.write("output/index.html", "<p>");
    for browser in ["", "/nulle/part"] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_livret"));
        command.arg("open").current_dir(project.0.path()).env("BROWSER", browser);
        for screen in ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"] {
            command.env_remove(screen);
        }
        let run = command.output().unwrap();
        let stderr = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains("E821") && stderr.contains("navigateur : output/index.html"), "{stderr}");
    }
}
