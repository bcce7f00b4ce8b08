//! A scale: levels, marks up to a maximum, or one box to tick; and what a mark is, as people write it.

use rust_decimal::Decimal;

use super::names::Names;
use super::yaml::fields::{Fields, has_key_of, list, oui_non, simple, text, word};
use super::yaml::{Kind, Node};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{Span, Spanned};
use crate::model::forme::{Echelle, Niveau, Note};
use crate::sources::keys;

pub(crate) fn echelle(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Echelle> {
    match &node.kind {
        Kind::Text(_) => word(node, field, &["coche"], d).map(|_| Echelle::Coche),
        // A map that is no level alone.
        Kind::Map(_) if has_key_of(node, &keys::NOTE) => note(node, d).map(Echelle::Note),
        _ => {
            let niveaux = niveaux(node, d);
            if list(node).len() < 2 {
                let message = format!("« {field} » doit avoir au moins deux niveaux");
                let help = "écrivez un niveau par ligne : - { id: acquis, nom: ACQUIS }";
                return d.refuse(Diagnostic::new(Code::EchelleTropCourte, node.span, message).help(help));
            }
            Some(Echelle::Niveaux(niveaux))
        }
    }
}

fn note(node: &Node, d: &mut Diagnostics) -> Option<Note> {
    let mut fields = Fields::of(node, &keys::NOTE, d)?;
    let max = fields.take("note", decimal, d);
    let pas = fields.take("pas", decimal, d);
    let unite = fields.text("unite", d);
    let autres = fields.take("autres", |node, _, d| Some(niveaux(node, d)), d).unwrap_or_default();
    fields.finish(d);
    let wrong = |span: Span, message: &str| Diagnostic::new(Code::NoteMalFormee, span, message);
    for autre in autres.iter().filter(|autre| nombre(&autre.id).is_some() || nombre(&autre.code).is_some()) {
        let diagnostic = wrong(autre.span, &format!("« {} » serait lu comme une note", autre.id));
        let label = "ni l'identifiant ni le code ne sont des nombres";
        d.push(diagnostic.label(label).help("écrivez un mot : absent, non évaluable…"));
    }
    let max = max?;
    let pas = pas.unwrap_or_else(|| Spanned::new(Decimal::new(1, 2), max.span));
    if max.value <= Decimal::ZERO {
        return d.refuse(wrong(max.span, "la note la plus haute est plus grande que zéro"));
    }
    let example = "écrivez par exemple pas: 0.5";
    if pas.value <= Decimal::ZERO {
        return d.refuse(wrong(pas.span, "« pas » est plus grand que zéro").help(example));
    }
    if !(max.value % pas.value).is_zero() {
        let (by, to) = (francais(pas.value), francais(max.value));
        let diagnostic = wrong(pas.span, &format!("de {by} en {by}, une note n'arrive pas à {to}"));
        return d.refuse(diagnostic.related(max.span, "la note la plus haute").help(example));
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
    let mut names = Names::default();
    let read = Fields::read_each(node, &keys::NIVEAU, d, |fields, d| {
        let id = fields.take("id", text, d);
        let code = fields.take("code", text, d);
        let nom = fields.take("nom", text, d);
        let definition = fields.text("definition", d).unwrap_or_default();
        let attendu = fields.word("commentaire", d).map(|word| word == "attendu");
        let acquis = fields.take("acquis", oui_non, d) == Some(true);
        let case = fields.take("case", oui_non, d).unwrap_or(true);
        let valeur = fields.take("valeur", decimal, d).map(|valeur| valeur.value);
        let compte = fields.take("compte", oui_non, d).unwrap_or(true);
        let (id, nom) = (id?, nom?);
        let words = [Some(id.clone()), code.clone(), Some(nom.clone())].into_iter().flatten().collect();
        names.push(words, Code::NiveauEnDouble, "deux niveaux portent le nom", d);
        let (nom, span) = (nom.value, id.span);
        let code = code.map_or_else(|| nom.clone(), |c| c.value);
        let commentaire_attendu = false;
        let niveau =
            Niveau { id: id.value, code, nom, definition, commentaire_attendu, case, valeur, acquis, compte, span };
        Some((niveau, attendu))
    });
    let (some, noted) = (read.iter().any(|(n, _)| n.acquis), read.iter().any(|(n, _)| n.valeur.is_some()));
    // Unless it is said: where it is said what is acquired, what is not calls for a comment; where levels have values
    // alone, none does; else the first level is the best, and does not.
    let usual = |i: usize, n: &Niveau| if some || noted { some && n.case && n.compte && !n.acquis } else { i > 0 };
    let all = read.into_iter().enumerate();
    all.map(|(i, (niveau, attendu))| Niveau {
        commentaire_attendu: attendu.unwrap_or_else(|| usual(i, &niveau)),
        ..niveau
    })
    .collect()
}
