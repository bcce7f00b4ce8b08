//! Two files of one person in one session: one of them was copied, or the person was entered twice. The copy is
//! blamed, and never what it was made from.

use std::collections::BTreeMap;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::paths::copie::original;
use crate::ground::personnes::name;
use crate::model::candidat::Candidat;

/// Warns of every candidat whose name another one of the same session has.
pub(crate) fn doublons(candidats: &[&Candidat], diagnostics: &mut Diagnostics) {
    let mut same: BTreeMap<_, Vec<&Candidat>> = BTreeMap::new();
    for candidat in candidats {
        let key = (candidat.session.as_str(), name(&candidat.nom), name(&candidat.prenom));
        same.entry(key).or_default().push(candidat);
    }
    for group in same.values().filter(|group| group.len() > 1) {
        let Some(first) = group.iter().find(|c| copied(c, group).is_none()).or(group.first()) else { continue };
        for candidat in group.iter().filter(|c| c.id != first.id) {
            let message = format!("{} a déjà une fiche dans la session {}", candidat.nom_complet(), candidat.session);
            let (label, help) = match copied(candidat, group) {
                Some(id) => (
                    format!("copie de « {id}.md »"),
                    "supprimez cette copie, si elle ne dit rien de plus ; si c'est une autre personne, corrigez le nom",
                ),
                None => (
                    "la même personne".to_owned(),
                    "corrigez le nom, ou supprimez l'une des deux fiches ; deux homonymes : gardez-les",
                ),
            };
            let diagnostic = Diagnostic::new(Code::PersonneEnDouble, candidat.span, message).label(label);
            diagnostics.push(diagnostic.related(first.span, "déjà ici").help(help));
        }
    }
}

/// The name of the file that a candidat's was copied from.
fn copied<'c>(candidat: &'c Candidat, group: &[&Candidat]) -> Option<&'c str> {
    original(&candidat.id).filter(|id| group.iter().any(|other| other.id == *id))
}
