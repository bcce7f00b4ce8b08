//! Which parts of a bloc follow what stands before them, in a référentiel's or a bloc's front matter. A bloc's own
//! keys override the référentiel's one by one.

use super::yaml::fields::{Fields, word};
use super::yaml::{Kind, Node};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::referentiel::Suites;

/// `base` with what `fields` say otherwise.
pub(crate) fn suites(fields: &mut Fields, base: Suites, diagnostics: &mut Diagnostics) -> Suites {
    Suites {
        grille: fields.word("grille", diagnostics).map_or(base.grille, follows),
        commentaires: fields.take("commentaires", commentaires, diagnostics).unwrap_or(base.commentaires),
    }
}

/// Where comments start; the rule of the same name is told apart.
fn commentaires(node: &Node, field: &str, diagnostics: &mut Diagnostics) -> Option<bool> {
    if let Kind::Text(value) = &node.kind
        && matches!(value.as_str(), "obligatoires" | "facultatifs")
    {
        let message =
            format!("« {value} » est une règle ; hors de « regles », « {field} » dit où les commentaires s'impriment");
        let help = format!("écrivez « {field}: {value} » sous « regles: », décalé de deux espaces");
        let diagnostic = Diagnostic::new(Code::ValeurInconnue, node.span, message).help(help);
        return diagnostics.refuse(diagnostic.label("attendu : « page » ou « suite »"));
    }
    word(node, field, &["page", "suite"], diagnostics).map(follows)
}

/// Whether a part follows, or starts a page.
fn follows(word: &str) -> bool {
    word == "suite"
}
