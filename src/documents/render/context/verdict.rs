//! What results come to as templates see it: values, verdicts with their reasons, decisions; blank ones have the same
//! lines. In the theme's words, each with the key by which what is printed is compared with what was calculated.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::resultat::{cle, dite};
use super::{Libelles, fields, list};
use crate::ground::typographie::{periode, typographier};
use crate::judge::check::{Bilan, Etat};
use crate::judge::verdict::regle::{self, ReglesDeBloc};
use crate::judge::verdict::{Avant, Quantite, Verdict};
use crate::model::candidat::{Candidat, Decision, Presentee, Sur};
use crate::model::forme::{ENSEMBLE, Etage};
use crate::model::referentiel::{Bloc, Referentiel};

#[derive(Debug, Serialize)]
pub(crate) struct ContexteVerdict {
    /// The bloc's id, or « ensemble »: `data-valeur` and `data-verdict`.
    pub cle: String,
    /// What is printed for the bloc's number, and its title; `None` for the whole.
    n: Option<String>,
    titre: Option<String>,
    /// Whether it has a value, and whether it is judged.
    valeur_attendue: bool,
    juge: bool,
    pub valeur: Option<String>,
    pub etat: Option<ContexteEtat>,
    pub raisons: Vec<String>,
    /// Whether somebody decided it.
    decide: bool,
}

/// What is calculated of rows that stand together.
#[derive(Debug, Serialize)]
pub(crate) struct ContexteTotal {
    /// `data-valeur`.
    pub cle: String,
    pub valeur: Option<String>,
}

/// What a bloc or the whole came to.
#[derive(Debug, Serialize)]
pub(crate) struct ContexteEtat {
    code: &'static str,
    nom: String,
}

/// The verdicts of a candidat's livret, or the places for them; none where no rule speaks of blocs or of the whole.
pub(crate) fn verdicts(
    r: &Referentiel,
    judged: Option<(&Candidat, &Bilan)>,
    libelles: &Libelles,
) -> Vec<ContexteVerdict> {
    if !r.is_judged() {
        return Vec::new();
    }
    let mots = |key: &str| libelles.get(key).cloned();
    let filled = judged.filter(|(_, bilan)| bilan.etat != Etat::Vierge).map(|(_, bilan)| &bilan.verdicts);
    let line = |bloc: Option<&Bloc>, regle: Option<regle::Regle>, verdict: Option<&Verdict>| ContexteVerdict {
        cle: bloc.map_or(ENSEMBLE, |bloc| bloc.id.as_str()).to_owned(),
        n: bloc.map(|bloc| typographier(&bloc.numero_imprime())),
        titre: bloc.map(|bloc| typographier(&bloc.titre)),
        valeur_attendue: regle.is_some_and(|regle| regle.calcul.is_some()),
        juge: regle.is_none_or(|regle| regle.validation.is_some()),
        valeur: verdict.and_then(|verdict| imprimee(verdict.valeur)),
        etat: verdict
            .and_then(|verdict| verdict.etat.as_ref())
            .map(|etat| ContexteEtat { code: etat.code(), nom: typographier(&etat.nom(&mots)) }),
        raisons: verdict.map(|verdict| raisons(verdict, r, libelles)).unwrap_or_default(),
        decide: verdict.is_some_and(|verdict| verdict.decision.is_some()),
    };
    let mut all = Vec::new();
    for (i, bloc) in r.blocs.iter().enumerate() {
        // What becomes of the whole stands below all blocs.
        if bloc.ensemble
            || judged.is_some_and(|(candidat, _)| candidat.blocs.iter().all(|presented| presented.bloc != i))
        {
            continue;
        }
        let regle = ReglesDeBloc::of(bloc, r).get(Etage::Bloc);
        let verdict = filled.and_then(|verdicts| verdicts.blocs.get(&i));
        if regle.is_some() || verdict.is_some() {
            all.push(line(Some(bloc), regle, verdict));
        }
    }
    let leads = judged.is_none_or(|(candidat, _)| r.parcours[candidat.parcours].tous_les_blocs);
    if let Some(regle) = regle::ensemble(r).filter(|_| leads) {
        all.push(line(None, Some(regle), filled.and_then(|verdicts| verdicts.ensemble.as_ref())));
    }
    all
}

/// Why a verdict is what it is.
pub(crate) fn raisons(verdict: &Verdict, r: &Referentiel, libelles: &Libelles) -> Vec<String> {
    let mots = |key: &str| libelles.get(key).cloned();
    verdict.raisons().map(|raison| typographier(&raison.phrase(r, &mots))).collect()
}

/// A value as it is printed; `None` as long as there is none.
fn imprimee(valeur: Quantite) -> Option<String> {
    match valeur {
        Quantite::Connue(mesure) => Some(mesure.imprimee()),
        Quantite::Vide => Some("– / –".to_owned()),
        Quantite::Aucune | Quantite::Indeterminee => None,
    }
}

/// The totals of a sheet, by the places of their titles; that of the bloc has no place.
pub(crate) fn totaux(
    bloc: &Bloc,
    r: &Referentiel,
    situation: Option<&Presentee>,
    found: Option<&BTreeMap<String, Quantite>>,
) -> BTreeMap<String, ContexteTotal> {
    if !r.is_judged() {
        return BTreeMap::new();
    }
    let one = |place: String| {
        let cle = format!("{}:{place}", cle(&bloc.id, situation));
        let valeur = found.and_then(|found| imprimee(*found.get(&place)?));
        (place, ContexteTotal { cle, valeur })
    };
    ReglesDeBloc::of(bloc, r).totaux(bloc).into_iter().map(one).collect()
}

/// A value or a verdict that must be printed, with the words that stand there.
pub(crate) struct Imprime {
    /// `data-valeur` or `data-verdict`.
    pub attribut: &'static str,
    pub cle: String,
    pub texte: String,
}

/// All that must be printed of what a candidat's results come to.
pub(crate) fn imprimes(r: &Referentiel, candidat: &Candidat, bilan: &Bilan, libelles: &Libelles) -> Vec<Imprime> {
    let mut all = Vec::new();
    if !r.is_judged() {
        return all;
    }
    for verdict in verdicts(r, Some((candidat, bilan)), libelles) {
        let ContexteVerdict { cle, valeur, etat, .. } = verdict;
        if verdict.valeur_attendue || valeur.is_some() {
            all.push(Imprime { attribut: "data-valeur", cle: cle.clone(), texte: valeur.unwrap_or_default() });
        }
        let texte = etat.map(|etat| etat.nom).unwrap_or_default();
        all.push(Imprime { attribut: "data-verdict", cle, texte });
    }
    for (presented, feuille) in candidat.blocs.iter().zip(&bilan.verdicts.feuilles) {
        if bilan.verdicts.ferme(presented.bloc).is_some() {
            continue;
        }
        let own = totaux(&r.blocs[presented.bloc], r, presented.situation.as_ref(), Some(feuille));
        all.extend(own.into_values().map(|ContexteTotal { cle, valeur }| Imprime {
            attribut: "data-valeur",
            cle,
            texte: valeur.unwrap_or_default(),
        }));
    }
    all
}

/// What was decided, in the order in which it is written.
pub(crate) fn decisions(candidat: &Candidat, bilan: &Bilan, r: &Referentiel, libelles: &Libelles) -> Value {
    let one = |(decision, avant): (&Decision, &Avant)| {
        fields([
            ("sur", sur(&decision.sur, r, libelles).into()),
            ("resultat", typographier(&decision.ecrit.replace('.', ",")).into()),
            // What was there before.
            ("avant", self::avant(&decision.sur, avant, r, libelles).into()),
            ("par", typographier(&decision.par).into()),
            ("le", periode(decision.le.value, decision.le.value).into()),
            ("motif", typographier(&decision.motif).into()),
        ])
    };
    list(candidat.decisions.iter().zip(&bilan.verdicts.avant).map(one))
}

fn sur(sur: &Sur, r: &Referentiel, libelles: &Libelles) -> String {
    let mot = |key: &str, usual: &str| libelles.get(key).cloned().unwrap_or_else(|| usual.to_owned());
    let of_bloc = |bloc: usize| format!("{} {}", mot("bloc", "bloc"), r.blocs[bloc].numero_imprime());
    typographier(&match sur {
        Sur::Ensemble => mot("verdict_ensemble", "Ensemble"),
        Sur::Bloc(bloc) if r.blocs[*bloc].ensemble => mot("verdict_ensemble", "Ensemble"),
        Sur::Bloc(bloc) => of_bloc(*bloc),
        Sur::Item { bloc, cle } => format!("{}, {cle}", of_bloc(*bloc)),
    })
}

fn avant(sur: &Sur, avant: &Avant, r: &Referentiel, libelles: &Libelles) -> Option<String> {
    let mots = |key: &str| libelles.get(key).cloned();
    let said = match avant {
        Avant::Rien => return None,
        Avant::Resultat(valeur) => {
            let (Sur::Bloc(bloc) | Sur::Item { bloc, .. }) = sur else { return None };
            dite(*valeur, |niveau| &r.blocs[*bloc].echelle_decidee().niveaux()[niveau].nom)
        }
        Avant::Verdict(valeur, etat) => {
            let said = etat.as_ref().map(|etat| etat.nom(&mots)).into_iter().chain(imprimee(*valeur));
            said.collect::<Vec<_>>().join(", ")
        }
    };
    (!said.is_empty()).then(|| typographier(&said))
}
