//! A livret as templates see it: the blocs presented with their evaluation, or blank ones.

use std::collections::BTreeMap;

use tera::Value;

use super::referentiel::{Textes, TextesActivite, TextesCompetence, grille_de};
use super::resultat::{Sienne, cle, resultat};
use super::verdict::{decisions, raisons, totaux, verdicts};
use super::{Field, Libelles, etat, fields, list, manque, manques, personne, phrase, provisoire, titre_du_bloc, typo};
use crate::documents::render::prose::html;
use crate::ground::typographie::{periode, typographier};
use crate::judge::check::{Bilan, BilanBloc, Etat};
use crate::judge::rules::commentaires::obligatoires;
use crate::judge::rules::textes::a_remplacer;
use crate::judge::verdict::Quantite;
use crate::model::candidat::{BlocPresente, Candidat, Evaluation, Place, Presentee};
use crate::model::forme::{Cases, Signataire, Situation, Situations};
use crate::model::libelle::Civilite;
use crate::model::noeud::{Item, Noeud};
use crate::model::referentiel::Referentiel;

/// The livret of a candidat.
pub(crate) fn livret(c: &Candidat, bilan: &Bilan, r: &Referentiel, textes: &Textes, libelles: &Libelles) -> Vec<Field> {
    let parcours = &r.parcours[c.parcours];
    let parcours = [("id", parcours.id.value.as_str().into()), ("nom", typographier(&parcours.nom).into())];
    let candidat = [
        ("id", c.id.as_str().into()),
        ("session", c.session.as_str().into()),
        ("civilite", c.civilite.map(Civilite::mot).into()),
        ("parcours", fields(parcours)),
    ];
    let sheets = c.blocs.iter().zip(&bilan.blocs).zip(&bilan.verdicts.feuilles);
    let blocs = sheets.map(|((presented, state), feuille)| {
        let ferme = bilan.verdicts.ferme(presented.bloc).map(|verdict| raisons(verdict, r, libelles));
        let shown = bilan.etat != Etat::Vierge;
        let judged = Judged { state, feuille, ferme: ferme.unwrap_or_default(), shown };
        bloc(Sheet::of(presented, judged, c), r, textes, libelles)
    });
    vec![
        ("candidat", fields(personne(c).into_iter().chain(candidat))),
        ("evaluateurs", evaluateurs(&c.evaluateurs, textes)),
        ("champs", champs(&r.champs.candidat, &c.champs)),
        ("etat", etat(bilan.etat.code(), libelles)),
        ("provisoire", provisoire(bilan.etat, r).into()),
        ("manques", manques(bilan, libelles)),
        ("blocs", list(blocs)),
        // What the results come to: of each bloc that is judged, then of the whole.
        ("verdicts", Value::from_serializable(&verdicts(r, Some((c, bilan)), libelles))),
        ("decisions", decisions(c, bilan, r, libelles)),
    ]
}

/// A livret to be filled by hand.
pub(crate) fn vierge(r: &Referentiel, textes: &Textes, libelles: &Libelles) -> Vec<Field> {
    let places = Place::vides(&r.roles);
    let vierges: Vec<BlocPresente> = r.blocs.iter().enumerate().flat_map(BlocPresente::vierges).collect();
    let sheets = vierges.iter().enumerate().map(|(at, presented)| Sheet {
        bloc: presented.bloc,
        situation: presented.situation.as_ref(),
        written: None,
        places: &places,
        premiere: at == 0 || vierges[at - 1].bloc != presented.bloc,
    });
    vec![
        ("candidat", Value::none()),
        ("evaluateurs", evaluateurs(&places, textes)),
        ("champs", champs(&r.champs.candidat, &BTreeMap::new())),
        ("etat", etat(Etat::Vierge.code(), libelles)),
        ("provisoire", provisoire(Etat::Vierge, r).into()),
        ("manques", list(a_remplacer(r).iter().map(|m| manque(m, libelles)))),
        ("blocs", list(sheets.map(|sheet| bloc(sheet, r, textes, libelles)))),
        ("verdicts", Value::from_serializable(&verdicts(r, None, libelles))),
        ("decisions", list([])),
    ]
}

/// One sheet of a bloc: that of a situation, if it has some.
struct Sheet<'s> {
    bloc: usize,
    situation: Option<&'s Presentee>,
    /// What a candidat's fiche says of it, and what follows from that.
    written: Option<(&'s Evaluation, Judged<'s>)>,
    places: &'s [Place],
    premiere: bool,
}

/// What follows from an evaluation.
struct Judged<'s> {
    state: &'s BilanBloc,
    /// What is calculated under its rows.
    feuille: &'s BTreeMap<String, Quantite>,
    /// Why it is not accessible, if it is not.
    ferme: Vec<String>,
    /// Whether it shows what is missing: nothing of a blank livret is.
    shown: bool,
}

impl<'s> Sheet<'s> {
    fn of(presented: &'s BlocPresente, judged: Judged<'s>, candidat: &'s Candidat) -> Self {
        let first = candidat.blocs.iter().find(|other| other.bloc == presented.bloc);
        let written = &presented.evaluation;
        Self {
            bloc: presented.bloc,
            situation: presented.situation.as_ref(),
            written: Some((written, judged)),
            places: written.evaluateurs.as_deref().unwrap_or(&candidat.evaluateurs),
            premiere: first.is_some_and(|first| std::ptr::eq(first, presented)),
        }
    }

    fn evaluation(&self) -> Option<&'s Evaluation> {
        self.written.as_ref().map(|(evaluation, _)| *evaluation)
    }
}

fn evaluateurs(places: &[Place], textes: &Textes) -> Value {
    list(places.iter().enumerate().map(|(i, place)| evaluateur(i, place, textes)))
}

fn evaluateur(i: usize, place: &Place, textes: &Textes) -> Value {
    fields([
        ("numero", (i + 1).into()),
        // The name of the role, if it has one.
        ("role", textes.roles[place.role].as_deref().into()),
        ("nom", place.qui.as_ref().map(|e| typographier(&e.nom.value)).into()),
        ("fonction", typo(place.qui.as_ref().and_then(|e| e.fonction.as_ref()))),
    ])
}

/// The facts that the référentiel asks for.
fn champs(asked: &[(String, String)], written: &BTreeMap<String, String>) -> Value {
    list(asked.iter().map(|(id, nom)| {
        fields([("id", id.as_str().into()), ("nom", typographier(nom).into()), ("valeur", typo(written.get(id)))])
    }))
}

/// The places to sign.
fn signatures(r: &Referentiel, places: &[Place], textes: &Textes) -> Value {
    let place = |sorte: &str, evaluateur: Value| fields([("sorte", sorte.into()), ("evaluateur", evaluateur)]);
    list(r.signatures.iter().flat_map(|signataire| match signataire {
        Signataire::Candidat => vec![place("candidat", Value::none())],
        Signataire::Cachet => vec![place("cachet", Value::none())],
        Signataire::Role(role) => {
            let own = places.iter().enumerate().filter(|(_, place)| place.role == *role);
            own.map(|(i, own)| place("evaluateur", evaluateur(i, own, textes))).collect()
        }
    }))
}

fn evaluation(e: Option<&Evaluation>, r: &Referentiel) -> Value {
    let none = BTreeMap::new();
    let commentaires = e.map(|e| &e.commentaires).filter(|commentaires| !commentaires.is_empty());
    fields([
        ("activites_exercees", e.and_then(|e| e.activites_exercees).into()),
        ("dates", e.and_then(|e| e.dates.as_ref()).map(|d| periode(d.du.value, d.au.value)).into()),
        ("lieu", typo(e.and_then(|e| e.lieu.as_ref()))),
        ("entretiens", e.and_then(|e| e.entretiens.as_ref()).map(|n| n.value).into()),
        ("duree", typo(e.and_then(|e| e.duree.as_ref()))),
        ("champs", champs(&r.champs.evaluation, e.map_or(&none, |e| &e.champs))),
        ("commentaires", commentaires.map(|commentaires| html(commentaires)).into()),
    ])
}

/// A sheet of a bloc, with the texts that all candidats share: typeset for each, these would take longer than all else.
fn bloc(sheet: Sheet, r: &Referentiel, textes: &Textes, libelles: &Libelles) -> Value {
    let (b, t) = (&r.blocs[sheet.bloc], &textes.blocs[sheet.bloc]);
    let situation_id = sheet.situation.map(|situation| situation.id.as_str());
    let niveaux = t.niveaux(sheet.situation);
    let sienne = Sienne { bloc: b, echelle: b.echelle(situation_id), niveaux, juge: t.juge };
    let written = sheet.evaluation();
    let of = |item: &Item| {
        let found = written.and_then(|e| e.resultat(item));
        (item.cle.clone(), resultat(&cle(&item.cle, sheet.situation), found, sienne, r, textes).into())
    };
    let mut resultats: BTreeMap<String, Value> = b.items().iter().map(of).collect();
    let own = if b.est_evalue_entier() { resultats.remove(&b.id) } else { None };
    // A compétence of the official livret's two levels, for themes that know no others.
    let competence = |(c, t): (&Noeud, &TextesCompetence)| {
        let found = written.and_then(|e| e.resultats.get(c.id()));
        let resultat = resultat(&cle(c.id(), sheet.situation), found, sienne, r, textes);
        let own = [("id", c.id().into()), ("titre", t.titre.as_str().into()), ("criteres", t.criteres.clone())];
        fields(own.into_iter().chain(resultat.officiel()))
    };
    let activite = |(a, t): (&Noeud, &TextesActivite)| {
        let competences = a.enfants.iter().zip(&t.competences).map(competence);
        fields([("titre", t.titre.as_str().into()), ("competences", list(competences))])
    };
    // What the codes at the head of its columns mean.
    let coded = niveaux.iter().filter(|[nom, code]| b.forme.cases == Cases::Colonnes && nom != code);
    let legende = coded.map(|[nom, code]| fields([("code", code.as_str().into()), ("nom", nom.as_str().into())]));
    let judged = sheet.written.as_ref().map(|(_, judged)| judged);
    let missing = judged.filter(|judged| judged.shown).map_or(&[][..], |judged| &judged.state.manques);
    fields([
        ("numero", b.numero.into()),
        // Whether it is the sheet of the whole, which has no number and no grille.
        ("ensemble", b.ensemble.into()),
        // What is printed for its number.
        ("n", t.numero.as_str().into()),
        ("id", b.id.as_str().into()),
        ("titre", if b.ensemble { titre_du_bloc(b, libelles).into() } else { t.titre.as_str().into() }),
        // The situation of this sheet, and all of the bloc's.
        (
            "situation",
            match (&b.situations, sheet.situation) {
                (_, Some(s)) => situation(&s.id, s.nom.as_deref(), true),
                (Situations::Libres, None) => situation("1", None, false),
                _ => Value::none(),
            },
        ),
        ("situations", situations(&b.situations, situation_id)),
        // Whether it is the first sheet of its bloc.
        ("premiere", sheet.premiere.into()),
        ("grille_nouvelle_page", (!b.suites.grille).into()),
        ("commentaires_nouvelle_page", (!b.suites.commentaires).into()),
        ("commentaires_obligatoires", obligatoires(b).into()),
        ("sections", t.sections.clone()),
        ("fin", t.fin.clone()),
        ("activites", list(b.noeuds.iter().zip(&t.activites).map(activite))),
        // Whether it has one, among the `grilles` of the page, and its key among them.
        ("grille", t.has_grille.into()),
        ("grille_de", grille_de(b, situation_id).into()),
        ("legende", list(legende)),
        // By the keys of what is evaluated; that of the bloc, if it has one alone.
        ("resultats", resultats.into()),
        ("resultat", own.into()),
        // By the places of titles.
        ("totaux", Value::from_serializable(&totaux(b, r, sheet.situation, judged.map(|judged| judged.feuille)))),
        ("ferme", judged.map_or_else(Vec::new, |judged| judged.ferme.clone()).into()),
        ("signatures", signatures(r, sheet.places, textes)),
        // Whether its évaluateurs are others than those of the livret.
        ("evaluateurs_propres", written.is_some_and(|e| e.evaluateurs.is_some()).into()),
        ("evaluation", evaluation(written, r)),
        ("etat", etat(judged.map_or(Etat::Vierge, |judged| judged.state.etat).code(), libelles)),
        ("manques", list(missing.iter().map(|m| phrase(m, libelles).into()))),
    ])
}

fn situation(id: &str, nom: Option<&str>, cochee: bool) -> Value {
    fields([("id", id.into()), ("nom", nom.map(typographier).into()), ("cochee", cochee.into())])
}

fn situations(all: &Situations, own: Option<&str>) -> Value {
    list(
        all.declarees()
            .iter()
            .map(|s: &Situation| situation(&s.id.value, Some(&s.nom), own == Some(s.id.value.as_str()))),
    )
}
