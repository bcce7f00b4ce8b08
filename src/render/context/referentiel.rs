//! A référentiel as templates see it.

use serde::Serialize;

use crate::model::prose::{Partie, Prose};
use crate::model::referentiel::Referentiel;
use crate::plan::dossier_referentiel;
use crate::render::assets::url;
use crate::render::prose::html;
use crate::typographie::{en_lettres, typographier};

#[derive(Debug, Serialize)]
pub struct ContexteReferentiel {
    id: String,
    version: String,
    titre: String,
    titre_court: String,
    certification: String,
    rncp: Option<String>,
    /// From the output folder.
    url: String,
    objet: ContexteProse,
    note: ContexteProse,
    mode_emploi: ContexteProse,
    echelle: Vec<ContexteNiveau>,
    nb_evaluateurs: usize,
    nb_evaluateurs_lettres: String,
}

#[derive(Debug, Serialize)]
struct ContexteNiveau {
    id: String,
    code: String,
    nom: String,
    definition: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ContexteProse {
    titres: Vec<ContexteTitre>,
    parties: Vec<ContextePartie>,
}

#[derive(Debug, Clone, Serialize)]
struct ContexteTitre {
    niveau: u8,
    id: String,
    titre: String,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum ContextePartie {
    Html {
        html: String,
    },
    Echelle,
    Passage {
        id: String,
        niveau: u8,
        titre: String,
        parcours: String,
        applicable: bool,
        page: bool,
        parties: Vec<ContextePartie>,
    },
}

/// A référentiel for a candidat of a parcours, or for nobody in particular.
pub fn referentiel(r: &Referentiel, parcours: Option<usize>) -> ContexteReferentiel {
    let parcours = parcours.map(|p| r.parcours[p].id.value.as_str());
    ContexteReferentiel {
        id: r.id.clone(),
        version: r.version.clone(),
        titre: typographier(&r.titre),
        titre_court: typographier(r.titre_court()),
        certification: typographier(&r.certification),
        rncp: r.rncp.clone(),
        url: url(&format!("{}/index.html", dossier_referentiel(r))),
        objet: prose(&r.objet, parcours),
        note: prose(&r.note, parcours),
        mode_emploi: prose(&r.mode_emploi, parcours),
        echelle: r
            .echelle
            .iter()
            .map(|n| ContexteNiveau {
                id: n.id.clone(),
                code: n.code.clone(),
                nom: typographier(&n.nom),
                definition: typographier(&n.definition),
            })
            .collect(),
        nb_evaluateurs: r.nb_evaluateurs,
        nb_evaluateurs_lettres: en_lettres(r.nb_evaluateurs),
    }
}

/// Running text; passages of `parcours` are marked as applicable.
pub fn prose(prose: &Prose, parcours: Option<&str>) -> ContexteProse {
    ContexteProse {
        titres: prose
            .titres
            .iter()
            .map(|t| ContexteTitre { niveau: t.niveau, id: t.id.clone(), titre: typographier(&t.titre) })
            .collect(),
        parties: parties(&prose.parties, parcours),
    }
}

fn parties(all: &[Partie], parcours: Option<&str>) -> Vec<ContextePartie> {
    all.iter()
        .map(|partie| match partie {
            Partie::Texte(elements) => ContextePartie::Html { html: html(elements) },
            Partie::Echelle => ContextePartie::Echelle,
            Partie::Passage(p) => ContextePartie::Passage {
                id: p.id.clone(),
                niveau: p.niveau,
                titre: typographier(&p.titre),
                parcours: p.parcours.clone(),
                applicable: parcours.is_some_and(|own| crate::fold::same(own, &p.parcours)),
                page: p.page,
                parties: parties(&p.parties, parcours),
            },
        })
        .collect()
}
