//! Which parts of a bloc follow what stands before them, in a référentiel's or a bloc's front matter. A bloc's own
//! keys override the référentiel's one by one.

use super::yaml::fields::{Fields, choice};
use super::yaml::{Kind, Node};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::referentiel::Suites;

/// `base` with what `fields` say otherwise.
pub fn suites(fields: &mut Fields, base: Suites, diagnostics: &mut Diagnostics) -> Suites {
    Suites {
        grille: fields.optional("grille", suite, diagnostics).unwrap_or(base.grille),
        commentaires: fields.optional("commentaires", suite, diagnostics).unwrap_or(base.commentaires),
    }
}

/// `page` or `suite`: whether a part starts a page, or follows.
fn suite(node: &Node, field: &str, diagnostics: &mut Diagnostics) -> Option<bool> {
    if let Kind::Text(value) = &node.kind
        && field == "commentaires"
        && matches!(value.as_str(), "obligatoires" | "facultatifs")
    {
        // The key of the same name among the rules.
        let message =
            format!("« {value} » est une règle ; hors de « regles », « {field} » dit où les commentaires s'impriment");
        diagnostics.push(
            Diagnostic::new(Code::ValeurInconnue, node.span, message)
                .label("attendu : « page » ou « suite »")
                .help(format!("écrivez « {field}: {value} » sous « regles: », décalé de deux espaces")),
        );
        return None;
    }
    choice(node, field, &[("page", false), ("suite", true)], diagnostics)
}
