//! A livret as templates see it: the blocs presented with their evaluation, or blank ones.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use tera::{TeraResult, Value};

use super::critere::ContexteCritere;
use super::referentiel::{Textes, TextesActivite, TextesBloc, TextesCompetence, grille_de};
use super::resultat::{ContexteAvis, ContexteCase, ContexteResultat, Sienne, cle, resultat};
use super::verdict::{ContexteDecision, ContexteTotal, ContexteVerdict, decisions, raisons, totaux, verdicts};
use super::{ContexteEtat, ContexteManque, Libelles, etat, manque, manques, provisoire, titre_du_bloc};
use crate::documents::render::prose::html;
use crate::ground::typographie::{periode, typographier};
use crate::judge::check::{Bilan, Etat};
use crate::judge::rules::commentaires::obligatoires;
use crate::judge::rules::textes::a_remplacer;
use crate::model::candidat::{BlocPresente, Candidat, Evaluation, Place, Presentee};
use crate::model::forme::{Cases, Signataire, Situation, Situations};
use crate::model::libelle::Civilite;
use crate::model::noeud::{Item, Noeud};
use crate::model::referentiel::Referentiel;

#[derive(Serialize)]
pub(crate) struct ContexteLivret<'a> {
    candidat: Option<ContexteCandidat>,
    evaluateurs: Vec<ContexteEvaluateur<'a>>,
    champs: Vec<ContexteChamp>,
    etat: ContexteEtat,
    provisoire: bool,
    manques: Vec<ContexteManque>,
    #[serde(skip)]
    blocs: Vec<ContexteBloc<'a>>,
    /// What the results come to: of each bloc that is judged, then of the whole.
    verdicts: Vec<ContexteVerdict>,
    decisions: Vec<ContexteDecision>,
}

impl ContexteLivret<'_> {
    /// Its blocs, with the texts that all candidats share: copied for each, these would take longer than all else.
    ///
    /// # Errors
    /// Those of templates' values; plain data has none.
    pub(crate) fn blocs(&self) -> TeraResult<Value> {
        let bloc = |bloc: &ContexteBloc| {
            let mut all = Value::try_from_serializable(bloc)?.into_map().unwrap_or_default();
            all.insert("sections".into(), bloc.textes.sections.clone());
            all.insert("fin".into(), bloc.textes.fin.clone());
            Ok(Value::from(all))
        };
        Ok(Value::from(self.blocs.iter().map(bloc).collect::<TeraResult<Vec<Value>>>()?))
    }
}

#[derive(Debug, Serialize)]
struct ContexteCandidat {
    id: String,
    session: String,
    nom: String,
    prenom: String,
    nom_complet: String,
    civilite: Option<&'static str>,
    entreprise: Option<String>,
    parcours: ContexteParcours,
}

#[derive(Debug, Serialize)]
struct ContexteParcours {
    id: String,
    nom: String,
}

#[derive(Debug, Serialize)]
struct ContexteEvaluateur<'a> {
    numero: usize,
    /// The name of the role, if it has one.
    role: Option<&'a str>,
    nom: Option<String>,
    fonction: Option<String>,
}

#[derive(Serialize)]
struct ContexteBloc<'a> {
    numero: u32,
    /// Whether it is the sheet of the whole, which has no number and no grille.
    ensemble: bool,
    /// What is printed for its number.
    n: &'a str,
    id: &'a str,
    titre: Cow<'a, str>,
    /// The situation of this sheet, and all of the bloc's.
    situation: Option<ContexteSituation>,
    situations: Vec<ContexteSituation>,
    /// Whether it is the first sheet of its bloc.
    premiere: bool,
    grille_nouvelle_page: bool,
    commentaires_nouvelle_page: bool,
    commentaires_obligatoires: bool,
    #[serde(skip)]
    textes: &'a TextesBloc,
    activites: Vec<ContexteActivite<'a>>,
    /// Whether it has one, among the `grilles` of the page.
    grille: bool,
    /// Its key among them.
    grille_de: String,
    /// What the codes at the head of its columns mean.
    legende: Vec<ContexteCode<'a>>,
    /// By the keys of what is evaluated.
    resultats: BTreeMap<String, ContexteResultat<'a>>,
    /// That of the bloc, if it has one alone.
    resultat: Option<ContexteResultat<'a>>,
    /// What is calculated under its rows, by the places of titles.
    totaux: BTreeMap<String, ContexteTotal>,
    /// Why it is not accessible, if it is not.
    ferme: Vec<String>,
    signatures: Vec<ContexteSignature<'a>>,
    /// Whether its évaluateurs are others than those of the livret.
    evaluateurs_propres: bool,
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
    avis: Vec<ContexteAvis>,
}

#[derive(Debug, Default, Serialize)]
struct ContexteEvaluation {
    activites_exercees: Option<bool>,
    dates: Option<String>,
    lieu: Option<String>,
    entretiens: Option<u32>,
    duree: Option<String>,
    champs: Vec<ContexteChamp>,
    commentaires: Option<String>,
}

/// A fact that the référentiel asks for.
#[derive(Debug, Serialize)]
struct ContexteChamp {
    id: String,
    nom: String,
    valeur: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct ContexteSituation {
    id: String,
    nom: Option<String>,
    cochee: bool,
}

#[derive(Debug, Serialize)]
struct ContexteCode<'a> {
    code: &'a str,
    nom: &'a str,
}

/// A place to sign.
#[derive(Debug, Serialize)]
struct ContexteSignature<'a> {
    /// `evaluateur`, `candidat` or `cachet`.
    sorte: &'static str,
    evaluateur: Option<ContexteEvaluateur<'a>>,
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
            civilite: c.civilite.map(Civilite::mot),
            entreprise: typo(&c.entreprise),
            parcours: ContexteParcours { id: parcours.id.value.clone(), nom: typographier(&parcours.nom) },
        }),
        evaluateurs: evaluateurs(&c.evaluateurs, textes),
        champs: champs(&r.champs.candidat, &c.champs),
        etat: etat(bilan.etat.code(), libelles),
        provisoire: provisoire(bilan.etat, r),
        manques: manques(bilan, libelles),
        blocs: c
            .blocs
            .iter()
            .zip(&bilan.blocs)
            .zip(&bilan.verdicts.feuilles)
            .map(|((presented, state), feuille)| {
                let ferme = bilan.verdicts.ferme(presented.bloc);
                let (own, situation) = (&r.blocs[presented.bloc], presented.situation.as_ref());
                let shown = bilan.etat != Etat::Vierge;
                let manques = state.manques.iter().filter(|_| shown);
                ContexteBloc {
                    evaluation: evaluation(&presented.evaluation, r),
                    etat: etat(state.etat.code(), libelles),
                    manques: manques.map(|m| manque(m, libelles).texte).collect(),
                    totaux: totaux(own, r, situation, Some(feuille)),
                    ferme: ferme.map(|verdict| raisons(verdict, r, libelles)).unwrap_or_default(),
                    ..bloc(Sheet::of(presented, c), r, textes, libelles)
                }
            })
            .collect(),
        verdicts: verdicts(r, Some((c, bilan)), libelles),
        decisions: decisions(c, bilan, r, libelles),
    }
}

/// A livret to be filled by hand.
pub(crate) fn vierge<'a>(r: &'a Referentiel, textes: &'a Textes, libelles: &Libelles) -> ContexteLivret<'a> {
    let places = Place::vides(&r.roles);
    let vierges: Vec<BlocPresente> = r.blocs.iter().enumerate().flat_map(BlocPresente::vierges).collect();
    let sheets = vierges.iter().enumerate().map(|(at, presented)| Sheet {
        bloc: presented.bloc,
        situation: presented.situation.as_ref(),
        written: None,
        places: &places,
        premiere: at == 0 || vierges[at - 1].bloc != presented.bloc,
    });
    ContexteLivret {
        candidat: None,
        evaluateurs: evaluateurs(&places, textes),
        champs: champs(&r.champs.candidat, &BTreeMap::new()),
        etat: etat(Etat::Vierge.code(), libelles),
        provisoire: provisoire(Etat::Vierge, r),
        manques: a_remplacer(r).iter().map(|m| manque(m, libelles)).collect(),
        blocs: sheets.map(|sheet| bloc(sheet, r, textes, libelles)).collect(),
        verdicts: verdicts(r, None, libelles),
        decisions: Vec::new(),
    }
}

/// One sheet of a bloc: that of a situation, if it has some.
struct Sheet<'s> {
    bloc: usize,
    situation: Option<&'s Presentee>,
    written: Option<&'s Evaluation>,
    places: &'s [Place],
    premiere: bool,
}

impl<'s> Sheet<'s> {
    fn of(presented: &'s BlocPresente, candidat: &'s Candidat) -> Self {
        let first = candidat.blocs.iter().find(|other| other.bloc == presented.bloc);
        let written = &presented.evaluation;
        Self {
            bloc: presented.bloc,
            situation: presented.situation.as_ref(),
            written: Some(written),
            places: written.evaluateurs.as_deref().unwrap_or(&candidat.evaluateurs),
            premiere: first.is_some_and(|first| std::ptr::eq(first, presented)),
        }
    }
}

fn evaluateurs<'a>(places: &[Place], textes: &'a Textes) -> Vec<ContexteEvaluateur<'a>> {
    places.iter().enumerate().map(|(i, place)| evaluateur(i, place, textes)).collect()
}

fn evaluateur<'a>(i: usize, place: &Place, textes: &'a Textes) -> ContexteEvaluateur<'a> {
    ContexteEvaluateur {
        numero: i + 1,
        role: textes.roles[place.role].as_deref(),
        nom: place.qui.as_ref().map(|e| typographier(&e.nom.value)),
        fonction: place.qui.as_ref().and_then(|e| e.fonction.as_deref().map(typographier)),
    }
}

fn champs(asked: &[(String, String)], written: &BTreeMap<String, String>) -> Vec<ContexteChamp> {
    let one = |(id, nom): &(String, String)| ContexteChamp {
        id: id.clone(),
        nom: typographier(nom),
        valeur: written.get(id).map(|valeur| typographier(valeur)),
    };
    asked.iter().map(one).collect()
}

fn signatures<'a>(r: &Referentiel, places: &[Place], textes: &'a Textes) -> Vec<ContexteSignature<'a>> {
    let mut all = Vec::new();
    for signataire in &r.signatures {
        match signataire {
            Signataire::Candidat => all.push(ContexteSignature { sorte: "candidat", evaluateur: None }),
            Signataire::Cachet => all.push(ContexteSignature { sorte: "cachet", evaluateur: None }),
            Signataire::Role(role) => {
                let own = places.iter().enumerate().filter(|(_, place)| place.role == *role);
                let own = own.map(|(i, place)| Some(evaluateur(i, place, textes)));
                all.extend(own.map(|evaluateur| ContexteSignature { sorte: "evaluateur", evaluateur }));
            }
        }
    }
    all
}

fn evaluation(e: &Evaluation, r: &Referentiel) -> ContexteEvaluation {
    let typo = |s: &Option<String>| s.as_deref().map(typographier);
    ContexteEvaluation {
        activites_exercees: e.activites_exercees,
        dates: e.dates.as_ref().map(|d| periode(d.du.value, d.au.value)),
        lieu: typo(&e.lieu),
        entretiens: e.entretiens.as_ref().map(|n| n.value),
        duree: typo(&e.duree),
        champs: champs(&r.champs.evaluation, &e.champs),
        commentaires: (!e.commentaires.is_empty()).then(|| html(&e.commentaires)),
    }
}

fn bloc<'a>(sheet: Sheet, r: &'a Referentiel, textes: &'a Textes, libelles: &Libelles) -> ContexteBloc<'a> {
    let (b, t) = (&r.blocs[sheet.bloc], &textes.blocs[sheet.bloc]);
    let situation_id = sheet.situation.map(|situation| situation.id.as_str());
    let niveaux = t.niveaux(sheet.situation);
    let sienne = Sienne { bloc: b, echelle: b.echelle(situation_id), niveaux, juge: t.juge };
    let of = |item: &Item| {
        let found = sheet.written.and_then(|e| e.resultat(item));
        (item.cle.clone(), resultat(&cle(&item.cle, sheet.situation), found, sienne, r, textes))
    };
    let mut resultats: BTreeMap<String, ContexteResultat> = b.items().iter().map(of).collect();
    let own = if b.est_evalue_entier() { resultats.remove(&b.id) } else { None };
    let activite = |(a, t): (&'a Noeud, &'a TextesActivite)| ContexteActivite {
        titre: &t.titre,
        competences: a
            .enfants
            .iter()
            .zip(&t.competences)
            .map(|(c, t)| competence(c, t, sienne, &sheet, r, textes))
            .collect(),
    };
    ContexteBloc {
        numero: b.numero,
        ensemble: b.ensemble,
        n: &t.numero,
        id: &b.id,
        titre: if b.ensemble { titre_du_bloc(b, libelles).into() } else { t.titre.as_str().into() },
        situation: match (&b.situations, sheet.situation) {
            (_, Some(s)) => Some(situation(&s.id, s.nom.as_deref(), true)),
            (Situations::Libres, None) => Some(situation("1", None, false)),
            _ => None,
        },
        situations: match &b.situations {
            Situations::Declarees(all) => {
                let is = |s: &Situation| sheet.situation.is_some_and(|own| own.id == s.id.value);
                all.iter().map(|s| situation(&s.id.value, Some(&s.nom), is(s))).collect()
            }
            _ => Vec::new(),
        },
        premiere: sheet.premiere,
        grille_nouvelle_page: !b.suites.grille,
        commentaires_nouvelle_page: !b.suites.commentaires,
        commentaires_obligatoires: obligatoires(b),
        textes: t,
        activites: b.noeuds.iter().zip(&t.activites).map(activite).collect(),
        grille: t.has_grille,
        grille_de: grille_de(b, situation_id),
        legende: match b.forme.cases {
            Cases::Colonnes => {
                let coded = niveaux.iter().filter(|[nom, code]| nom != code);
                coded.map(|[nom, code]| ContexteCode { code, nom }).collect()
            }
            Cases::Liste => Vec::new(),
        },
        resultats,
        resultat: own,
        totaux: if sheet.written.is_none() { totaux(b, r, sheet.situation, None) } else { BTreeMap::new() },
        ferme: Vec::new(),
        signatures: signatures(r, sheet.places, textes),
        evaluateurs_propres: sheet.written.is_some_and(|e| e.evaluateurs.is_some()),
        evaluation: ContexteEvaluation { champs: champs(&r.champs.evaluation, &BTreeMap::new()), ..Default::default() },
        etat: etat(Etat::Vierge.code(), libelles),
        manques: Vec::new(),
    }
}

fn situation(id: &str, nom: Option<&str>, cochee: bool) -> ContexteSituation {
    ContexteSituation { id: id.to_owned(), nom: nom.map(typographier), cochee }
}

/// A compétence of the official livret's two levels, for themes that know no others.
fn competence<'a>(
    c: &'a Noeud,
    t: &'a TextesCompetence,
    sienne: Sienne<'a>,
    sheet: &Sheet,
    r: &'a Referentiel,
    textes: &'a Textes,
) -> ContexteCompetence<'a> {
    let found = sheet.written.and_then(|e| e.resultats.get(c.id()));
    let resultat = resultat(&cle(c.id(), sheet.situation), found, sienne, r, textes);
    let (cases, desaccord, avis) = resultat.officiel();
    ContexteCompetence { id: c.id(), titre: &t.titre, criteres: &t.criteres, cases, desaccord, avis }
}
