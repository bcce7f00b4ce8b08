//! The list before the documents of a session, as its template sees it: who is in the bundle, and on which pages.

use serde::Serialize;

use super::{ContexteEtat, Libelles, etat, provisoire};
use crate::ground::fold;
use crate::ground::typographie::{nom_de_session, typographier};
use crate::judge::project::Project;

/// Who is in a bundle, by index and in order, with first page and number of pages.
pub(crate) struct Places<'a> {
    pub session: &'a str,
    /// What the theme calls these documents together.
    pub ensemble: &'a str,
    pub duplex: bool,
    pub candidats: Vec<(usize, crate::documents::bundle::PageRange)>,
}

#[derive(Debug, Serialize)]
pub(crate) struct ContexteBordereau {
    session: String,
    /// « juin 2026 »
    session_nom: String,
    ensemble: String,
    recto_verso: bool,
    candidats: Vec<Ligne>,
    /// Those of the candidats, each once.
    referentiels: Vec<LigneReferentiel>,
    pages: usize,
}

#[derive(Debug, Serialize)]
struct Ligne {
    numero: usize,
    nom: String,
    prenom: String,
    nom_complet: String,
    entreprise: Option<String>,
    referentiel: LigneReferentiel,
    parcours: String,
    etat: ContexteEtat,
    provisoire: bool,
    pages: usize,
    premiere: usize,
    derniere: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct LigneReferentiel {
    id: String,
    version: String,
    titre: String,
    titre_court: String,
    certification: String,
}

/// The list of a session.
pub(crate) fn bordereau(project: &Project, places: &Places, words: &Libelles) -> ContexteBordereau {
    let candidats: Vec<Ligne> = places
        .candidats
        .iter()
        .enumerate()
        .map(|(n, (i, place))| {
            let (c, state) = (project.candidat(*i), project.dossiers[*i].bilan.etat);
            let r = &project.referentiels[c.referentiel];
            Ligne {
                numero: n + 1,
                nom: typographier(&c.nom),
                prenom: typographier(&c.prenom),
                nom_complet: typographier(&c.nom_complet()),
                entreprise: c.entreprise.as_deref().map(typographier),
                referentiel: LigneReferentiel {
                    id: r.id.clone(),
                    version: r.version.clone(),
                    titre: typographier(&r.titre),
                    titre_court: typographier(r.titre_court()),
                    certification: typographier(&r.certification),
                },
                parcours: typographier(&r.parcours[c.parcours].nom),
                etat: etat(state.code(), words),
                provisoire: provisoire(state, r),
                pages: place.pages,
                premiere: place.first,
                derniere: place.last(),
            }
        })
        .collect();
    let mut referentiels: Vec<LigneReferentiel> = candidats.iter().map(|c| c.referentiel.clone()).collect();
    referentiels.sort_by_cached_key(|r| [&r.titre, &r.version, &r.id].map(|name| fold::order(name)));
    referentiels.dedup();
    ContexteBordereau {
        session: places.session.to_owned(),
        session_nom: nom_de_session(places.session),
        ensemble: typographier(places.ensemble),
        recto_verso: places.duplex,
        referentiels,
        pages: candidats.iter().map(|c| c.pages).sum(),
        candidats,
    }
}
