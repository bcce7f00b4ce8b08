//! Lists of invented people, as spreadsheets write them and as they are damaged on their way. Whatever happens to a
//! list, each person in it is written as typed, or a message names the row, or the whole list is refused; and nobody is
//! written who is not in it. A list that nothing has happened to is written whole.

mod lists;
mod random;
mod spreadsheets;

use std::collections::BTreeSet;
use std::path::Path;

use lists::{List, Person};
use livret::authoring::author::yaml::one_line;
use livret::authoring::import::plan::{Plan, plan};
use livret::authoring::import::row::Defaults;
use livret::authoring::import::{self, Refusal};
use livret::ground::diagnostic::Diagnostics;
use livret::ground::source::Sources;
use livret::judge::project::Project;
use random::Random;
use serde::Deserialize;

/// What a fiche says of a person, read back from its text.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Fiche {
    nom: String,
    prenom: String,
    entreprise: Option<String>,
    #[serde(default)]
    evaluateurs: Vec<Evaluateur>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Evaluateur {
    nom: String,
}

fn fiche_of(person: &Person) -> Fiche {
    let text = |text: &str| Some(one_line(text)).filter(|text| !text.is_empty());
    Fiche {
        nom: one_line(&person.nom),
        prenom: one_line(&person.prenom),
        entreprise: text(&person.entreprise),
        evaluateurs: text(&person.evaluateur).map(|nom| Evaluateur { nom }).into_iter().collect(),
    }
}

fn base() -> Project {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden-base");
    Project::read(&root, &mut sources, &mut diagnostics).expect("the base is sound")
}

/// What became of a list.
#[derive(Debug, Default)]
struct Tally {
    lists: usize,
    refused: usize,
    people: usize,
    written: usize,
    told: usize,
    /// Written as the damaged row says.
    changed: usize,
}

fn planned(bytes: &[u8], project: &Project) -> Result<(Plan, u32, usize), Refusal> {
    let list = import::choose(import::read(bytes)?, None)?;
    let plan = plan(&list.table, &list.header, project, &Defaults::default());
    Ok((plan, list.header.row, list.table.rows.len()))
}

fn holds(list: &List, bytes: &[u8], project: &Project, tally: &mut Tally, seed: u64) {
    let shown =
        || format!("seed {seed}: {:?}\n{}", list.happened, String::from_utf8_lossy(&bytes[..bytes.len().min(3000)]));
    tally.lists += 1;
    tally.people += list.people.len();
    let (plan, header, rows) = match planned(bytes, project) {
        Ok(planned) => planned,
        Err(error) => {
            assert!(!list.harmless, "a sound list is refused: {error:?}\n{}", shown());
            tally.refused += 1;
            return;
        }
    };
    let wrong: BTreeSet<u32> = plan.problems.iter().map(|p| p.row).collect();
    let sum = 1 + plan.above.len() + plan.write.len() + plan.there.len() + wrong.len() + plan.left.len();
    assert_eq!(sum, rows, "every row is counted once (titles at {header}): {plan:?}\n{}", shown());
    let told: BTreeSet<u32> =
        wrong.iter().chain(plan.left.iter().map(|(row, _)| row)).chain(&plan.above).copied().collect();
    let mut written: Vec<(u32, String, Fiche)> = Vec::new();
    for sound in &plan.write {
        let text = sound.candidat.text();
        let yaml = text.trim_start_matches("---\n").trim_end_matches("---\n");
        let fiche: Fiche = serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}: {text}"));
        written.push((sound.row, sound.session.clone(), fiche));
    }
    for person in &list.people {
        let fiche = fiche_of(person);
        let own = written.iter().any(|(_, session, f)| *f == fiche && Some(session) == person.session.as_ref());
        if own {
            assert!(!person.impossible, "what cannot be is written: {person:?}\n{}", shown());
            tally.written += 1;
        } else if list.touched.contains(&person.row) && written.iter().any(|(row, ..)| *row == person.row) {
            tally.changed += 1;
        } else {
            let near = [person.row - 1, person.row + 1].iter().any(|row| told.contains(row));
            let shifted = list.long && !list.touched.is_empty() && near;
            assert!(told.contains(&person.row) || shifted, "nothing is said of {person:?}\n{plan:?}\n{}", shown());
            assert!(!list.harmless || person.impossible, "a sound row is refused: {person:?}\n{plan:?}\n{}", shown());
            tally.told += 1;
        }
    }
    for (row, session, fiche) in written {
        let known = |p: &Person| fiche_of(p) == fiche && p.session.as_ref() == Some(&session);
        let typed = list.people.iter().any(known) || list.touched.contains(&row);
        assert!(typed, "nobody typed {fiche:?} of {session}, row {row}\n{}", shown());
    }
}

#[test]
fn nobody_is_lost_and_nobody_invented() {
    let project = base();
    let long = std::env::var("LIVRET_TEST_LONG").is_ok_and(|v| v == "1");
    let first: u64 = std::env::var("LIVRET_TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let mut tally = Tally::default();
    for seed in first..first + if long { 1_000 } else { 60 } {
        let mut random = Random::new(seed);
        let (list, bytes) = spreadsheets::spreadsheet(&mut random);
        holds(&list, &bytes, &project, &mut tally, seed);
    }
    println!("{tally:?}");
    assert!(tally.written * 2 > tally.people / 2, "most of what is damaged little is still written: {tally:?}");
}
