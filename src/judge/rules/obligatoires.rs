//! Which facts of an evaluation must be written: its dates, its place, how long it took, where nothing else is said. What
//! is missing is told by the rule of each.

use crate::model::referentiel::Bloc;

/// The key that names them.
pub(super) const CLE: &str = "obligatoires";

/// Whether a bloc asks for a fact, by the key that it is written under. One where nothing has a result is asked for none
/// unless that is said: what was found is written once, with the result of the whole.
pub(super) fn demande(bloc: &Bloc, fait: &str) -> bool {
    bloc.regles.mots(CLE).map_or(!bloc.sans_resultat(), |asked| asked.contains(&fait))
}
