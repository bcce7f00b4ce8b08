//! Lists as cells: invented people, the titles that people give, and what happens to rows and cells before a list is
//! saved.

use std::collections::BTreeSet;

use super::random::Random;

/// A person as typed in the list.
#[derive(Debug, Clone, Default)]
pub struct Person {
    pub nom: String,
    pub prenom: String,
    pub entreprise: String,
    pub evaluateur: String,
    /// The folder that was meant, if the cell says one.
    pub session: Option<String>,
    /// As the spreadsheet counts rows.
    pub row: u32,
    /// Whether a cell that is read holds what nobody can take.
    pub impossible: bool,
}

#[derive(Debug, Default)]
pub struct List {
    pub rows: Vec<Vec<String>>,
    pub people: Vec<Person>,
    /// Columns of nom, prénom, entreprise, évaluateur, session, and of one that is not read.
    pub columns: [usize; 6],
    pub header: usize,
    /// Rows of people, by the place in `rows`.
    pub at: Vec<usize>,
    pub happened: Vec<String>,
    /// Whether all that happened changes nothing of what is meant.
    pub harmless: bool,
    /// Rows whose cells were damaged: what they say now is as typed.
    pub touched: BTreeSet<u32>,
    /// Whether a cell takes two lines, or a line is two: damage then moves rows by one.
    pub long: bool,
}

const NOMS: &[&str] = &[
    "Roy",
    "Lefèvre",
    "D'Hervilly",
    "Le Goff",
    "LE BIHAN",
    "Müller",
    "Nuñez",
    "Garçon",
    "Forêt-Dubois",
    "Éluard",
    "ROUXÉ",
    "de la Tour",
    "O’Neil",
    "Page",
    "Noël",
    "Hébert",
    "Vasseur",
    "Saint-Aubin",
    "Hénaff",
    "Faure (ép. Klein)",
    "Bœuf",
    "Null",
    "Oui",
];
const PRENOMS: &[&str] = &[
    "Marc",
    "Hélène",
    "Noëlle",
    "Zoé",
    "Jean-François",
    "Anne Marie",
    "Inès",
    "Loïc",
    "Gaël",
    "Maï",
    "Benoît",
    "Cécile",
    "JÉRÔME",
    "Agnès",
    "Joséphine",
    "Maëlys",
];
const ENTREPRISES: &[&str] = &[
    "",
    "Ville de Rennes",
    "Mutuelle : l'Argoat",
    "Médiathèque du Port",
    "Atelier « Les blés »",
    "Forêt & Fils",
    "SARL n° 12",
    "Association des jardins (35)",
    "L'Été",
    "Cœur de ville",
    "Établissement Hôpital-Sud",
    "100 % local",
    "Société #1",
];
const EVALUATEURS: &[&str] = &["", "Anne Roux", "Samir Ouali", "Françoise Le Dû", "M. Noël Rémy"];
const SESSIONS: &[(&str, Option<&str>)] = &[
    ("2026-09", Some("2026-09")),
    ("sept-26", Some("2026-09")),
    ("septembre 2026", Some("2026-09")),
    ("09/2026", Some("2026-09")),
    ("15/11/2026", Some("2026-11-15")),
    ("30/06/2026 00:00", Some("2026-06-30")),
    ("Aug-26", Some("2026-08")),
    ("46266", Some("2026-09")),
    ("Printemps Brest", Some("printemps-brest")),
];
const NO_SESSIONS: &[&str] = &["11/15/2026", "2026-13", "31/02/2026", "99999", "#N/A", "########", "=A1", "Mars 1926"];
const ERRORS: &[&str] =
    &["#N/A", "#REF!", "#VALEUR!", "#NOM?", "#DIV/0!", "####", "=A2&B2", "=CONCATENER(A2;B2)", "H\u{FFFD}l"];

const TITLES: [&[&str]; 6] = [
    &["Nom", "NOM *", "Nom du candidat", "Nom d'usage"],
    &["Prénom", "PRÉNOM", "Prénom(s)", "Prénom du stagiaire"],
    &["Entreprise", "Employeur", "Nom de l'employeur", "Structure d'accueil"],
    &["Évaluateur 1", "1er évaluateur", "Évaluateur n° 1"],
    &["Session", "Session de jury", "Date de session"],
    &["Téléphone", "Tuteur en entreprise", "Organisme de formation", "Remarques", "Nombre de sessions"],
];

pub fn list(random: &mut Random) -> List {
    let mut list = List { harmless: true, ..List::default() };
    let mut order: Vec<usize> = (0..6).collect();
    (0..6).for_each(|i| order.swap(i, random.below(6)));
    for (place, what) in order.iter().enumerate() {
        list.columns[*what] = place;
    }
    for title in ["Inscriptions", "", "Jury de septembre"].into_iter().take(random.below(4)) {
        list.rows.push(vec![
            title.to_owned(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
        ]);
    }
    list.header = list.rows.len();
    let titles = order.iter().map(|what| random.of(TITLES[*what]).to_owned()).collect();
    list.rows.push(titles);
    let mut names = BTreeSet::new();
    for _ in 0..1 + random.below(9) {
        let (typed, session) = random.of(SESSIONS);
        let (nom, prenom) = (random.of(NOMS), random.of(PRENOMS));
        if !names.insert((nom.to_lowercase(), prenom.to_lowercase())) {
            continue;
        }
        let mut person = Person {
            nom: nom.into(),
            prenom: prenom.into(),
            entreprise: random.of(ENTREPRISES).into(),
            evaluateur: random.of(EVALUATEURS).into(),
            session: session.map(str::to_owned),
            ..Person::default()
        };
        let mut typed = typed.to_owned();
        if random.once_in(25) {
            typed = random.of(NO_SESSIONS).to_owned();
            (person.session, person.impossible) = (None, true);
        }
        let unread = random.of(&[
            "",
            "06 11 22 33 44",
            "Paul Lebon",
            "à rappeler",
            "3",
            "Greta",
            "#N/A",
            "Mis à jour le 3 mars",
            "Total : 3",
        ]);
        let values = [&person.nom, &person.prenom, &person.entreprise, &person.evaluateur, &typed, &unread.to_owned()];
        let mut cells = vec![String::new(); 6];
        values.into_iter().enumerate().for_each(|(what, value)| cells[list.columns[what]].clone_from(value));
        list.at.push(list.rows.len());
        list.rows.push(cells);
        list.people.push(person);
    }
    happens(&mut list, random);
    list
}

/// What happens to rows and cells.
fn happens(list: &mut List, random: &mut Random) {
    let line = |first: &str, column: usize| {
        let mut cells = vec![String::new(); 6];
        first.clone_into(&mut cells[column]);
        cells
    };
    if random.once_in(3) {
        let at = list.header + 1 + random.below(list.rows.len() - list.header);
        let blank = random.of(&["", " ", "\u{A0}", "-", "…"]);
        list.insert(at, line(blank, 0), "an empty row");
    }
    if random.once_in(4) {
        let text = random.of(&[
            "Total : 12",
            "TOTAL",
            "Liste arrêtée au 12 mars 2026",
            "Fait à Rennes, le 3 mai",
            "Sous-total",
        ]);
        let column = random.of(&[list.columns[0], 0, 5]);
        list.insert(list.rows.len(), line(text, column), "a footer");
    }
    if random.once_in(5) {
        let at = list.header + 1 + random.below(list.rows.len() - list.header);
        let titles = list.rows[list.header].clone();
        list.insert(at, titles, "the titles again");
    }
    if random.once_in(15) {
        let mut titles = list.rows[list.header].clone();
        titles.swap(list.columns[0], list.columns[1]);
        list.insert(list.rows.len(), titles, "other titles");
        list.harmless = false;
    }
    let who = random.below(list.people.len());
    if random.once_in(6) {
        let what = random.below(5);
        let error = random.of(ERRORS);
        error.clone_into(&mut list.rows[list.at[who]][list.columns[what]]);
        list.people[who].impossible = true;
        list.happened.push(format!("{error} in {what} of {who}"));
    }
    if random.once_in(6) {
        let sign = random.of(&["\u{A0}", "\u{200B}", "\u{FEFF}", " ", "\u{202F}"]);
        let place = list.columns[random.below(2)];
        let cell = &mut list.rows[list.at[who]][place];
        *cell = format!("{sign}{cell}{sign}");
        list.happened.push(format!("{sign:?} around"));
    }
    if random.once_in(8) {
        let (what, shown) =
            random.of(&[(0, "12"), (0, "Martin; Dupont"), (1, ""), (0, ""), (3, "A B et C D"), (2, "0"), (0, "“Roy”")]);
        shown.clone_into(&mut list.rows[list.at[who]][list.columns[what]]);
        list.people[who].impossible = true;
        list.happened.push(format!("{shown:?} in {what} of {who}"));
    }
}

impl List {
    pub fn insert(&mut self, at: usize, cells: Vec<String>, what: &str) {
        let at = at.min(self.rows.len());
        self.rows.insert(at, cells);
        self.at.iter_mut().filter(|row| **row >= at).for_each(|row| *row += 1);
        self.happened.push(what.to_owned());
    }

    /// Gives each person the number of its row.
    pub fn number(&mut self, skipped: usize) {
        for (person, at) in self.people.iter_mut().zip(&self.at) {
            person.row = u32::try_from(at + 1 + skipped).unwrap();
        }
    }
}
