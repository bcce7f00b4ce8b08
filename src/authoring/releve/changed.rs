//! A fiche with the results of its row: one edit for each place that changes, then the proof that it says what it should.

use super::columns::{Colonne, texte};
use super::edit::edit;
use super::origin::{Read, edited};
use super::verify::{Fault, verify};
use super::wanted::{Stuck, Wanted, by_code, steps};
use crate::judge::project::{Dossier, Project};
use crate::model::forme::{Echelle, Valeur};
use crate::sources::parse::echelle::francais;
use crate::sources::parse::yaml::spelling::spelling;

/// A cell that says something else than the fiche.
pub(crate) struct Saisie<'r> {
    pub column: u32,
    pub colonne: &'r Colonne<'r>,
    pub avant: Option<Valeur>,
    pub apres: Valeur,
    pub place: String,
}

/// A fiche with other results.
#[derive(Debug)]
pub struct FicheChangee {
    /// From the project's root.
    pub path: String,
    pub avant: Vec<u8>,
    pub apres: Vec<u8>,
    pub cellules: Vec<Changement>,
}

/// A changed cell, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changement {
    pub place: String,
    pub titre: String,
    /// `None` where the fiche says nothing.
    pub avant: Option<String>,
    pub apres: String,
    /// The line of the fiche, as it will be.
    pub ligne: usize,
}

/// A column, what is wrong, and what to do.
pub(crate) type Wrong = (Option<u32>, String, String);

/// The fiche with its changes.
///
/// # Errors
/// If it cannot be changed by the program, or would not say what the cells say.
pub(crate) fn fiche(
    path: &str,
    dossier: &Dossier,
    saisies: &[Saisie],
    project: &Project,
    bytes: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<FicheChangee, Wrong> {
    let c = &dossier.candidat;
    let referentiel = &project.referentiels[c.referentiel];
    let changed = || (None, format!("la fiche {path} change en ce moment"), "recommencez".to_owned());
    let avant = bytes(path).ok_or_else(changed)?;
    let old = Read::of(path, &avant).map_err(|_| changed())?;
    if !dossier.is_of(old.text()) {
        return Err(changed());
    }
    let mut apres = avant.clone();
    for group in places(saisies) {
        let (column, colonne) = (Some(group[0].column), group[0].colonne);
        let stuck = |_: Stuck| {
            let message = format!(
                "la fiche {path} est écrite, pour « {} », d'une façon que le programme ne modifie pas",
                colonne.titre
            );
            (column, message, "écrivez ce résultat vous-même dans la fiche".to_owned())
        };
        let read = Read::of(path, &apres).map_err(stuck)?;
        let words = written(read.front());
        let by_code = by_code(words.iter().map(String::as_str), colonne.echelle());
        let own: Vec<(&Colonne, Valeur)> = group.iter().map(|saisie| (saisie.colonne, saisie.apres)).collect();
        let wanted = Wanted::of(&own, c, referentiel, by_code).ok_or(Stuck).map_err(stuck)?;
        let edits = edit(read.front(), &steps(colonne, referentiel), &wanted).map_err(stuck)?;
        apres = edited(&apres, read.front.start, edits).map_err(stuck)?;
    }
    let unfaithful = || {
        let message = format!(
            "la fiche {path} ne dirait pas exactement ce que disent ces cellules : elle est laissée telle quelle"
        );
        (Some(saisies[0].column), message, "écrivez ces résultats vous-même dans la fiche".to_owned())
    };
    let new = Read::of(path, &apres).map_err(|_| unfaithful())?;
    let meant: Vec<(&Colonne, Valeur)> = saisies.iter().map(|saisie| (saisie.colonne, saisie.apres)).collect();
    let candidat = verify(c, &old, &new, &meant, project).map_err(|fault| match fault {
        Fault::Unfaithful => unfaithful(),
        Fault::Mistake(mistake, titre) => {
            let cell = saisies.iter().find(|saisie| Some(&saisie.colonne.titre) == titre.as_ref());
            let message = format!("avec ces résultats, la fiche {path} serait fausse : {mistake}");
            (Some(cell.unwrap_or(&saisies[0]).column), message, "corrigez ces cellules".to_owned())
        }
    })?;
    let cellules = saisies.iter().map(|Saisie { colonne, avant, apres, place, .. }| {
        let found = colonne.presente(&candidat).and_then(|presente| presente.evaluation.resultat(&colonne.item));
        let ligne = found.map_or(1, |found| new.sources.line_column(new.source, found.span.start).0);
        Changement {
            place: place.clone(),
            titre: colonne.titre.clone(),
            avant: avant.map(|avant| dit(avant, colonne.echelle())),
            apres: dit(*apres, colonne.echelle()),
            ligne,
        }
    });
    Ok(FicheChangee { path: path.to_owned(), cellules: cellules.collect(), avant, apres })
}

/// A result as it is shown to people.
fn dit(valeur: Valeur, echelle: &Echelle) -> String {
    if let Valeur::Note(note) = valeur { francais(note) } else { texte(valeur, echelle) }
}

/// What changes in each place of the fiche.
fn places<'s, 'r>(saisies: &'s [Saisie<'r>]) -> Vec<Vec<&'s Saisie<'r>>> {
    // Situations of a list are added one after the other, in whatever order the columns stand.
    let mut ordered: Vec<&Saisie> = saisies.iter().collect();
    ordered.sort_by_key(|saisie| {
        let number = saisie.colonne.situation.as_ref().and_then(|id| id.parse::<usize>().ok());
        (saisie.colonne.numero, number)
    });
    let mut all: Vec<Vec<&Saisie>> = Vec::new();
    for saisie in ordered {
        match all.iter_mut().find(|group| group[0].colonne.place() == saisie.colonne.place()) {
            Some(group) => group.push(saisie),
            None => all.push(vec![saisie]),
        }
    }
    all
}

/// The words of a front matter, values and keys.
fn written(front: &str) -> Vec<String> {
    let Some(root) = spelling(front) else { return Vec::new() };
    root.scalars().into_iter().filter_map(|scalar| scalar.word().map(str::to_owned)).collect()
}
