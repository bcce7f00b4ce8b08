//! What results come to, in a référentiel's or a bloc's front matter: weights, how values are made and rounded, what must
//! hold. Whether it can be calculated at all is left to `judge::check`, which knows all levels and scales.

use rust_decimal::Decimal;

use super::echelle::{PLUS_GRAND, decimal, nombre};
use super::names::Names;
use super::yaml::fields::{Fields, Reader, entries, has_key_of, is_oui, list, oui_non, simple, text, word};
use super::yaml::{Kind, Node};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::source::{Span, Spanned};
use crate::model::calcul::{
    Arrondi, Arrondis, Calcul, Calculs, Combien, Eliminatoire, Issue, Joints, ParEtage, Poids, Sens, Validation,
};
use crate::sources::keys;

/// `base` with what `fields`, those of `regles`, say otherwise, level by level.
pub(crate) fn calculs(fields: &mut Fields, base: &Calculs, d: &mut Diagnostics) -> Calculs {
    let mut calculs = base.clone();
    let joints = |node: &Node, field: &str, d: &mut Diagnostics| {
        let word = word(node, field, &["moyenne", "comptes"], d)?;
        let joints = if word == "moyenne" { Joints::Moyenne } else { Joints::Comptes };
        Some(Spanned::new(joints, node.span))
    };
    calculs.avis = fields.take("avis", joints, d).or(calculs.avis);
    let own = fields.take("calcul", |node, field, d| par_etage(node, field, calcul, d), d).unwrap_or_default();
    if let Some(arrondi) = fields.take("arrondi", arrondis, d) {
        match arrondi.tous {
            Some(_) => calculs.arrondi = arrondi,
            None => calculs.arrondi.par.extend(arrondi.par),
        }
    }
    let validation = fields.take("validation", |node, field, d| par_etage(node, field, validation, d), d);
    let validation: ParEtage<Validation> = validation.unwrap_or_default();
    // A rule that asks for no value needs none to be calculated.
    let seuil = |validation: &Validation| validation.issues.iter().any(|issue| issue.seuil.is_some());
    for etage in validation.etages().filter(|etage| validation.get(&etage.value).is_some_and(|said| !seuil(said))) {
        calculs.calcul.remove(&etage.value);
    }
    calculs.calcul.extend(own);
    calculs.validation.extend(validation);
    calculs
}

/// What is written under the names of levels.
fn par_etage<T>(node: &Node, field: &str, read: Reader<T>, d: &mut Diagnostics) -> Option<ParEtage<T>> {
    let mut all = ParEtage::default();
    for (etage, value) in entries(node, field, d)? {
        // The same key twice has been told.
        if let Some(first) = all.etage(&etage.value).filter(|first| first.value != etage.value) {
            let message = format!("le niveau « {} » est donné deux fois", etage.value);
            let diagnostic = Diagnostic::new(Code::CleEnDouble, etage.span, message).repeats(first.span);
            d.push(diagnostic.help("gardez l'un des deux"));
        }
        if let Some(said) = read(value, &etage.value, d) {
            all.insert(etage.clone(), said);
        }
    }
    Some(all)
}

fn wrong(place: Span, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::new(Code::RegleMalEcrite, place, message).help(help)
}

/// What is written, as it was understood; or says that it is not `what` is asked for.
fn understood<T>(
    read: Option<T>,
    written: &Spanned<String>,
    what: &str,
    help: &str,
    d: &mut Diagnostics,
) -> Option<Spanned<T>> {
    let not = || wrong(written.span, format!("« {} » n'est pas {what}", written.value), help).label("non compris");
    read.map(|read| Spanned::new(read, written.span)).or_else(|| d.refuse(not()))
}

/// A part of a hundred, « 70 % ».
fn pour_cent(written: &str) -> Option<Decimal> {
    nombre(written.trim().strip_suffix('%')?)
}

/// The heaviest that something can be: all sums of products stay exact.
const PLUS_LOURD: Decimal = Decimal::ONE_THOUSAND;

/// What something weighs, as it is written: « 2 », « 40 % ».
pub(crate) fn poids(written: &Spanned<String>, d: &mut Diagnostics) -> Option<Spanned<Poids>> {
    let read = pour_cent(&written.value).map(Poids::PourCent).or_else(|| nombre(&written.value).map(Poids::Part));
    let help = "écrivez un nombre plus grand que zéro, 2, ou une part, 40 %";
    let poids = understood(read, written, "un poids", help, d)?;
    let nombre = poids.value.nombre();
    if nombre <= Decimal::ZERO {
        let message = "un poids est plus grand que zéro";
        let help =
            "ce qui ne pèse rien s'écrit « compte: non » pour un bloc ou un niveau de l'échelle ; sinon, ôtez le poids";
        return d.refuse(Diagnostic::new(Code::PoidsImpossible, written.span, message).help(help));
    }
    if nombre > PLUS_LOURD || nombre.normalize().scale() > 3 {
        let message = "un poids va jusqu'à 1000, avec trois décimales au plus";
        return d.refuse(Diagnostic::new(Code::PoidsImpossible, written.span, message).help("simplifiez les poids"));
    }
    Some(poids)
}

/// The weight under a key.
pub(crate) fn poids_de(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Spanned<Poids>> {
    poids(&simple(node, field, "un nombre, 2, ou une part, 40 %", d)?, d)
}

/// Whether something must be reached by itself: « oui », or the value.
pub(crate) fn eliminatoire(written: &Spanned<String>, d: &mut Diagnostics) -> Option<Spanned<Eliminatoire>> {
    if let Some(oui) = is_oui(&written.value) {
        return oui.then(|| Spanned::new(Eliminatoire::Acquis, written.span));
    }
    let note = nombre(&written.value).map(Eliminatoire::Note);
    understood(note, written, "une note à atteindre", "écrivez oui, ou la note, par exemple 8", d)
}

fn calcul(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Spanned<Calcul>> {
    let written = simple(node, field, "un calcul : moyenne, somme, sur 20", d)?;
    let possible = |max: &Decimal| *max > Decimal::ZERO && *max <= PLUS_GRAND;
    let calcul = match written.value.as_str() {
        "moyenne" => Some(Calcul::Moyenne),
        "somme" => Some(Calcul::Somme),
        other => other.strip_prefix("sur").and_then(nombre).filter(possible).map(Calcul::Sur),
    };
    understood(calcul, &written, "un calcul", "possibles : moyenne, somme, sur 20 (ou sur 100)", d)
}

fn arrondis(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Arrondis> {
    if matches!(node.kind, Kind::Map(_)) && !has_key_of(node, &keys::ARRONDIR) {
        return Some(Arrondis { tous: None, par: par_etage(node, field, arrondi, d)? });
    }
    Some(Arrondis { tous: Some(arrondi(node, field, d)?), par: ParEtage::default() })
}

fn arrondi(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Arrondi> {
    let (pas, sens) = match node.kind {
        Kind::Map(_) => Fields::read(node, &keys::ARRONDIR, d, |fields, d| {
            let (pas, sens) = (fields.take("pas", decimal, d), fields.word("sens", d));
            Some((pas?, sens))
        })?,
        _ => (decimal(node, field, d)?, None),
    };
    if pas.value <= Decimal::ZERO || pas.value.normalize().scale() > 6 {
        let message = "un arrondi est plus grand que zéro, avec six décimales au plus";
        return d.refuse(wrong(pas.span, message, "écrivez par exemple 0.01"));
    }
    let sens = match sens {
        Some("inferieur") => Sens::Inferieur,
        Some("superieur") => Sens::Superieur,
        _ => Sens::Proche,
    };
    Some(Arrondi { pas: pas.value, sens })
}

fn validation(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Validation> {
    let liste = matches!(node.kind, Kind::List(_));
    let mut names = Names::default();
    let issues: Vec<Issue> = list(node).iter().filter_map(|item| issue(item, &mut names, d)).collect();
    if list(node).is_empty() {
        let help = "écrivez par exemple { seuil: 10 }, ou { acquis: tous }";
        d.push(wrong(node.span, format!("« {field} » ne dit pas ce qu'il faut"), help));
    }
    (!issues.is_empty()).then_some(Validation { liste, issues, span: node.span })
}

/// What verdicts are called by themselves: no outcome has such a name, or another meaning for it.
const ETATS: [&str; 3] = ["en cours", "à trancher par le jury", "non accessible"];

fn issue(node: &Node, names: &mut Names, d: &mut Diagnostics) -> Option<Issue> {
    if let Kind::Text(word) = &node.kind {
        let help = "écrivez { acquis: tous }, ou { seuil: 10 }";
        return d.refuse(wrong(node.span, format!("« {word} » ne dit pas de quoi il s'agit"), help));
    }
    let mut fields = Fields::of(node, &keys::ISSUE, d)?;
    let nom = fields.take("nom", text, d);
    let acquis = fields.take("acquis", combien, d);
    let seuil = fields.take("seuil", decimal, d);
    let favorable = fields.take("favorable", oui_non, d).unwrap_or(true);
    let span = fields.span();
    fields.finish(d);
    if let Some(nom) = &nom {
        let is = |word: &str| fold::same(&nom.value, word);
        if ETATS.iter().any(|etat| is(etat)) || (is("acquis") && !favorable) || (is("non acquis") && favorable) {
            let message = format!("« {} » se lirait comme autre chose que cette issue", nom.value);
            d.push(wrong(nom.span, message, "choisissez un autre nom : favorable, défavorable, avec mention…"));
        }
        names.push(vec![nom.clone()], Code::NomEnDouble, "deux issues portent le nom", d);
    }
    Some(Issue { nom: nom.map(|nom| nom.value), favorable, acquis, seuil, span })
}

fn combien(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Spanned<Combien>> {
    let written = simple(node, field, "un nombre : tous, 3, 70 %", d)?;
    let combien = if fold::same(&written.value, "tous") || fold::same(&written.value, "toutes") {
        Some(Combien::Tous)
    } else if let Some(part) = pour_cent(&written.value) {
        (part > Decimal::ZERO && part <= Decimal::ONE_HUNDRED).then_some(Combien::PourCent(part))
    } else {
        written.value.parse().ok().filter(|n| *n > 0).map(Combien::Nombre)
    };
    understood(combien, &written, "un nombre d'acquis", "possibles : tous, un nombre (3), une part (70 %)", d)
}
