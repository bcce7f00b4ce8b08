//! Results out and in, on the sample, the three examples and fiches of every layout: what is exported and taken back
//! changes no byte; random cells that are filled in are what is exported next, and nothing else of a fiche changes.

mod layouts;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use livret::authoring::import;
use livret::authoring::releve::columns::{Cellule, Qui};
use livret::authoring::releve::compare::{Reprise, reprise};
use livret::authoring::releve::csv::csv;
use livret::authoring::releve::json::json;
use livret::authoring::releve::read::{is_json, of_json, releves};
use livret::authoring::releve::sheet::{Feuille, feuilles};
use livret::authoring::releve::xlsx::xlsx;
use livret::ground::diagnostic::Diagnostics;
use livret::ground::source::Sources;
use livret::judge::project::Project;
use livret::model::forme::Echelle;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use tempfile::TempDir;
use walkdir::WalkDir;

/// Parts of the repository as a project in a folder of its own, with the smallest theme that there is.
fn copy_of(parts: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in parts {
        let within = Path::new(part);
        let within =
            ["examples", "tests/golden-base"].iter().find_map(|root| within.strip_prefix(root).ok()).unwrap_or(within);
        overlay(&Path::new(env!("CARGO_MANIFEST_DIR")).join(part), &folder.path().join(within));
    }
    let project = folder.path().join("livret.yaml");
    if let Ok(text) = fs::read_to_string(&project) {
        fs::write(&project, text.replace("theme: officiel", "theme: mini")).unwrap();
    }
    folder
}

/// Copies a file, or what is below a folder.
fn overlay(from: &Path, to: &Path) {
    for entry in WalkDir::new(from).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
        let inner = entry.path().strip_prefix(from).unwrap();
        let target = if inner.as_os_str().is_empty() { to.to_path_buf() } else { to.join(inner) };
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(entry.path(), target).unwrap();
    }
}

fn sample() -> TempDir {
    copy_of(&["livret.yaml", "logo.svg", "content", "tests/golden-base/themes"])
}

fn examples() -> TempDir {
    copy_of(&["examples/livret.yaml", "examples/content", "tests/golden-base/themes"])
}

/// Takes away what closes blocs by another one: random results would be refused there, as they should.
fn open_all(root: &Path) {
    for entry in WalkDir::new(root.join("content/referentiels")).into_iter().map(Result::unwrap) {
        if entry.file_name() == "referentiel.md" {
            let text = fs::read_to_string(entry.path()).unwrap();
            let gate = |line: &&str| !(line.contains("{ bloc: ") && line.contains(", pour: "));
            let kept: Vec<&str> = text.lines().filter(gate).collect();
            fs::write(entry.path(), kept.join("\n") + "\n").unwrap();
        }
    }
}

fn project(root: &Path) -> Project {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let project = Project::read(root, &mut sources, &mut diagnostics).expect("the project is sound");
    let errors: Vec<_> = diagnostics
        .sorted(&sources)
        .into_iter()
        .filter(|d| d.code.as_str().starts_with('E'))
        .map(|d| (d.code, d.path(&sources).to_owned(), d.message.clone()))
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    project
}

fn exported(project: &Project, session: &str) -> Value {
    let feuilles = feuilles(project, session).expect("titles differ");
    serde_json::from_slice(&json(session, &feuilles)).unwrap()
}

fn imported(root: &Path, project: &Project, table: &Value) -> Reprise {
    let releves = of_json(table.to_string().as_bytes()).expect("it is one of ours");
    reprise(&releves, project, &|path| fs::read(root.join(path)).ok())
}

/// The results by fiche and title.
fn cells(table: &Value) -> BTreeMap<(String, String), Option<String>> {
    let mut all = BTreeMap::new();
    for candidat in table["referentiels"].as_array().unwrap().iter().flat_map(|r| r["candidats"].as_array().unwrap()) {
        for (titre, value) in candidat["resultats"].as_object().unwrap() {
            let key = (candidat["fiche"].as_str().unwrap().to_owned(), titre.clone());
            all.insert(key, value.as_str().map(str::to_owned));
        }
    }
    all
}

/// Cells that can be filled, with all that can be written in them; one of those that exclude each other.
fn open(feuilles: &[Feuille]) -> Vec<(String, String, Vec<String>)> {
    let mut all = Vec::new();
    for feuille in feuilles {
        for ligne in &feuille.lignes {
            for (cellule, colonne) in ligne.cellules.iter().zip(&feuille.colonnes) {
                // Where évaluateurs have numbers, an opinion goes where opinions are.
                let numbered = feuille.referentiel.roles.iter().all(|role| role.nom.is_none());
                let given = matches!(cellule, Cellule::Ouverte(Some(_)));
                if matches!(cellule, Cellule::Fermee(_)) || (numbered && colonne.qui != Qui::Tous && !given) {
                    continue;
                }
                all.push((ligne.qui[0].clone(), colonne.titre.clone(), values(colonne.echelle())));
            }
        }
    }
    all
}

fn values(echelle: &Echelle) -> Vec<String> {
    let ids = echelle.niveaux().iter().map(|niveau| niveau.id.clone());
    match echelle {
        Echelle::Niveaux(_) => ids.collect(),
        Echelle::Note(note) => ids.chain(["0".into(), "12.5".into(), "9".into(), note.max.to_string()]).collect(),
        Echelle::Coche => vec!["oui".into(), "non".into()],
    }
}

fn every_file(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = WalkDir::new(root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_path_buf(), fs::read(entry.path()).unwrap())).collect()
}

/// Fills cells, takes them back, exports again.
fn round(root: &Path, session: &str, chosen: &[(prop::sample::Index, prop::sample::Index)]) {
    let before = project(root);
    let mut table = exported(&before, session);
    assert!(imported(root, &before, &table).fiches.is_empty(), "what is exported says what the fiches say");
    let possible = open(&feuilles(&before, session).unwrap());
    let mut expected = cells(&table);
    for (cell, value) in chosen {
        let (fiche, titre, values) = cell.get(&possible);
        let value = value.get(values);
        let mut candidats = table["referentiels"]
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .flat_map(|r| r["candidats"].as_array_mut().unwrap());
        let candidat = candidats.find(|candidat| candidat["fiche"] == *fiche).unwrap();
        candidat["resultats"][titre] = Value::from(value.clone());
        expected.insert((fiche.clone(), titre.clone()), Some(value.clone()));
    }
    let made = imported(root, &before, &table);
    assert_eq!(made.problems, [], "{table:#}");
    let untouched = every_file(root);
    for fiche in &made.fiches {
        assert_eq!(fs::read(root.join(&fiche.path)).unwrap(), fiche.avant);
        fs::write(root.join(&fiche.path), &fiche.apres).unwrap();
        let line = |at: usize| String::from_utf8_lossy(&fiche.apres).lines().nth(at - 1).map(str::to_owned);
        for cellule in &fiche.cellules {
            assert!(line(cellule.ligne).is_some(), "{cellule:?}");
        }
    }
    let after = project(root);
    let mut now = cells(&exported(&after, session));
    // A number of situations that nobody has any more gives no column.
    now.retain(|key, value| expected.contains_key(key) || value.is_some());
    expected.retain(|key, value| now.contains_key(key) || value.is_some());
    assert_eq!(now, expected);
    let again = exported(&after, session);
    assert!(imported(root, &after, &again).fiches.is_empty());
    let changed: Vec<&PathBuf> = every_file(root)
        .iter()
        .filter(|(path, bytes)| untouched.get(*path) != Some(bytes))
        .map(|(path, _)| untouched.get_key_value(path).unwrap().0)
        .collect();
    assert_eq!(changed.len(), made.fiches.len());
}

fn rounds(cases: u32, most: usize, root: &Path, session: &str) {
    let cases = if std::env::var_os("LIVRET_TEST_LONG").is_some() { cases * 20 } else { cases };
    let one = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let fiches = root.join("content/candidats").join(session);
    let clean = every_file(&fiches);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let run = runner.run(&prop::collection::vec(one, 1..most), |chosen| {
        for (path, bytes) in &clean {
            fs::write(path, bytes).unwrap();
        }
        round(root, session, &chosen);
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
}

/// Tables that were damaged on their way: they are refused, or say what their cells say; never a panic, and never a fiche
/// that is no longer sound.
#[test]
fn damaged_tables_do_no_harm() {
    let folder = examples();
    let project = project(folder.path());
    let feuilles = feuilles(&project, "2026-11").unwrap();
    let tables = [json("2026-11", &feuilles), xlsx(&feuilles).unwrap(), csv(&feuilles[0]), csv(&feuilles[2])];
    let bytes_of = |path: &str| fs::read(folder.path().join(path)).ok();
    let taken = |bytes: &[u8]| {
        let releves = match is_json(bytes) {
            true => of_json(bytes).ok(),
            false => import::read(bytes).ok().map(|tables| releves(&tables).0),
        };
        releves.map(|releves| reprise(&releves, &project, &bytes_of))
    };
    for table in &tables {
        assert!(taken(table).is_some_and(|reprise| reprise.problems.is_empty() && reprise.fiches.is_empty()));
    }
    let index = any::<prop::sample::Index>;
    let damage = (index(), prop::collection::vec((index(), any::<u8>(), 0..4_u8), 1..6));
    let mut runner = TestRunner::new(Config { cases: 300, failure_persistence: None, ..Config::default() });
    let run = runner.run(&damage, |(which, damage)| {
        let mut bytes = which.get(&tables).clone();
        for (at, byte, kind) in damage {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => bytes.truncate(at.max(1)),
                _ => _ = bytes.remove(at),
            }
            if bytes.is_empty() {
                bytes.push(byte);
            }
        }
        if let Some(reprise) = taken(&bytes) {
            for fiche in reprise.fiches {
                prop_assert!(fiche.apres != fiche.avant && !fiche.cellules.is_empty());
            }
        }
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn what_is_exported_changes_nothing() {
    for (folder, session) in [(sample(), "2026-06"), (examples(), "2026-11")] {
        let project = project(folder.path());
        let made = imported(folder.path(), &project, &exported(&project, session));
        assert_eq!((made.problems.len(), made.fiches.len()), (0, 0));
        assert_eq!(made.inchangees, project.candidats().count());
    }
}

/// Each golden project, in each format.
#[test]
fn no_golden_project_changes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tables = 0;
    for case in fs::read_dir(root.join("tests/golden")).unwrap().map(|case| case.unwrap().path()) {
        if !case.join("content").is_dir() {
            continue;
        }
        let folder = copy_of(&[]);
        overlay(&root.join("tests/golden-base"), folder.path());
        overlay(&case, folder.path());
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let Some(project) = Project::read(folder.path(), &mut sources, &mut diagnostics) else { continue };
        let sessions: BTreeSet<String> = project.candidats().map(|c| c.session.clone()).collect();
        for session in sessions {
            let feuilles = feuilles(&project, &session).unwrap();
            let releves_of = |bytes: &[u8]| releves(&import::read(bytes).unwrap()).0;
            let mut check = |releves: Vec<_>| {
                let made = reprise(&releves, &project, &|path| fs::read(folder.path().join(path)).ok());
                assert_eq!((made.problems.as_slice(), made.fiches.len()), (&[][..], 0), "{}", case.display());
                assert!(made.inchangees > 0, "{}", case.display());
                tables += 1;
            };
            check(of_json(&json(&session, &feuilles)).unwrap());
            check(releves_of(&xlsx(&feuilles).unwrap()));
            feuilles.iter().for_each(|feuille| check(releves_of(&csv(feuille))));
        }
    }
    assert!(tables > 300, "{tables}");
}

#[test]
fn random_cells_of_the_sample_come_back() {
    rounds(16, 14, sample().path(), "2026-06");
}

#[test]
fn random_cells_of_the_examples_come_back() {
    let folder = examples();
    open_all(folder.path());
    rounds(16, 14, folder.path(), "2026-11");
}

#[test]
fn fiches_of_every_layout_take_results() {
    let folder = copy_of(&[
        "examples/livret.yaml",
        "examples/content/referentiels",
        "content/referentiels/charge-accueil",
        "tests/golden-base/themes",
    ]);
    open_all(folder.path());
    let fiches = folder.path().join("content/candidats/2027-01");
    fs::create_dir_all(&fiches).unwrap();
    for (i, text) in layouts::LAYOUTS.iter().enumerate() {
        fs::write(fiches.join(format!("essai-{i}.md")), text).unwrap();
    }
    let crlf = layouts::LAYOUTS[0].replace('\n', "\r\n");
    fs::write(fiches.join("essai-crlf.md"), format!("\u{FEFF}{crlf}")).unwrap();
    rounds(24, 120, folder.path(), "2027-01");
}
