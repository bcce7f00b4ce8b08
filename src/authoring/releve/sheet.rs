//! What a table of a session holds: for each référentiel and version a sheet, with a row for each candidat. How it is
//! written is left to [`super::xlsx`], [`super::csv`] and [`super::json`].

use super::columns::{Cellule, Colonne, Etendue, colonnes, doubles};
use super::derives::derives;
use crate::judge::project::{Dossier, Project};
use crate::model::candidat::Candidat;
use crate::model::referentiel::Referentiel;

/// The columns that say whose row it is, and of which référentiel its results are. A table is known by them.
pub const QUI: [&str; 5] = ["Fiche", "Nom", "Prénom", "Référentiel", "Parcours"];

/// One sheet.
pub struct Feuille<'p> {
    pub referentiel: &'p Referentiel,
    pub colonnes: Vec<Colonne<'p>>,
    pub lignes: Vec<Ligne>,
}

/// One row.
pub struct Ligne {
    /// In the order of [`QUI`].
    pub qui: [String; 5],
    /// In the order of the columns.
    pub cellules: Vec<Cellule>,
    /// What follows from the results: title and value. All rows have the same titles.
    pub derives: Vec<(String, Option<String>)>,
}

/// The sheets of a session, in the order of référentiels; none for a session without sound candidats.
///
/// # Errors
/// The title that two columns of a référentiel would share, and its path.
pub fn feuilles<'p>(project: &'p Project, session: &str) -> Result<Vec<Feuille<'p>>, (String, String)> {
    let own: Vec<&Dossier> =
        project.dossiers.iter().map(AsRef::as_ref).filter(|d| d.candidat.session == session).collect();
    let mut all = Vec::new();
    for (index, referentiel) in project.referentiels.iter().enumerate() {
        let here: Vec<&Dossier> = own.iter().copied().filter(|d| d.candidat.referentiel == index).collect();
        if here.is_empty() {
            continue;
        }
        let candidats: Vec<&Candidat> = here.iter().map(|d| &d.candidat).collect();
        let colonnes = colonnes(referentiel, &candidats, Etendue::Utiles);
        if let Some(titre) = doubles(&colonnes) {
            return Err((titre, referentiel.chemin()));
        }
        let ligne = |dossier: &&Dossier| Ligne {
            qui: qui(&dossier.candidat, referentiel),
            cellules: colonnes.iter().map(|colonne| colonne.cellule(&dossier.candidat, referentiel)).collect(),
            derives: derives(referentiel, Some(dossier)),
        };
        let lignes = here.iter().map(ligne).collect();
        all.push(Feuille { referentiel, colonnes, lignes });
    }
    Ok(all)
}

/// Whose row it is.
pub(crate) fn qui(c: &Candidat, referentiel: &Referentiel) -> [String; 5] {
    let parcours = &referentiel.parcours[c.parcours];
    [cle(c), c.nom.clone(), c.prenom.clone(), referentiel.chemin(), parcours.id.value.clone()]
}

/// What a fiche is called in a table.
pub(crate) fn cle(c: &Candidat) -> String {
    format!("{}/{}", c.session, c.id)
}
