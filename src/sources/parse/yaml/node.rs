//! A value of the tree, and how it is spoken of.

use super::lists::Listed;
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::source::{Span, Spanned};

/// A value of the tree.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub kind: Kind,
    pub span: Span,
    /// A text that may have been meant for a list.
    pub listed: Option<Box<Listed>>,
}

/// What a value is. Scalars stay text: what they mean is decided by the field that they stand in, so that
/// `version: 2024` and `version: "2024"` are the same.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// Not written, or as `~`: then it has a place.
    Null,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Spanned<String>, Node)>),
}

/// A key between guillemets; a description (« la fiche du candidat », « livret.yaml ») as it stands.
pub(crate) fn named(what: &str) -> String {
    if what.contains([' ', '.']) { what.to_owned() } else { format!("« {what} »") }
}

/// An error at a value: « attendu …, trouvé … ».
pub(crate) fn wrong_type(node: &Node, field: &str, expected: &str) -> Diagnostic {
    let found = match node.kind {
        Kind::Null => "rien",
        Kind::Text(_) => "un texte",
        Kind::List(_) => "une liste",
        Kind::Map(_) => "un groupe de clés",
    };
    let message = format!("{} doit être {expected}, et non {found}", named(field));
    Diagnostic::new(Code::MauvaiseSorte, node.span, message).label(format!("attendu : {expected}"))
}

/// The colon of `clé:valeur`.
pub(crate) fn glued_colon(words: &str) -> Option<usize> {
    let colon = words.find(':').filter(|colon| *colon > 0)?;
    let simple = words[..colon].chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let starts = words.starts_with(char::is_alphabetic);
    (simple && starts && words[colon + 1..].starts_with(|c: char| !c.is_whitespace() && c != '/')).then_some(colon)
}

pub(crate) fn space_after_colon(place: Span) -> Diagnostic {
    Diagnostic::new(Code::YamlLigneMalFormee, place, "il manque une espace après ce deux-points")
        .label("ici")
        .help("écrivez « clé: valeur » : le deux-points collé à la clé, puis une espace")
}
