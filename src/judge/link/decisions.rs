//! Links what people decided, and the papers that were brought, to what the référentiel names. Whether a decision comes too
//! early, or changes nothing, is left to [`crate::judge::check`].

use std::collections::BTreeMap;

use super::blocs::presented_bloc;
use super::named::Named;
use super::situations::named_part;
use super::valeur::valeur;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::source::Spanned;
use crate::judge::verdict::places;
use crate::judge::verdict::regle::{self, Regle, ReglesDeBloc};
use crate::model::calcul::{Calcul, Exige};
use crate::model::candidat::{Decide, Decision, Mesure, Sur};
use crate::model::forme::{ENSEMBLE, Etage};
use crate::model::referentiel::{Bloc, Referentiel};
use crate::sources::parse::candidat::{FicheChamp, FicheDecision};
use crate::sources::parse::echelle::{francais, nombre};
use crate::sources::parse::yaml::fields::{day, is_oui};

/// Which papers were brought, by their ids.
pub(super) fn prealables(
    written: Vec<FicheChamp>,
    referentiel: &Referentiel,
    d: &mut Diagnostics,
) -> BTreeMap<String, bool> {
    let papiers: Vec<&str> = referentiel
        .prealables
        .iter()
        .filter_map(|p| if let Exige::Papier { id, .. } = &p.exige { Some(id.as_str()) } else { None })
        .collect();
    let mut all = BTreeMap::new();
    let mut named = Named::default();
    for (name, said) in written {
        let Some(at) = fold::find(&name.value, papiers.iter().copied()) else {
            let message = format!("la pièce « {} » n'est pas demandée par le référentiel", name.value);
            let diagnostic = Diagnostic::new(Code::PrealableInconnu, name.span, message).label("pièce inconnue");
            d.push(diagnostic.suggest(&name.value, papiers.iter().copied()));
            continue;
        };
        named.is_first(at, &name, "la même pièce", d);
        // A day is the day on which it was brought.
        match is_oui(&said.value).or(day(&said.value).map(|_| true)) {
            Some(brought) => drop(all.insert(papiers[at].to_owned(), brought)),
            None => {
                let message = format!("« {} » n'est ni oui, ni non, ni une date", said.value);
                let diagnostic = Diagnostic::new(Code::PrealableInconnu, said.span, message).label("remise, ou non ?");
                d.push(diagnostic.help("écrivez oui, non, ou le jour où elle a été remise : 2026-02-12"));
            }
        }
    }
    all
}

/// What was decided, of what this candidat presents.
pub(super) fn decisions(
    written: Vec<FicheDecision>,
    presented: &[usize],
    referentiel: &Referentiel,
    d: &mut Diagnostics,
) -> Vec<Decision> {
    let one = |fiche: FicheDecision| {
        let mut sur = sur(&fiche.sur, presented, referentiel, d)?;
        if sur == Sur::Ensemble
            && let Some(sheet) = sur_le_resultat(&fiche.resultat, presented, referentiel)
        {
            sur = Sur::Bloc(sheet);
        }
        let resultat = resultat(&sur, &fiche.resultat, referentiel).map_err(|wrong| d.push(*wrong)).ok()?;
        let FicheDecision { par, le, motif, .. } = fiche;
        Some(Decision { sur, resultat, ecrit: fiche.resultat.value, par, le, motif, span: fiche.sur.span })
    };
    written.into_iter().filter_map(one).collect()
}

fn sur(written: &Spanned<String>, presented: &[usize], referentiel: &Referentiel, d: &mut Diagnostics) -> Option<Sur> {
    if fold::same(&written.value, ENSEMBLE) {
        return Some(Sur::Ensemble);
    }
    let (of_bloc, item) = named_part(written, referentiel);
    let bloc = presented_bloc(&of_bloc, presented, referentiel, d)?;
    let Some(item) = item.as_deref() else { return Some(Sur::Bloc(bloc)) };
    let own = &referentiel.blocs[bloc];
    let mut cles: Vec<String> = own.items().into_iter().map(|item| item.cle).collect();
    cles.extend(own.competences().map(|noeud| noeud.id().to_owned()));
    let found = own.forme.find(item, cles.iter().map(String::as_str));
    if found.is_none() {
        let message = format!("le bloc « {} » n'a rien qui s'appelle « {item} »", own.id);
        let diagnostic = Diagnostic::new(Code::DecisionImpossible, written.span, message).label("inconnu");
        d.push(diagnostic.suggest(item, cles.iter().map(String::as_str)));
    }
    Some(Sur::item(bloc, &cles[found?]))
}

/// The sheet of the whole, where what is decided is its result and not what follows from it.
fn sur_le_resultat(written: &Spanned<String>, presented: &[usize], referentiel: &Referentiel) -> Option<usize> {
    let sheet = referentiel.feuille_d_ensemble().filter(|sheet| presented.contains(sheet))?;
    let echelle = &referentiel.blocs[sheet].forme.echelle;
    let on_scale = valeur(written, echelle, &mut Diagnostics::default()).is_some();
    (on_scale || regle::ensemble(referentiel).is_none()).then_some(sheet)
}

fn resultat(sur: &Sur, written: &Spanned<String>, referentiel: &Referentiel) -> Result<Decide, Box<Diagnostic>> {
    let wrong = |message: String, help: &str| {
        let diagnostic = Diagnostic::new(Code::DecisionImpossible, written.span, message).label("résultat impossible");
        Err(Box::new(diagnostic.help(help)))
    };
    let of = |bloc: usize| ReglesDeBloc::of(&referentiel.blocs[bloc], referentiel);
    let (regle, scale): (Option<Regle>, Option<&Bloc>) = match sur {
        Sur::Ensemble => (regle::ensemble(referentiel), None),
        Sur::Bloc(bloc) => {
            let own = &referentiel.blocs[*bloc];
            (of(*bloc).get(Etage::Bloc), own.est_evalue_entier().then_some(own))
        }
        Sur::Item { bloc, cle } => {
            let own = &referentiel.blocs[*bloc];
            let is_item = own.items().iter().any(|item| item.cle == *cle);
            let rang = own.rang(cle);
            let regle = rang.filter(|_| !is_item).and_then(|rang| of(*bloc).get(Etage::Rang(rang)));
            (regle, is_item.then_some(own))
        }
    };
    if let Some(bloc) = scale {
        let mut unsaid = Diagnostics::default();
        let several = bloc.a_plusieurs_echelles();
        if several && regle.is_none() {
            let message = "les situations de ce bloc n'ont pas la même échelle : un résultat ne peut pas remplacer tous les leurs";
            let help = "décidez sur ce qui en est calculé : un bloc qui a une règle, ou l'ensemble";
            return wrong(message.to_owned(), help);
        }
        if let Some(valeur) = valeur(written, bloc.echelle_decidee(), &mut unsaid).filter(|_| !several) {
            return Ok(Decide::Valeur(valeur));
        }
        if matches!(sur, Sur::Item { .. }) || regle.is_none() {
            let whose = if bloc.ensemble { "de l'ensemble" } else { "de ce bloc" };
            let message = format!("« {} » n'est pas un résultat de l'échelle {whose}", written.value);
            return wrong(message, "écrivez un niveau ou une note de l'échelle");
        }
    }
    let Some(regle) = regle else {
        let par_critere = |bloc: usize| referentiel.blocs[bloc].forme.resultat_par == Etage::Critere;
        let ecrit = sur_ecrit(sur, referentiel);
        let help = match sur {
            Sur::Item { bloc, .. } if par_critere(*bloc) => {
                format!("les résultats sont par critère : nommez-en un, « {ecrit}.1 »")
            }
            _ => "une décision porte sur ce qui a un résultat, ou une règle (« calcul », « validation »)".to_owned(),
        };
        return wrong(format!("aucune règle ne juge « {ecrit} »"), &help);
    };
    let issues = regle.validation.map_or(&[][..], |validation| &validation.issues);
    if let Some(at) = issues.iter().position(|i| i.nom.as_deref().is_some_and(|nom| fold::same(nom, &written.value))) {
        return Ok(Decide::Nommee(at));
    }
    match written.value.as_str() {
        word if fold::same(word, "acquis") => return Ok(Decide::Issue(true)),
        word if fold::same(word, "non acquis") => return Ok(Decide::Issue(false)),
        _ => {}
    }
    let number = nombre(written.value.trim_end_matches('%').trim());
    let (Some(valeur), Some(max)) = (number, maximum(sur, &regle, referentiel)) else {
        let noms: Vec<&str> = issues.iter().filter_map(|issue| issue.nom.as_deref()).collect();
        let or = if noms.is_empty() { String::new() } else { format!(", {}", noms.join(", ")) };
        let value = if regle.calcul.is_some() { ", ou une valeur" } else { "" };
        let help = format!("possibles : acquis, non acquis{or}{value}");
        return wrong(format!("« {} » ne peut pas être décidé ici", written.value), &help);
    };
    if valeur > max {
        let message = format!("{} dépasse la valeur maximale, {}", francais(valeur), francais(max));
        return wrong(message, "écrivez une valeur qui ne la dépasse pas");
    }
    let pour_cent = regle.calcul == Some(Calcul::Sur(rust_decimal::Decimal::ONE_HUNDRED));
    Ok(Decide::Mesure(Mesure { valeur, max, pour_cent }))
}

/// The highest value that a thing can have.
fn maximum(sur: &Sur, regle: &Regle, referentiel: &Referentiel) -> Option<rust_decimal::Decimal> {
    regle.calcul?;
    match sur {
        Sur::Ensemble => places::ensemble(referentiel)?.max(),
        Sur::Bloc(bloc) => places::maximum_du_bloc(&referentiel.blocs[*bloc], referentiel),
        Sur::Item { .. } => None,
    }
}

fn sur_ecrit(sur: &Sur, referentiel: &Referentiel) -> String {
    match sur {
        Sur::Ensemble => ENSEMBLE.to_owned(),
        Sur::Bloc(bloc) => referentiel.blocs[*bloc].id.clone(),
        Sur::Item { bloc, cle } => format!("{}/{cle}", referentiel.blocs[*bloc].id),
    }
}
