//! The pages that lead to others, as templates see them: the index of the project, the page of a référentiel.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tera::Value;

use super::en_erreur::{self, Anciens, faute_du_candidat};
use super::lien::lien;
use super::verdict::verdicts;
use super::{Field, Libelles, etat, fields, identite, list, manques, nom_d_etat, personne, titre_du_bloc};
use crate::documents::plan::{Document, Sujet, documents_de};
use crate::documents::render::assets::url;
use crate::ground::fold;
use crate::ground::typographie::{nom_de_session, typographier};
use crate::judge::check::Etat;
use crate::judge::project::{CandidatEnErreur, Dossier, Project};
use crate::model::referentiel::{Bloc, Referentiel};

/// The state of a candidat whose file has mistakes: its documents are not built.
pub(crate) const ERREUR: &str = "erreur";

/// The row of a candidat.
struct Ligne {
    /// Its place among the others of the session: name, first name, anchor.
    ordre: [fold::Order; 3],
    etat: &'static str,
    valeur: Value,
}

/// What the pages of an index are made of.
struct Index<'a> {
    project: &'a Project,
    documents: &'a [Document],
    anciens: &'a Anciens,
    /// Those of each référentiel.
    words: &'a [Libelles],
    /// Those of the theme alone: states are named alike in the whole index.
    own: &'a Libelles,
    with_pdf: bool,
}

/// The index of the whole project. `words` are those of each référentiel, those of the theme alone last.
pub(crate) fn index(
    project: &Project,
    documents: &[Document],
    anciens: &Anciens,
    words: &[Libelles],
    with_pdf: bool,
) -> Vec<Field> {
    let own = &words[words.len() - 1];
    let index = Index { project, documents, anciens, words, own, with_pdf };
    let mut sessions: BTreeMap<&str, Vec<Ligne>> = BTreeMap::new();
    for (i, dossier) in project.dossiers.iter().enumerate() {
        sessions.entry(&dossier.candidat.session).or_default().push(index.ligne(i, dossier));
    }
    for broken in &project.candidats_en_erreur {
        sessions.entry(&broken.session).or_default().push(index.ligne_en_erreur(broken));
    }
    for lignes in sessions.values_mut() {
        lignes.sort_by(|a, b| a.ordre.cmp(&b.ordre));
    }
    let mut referentiels: Vec<(usize, &Referentiel)> = project.referentiels.iter().enumerate().collect();
    referentiels
        .sort_by_cached_key(|(_, r)| [&typographier(&r.titre), &r.version, &r.id].map(|name| fold::order(name)));
    let totaux = [
        ("candidats", sessions.values().map(Vec::len).sum::<usize>().into()),
        ("par_etat", par_etat(sessions.values().flatten(), own)),
    ];
    let mut sessions: Vec<_> = sessions.into_iter().collect();
    sessions.sort_by_cached_key(|(id, _)| Reverse(fold::order(id)));
    let session = |(id, lignes): (&str, Vec<Ligne>)| {
        fields([
            ("id", id.into()),
            // « juin 2026 »
            ("nom", nom_de_session(id).into()),
            ("par_etat", par_etat(lignes.iter(), own)),
            ("candidats", list(lignes.into_iter().map(|ligne| ligne.valeur))),
        ])
    };
    vec![
        ("referentiels", list(referentiels.into_iter().map(|(i, r)| index.referentiel(i, r)))),
        ("referentiels_en_erreur", en_erreur::referentiels(project, anciens, own, with_pdf)),
        ("sessions", list(sessions.into_iter().map(session))),
        ("totaux", fields(totaux)),
        ("lettres", lettres().into()),
    ]
}

/// Letters that no decomposition makes plain, each with what is searched for it: « œ:oe ł:l ».
fn lettres() -> String {
    let pairs: Vec<String> = fold::LATIN.iter().map(|(letter, plain)| format!("{letter}:{plain}")).collect();
    pairs.join(" ")
}

/// What the index calls the row of a candidat.
fn ancre(session: &str, id: &str) -> String {
    format!("{session}/{id}").replace(char::is_whitespace, "-")
}

fn liens(documents: &[Document], libelles: &Libelles, with_pdf: bool) -> Value {
    let pdf = |d: &Document| d.pdf().filter(|_| with_pdf);
    list(documents.iter().map(|d| lien(&d.id, &d.titre, &d.html(), pdf(d).as_deref(), libelles)))
}

/// The ways out of a candidat's page: to his row of the index, and to his other documents.
pub(crate) fn liens_du_candidat(
    i: usize,
    project: &Project,
    documents: &[Document],
    words: &Libelles,
    with_pdf: bool,
) -> [Field; 2] {
    let candidat = project.candidat(i);
    let own = documents_de(documents, Sujet::Candidat(i));
    [("ancre", url(&ancre(&candidat.session, &candidat.id)).into()), ("documents", liens(own, words, with_pdf))]
}

/// How many are in each state, in the order that [`Etat::ALL`] has.
fn par_etat<'a>(lignes: impl Iterator<Item = &'a Ligne> + Clone, words: &Libelles) -> Value {
    let codes = Etat::ALL.map(Etat::code).into_iter().chain([ERREUR]);
    let count = |code: &str| lignes.clone().filter(|l| l.etat == code).count();
    list(codes.map(|code| {
        fields([("code", code.into()), ("nom", nom_d_etat(code, words).into()), ("nombre", count(code).into())])
    }))
}

impl Index<'_> {
    fn page_url(&self, referentiel: usize) -> Value {
        let own = documents_de(self.documents, Sujet::Referentiel(referentiel));
        own.iter().find(|d| !d.pdf).map(|d| url(&d.html())).into()
    }

    fn referentiel(&self, i: usize, r: &Referentiel) -> Value {
        let vierge = documents_de(self.documents, Sujet::Referentiel(i)).iter().find(|d| d.pdf);
        let pdf = vierge.filter(|_| self.with_pdf).and_then(Document::pdf);
        let more = [
            ("certification", typographier(&r.certification).into()),
            ("url", self.page_url(i)),
            ("vierge_html", vierge.map(|d| url(&d.html())).into()),
            ("vierge_pdf", pdf.map(|path| url(&path)).into()),
            ("nb_blocs", r.a_choisir().count().into()),
            ("nb_competences", r.blocs.iter().flat_map(Bloc::competences).count().into()),
            ("nb_candidats", self.project.candidats().filter(|c| c.referentiel == i).count().into()),
        ];
        fields(identite(r).into_iter().chain(more))
    }

    fn ligne(&self, i: usize, Dossier { candidat: c, bilan, .. }: &Dossier) -> Ligne {
        let (r, words) = (&self.project.referentiels[c.referentiel], &self.words[c.referentiel]);
        // Why nothing is built of the fiche: the documents are the last good ones.
        let echec = self.anciens.echec(i);
        let (code, documents) = match echec {
            Some(_) => (ERREUR, self.anciens.de(&c.session, &c.id, self.project, words, self.with_pdf)),
            None => {
                let own = documents_de(self.documents, Sujet::Candidat(i));
                (bilan.etat.code(), liens(own, words, self.with_pdf))
            }
        };
        let referentiel = [
            ("titre_court", typographier(r.titre_court()).into()),
            ("url", self.page_url(c.referentiel)),
            // What it calls a bloc.
            ("mot_bloc", words.get("bloc").map_or("bloc", String::as_str).into()),
        ];
        let blocs = c.blocs.iter().zip(&bilan.blocs).map(|(presented, state)| {
            let bloc = &r.blocs[presented.bloc];
            fields([
                ("numero", bloc.numero.into()),
                // Whether it is the sheet of the whole.
                ("ensemble", bloc.ensemble.into()),
                // What is printed for its number.
                ("n", typographier(&bloc.numero_imprime()).into()),
                ("situation", presented.situation.as_ref().map(|s| typographier(s.appelee())).into()),
                ("titre", titre_du_bloc(bloc, words).into()),
                ("etat", etat(state.etat.code(), self.own)),
                ("nb_competences", bloc.items().len().into()),
                // How many of them have a result.
                ("nb_resultats", state.resultats.into()),
            ])
        });
        // What the results come to, the whole last; nothing of a blank livret.
        let verdicts = match bilan.etat {
            Etat::Vierge => Vec::new(),
            _ => verdicts(r, Some((c, bilan)), words),
        };
        let ancre = ancre(&c.session, &c.id);
        let more = [
            // The id of its row, which the candidat's own pages lead back to.
            ("ancre", ancre.as_str().into()),
            // Who evaluates; for the search.
            ("evaluateurs", list(c.evaluateurs().flatten().map(|e| typographier(&e.nom.value).into()))),
            ("referentiel", fields(identite(r).into_iter().chain(referentiel))),
            ("parcours", typographier(&r.parcours[c.parcours].nom).into()),
            ("etat", etat(code, self.own)),
            ("manques", manques(bilan, words)),
            ("verdicts", Value::from_serializable(&verdicts)),
            ("blocs", list(blocs)),
            ("documents", documents),
            ("erreur", echec.into()),
        ];
        let ordre = [&typographier(&c.nom), &typographier(&c.prenom), &ancre].map(|name| fold::order(name));
        Ligne { ordre, etat: code, valeur: fields(personne(c).into_iter().chain(more)) }
    }

    fn ligne_en_erreur(&self, c: &CandidatEnErreur) -> Ligne {
        let prenom = typographier(&c.personne.prenom);
        // Without a name it is looked for by the name of its file.
        let (nom, prenom) = match typographier(&c.personne.nom) {
            nom if nom.is_empty() => (c.id.clone(), String::new()),
            nom => (nom, prenom),
        };
        let ancre = ancre(&c.session, &c.id);
        let valeur = fields([
            ("ancre", ancre.as_str().into()),
            ("nom_complet", format!("{prenom} {nom}").trim_start().into()),
            ("nom", nom.as_str().into()),
            ("prenom", prenom.as_str().into()),
            ("entreprise", Value::none()),
            ("evaluateurs", list([])),
            ("referentiel", Value::none()),
            ("parcours", Value::none()),
            ("etat", etat(ERREUR, self.own)),
            ("manques", list([])),
            ("verdicts", list([])),
            ("blocs", list([])),
            ("documents", self.anciens.de(&c.session, &c.id, self.project, self.own, self.with_pdf)),
            ("erreur", faute_du_candidat(c, self.project).into()),
        ]);
        Ligne { ordre: [&nom, &prenom, &ancre].map(|name| fold::order(name)), etat: ERREUR, valeur }
    }
}

/// The other versions of a référentiel, and its documents, seen from its own folder.
pub(crate) fn versions(project: &Project, index: usize, documents: &[Document], with_pdf: bool) -> [Field; 2] {
    let current = &project.referentiels[index];
    let vierge = documents_de(documents, Sujet::Referentiel(index)).iter().find(|d| d.pdf);
    let vierge = vierge.map(|d| {
        let pdf = with_pdf.then(|| url(&format!("{}.pdf", d.fichier)));
        fields([("html", url(&format!("{}.html", d.fichier)).into()), ("pdf", pdf.into())])
    });
    let mut all: Vec<&Referentiel> = project.referentiels.iter().filter(|r| r.id == current.id).collect();
    all.sort_by_cached_key(|r| fold::order(&r.version));
    let version = |r: &Referentiel| {
        fields([
            ("version", r.version.as_str().into()),
            ("url", url(&format!("../{}/index.html", r.version)).into()),
            ("courante", (r.version == current.version).into()),
        ])
    };
    [("versions", list(all.into_iter().map(version))), ("vierge", vierge.into())]
}
