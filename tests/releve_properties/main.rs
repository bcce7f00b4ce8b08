//! Results out and in, on the sample, the three examples and fiches of every layout: what is exported and taken back
//! changes no byte; random cells that are filled in are what is exported next, and nothing else of a fiche changes.

mod layouts;

use std::collections::BTreeMap;
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

/// A project of the repository in a folder of its own.
fn copy_of(from: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in from {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(part);
        // « a/b » stays one, « examples/. » is what is in it.
        let to = folder.path().join(Path::new(part).strip_prefix("examples").unwrap_or(Path::new(part)));
        for entry in WalkDir::new(&from).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
            let target = to.join(entry.path().strip_prefix(&from).unwrap());
            let target = if from.is_file() { to.clone() } else { target };
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(entry.path(), target).unwrap();
        }
    }
    folder
}

fn sample() -> TempDir {
    copy_of(&["livret.yaml", "logo.svg", "content", "themes"])
}

fn examples() -> TempDir {
    copy_of(&["examples/livret.yaml", "examples/content", "themes"])
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

#[test]
fn random_cells_of_the_sample_come_back() {
    rounds(16, 14, sample().path(), "2026-06");
}

#[test]
fn random_cells_of_the_examples_come_back() {
    rounds(16, 14, examples().path(), "2026-11");
}

#[test]
fn fiches_of_every_layout_take_results() {
    let folder = examples();
    let fiches = folder.path().join("content/candidats/2027-01");
    fs::create_dir_all(&fiches).unwrap();
    for (i, text) in layouts::LAYOUTS.iter().enumerate() {
        fs::write(fiches.join(format!("essai-{i}.md")), text).unwrap();
    }
    let crlf = layouts::LAYOUTS[0].replace('\n', "\r\n");
    fs::write(fiches.join("essai-crlf.md"), format!("\u{FEFF}{crlf}")).unwrap();
    rounds(24, 120, folder.path(), "2027-01");
}
