//! A livret as templates see it: the blocs presented with their evaluation, or blank ones.

use serde::Serialize;

use super::referentiel::{ContexteProse, prose};
use super::{ContexteEtat, ContexteManque, Libelles, etat, manque, manques, provisoire};
use crate::check::{Bilan, Etat, avis_separes, textes_a_remplacer};
use crate::model::candidat::{Candidat, Evaluation, Resultat};
use crate::model::referentiel::{Bloc, Competence, Niveau, Referentiel};
use crate::render::prose::{critere, html};
use crate::typographie::{periode, typographier};

#[derive(Debug, Serialize)]
pub struct ContexteLivret {
    candidat: Option<ContexteCandidat>,
    evaluateurs: Vec<ContexteEvaluateur>,
    etat: ContexteEtat,
    provisoire: bool,
    manques: Vec<ContexteManque>,
    blocs: Vec<ContexteBloc>,
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
struct ContexteBloc {
    numero: u32,
    id: String,
    titre: String,
    grille_nouvelle_page: bool,
    commentaires_obligatoires: bool,
    sections: Vec<ContexteSection>,
    activites: Vec<ContexteActivite>,
    evaluation: ContexteEvaluation,
    etat: ContexteEtat,
    manques: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ContexteSection {
    titre: String,
    prose: ContexteProse,
}

#[derive(Debug, Serialize)]
struct ContexteActivite {
    titre: String,
    competences: Vec<ContexteCompetence>,
}

#[derive(Debug, Serialize)]
struct ContexteCompetence {
    id: String,
    titre: String,
    criteres: Vec<ContexteCritere>,
    cases: Vec<ContexteCase>,
    desaccord: bool,
    avis: Vec<ContexteAvis>,
}

#[derive(Debug, Serialize)]
struct ContexteCritere {
    html: String,
    puce: bool,
    blocs: bool,
}

#[derive(Debug, Serialize)]
struct ContexteCase {
    id: String,
    nom: String,
    code: String,
    cochee: bool,
}

#[derive(Debug, Serialize)]
struct ContexteAvis {
    evaluateur: usize,
    nom: String,
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
pub fn livret(c: &Candidat, bilan: &Bilan, r: &Referentiel, libelles: &Libelles) -> ContexteLivret {
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
                    ..bloc(&r.blocs[presented.bloc], &r.echelle, &presented.evaluation.resultats, libelles)
                }
            })
            .collect(),
    }
}

/// A livret to be filled by hand.
pub fn vierge(r: &Referentiel, libelles: &Libelles) -> ContexteLivret {
    let evaluateurs =
        (1..=r.nb_evaluateurs).map(|numero| ContexteEvaluateur { numero, nom: None, fonction: None }).collect();
    ContexteLivret {
        candidat: None,
        evaluateurs,
        etat: etat(Etat::Vierge.code(), libelles),
        provisoire: provisoire(Etat::Vierge, r),
        manques: textes_a_remplacer(r).iter().map(|m| manque(m, libelles)).collect(),
        blocs: r.blocs.iter().map(|b| bloc(b, &r.echelle, &[], libelles)).collect(),
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

fn bloc(b: &Bloc, echelle: &[Niveau], resultats: &[Option<Resultat>], libelles: &Libelles) -> ContexteBloc {
    let mut resultats = resultats.iter().map(Option::as_ref);
    ContexteBloc {
        numero: b.numero,
        id: b.id.clone(),
        titre: typographier(&b.titre),
        grille_nouvelle_page: b.grille_nouvelle_page,
        commentaires_obligatoires: b.regles.commentaires_obligatoires,
        sections: b
            .sections
            .iter()
            .map(|s| ContexteSection { titre: typographier(&s.titre), prose: prose(&s.prose, None) })
            .collect(),
        activites: b
            .activites
            .iter()
            .map(|a| ContexteActivite {
                titre: typographier(&a.titre),
                competences: a.competences.iter().map(|c| competence(c, echelle, resultats.next().flatten())).collect(),
            })
            .collect(),
        evaluation: ContexteEvaluation::default(),
        etat: etat(Etat::Vierge.code(), libelles),
        manques: Vec::new(),
    }
}

fn competence(c: &Competence, echelle: &[Niveau], resultat: Option<&Resultat>) -> ContexteCompetence {
    let niveau = resultat.and_then(Resultat::niveau);
    let avis = match resultat {
        Some(r) if niveau.is_none() => avis_separes(&r.avis),
        _ => Vec::new(),
    };
    ContexteCompetence {
        id: c.id.value.clone(),
        titre: typographier(&c.titre),
        criteres: c
            .criteres
            .iter()
            .map(|c| ContexteCritere { html: critere(&c.contenu), puce: c.puce, blocs: c.has_blocks() })
            .collect(),
        cases: echelle
            .iter()
            .enumerate()
            .map(|(i, n)| ContexteCase {
                id: n.id.clone(),
                nom: typographier(&n.nom),
                code: n.code.clone(),
                cochee: niveau == Some(i),
            })
            .collect(),
        desaccord: resultat.is_some_and(Resultat::desaccord),
        avis: avis
            .into_iter()
            .map(|(evaluateur, n)| ContexteAvis { evaluateur, nom: typographier(&echelle[n].nom) })
            .collect(),
    }
}
