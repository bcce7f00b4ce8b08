//! Columns that have a role for their title: « Tuteur », « Fonction du tuteur », « Tuteur 2 ». Which role that is depends
//! on the référentiel of the row; what the titles of all lists mean comes first ([`super::titles`]).

use std::collections::{BTreeMap, BTreeSet};

use super::header::{Field, Header};
use super::titles::EMPTY;
use crate::ground::fold::slug;
use crate::ground::text::is_among;
use crate::model::referentiel::Referentiel;

/// What the titles of a list mean to the référentiels that its rows may name.
pub(crate) struct Titles<'a>(BTreeMap<(&'a str, &'a str), OfRoles>);

/// What they mean to one of them.
pub(crate) struct OfRoles {
    /// The header with the columns of its roles.
    pub header: Header,
    /// Columns that say what another one says already.
    pub doubles: Vec<u32>,
    /// Columns of roles that it does not have, others do.
    pub foreign: Vec<u32>,
}

impl<'a> Titles<'a> {
    pub(crate) fn of(header: &Header, all: &'a [Referentiel]) -> Self {
        let own: Vec<Vec<(u32, Field)>> = all.iter().map(|r| columns(header, r).collect()).collect();
        let known: BTreeSet<u32> = own.iter().flatten().map(|(column, _)| *column).collect();
        let of_roles = |own: &Vec<(u32, Field)>| {
            let mut of = OfRoles { header: header.clone(), doubles: Vec::new(), foreign: Vec::new() };
            for (column, field) in own {
                match of.header.columns.contains_key(field) {
                    true => of.doubles.push(*column),
                    false => _ = of.header.columns.insert(*field, *column),
                }
            }
            of.foreign = known.iter().copied().filter(|column| own.iter().all(|(of, _)| of != column)).collect();
            of
        };
        Self(all.iter().zip(&own).map(|(r, own)| ((r.id.as_str(), r.version.as_str()), of_roles(own))).collect())
    }

    pub(crate) fn get(&self, r: &'a Referentiel) -> Option<&OfRoles> {
        self.0.get(&(r.id.as_str(), r.version.as_str()))
    }
}

/// What a column is read as, for one référentiel at least.
pub(crate) fn label(header: &Header, column: u32, referentiels: &[Referentiel]) -> Option<String> {
    let fields = |r| columns(header, r).find(|(own, _)| *own == column).map(|(_, field)| (field, r));
    let (field, r) = referentiels.iter().find_map(fields)?;
    let nom = |n| r.role(n).and_then(|role| role.nom.clone()).unwrap_or_default();
    Some(match field {
        Field::EvaluateurFonction(n) => format!("fonction : {}", nom(n)),
        Field::EvaluateurPrenom(n) => format!("prénom : {}", nom(n)),
        Field::EvaluateurNom(n) => format!("évaluateur : {}", nom(n)),
        other => other.label(),
    })
}

fn columns<'a>(header: &'a Header, r: &'a Referentiel) -> impl Iterator<Item = (u32, Field)> + 'a {
    let unknown = header
        .titles
        .iter()
        .filter(|(column, _)| header.columns.values().all(|known| known != *column) && !header.hidden.contains(column));
    unknown.filter_map(|(column, title)| Some((*column, field(title, r)?)))
}

/// What a title means where the roles of a référentiel are known.
fn field(title: &str, r: &Referentiel) -> Option<Field> {
    let title = slug(title);
    let all: Vec<&str> = telling(&title).collect();
    let mut before = 0;
    for role in &r.roles {
        let names = [role.nom.as_deref(), role.nom.as_ref().map(|_| role.id.as_str())];
        for name in names.into_iter().flatten().map(slug) {
            let name: Vec<&str> = telling(&name).collect();
            if let Some((make, number)) = meant(&all, &name).filter(|(_, number)| *number <= role.nombre.1) {
                return Some(make(before + number));
            }
        }
        before += role.nombre.1;
    }
    None
}

/// A field of the évaluateur of this number.
type Make = fn(usize) -> Field;

/// What is said of a role's person, and which of them it is.
fn meant(title: &[&str], role: &[&str]) -> Option<(Make, usize)> {
    if role.is_empty() {
        return None;
    }
    let at = title.windows(role.len()).position(|words| words == role)?;
    let (mut make, mut number): (Make, _) = (Field::EvaluateurNom, None);
    let beside = title[..at].iter().chain(&title[at + role.len()..]);
    for (i, word) in beside.enumerate() {
        match *word {
            "nom" if i == 0 => {}
            "prenom" if i == 0 => make = Field::EvaluateurPrenom,
            "fonction" | "qualite" | "poste" | "metier" if i == 0 => make = Field::EvaluateurFonction,
            word => {
                let found = word.parse::<usize>().ok().filter(|n| *n > 0 && number.is_none())?;
                number = Some(found);
            }
        }
    }
    Some((make, number.unwrap_or(1)))
}

fn telling(words: &str) -> impl Iterator<Item = &str> {
    words.split('-').filter(|word| !word.is_empty() && !is_among(word, EMPTY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_roles_as_people_write_them() {
        let fields = |title: &str, role: &str| {
            let (title, role) = (slug(title), slug(role));
            let (title, role): (Vec<&str>, Vec<&str>) = (telling(&title).collect(), telling(&role).collect());
            meant(&title, &role).map(|(make, number)| make(number))
        };
        for (title, expected) in [
            ("Tuteur", Field::EvaluateurNom(1)),
            ("Nom du tuteur", Field::EvaluateurNom(1)),
            ("TUTEUR 2", Field::EvaluateurNom(2)),
            ("Prénom du tuteur", Field::EvaluateurPrenom(1)),
            ("Fonction tuteur", Field::EvaluateurFonction(1)),
            ("Fonction du tuteur n° 2", Field::EvaluateurFonction(2)),
        ] {
            assert_eq!(fields(title, "Tuteur"), Some(expected), "{title}");
        }
        for other in ["Tuteur en entreprise", "Avis du tuteur", "Tuteurs", "Tuteur 0", "Tuteur 1 2", "Date"] {
            assert_eq!(fields(other, "Tuteur"), None, "{other}");
        }
        assert_eq!(
            fields("Fonction du responsable de cuisine", "Responsable de cuisine"),
            Some(Field::EvaluateurFonction(1))
        );
    }
}
