//! A critère as templates see it, typeset.

use tera::Value;

use super::fields;
use crate::documents::render::prose;
use crate::model::noeud::Critere;

/// A critère, typeset.
pub(super) fn critere(c: &Critere) -> Value {
    fields([("html", prose::critere(&c.contenu).into()), ("puce", c.puce.into()), ("blocs", c.has_blocks().into())])
}
