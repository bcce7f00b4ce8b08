//! The rules of an evaluation, in a référentiel's or a bloc's front matter. A bloc's override the référentiel's
//! one by one. They are read by the shapes of their keys; what they mean is left to `judge::rules`.

use super::calculs::calculs;
use super::yaml::fields::{Fields, number, oui_non, texts};
use super::yaml::{Kind, Node};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::Spanned;
use crate::model::referentiel::{Demande, Regles};
use crate::sources::keys::{self, Group, Key, Shape};

/// `base` with what `node` says otherwise.
pub(crate) fn regles(node: Option<&Node>, base: &Regles, d: &mut Diagnostics) -> Regles {
    let mut regles = base.clone();
    let Some(mut fields) = node.and_then(|node| Fields::of(node, &keys::REGLES, d)) else { return regles };
    for Key { name, shape, .. } in keys::REGLES.keys.iter().filter(|key| !keys::CALCULS.contains(&key.name)) {
        let written = match shape {
            Shape::OuiNon => fields.take(name, oui_non, d).map(Demande::Oui),
            Shape::List(_, Shape::Choice(words)) => {
                fields.node(name).map(|node| Demande::Mots(mots(node, name, words, d)))
            }
            Shape::Choice(_) => fields.word(name, d).map(Demande::Mot),
            Shape::Or(..) => fields.take(name, bornes, d),
            _ => fields.take(name, number, d).map(|n| Demande::Bornes(n.value, n.value)),
        };
        regles.demandes.extend(written.map(|demande| (*name, demande)));
    }
    regles.calculs = calculs(&mut fields, &base.calculs, d);
    fields.finish(d);
    regles
}

/// Some of a few words.
fn mots(node: &Node, field: &str, known: &[(&'static str, &str)], d: &mut Diagnostics) -> Vec<&'static str> {
    let known = known.iter().map(|(word, _)| *word);
    let written = texts(node, field, d).unwrap_or_default();
    let read = |written: &Spanned<String>| {
        known.clone().find(|word| *word == written.value).or_else(|| {
            let message = format!("« {field} » ne peut pas nommer « {} »", written.value);
            let diagnostic = Diagnostic::new(Code::ValeurInconnue, written.span, message).label("mot inconnu");
            d.refuse(diagnostic.suggest(&written.value, known.clone()))
        })
    };
    written.iter().filter_map(read).collect()
}

/// `{ min: 3, max: 5 }`, or one number for exactly as many.
fn bornes(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Demande> {
    min_max(node, field, &keys::ENTRETIENS, d).map(|(min, max)| Demande::Bornes(min, max))
}

/// The least and the most, under the keys of `group`, or one number that is both.
pub(crate) fn min_max(node: &Node, field: &str, group: &'static Group, d: &mut Diagnostics) -> Option<(u32, u32)> {
    if !matches!(node.kind, Kind::Map(_)) {
        return number(node, field, d).map(|n| (n.value, n.value));
    }
    Fields::read(node, group, d, |fields, d| {
        let (min, max) = (fields.take("min", number, d), fields.take("max", number, d));
        let (min, max) = (min?, max?);
        if min.value > max.value {
            let message = format!("« max » ({}) est plus petit que « min » ({})", max.value, min.value);
            let diagnostic = Diagnostic::new(Code::BornesInversees, max.span, message);
            return d.refuse(diagnostic.related(min.span, "plus grand").help("échangez les deux nombres"));
        }
        Some((min.value, max.value))
    })
}
