//! A critère as templates see it, typeset.

use serde::Serialize;

use crate::documents::render::prose::critere;
use crate::model::noeud::Critere;

#[derive(Debug, Serialize)]
pub(crate) struct ContexteCritere {
    html: String,
    puce: bool,
    blocs: bool,
}

/// A critère, typeset.
pub(crate) fn contexte_critere(c: &Critere) -> ContexteCritere {
    ContexteCritere { html: critere(&c.contenu), puce: c.puce, blocs: c.has_blocks() }
}
