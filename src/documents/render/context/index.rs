//! The pages that lead to others, as templates see them: the index of the project, the page of a référentiel.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::en_erreur::{self, Anciens, ContexteFaute, LigneReferentielEnErreur};
use super::lien::Lien;
use super::titre_du_bloc;
use super::verdict::{ContexteVerdict, verdicts};
use super::{ContexteEtat, ContexteManque, Libelles, etat, manques};
use crate::documents::plan::{Document, Sujet, documents_de};
use crate::documents::render::assets::url;
use crate::ground::fold;
use crate::ground::typographie::{nom_de_session, typographier};
use crate::judge::check::{Bilan, Etat};
use crate::judge::project::{CandidatEnErreur, Dossier, Project};
use crate::model::candidat::Candidat;
use crate::model::referentiel::{Bloc, Referentiel};

/// The state of a candidat whose file has mistakes: its documents are not built.
pub(crate) const ERREUR: &str = "erreur";

#[derive(Debug, Serialize)]
pub(crate) struct ContexteIndex {
    referentiels: Vec<LigneReferentiel>,
    referentiels_en_erreur: Vec<LigneReferentielEnErreur>,
    sessions: Vec<ContexteSession>,
    totaux: Totaux,
    /// Letters that no decomposition makes plain, each with what is searched for it: « œ:oe ł:l ».
    lettres: String,
}

#[derive(Debug, Serialize)]
struct LigneReferentiel {
    id: String,
    version: String,
    titre: String,
    certification: String,
    url: Option<String>,
    vierge_html: Option<String>,
    vierge_pdf: Option<String>,
    nb_blocs: usize,
    nb_competences: usize,
    nb_candidats: usize,
}

#[derive(Debug, Serialize)]
struct ContexteSession {
    id: String,
    /// « juin 2026 »
    nom: String,
    par_etat: Vec<TotalEtat>,
    candidats: Vec<LigneCandidat>,
}

#[derive(Debug, Serialize)]
struct LigneCandidat {
    /// The id of its row, which the candidat's own pages lead back to.
    ancre: String,
    nom_complet: String,
    nom: String,
    prenom: String,
    entreprise: Option<String>,
    /// Who evaluates; for the search.
    evaluateurs: Vec<String>,
    referentiel: Option<RefReferentiel>,
    parcours: Option<String>,
    etat: ContexteEtat,
    manques: Vec<ContexteManque>,
    /// What the results come to, the whole last; nothing of a blank livret.
    verdicts: Vec<ContexteVerdict>,
    blocs: Vec<LigneBloc>,
    documents: Vec<Lien>,
    /// Why nothing is built of the fiche: the documents are the last good ones.
    erreur: Option<ContexteFaute>,
}

#[derive(Debug, Serialize)]
struct RefReferentiel {
    id: String,
    version: String,
    titre: String,
    titre_court: String,
    url: Option<String>,
    /// What it calls a bloc, `libelles.bloc`.
    mot_bloc: String,
}

#[derive(Debug, Serialize)]
struct LigneBloc {
    numero: u32,
    /// Whether it is the sheet of the whole.
    ensemble: bool,
    /// What is printed for its number.
    n: String,
    situation: Option<String>,
    titre: String,
    etat: ContexteEtat,
    nb_competences: usize,
    /// How many of them have a result.
    nb_resultats: usize,
}

#[derive(Debug, Serialize)]
struct Totaux {
    candidats: usize,
    par_etat: Vec<TotalEtat>,
}

#[derive(Debug, Serialize)]
struct TotalEtat {
    code: &'static str,
    nom: String,
    nombre: usize,
}

fn liens(documents: &[Document], libelles: &Libelles, with_pdf: bool) -> Vec<Lien> {
    let lien = |d: &Document| Lien::new(&d.id, &d.titre, &d.html(), d.pdf().filter(|_| with_pdf).as_deref(), libelles);
    documents.iter().map(lien).collect()
}

/// The index of the whole project. `words` are those of each référentiel, those of the theme alone last.
pub(crate) fn index(
    project: &Project,
    documents: &[Document],
    anciens: &Anciens,
    words: &[Libelles],
    with_pdf: bool,
) -> ContexteIndex {
    let own = &words[words.len() - 1];
    let mut sessions: BTreeMap<&str, Vec<LigneCandidat>> = BTreeMap::new();
    for (i, dossier) in project.dossiers.iter().enumerate() {
        let Dossier { candidat, bilan, .. } = &**dossier;
        let words = Words { index: own, referentiel: &words[candidat.referentiel] };
        let liens = liens(documents_de(documents, Sujet::Candidat(i)), words.referentiel, with_pdf);
        let mut ligne = ligne(project, candidat, bilan, documents, &words, liens);
        if let Some(echec) = anciens.echec(i) {
            ligne.documents = anciens.de(&candidat.session, &candidat.id, project, words.referentiel, with_pdf);
            (ligne.etat, ligne.erreur) = (etat(ERREUR, own), Some(echec));
        }
        sessions.entry(&candidat.session).or_default().push(ligne);
    }
    for broken in &project.candidats_en_erreur {
        sessions.entry(&broken.session).or_default().push(ligne_en_erreur(project, broken, anciens, own, with_pdf));
    }
    for lignes in sessions.values_mut() {
        lignes.sort_by_cached_key(|l| [&l.nom, &l.prenom, &l.ancre].map(|name| fold::order(name)));
    }
    let lignes = project.referentiels.iter().enumerate();
    let mut referentiels: Vec<LigneReferentiel> =
        lignes.map(|(i, r)| ligne_referentiel(project, i, r, documents, with_pdf)).collect();
    referentiels.sort_by_cached_key(|r| [&r.titre, &r.version, &r.id].map(|name| fold::order(name)));
    let totaux = Totaux {
        candidats: sessions.values().map(Vec::len).sum(),
        par_etat: par_etat(sessions.values().flatten(), own),
    };
    let mut sessions: Vec<_> = sessions.into_iter().collect();
    sessions.sort_by_cached_key(|(id, _)| Reverse(fold::order(id)));
    ContexteIndex {
        referentiels,
        referentiels_en_erreur: en_erreur::referentiels(project, anciens, own, with_pdf),
        totaux,
        lettres: lettres(),
        sessions: sessions
            .into_iter()
            .map(|(id, candidats)| ContexteSession {
                id: id.to_owned(),
                nom: nom_de_session(id),
                par_etat: par_etat(candidats.iter(), own),
                candidats,
            })
            .collect(),
    }
}

fn lettres() -> String {
    let pairs: Vec<String> = fold::LATIN.iter().map(|(letter, plain)| format!("{letter}:{plain}")).collect();
    pairs.join(" ")
}

/// What the index calls the row of a candidat.
fn ancre(session: &str, id: &str) -> String {
    format!("{session}/{id}").replace(char::is_whitespace, "-")
}

/// The ways out of a candidat's page: to his row of the index, and to his other documents.
#[derive(Debug, Serialize)]
pub(crate) struct ContexteLiens {
    ancre: String,
    documents: Vec<Lien>,
}

pub(crate) fn liens_du_candidat(
    i: usize,
    project: &Project,
    documents: &[Document],
    words: &Libelles,
    with_pdf: bool,
) -> ContexteLiens {
    let candidat = project.candidat(i);
    let own = documents_de(documents, Sujet::Candidat(i));
    ContexteLiens { ancre: url(&ancre(&candidat.session, &candidat.id)), documents: liens(own, words, with_pdf) }
}

/// How many are in each state, in the order that [`Etat::ALL`] has.
fn par_etat<'a>(lignes: impl Iterator<Item = &'a LigneCandidat> + Clone, words: &Libelles) -> Vec<TotalEtat> {
    let codes = Etat::ALL.map(Etat::code).into_iter().chain([ERREUR]);
    let count = |code: &str| lignes.clone().filter(|l| l.etat.code == code).count();
    codes.map(|code| TotalEtat { code, nom: etat(code, words).nom, nombre: count(code) }).collect()
}

fn page_url(documents: &[Document], referentiel: usize) -> Option<String> {
    documents_de(documents, Sujet::Referentiel(referentiel)).iter().find(|d| !d.pdf).map(|d| url(&d.html()))
}

fn ligne_referentiel(
    project: &Project,
    i: usize,
    r: &Referentiel,
    documents: &[Document],
    with_pdf: bool,
) -> LigneReferentiel {
    let vierge = documents_de(documents, Sujet::Referentiel(i)).iter().find(|d| d.pdf);
    LigneReferentiel {
        id: r.id.clone(),
        version: r.version.clone(),
        titre: typographier(&r.titre),
        certification: typographier(&r.certification),
        url: page_url(documents, i),
        vierge_html: vierge.map(|d| url(&d.html())),
        vierge_pdf: vierge.filter(|_| with_pdf).and_then(Document::pdf).map(|p| url(&p)),
        nb_blocs: r.a_choisir().count(),
        nb_competences: r.blocs.iter().flat_map(Bloc::competences).count(),
        nb_candidats: project.candidats().filter(|c| c.referentiel == i).count(),
    }
}

/// States are named alike in the whole index; what a référentiel calls its own way keeps that name.
struct Words<'a> {
    index: &'a Libelles,
    referentiel: &'a Libelles,
}

fn ligne(
    project: &Project,
    c: &Candidat,
    bilan: &Bilan,
    documents: &[Document],
    words: &Words,
    liens: Vec<Lien>,
) -> LigneCandidat {
    let r = &project.referentiels[c.referentiel];
    LigneCandidat {
        ancre: ancre(&c.session, &c.id),
        nom_complet: typographier(&c.nom_complet()),
        nom: typographier(&c.nom),
        prenom: typographier(&c.prenom),
        entreprise: c.entreprise.as_deref().map(typographier),
        evaluateurs: c.evaluateurs().flatten().map(|e| typographier(&e.nom.value)).collect(),
        referentiel: Some(RefReferentiel {
            id: r.id.clone(),
            version: r.version.clone(),
            titre: typographier(&r.titre),
            titre_court: typographier(r.titre_court()),
            url: page_url(documents, c.referentiel),
            mot_bloc: words.referentiel.get("bloc").cloned().unwrap_or_else(|| "bloc".to_owned()),
        }),
        parcours: Some(typographier(&r.parcours[c.parcours].nom)),
        etat: etat(bilan.etat.code(), words.index),
        manques: manques(bilan, words.referentiel),
        verdicts: match bilan.etat {
            Etat::Vierge => Vec::new(),
            _ => verdicts(r, Some((c, bilan)), words.referentiel),
        },
        blocs: c
            .blocs
            .iter()
            .zip(&bilan.blocs)
            .map(|(presented, state)| {
                let bloc = &r.blocs[presented.bloc];
                LigneBloc {
                    numero: bloc.numero,
                    ensemble: bloc.ensemble,
                    n: typographier(&bloc.numero_imprime()),
                    situation: presented.situation.as_ref().map(|s| typographier(s.appelee())),
                    titre: titre_du_bloc(bloc, words.referentiel),
                    etat: etat(state.etat.code(), words.index),
                    nb_competences: bloc.items().len(),
                    nb_resultats: state.resultats,
                }
            })
            .collect(),
        documents: liens,
        erreur: None,
    }
}

fn ligne_en_erreur(
    project: &Project,
    c: &CandidatEnErreur,
    anciens: &Anciens,
    words: &Libelles,
    with_pdf: bool,
) -> LigneCandidat {
    let prenom = typographier(&c.personne.prenom);
    // Without a name it is looked for by the name of its file.
    let (nom, prenom) = match typographier(&c.personne.nom) {
        nom if nom.is_empty() => (c.id.clone(), String::new()),
        nom => (nom, prenom),
    };
    LigneCandidat {
        ancre: ancre(&c.session, &c.id),
        nom_complet: format!("{prenom} {nom}").trim_start().to_owned(),
        nom,
        prenom,
        entreprise: None,
        evaluateurs: Vec::new(),
        referentiel: None,
        parcours: None,
        etat: etat(ERREUR, words),
        manques: Vec::new(),
        verdicts: Vec::new(),
        blocs: Vec::new(),
        documents: anciens.de(&c.session, &c.id, project, words, with_pdf),
        erreur: ContexteFaute::of_candidat(c, project),
    }
}

/// The other versions of a référentiel, and its documents, seen from its own folder.
#[derive(Debug, Serialize)]
pub(crate) struct ContexteVersions {
    versions: Vec<Version>,
    vierge: Option<Vierge>,
}

#[derive(Debug, Serialize)]
struct Version {
    version: String,
    url: String,
    courante: bool,
}

#[derive(Debug, Serialize)]
struct Vierge {
    html: String,
    pdf: Option<String>,
}

pub(crate) fn versions(project: &Project, index: usize, documents: &[Document], with_pdf: bool) -> ContexteVersions {
    let current = &project.referentiels[index];
    let vierge = documents_de(documents, Sujet::Referentiel(index)).iter().find(|d| d.pdf);
    let mut all: Vec<&Referentiel> = project.referentiels.iter().filter(|r| r.id == current.id).collect();
    all.sort_by_cached_key(|r| fold::order(&r.version));
    ContexteVersions {
        versions: all
            .into_iter()
            .map(|r| Version {
                version: r.version.clone(),
                url: url(&format!("../{}/index.html", r.version)),
                courante: r.version == current.version,
            })
            .collect(),
        vierge: vierge.map(|d| Vierge {
            html: url(&format!("{}.html", d.fichier)),
            pdf: with_pdf.then(|| url(&format!("{}.pdf", d.fichier))),
        }),
    }
}
