//! What would be done with a whole list: files to write, candidats that are there already, rows that cannot be taken.

use std::collections::BTreeMap;

use super::header::{Field, Header};
use super::row::{Defaults, Problem, Reading, Sound};
use super::table::{Table, name};
use crate::author::candidat::{file_id, path};
use crate::fold::file_name;
use crate::project::Project;

#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// In the order of the rows.
    pub write: Vec<Sound>,
    /// Rows of candidats that have their file, and its path.
    pub there: Vec<(u32, String)>,
    pub problems: Vec<Problem>,
    /// What somebody should look at, though it hinders nothing.
    pub remarks: Vec<Problem>,
}

/// Plans every row below the header.
pub fn plan(table: &Table, header: &Header, project: &Project, defaults: &Defaults) -> Plan {
    let mut plan = Plan::default();
    let known = Known::of(project);
    // The row that each person of a session was first seen in.
    let mut seen: BTreeMap<(String, String), u32> = BTreeMap::new();
    let place = |row: u32| header.columns.get(&Field::Nom).map_or(format!("ligne {row}"), |column| name(*column, row));
    for row in table.rows.iter().filter(|row| row.number > header.row) {
        let reading = Reading::new(row, header, project, defaults);
        if reading.is_empty() {
            continue;
        }
        let sound = match reading.read() {
            Ok(sound) => sound,
            Err(problems) => {
                plan.problems.extend(problems);
                continue;
            }
        };
        let key = (file_name(&sound.session), file_name(&sound.id));
        let who = sound.candidat.nom_complet();
        if let Some(first) = seen.get(&key) {
            plan.problems.push(Problem {
                place: place(row.number),
                message: format!("« {who} » figure déjà à la ligne {first}, dans la même session"),
                help: Some("supprimez cette ligne ; pour un homonyme : livret new candidat --id".to_owned()),
            });
            continue;
        }
        seen.insert(key.clone(), row.number);
        if let Some(path) = known.in_session.get(&key) {
            plan.there.push((row.number, path.clone()));
            continue;
        }
        if let Some(path) = known.anywhere.get(&key.1) {
            plan.remarks.push(Problem {
                place: place(row.number),
                message: format!("« {who} » a déjà une fiche dans une autre session : {path}"),
                help: None,
            });
        }
        plan.write.push(sound);
    }
    plan
}

/// The candidats of the project, whose files may have other names than ours would.
pub struct Known {
    /// By session and person.
    in_session: BTreeMap<(String, String), String>,
    /// By person.
    anywhere: BTreeMap<String, String>,
}

impl Known {
    pub fn of(project: &Project) -> Self {
        let mut known = Self { in_session: BTreeMap::new(), anywhere: BTreeMap::new() };
        let broken = project.candidats_en_erreur.iter().map(|c| (&c.session, vec![c.id.clone()], c.path.clone()));
        let sound = project
            .candidats
            .iter()
            .map(|c| (&c.session, vec![c.id.clone(), file_id(&c.nom, &c.prenom)], path(&c.session, &c.id)));
        for (session, ids, path) in broken.chain(sound) {
            for id in ids {
                known.in_session.insert((file_name(session), file_name(&id)), path.clone());
                known.anywhere.insert(file_name(&id), path.clone());
            }
        }
        known
    }

    /// The path of a candidat's file in a session, by the name that the file would have.
    pub fn find(&self, session: &str, id: &str) -> Option<&str> {
        self.in_session.get(&(file_name(session), file_name(id))).map(String::as_str)
    }
}
