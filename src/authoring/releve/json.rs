//! A session's results for programs: exact and versioned. Values are texts as a fiche writes them, since a number of
//! JSON is one thing here and another there.

use serde_json::{Map, Value, json};

use super::columns::{Cellule, Colonne, Qui, texte};
use super::sheet::{Feuille, Ligne};
use crate::model::forme::Echelle;
use crate::model::referentiel::Referentiel;

/// What the file says that it is.
pub(crate) const FORMAT: &str = "livret/resultats";
/// Raised when a reader of the one before would misread it.
pub(crate) const VERSION: u64 = 1;

pub fn json(session: &str, feuilles: &[Feuille]) -> Vec<u8> {
    let referentiels: Vec<Value> = feuilles.iter().map(feuille).collect();
    let all = json!({ "format": FORMAT, "version": VERSION, "session": session, "referentiels": referentiels });
    let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}

fn feuille(feuille: &Feuille) -> Value {
    let colonnes: Vec<Value> = feuille.colonnes.iter().map(|c| colonne(c, feuille.referentiel)).collect();
    let resultat = |(cellule, colonne): (&Cellule, &Colonne)| match cellule {
        Cellule::Ouverte(valeur) => {
            Some((colonne.titre.clone(), Value::from(valeur.map(|valeur| texte(valeur, colonne.echelle())))))
        }
        Cellule::Fermee(_) => None,
    };
    let candidat = |ligne: &Ligne| {
        let resultats: Map<String, Value> = ligne.cellules.iter().zip(&feuille.colonnes).filter_map(resultat).collect();
        let derives = ligne.derives.iter().map(|(titre, valeur)| (titre.clone(), Value::from(valeur.clone())));
        let [fiche, nom, prenom, _, parcours] = &ligne.qui;
        json!({ "fiche": fiche, "nom": nom, "prenom": prenom, "parcours": parcours,
                "resultats": resultats, "derives": derives.collect::<Map<_, _>>() })
    };
    let candidats: Vec<Value> = feuille.lignes.iter().map(candidat).collect();
    json!({ "referentiel": feuille.referentiel.chemin(), "colonnes": colonnes, "candidats": candidats })
}

fn colonne(colonne: &Colonne, r: &Referentiel) -> Value {
    let role = match colonne.qui {
        Qui::Role(role) if r.roles.len() > 1 => Some(r.roles[role].id.as_str()),
        _ => None,
    };
    json!({
        "titre": colonne.titre,
        "bloc": colonne.bloc.id,
        "situation": colonne.situation,
        "competence": colonne.item.noeud.map(|noeud| noeud.id()),
        "critere": colonne.item.critere,
        "role": role,
        "echelle": echelle(colonne.echelle()),
    })
}

fn echelle(echelle: &Echelle) -> Value {
    let ids: Vec<&str> = echelle.niveaux().iter().map(|n| n.id.as_str()).collect();
    match echelle {
        Echelle::Niveaux(_) => json!({ "niveaux": ids }),
        Echelle::Note(note) => json!({
            "max": note.max.normalize().to_string(), "pas": note.pas.normalize().to_string(), "autres": ids
        }),
        Echelle::Coche => json!({ "niveaux": ["oui", "non"] }),
    }
}
