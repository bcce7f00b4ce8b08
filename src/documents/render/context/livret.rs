//! A livret as templates see it: the blocs presented with their evaluation, or blank ones.

use serde::Serialize;

use super::referentiel::{ContexteCritere, ContexteSection, Textes, TextesBloc, TextesCompetence};
use super::{ContexteEtat, ContexteManque, Libelles, etat, manque, manques, provisoire};
use crate::documents::render::prose::html;
use crate::ground::typographie::{periode, typographier};
use crate::judge::check::{Bilan, Etat, avis_separes};
use crate::judge::rules::commentaires::obligatoires;
use crate::judge::rules::textes::a_remplacer;
use crate::model::candidat::{Candidat, Evaluation, Resultat};
use crate::model::referentiel::{Noeud, Referentiel};

#[derive(Debug, Serialize)]
pub(crate) struct ContexteLivret<'a> {
    candidat: Option<ContexteCandidat>,
    evaluateurs: Vec<ContexteEvaluateur>,
    etat: ContexteEtat,
    provisoire: bool,
    manques: Vec<ContexteManque>,
    blocs: Vec<ContexteBloc<'a>>,
}

#[derive(Debug, Serialize)]
struct ContexteCandidat {
    id: String,
    session: String,
    nom: String,
    prenom: String,
    nom_complet: String,
    entreprise: Option<String>,
    parcours: ContexteParcours,
}

#[derive(Debug, Serialize)]
struct ContexteParcours {
    id: String,
    nom: String,
}

#[derive(Debug, Serialize)]
struct ContexteEvaluateur {
    numero: usize,
    nom: Option<String>,
    fonction: Option<String>,
}

#[derive(Debug, Serialize)]
struct ContexteBloc<'a> {
    numero: u32,
    id: &'a str,
    titre: &'a str,
    grille_nouvelle_page: bool,
    commentaires_nouvelle_page: bool,
    commentaires_obligatoires: bool,
    sections: &'a [ContexteSection],
    activites: Vec<ContexteActivite<'a>>,
    evaluation: ContexteEvaluation,
    etat: ContexteEtat,
    manques: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ContexteActivite<'a> {
    titre: &'a str,
    competences: Vec<ContexteCompetence<'a>>,
}

#[derive(Debug, Serialize)]
struct ContexteCompetence<'a> {
    id: &'a str,
    titre: &'a str,
    criteres: &'a [ContexteCritere],
    cases: Vec<ContexteCase<'a>>,
    desaccord: bool,
    avis: Vec<ContexteAvis<'a>>,
}

#[derive(Debug, Serialize)]
struct ContexteCase<'a> {
    id: &'a str,
    nom: &'a str,
    code: &'a str,
    cochee: bool,
}

#[derive(Debug, Serialize)]
struct ContexteAvis<'a> {
    evaluateur: usize,
    nom: &'a str,
}

#[derive(Debug, Default, Serialize)]
struct ContexteEvaluation {
    activites_exercees: Option<bool>,
    dates: Option<String>,
    lieu: Option<String>,
    entretiens: Option<u32>,
    duree: Option<String>,
    commentaires: Option<String>,
}

/// The livret of a candidat.
pub(crate) fn livret<'a>(
    c: &Candidat,
    bilan: &Bilan,
    r: &'a Referentiel,
    textes: &'a Textes,
    libelles: &Libelles,
) -> ContexteLivret<'a> {
    let parcours = &r.parcours[c.parcours];
    let typo = |s: &Option<String>| s.as_deref().map(typographier);
    ContexteLivret {
        candidat: Some(ContexteCandidat {
            id: c.id.clone(),
            session: c.session.clone(),
            nom: typographier(&c.nom),
            prenom: typographier(&c.prenom),
            nom_complet: typographier(&c.nom_complet()),
            entreprise: typo(&c.entreprise),
            parcours: ContexteParcours { id: parcours.id.value.clone(), nom: typographier(&parcours.nom) },
        }),
        evaluateurs: c
            .evaluateurs
            .iter()
            .enumerate()
            .map(|(i, e)| ContexteEvaluateur {
                numero: i + 1,
                nom: e.as_ref().map(|e| typographier(&e.nom.value)),
                fonction: e.as_ref().and_then(|e| typo(&e.fonction)),
            })
            .collect(),
        etat: etat(bilan.etat.code(), libelles),
        provisoire: provisoire(bilan.etat, r),
        manques: manques(bilan, libelles),
        blocs: c
            .blocs
            .iter()
            .zip(&bilan.blocs)
            .map(|(presented, state)| {
                let shown = bilan.etat != Etat::Vierge;
                let manques = state.manques.iter().filter(|_| shown);
                ContexteBloc {
                    evaluation: evaluation(&presented.evaluation),
                    etat: etat(state.etat.code(), libelles),
                    manques: manques.map(|m| manque(m, libelles).texte).collect(),
                    ..bloc(presented.bloc, r, textes, Some(&presented.evaluation), libelles)
                }
            })
            .collect(),
    }
}

/// A livret to be filled by hand.
pub(crate) fn vierge<'a>(r: &'a Referentiel, textes: &'a Textes, libelles: &Libelles) -> ContexteLivret<'a> {
    let evaluateurs =
        (1..=r.nb_evaluateurs).map(|numero| ContexteEvaluateur { numero, nom: None, fonction: None }).collect();
    ContexteLivret {
        candidat: None,
        evaluateurs,
        etat: etat(Etat::Vierge.code(), libelles),
        provisoire: provisoire(Etat::Vierge, r),
        manques: a_remplacer(r).iter().map(|m| manque(m, libelles)).collect(),
        blocs: (0..r.blocs.len()).map(|b| bloc(b, r, textes, None, libelles)).collect(),
    }
}

fn evaluation(e: &Evaluation) -> ContexteEvaluation {
    let typo = |s: &Option<String>| s.as_deref().map(typographier);
    ContexteEvaluation {
        activites_exercees: e.activites_exercees,
        dates: e.dates.as_ref().map(|d| periode(d.du.value, d.au.value)),
        lieu: typo(&e.lieu),
        entretiens: e.entretiens.as_ref().map(|n| n.value),
        duree: typo(&e.duree),
        commentaires: (!e.commentaires.is_empty()).then(|| html(&e.commentaires)),
    }
}

fn bloc<'a>(
    index: usize,
    r: &'a Referentiel,
    textes: &'a Textes,
    written: Option<&Evaluation>,
    libelles: &Libelles,
) -> ContexteBloc<'a> {
    let (b, textes_bloc) = (&r.blocs[index], &textes.blocs[index]);
    let TextesBloc { titre, sections, activites } = textes_bloc;
    let competence = |(c, t)| competence(c, t, r, &textes.niveaux, written.and_then(|e| e.resultat(c)));
    ContexteBloc {
        numero: b.numero,
        id: &b.id,
        titre,
        grille_nouvelle_page: !b.suites.grille,
        commentaires_nouvelle_page: !b.suites.commentaires,
        commentaires_obligatoires: obligatoires(b),
        sections,
        activites: b
            .noeuds
            .iter()
            .zip(activites)
            .map(|(a, t)| ContexteActivite {
                titre: &t.titre,
                competences: a.enfants.iter().zip(&t.competences).map(competence).collect(),
            })
            .collect(),
        evaluation: ContexteEvaluation::default(),
        etat: etat(Etat::Vierge.code(), libelles),
        manques: Vec::new(),
    }
}

fn competence<'a>(
    c: &'a Noeud,
    textes: &'a TextesCompetence,
    r: &'a Referentiel,
    niveaux: &'a [String],
    resultat: Option<&Resultat>,
) -> ContexteCompetence<'a> {
    let niveau = resultat.and_then(Resultat::niveau);
    let avis = match resultat {
        Some(r) if niveau.is_none() => avis_separes(&r.avis),
        _ => Vec::new(),
    };
    ContexteCompetence {
        id: c.id(),
        titre: &textes.titre,
        criteres: &textes.criteres,
        cases: r
            .echelle
            .iter()
            .zip(niveaux)
            .enumerate()
            .map(|(i, (n, nom))| ContexteCase { id: &n.id, nom, code: &n.code, cochee: niveau == Some(i) })
            .collect(),
        desaccord: resultat.is_some_and(Resultat::desaccord),
        avis: avis.into_iter().map(|(evaluateur, n)| ContexteAvis { evaluateur, nom: &niveaux[n] }).collect(),
    }
}
