//! The list before the documents of a session, as its template sees it: who is in the bundle, and on which pages.

use tera::Value;

use super::{Field, Libelles, etat, fields, identite, list, personne, provisoire};
use crate::ground::fold;
use crate::ground::typographie::{nom_de_session, typographier};
use crate::judge::project::Project;
use crate::model::referentiel::Referentiel;

/// Who is in a bundle, by index and in order, with first page and number of pages.
pub(crate) struct Places<'a> {
    pub session: &'a str,
    /// What the theme calls these documents together.
    pub ensemble: &'a str,
    pub duplex: bool,
    pub candidats: Vec<(usize, crate::documents::bundle::PageRange)>,
}

/// The list of a session.
pub(crate) fn bordereau(project: &Project, places: &Places, words: &Libelles) -> Vec<Field> {
    let of = |i: usize| &project.referentiels[project.candidat(i).referentiel];
    let lignes = places.candidats.iter().enumerate().map(|(n, (i, place))| {
        let (c, state, r) = (project.candidat(*i), project.dossiers[*i].bilan.etat, of(*i));
        let own = [
            ("numero", (n + 1).into()),
            ("referentiel", referentiel(r)),
            ("parcours", typographier(&r.parcours[c.parcours].nom).into()),
            ("etat", etat(state.code(), words)),
            ("provisoire", provisoire(state, r).into()),
            ("pages", place.pages.into()),
            ("premiere", place.first.into()),
            ("derniere", place.last().into()),
        ];
        fields(personne(c).into_iter().chain(own))
    });
    // Those of the candidats, each once.
    let mut referentiels: Vec<&Referentiel> = places.candidats.iter().map(|(i, _)| of(*i)).collect();
    referentiels.sort_by_cached_key(|r| [&typographier(&r.titre), &r.version, &r.id].map(|name| fold::order(name)));
    referentiels.dedup_by_key(|r| r.chemin());
    vec![
        ("session", places.session.into()),
        // « juin 2026 »
        ("session_nom", nom_de_session(places.session).into()),
        ("ensemble", typographier(places.ensemble).into()),
        ("recto_verso", places.duplex.into()),
        ("candidats", list(lignes)),
        ("referentiels", list(referentiels.into_iter().map(referentiel))),
        ("pages", places.candidats.iter().map(|(_, place)| place.pages).sum::<usize>().into()),
    ]
}

fn referentiel(r: &Referentiel) -> Value {
    let more = [
        ("titre_court", typographier(r.titre_court()).into()),
        ("certification", typographier(&r.certification).into()),
    ];
    fields(identite(r).into_iter().chain(more))
}
