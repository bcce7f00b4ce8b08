//! Two files of one person in one session: one of them was copied, or the person was entered twice.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::regles::name;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::candidat::Candidat;
use crate::source::Span;

/// Warns of every candidat whose name another one of the same session has.
pub fn doublons(candidats: &[Arc<Candidat>], diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<(&str, Vec<String>, Vec<String>), Span> = BTreeMap::new();
    for candidat in candidats {
        let key = (candidat.session.as_str(), name(&candidat.nom), name(&candidat.prenom));
        let first = *seen.entry(key).or_insert(candidat.span);
        if first != candidat.span {
            let message = format!("{} a déjà une fiche dans la session {}", candidat.nom_complet(), candidat.session);
            diagnostics.push(
                Diagnostic::new(Code::PersonneEnDouble, candidat.span, message)
                    .label("la même personne")
                    .related(first, "déjà ici")
                    .help("corrigez le nom, ou supprimez l'une des deux fiches ; deux homonymes : gardez-les"),
            );
        }
    }
}
