//! A scale: levels, marks up to a maximum, or one box to tick; and what a mark is, as people write it.

use rust_decimal::Decimal;

use super::names::Names;
use super::yaml::fields::{Fields, list, oui_non, simple, text, word};
use super::yaml::{Kind, Node};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::Spanned;
use crate::model::forme::{Echelle, Niveau, Note};
use crate::sources::keys;

pub(crate) fn echelle(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Echelle> {
    match &node.kind {
        Kind::Text(_) => word(node, field, &["coche"], d).map(|_| Echelle::Coche),
        Kind::Map(_) if is_note(node) => note(node, d).map(Echelle::Note),
        _ => {
            let niveaux = niveaux(node, d);
            if list(node).len() < 2 {
                return d.refuse(
                    Diagnostic::new(
                        Code::EchelleTropCourte,
                        node.span,
                        format!("« {field} » doit avoir au moins deux niveaux"),
                    )
                    .help("écrivez un niveau par ligne : - { id: acquis, nom: ACQUIS }"),
                );
            }
            Some(Echelle::Niveaux(niveaux))
        }
    }
}

/// A map that is no level alone.
fn is_note(node: &Node) -> bool {
    let Kind::Map(entries) = &node.kind else { return false };
    entries.iter().any(|(key, _)| keys::NOTE.key(&key.value).is_some())
}

fn note(node: &Node, d: &mut Diagnostics) -> Option<Note> {
    let mut fields = Fields::of(node, &keys::NOTE, d)?;
    let max = fields.take("note", decimal, d);
    let pas = fields.take("pas", decimal, d);
    let unite = fields.take("unite", text, d).map(|t| t.value);
    let autres = fields.take("autres", |node, _, d| Some(niveaux(node, d)), d).unwrap_or_default();
    fields.finish(d);
    for autre in autres.iter().filter(|autre| nombre(&autre.id).is_some() || nombre(&autre.code).is_some()) {
        let message = format!("« {} » serait lu comme une note", autre.id);
        d.push(
            Diagnostic::new(Code::NoteMalFormee, autre.span, message)
                .label("ni l'identifiant ni le code ne sont des nombres")
                .help("écrivez un mot : absent, non évaluable…"),
        );
    }
    let max = max?;
    let usual = || Spanned::new(Decimal::new(1, 2), max.span);
    let pas = pas.unwrap_or_else(usual);
    if max.value <= Decimal::ZERO {
        return d.refuse(Diagnostic::new(
            Code::NoteMalFormee,
            max.span,
            "la note la plus haute est plus grande que zéro",
        ));
    }
    if pas.value <= Decimal::ZERO {
        let message = "« pas » est plus grand que zéro";
        let help = "écrivez par exemple pas: 0.5";
        return d.refuse(Diagnostic::new(Code::NoteMalFormee, pas.span, message).help(help));
    }
    if !(max.value % pas.value).is_zero() {
        let message = format!(
            "de {} en {}, une note n'arrive pas à {}",
            francais(pas.value),
            francais(pas.value),
            francais(max.value)
        );
        return d.refuse(
            Diagnostic::new(Code::NoteMalFormee, pas.span, message)
                .related(max.span, "la note la plus haute")
                .help("écrivez par exemple pas: 0.5"),
        );
    }
    Some(Note { max: max.value, pas: pas.value, unite, autres })
}

/// A number as it is written in French.
pub(crate) fn francais(nombre: Decimal) -> String {
    nombre.normalize().to_string().replace('.', ",")
}

/// A number as people write it: 12, 12.5 or "12,5". `None` if it is none, or a negative one.
pub(crate) fn nombre(written: &str) -> Option<Decimal> {
    let written = written.trim();
    let plain = !written.is_empty() && written.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    plain.then(|| written.replacen(',', ".", 1).parse().ok()).flatten()
}

/// The highest number in a référentiel: whatever is made of such numbers stays exact.
pub(crate) const PLUS_GRAND: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

pub(crate) fn decimal(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Spanned<Decimal>> {
    let written = simple(node, field, "un nombre, par exemple 0.5", d)?;
    let wrong = |message: String| Diagnostic::new(Code::PasUnNombre, written.span, message);
    let attendu = "attendu : un nombre, par exemple 0.5";
    let said = &written.value;
    match nombre(said) {
        Some(n) if n > PLUS_GRAND || n.normalize().scale() > 6 => d.refuse(
            wrong(format!("« {field} » va jusqu'à 1\u{202F}000\u{202F}000, avec six décimales au plus"))
                .label("trop grand, ou trop précis"),
        ),
        Some(n) => Some(Spanned::new(n, written.span)),
        None if said.strip_prefix(['-', '−', '–']).is_some_and(|n| nombre(n).is_some()) => {
            d.refuse(wrong(format!("« {field} » ne descend pas sous zéro")).label(attendu))
        }
        None => {
            let diagnostic = wrong(format!("« {field} » doit être un nombre, et non « {said} »")).label(attendu);
            d.refuse(match said.strip_suffix('%').map(str::trim).filter(|n| nombre(n).is_some()) {
                Some(n) => diagnostic.help(format!("écrivez le nombre seul : {n}")),
                None => diagnostic,
            })
        }
    }
}

fn niveaux(node: &Node, d: &mut Diagnostics) -> Vec<Niveau> {
    let mut niveaux: Vec<Niveau> = Vec::new();
    let mut names = Names::default();
    let mut attendus = Vec::new();
    for item in list(node) {
        let Some(mut fields) = Fields::of(item, &keys::NIVEAU, d) else { continue };
        let id = fields.take("id", text, d);
        let code = fields.take("code", text, d);
        let nom = fields.take("nom", text, d);
        let definition = fields.take("definition", text, d);
        let attendu = fields.word("commentaire", d).map(|word| word == "attendu");
        let is_acquis = fields.take("acquis", oui_non, d);
        let case = fields.take("case", oui_non, d).unwrap_or(true);
        let valeur = fields.take("valeur", decimal, d).map(|valeur| valeur.value);
        let compte = fields.take("compte", oui_non, d).unwrap_or(true);
        fields.finish(d);
        let (Some(id), Some(nom)) = (id, nom) else { continue };
        let words = [Some(id.clone()), code.clone(), Some(nom.clone())].into_iter().flatten().collect();
        names.push(words, Code::NiveauEnDouble, "deux niveaux portent le nom", d);
        let nom = nom.value;
        let code = code.map_or_else(|| nom.clone(), |c| c.value);
        let definition = definition.map(|t| t.value).unwrap_or_default();
        // The first level is the best, unless it is said otherwise.
        let commentaire_attendu = attendu.unwrap_or(!niveaux.is_empty());
        let is_acquis = is_acquis == Some(true);
        attendus.push(attendu);
        niveaux.push(Niveau {
            id: id.value,
            code,
            nom,
            definition,
            commentaire_attendu,
            case,
            valeur,
            acquis: is_acquis,
            compte,
            span: id.span,
        });
    }
    // Where it is said what is acquired, what is not calls for a comment; where levels have values alone, none does.
    let (some, noted) = (niveaux.iter().any(|n| n.acquis), niveaux.iter().any(|n| n.valeur.is_some()));
    if some || noted {
        for (niveau, attendu) in niveaux.iter_mut().zip(attendus) {
            niveau.commentaire_attendu = attendu.unwrap_or(some && niveau.case && niveau.compte && !niveau.acquis);
        }
    }
    niveaux
}
