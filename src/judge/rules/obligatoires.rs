//! Which facts of an evaluation must be written: its dates, its place, how long it took, where nothing else is said. What
//! is missing is told by the rule of each.

use crate::model::referentiel::Bloc;

/// The key that names them.
pub(super) const CLE: &str = "obligatoires";

/// Whether a bloc asks for a fact, by the key that it is written under.
pub(super) fn demande(bloc: &Bloc, fait: &str) -> bool {
    bloc.regles.mots(CLE).is_none_or(|asked| asked.contains(&fait))
}
