//! Which column holds what: titles are matched as people write them, whatever the case, the accents, the order of the
//! columns, and the lines above.

use std::collections::BTreeMap;

use super::ReadError;
use super::table::{Row, Table, letters, name};
use crate::fold::slug;

/// What a column says of each candidat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Nom,
    Prenom,
    /// Both in one cell: nobody can tell where one ends.
    NomComplet,
    Entreprise,
    Session,
    Referentiel,
    Version,
    Parcours,
    Blocs,
    EvaluateurNom(usize),
    EvaluateurPrenom(usize),
    EvaluateurFonction(usize),
}

/// The columns of a table.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// The row's number in the spreadsheet.
    pub row: u32,
    pub columns: BTreeMap<Field, u32>,
    pub titles: BTreeMap<u32, String>,
    /// The titles of the columns that are not read.
    pub ignored: Vec<String>,
}

impl Header {
    /// « Employeur » for the column of a field.
    pub fn title(&self, field: Field) -> Option<&str> {
        self.columns.get(&field).and_then(|column| self.titles.get(column)).map(String::as_str)
    }
}

/// How far down the header may stand.
const LINES: usize = 50;

/// Finds the header.
///
/// # Errors
/// If no row is one, two columns say the same, or merged cells reach into the list.
pub fn find(table: &Table) -> Result<Header, ReadError> {
    let candidates = || table.rows.iter().take(LINES);
    let has = |row: &Row, fields: &[Field]| fields.iter().all(|f| columns(row).iter().any(|(_, known, _)| known == f));
    let Some(row) = candidates().find(|row| has(row, &[Field::Nom, Field::Prenom])) else {
        return Err(no_header(candidates()));
    };
    let mut header = Header { row: row.number, ..Header::default() };
    header.titles = row.cells.iter().map(|(column, cell)| (*column, cell.text())).collect();
    let known = columns(row);
    for (column, field, strong) in &known {
        let same = known.iter().find(|(other, f, s)| other != column && f == field && (*s || !strong));
        match same {
            // « Nom de naissance » beside « Nom d'usage ».
            Some((_, _, true)) if !strong => continue,
            Some((other, ..)) => {
                return Err(ReadError::new(
                    format!("deux colonnes disent la même chose : {} et {}", at(row, *column), at(row, *other)),
                    "gardez-en une, ou changez le titre de l'autre",
                ));
            }
            None => _ = header.columns.insert(*field, *column),
        }
    }
    header.columns.remove(&Field::NomComplet);
    let read: Vec<u32> = header.columns.values().copied().collect();
    let ignored = header.titles.iter().filter(|(column, _)| !read.contains(column));
    header.ignored = ignored.map(|(_, title)| title.clone()).collect();
    merged(table, &header)?;
    Ok(header)
}

/// The most columns known in one row: how well a separator fits.
pub fn known_columns(table: &Table) -> usize {
    table.rows.iter().take(LINES).map(|row| columns(row).len()).max().unwrap_or(0)
}

/// Above the header and beside what is read, merged cells do no harm.
fn merged(table: &Table, header: &Header) -> Result<(), ReadError> {
    let harmful: Vec<String> = table
        .merged
        .iter()
        .filter(|m| m.rows.1 >= header.row && header.columns.values().any(|c| (m.columns.0..=m.columns.1).contains(c)))
        .map(super::table::Merged::name)
        .collect();
    match harmful.as_slice() {
        [] => Ok(()),
        _ => {
            let more = if harmful.len() > 8 { format!(" et {} autres", harmful.len() - 8) } else { String::new() };
            let shown = harmful[..harmful.len().min(8)].join(", ");
            Err(ReadError::new(
                format!("des cellules sont fusionnées : {shown}{more}"),
                "défusionnez-les (Accueil, Fusionner et centrer) et remplissez chaque ligne",
            ))
        }
    }
}

fn at(row: &Row, column: u32) -> String {
    let title = row.cells.get(&column).map(super::table::Cell::text).unwrap_or_default();
    format!("{} « {title} »", name(column, row.number))
}

fn no_header<'a>(mut rows: impl Iterator<Item = &'a Row> + Clone) -> ReadError {
    let fields = |row: &Row| columns(row).iter().map(|(_, field, _)| *field).collect::<Vec<_>>();
    let best = rows.clone().max_by_key(|row| fields(row).len()).filter(|row| !fields(row).is_empty());
    let help = "la liste doit avoir une ligne de titres, avec au moins « Nom » et « Prénom »";
    let Some(best) = best else {
        let first = rows.next().map_or(String::new(), |row| {
            let texts: Vec<String> = row.cells.values().take(6).map(super::table::Cell::text).collect();
            format!(" ; la première ligne est : {}", texts.join(" | "))
        });
        return ReadError::new(format!("aucune ligne ne donne le titre des colonnes{first}"), help);
    };
    let known = columns(best);
    if let Some((column, ..)) = known.iter().find(|(_, field, _)| *field == Field::NomComplet) {
        return ReadError::new(
            format!("le nom et le prénom sont dans une même colonne ({})", at(best, *column)),
            "séparez-les en deux colonnes, « Nom » et « Prénom » (Excel : Données, Convertir)",
        );
    }
    let missing = match (fields(best).contains(&Field::Nom), fields(best).contains(&Field::Prenom)) {
        (false, true) => "la colonne « Nom » manque",
        (true, false) => "la colonne « Prénom » manque",
        _ => "les colonnes « Nom » et « Prénom » manquent",
    };
    let titles: Vec<String> = best.cells.iter().map(|(c, cell)| format!("{} {}", letters(*c), cell.text())).collect();
    ReadError::new(format!("{missing} à la ligne {} ({})", best.number, titles.join(", ")), help)
}

/// The known columns of a row, and whether the title can mean nothing else.
fn columns(row: &Row) -> Vec<(u32, Field, bool)> {
    row.cells.iter().filter_map(|(column, cell)| field(&cell.text()).map(|(f, strong)| (*column, f, strong))).collect()
}

/// Words that say nothing about what is in the column.
const EMPTY: &[&str] = &["du", "de", "d", "la", "le", "les", "l", "des", "n", "no", "numero", "s", "obligatoire", "et"];
const PERSON: &[&str] = &["candidat", "candidats", "candidate", "stagiaire", "apprenant", "salarie", "participant"];
/// Of somebody or something, but not its name.
const OTHER: &[&str] = &[
    "adresse",
    "ville",
    "mail",
    "email",
    "courriel",
    "tel",
    "telephone",
    "portable",
    "siret",
    "siren",
    "code",
    "postal",
    "cp",
    "contact",
    "date",
    "civilite",
    "naissance",
    "lieu",
    "nombre",
    "nb",
    "effectif",
];

fn field(title: &str) -> Option<(Field, bool)> {
    if title.chars().count() > 60 {
        return None;
    }
    let words = slug(title);
    let all: Vec<&str> = words.split('-').filter(|w| !EMPTY.contains(w) && !w.is_empty()).collect();
    let own: Vec<&str> = all.iter().copied().filter(|w| !PERSON.contains(w)).collect();
    let has = |known: &[&str]| own.iter().any(|w| known.contains(w));
    if own.iter().any(|w| w.starts_with("evaluateur") || w.starts_with("evaluatrice")) {
        return evaluateur(&own).map(|field| (field, true));
    }
    if own == ["nom", "naissance"] || own == ["nom", "jeune", "fille"] || own == ["nom", "patronymique"] {
        return Some((Field::Nom, false));
    }
    if has(OTHER) && !has(&["session"]) {
        return None;
    }
    let strong = |field| Some((field, true));
    match own.as_slice() {
        [] if !all.is_empty() => Some((Field::NomComplet, false)),
        ["nom"] | ["noms"] | ["nom", "famille" | "usage" | "usuel" | "marital"] => strong(Field::Nom),
        ["prenom"] | ["prenoms"] | ["prenom", "usuel" | "usage"] => strong(Field::Prenom),
        ["nom" | "noms", "prenom" | "prenoms"] | ["prenom" | "prenoms", "nom" | "noms"] => strong(Field::NomComplet),
        _ if has(&["entreprise", "structure", "employeur", "societe", "etablissement", "organisme", "mutuelle"]) => {
            strong(Field::Entreprise)
        }
        ["raison", "sociale"] => strong(Field::Entreprise),
        _ if has(&["session", "sessions"]) => strong(Field::Session),
        _ if has(&["version", "millesime"]) => strong(Field::Version),
        _ if has(&["referentiel", "certification", "cqp", "diplome"]) => strong(Field::Referentiel),
        _ if has(&["parcours", "voie"]) => strong(Field::Parcours),
        ["bloc" | "blocs"]
        | ["bloc" | "blocs", "presentes" | "presente" | "vises" | "vise" | "choisis" | "competences"] => {
            strong(Field::Blocs)
        }
        _ => None,
    }
}

/// « Fonction évaluateur 1 », « Évaluateur n° 2 (nom) », « 2e évaluateur ».
fn evaluateur(words: &[&str]) -> Option<Field> {
    const ORDINALS: &[(&str, usize)] =
        &[("premier", 1), ("premiere", 1), ("second", 2), ("seconde", 2), ("deuxieme", 2), ("troisieme", 3)];
    let has = |known: &[&str]| words.iter().any(|w| known.contains(w));
    if has(&OTHER.iter().copied().filter(|w| *w != "nombre").collect::<Vec<_>>()) || has(&["signature", "nombre"]) {
        return None;
    }
    let digits = |word: &&str| {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok().or_else(|| ORDINALS.iter().find(|(w, _)| w == word).map(|(_, n)| *n))
    };
    let number: usize = words.iter().find_map(digits).unwrap_or(1);
    if !(1..=9).contains(&number) {
        return None;
    }
    Some(match words {
        _ if has(&["fonction", "qualite", "poste", "metier", "titre"]) => Field::EvaluateurFonction(number),
        _ if has(&["prenom"]) && !has(&["nom"]) => Field::EvaluateurPrenom(number),
        _ => Field::EvaluateurNom(number),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_matched_as_people_write_them() {
        let of = |title| field(title).map(|(field, _)| field);
        for (title, expected) in [
            ("NOM", Field::Nom),
            ("Nom du candidat *", Field::Nom),
            ("Nom d'usage", Field::Nom),
            ("Nom de naissance", Field::Nom),
            ("prénoms", Field::Prenom),
            ("Prenom du stagiaire", Field::Prenom),
            ("Nom et prénom", Field::NomComplet),
            ("Candidat", Field::NomComplet),
            ("Employeur", Field::Entreprise),
            ("Entreprise d'accueil", Field::Entreprise),
            ("Raison sociale", Field::Entreprise),
            ("Session de jury", Field::Session),
            ("Date de session", Field::Session),
            ("Référentiel", Field::Referentiel),
            ("Certification visée", Field::Referentiel),
            ("Version du référentiel", Field::Version),
            ("Bloc(s)", Field::Blocs),
            ("Blocs de compétences", Field::Blocs),
            ("Évaluateur 1", Field::EvaluateurNom(1)),
            ("Evaluateur n°2", Field::EvaluateurNom(2)),
            ("2e évaluateur (nom et prénom)", Field::EvaluateurNom(2)),
            ("Fonction évaluateur 1", Field::EvaluateurFonction(1)),
            ("Évaluatrice 2 - qualité", Field::EvaluateurFonction(2)),
            ("Prénom évaluateur2", Field::EvaluateurPrenom(2)),
        ] {
            assert_eq!(of(title), Some(expected), "{title}");
        }
        for other in [
            "Date de naissance",
            "Ville de l'entreprise",
            "Courriel évaluateur 1",
            "N°",
            "Téléphone",
            "SIRET",
            "Bloc 1",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
