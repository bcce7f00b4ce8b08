//! The rules of an evaluation, in a référentiel's or a bloc's front matter. A bloc's override the référentiel's
//! one by one.

use super::yaml::fields::{Fields, number, oui_non};
use super::yaml::{Kind, Node};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::referentiel::Regles;
use crate::sources::keys;

/// `base` with what `node` says otherwise.
pub(crate) fn regles(node: Option<&Node>, base: &Regles, diagnostics: &mut Diagnostics) -> Regles {
    let mut regles = base.clone();
    let Some(node) = node else { return regles };
    let Some(mut fields) = Fields::of(node, &keys::REGLES, diagnostics) else {
        return regles;
    };
    let d = diagnostics;
    if let Some(value) = fields.take("evaluateurs_distincts", oui_non, d) {
        regles.evaluateurs_distincts = value;
    }
    if let Some(value) = fields.take("consensus", oui_non, d) {
        regles.consensus = value;
    }
    if let Some(value) = fields.take("activites_exercees", oui_non, d) {
        regles.activites_exercees = value;
    }
    if let Some(value) = fields.take("entretiens", entretiens, d) {
        regles.entretiens = Some(value);
    }
    if let Some(value) = fields.take("duree_max_jours", number, d) {
        regles.duree_max_jours = Some(value.value);
    }
    if let Some(value) = fields.word("commentaires", d) {
        regles.commentaires_obligatoires = value == "obligatoires";
    }
    fields.finish(d);
    regles
}

/// `{ min: 3, max: 5 }`, or one number for exactly as many.
fn entretiens(node: &Node, field: &str, diagnostics: &mut Diagnostics) -> Option<(u32, u32)> {
    if !matches!(node.kind, Kind::Map(_)) {
        return number(node, field, diagnostics).map(|n| (n.value, n.value));
    }
    let mut fields = Fields::of(node, &keys::ENTRETIENS, diagnostics)?;
    let min = fields.take("min", number, diagnostics);
    let max = fields.take("max", number, diagnostics);
    fields.finish(diagnostics);
    let (min, max) = (min?, max?);
    if min.value > max.value {
        diagnostics.push(
            Diagnostic::new(
                Code::BornesInversees,
                max.span,
                format!("« max » ({}) est plus petit que « min » ({})", max.value, min.value),
            )
            .related(min.span, "plus grand")
            .help("échangez les deux nombres"),
        );
        return None;
    }
    Some((min.value, max.value))
}
