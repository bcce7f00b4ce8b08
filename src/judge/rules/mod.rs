//! The rules of evaluations, one file each: what contradicts it, what is missing without it, and how both are said. Some
//! hold only where `regles` of a référentiel or a bloc asks for them, by the key that is their name; the others always.
//! Their source is the « mode d'emploi » of each livret and the modalités of its blocs. Nothing here knows the state of a
//! livret, nor in which order things are found.

mod activites_exercees;
pub(crate) mod commentaires;
pub(crate) mod consensus;
mod dates;
mod duree;
mod duree_max_jours;
mod entretiens;
mod evaluateurs;
mod evaluateurs_distincts;
mod evaluation;
mod lieu;
mod obligatoires;
mod resultats;
pub(crate) mod rule;
pub(crate) mod textes;

use rule::{OfBloc, OfLivret};

/// Those of a whole livret, in the order in which they are said.
pub(crate) const LIVRET: [&OfLivret; 3] = [&evaluateurs::RULE, &textes::RULE, &evaluateurs_distincts::RULE];

/// Those of a bloc of which something is written.
pub(crate) const BLOC: [&OfBloc; 9] = [
    &resultats::RULE,
    &consensus::RULE,
    &activites_exercees::RULE,
    &dates::RULE,
    &duree_max_jours::RULE,
    &lieu::RULE,
    &entretiens::RULE,
    &duree::RULE,
    &commentaires::RULE,
];

/// What is said in their place of a bloc of which nothing is written.
pub(crate) const VIERGE: [&OfBloc; 2] = [&evaluation::RULE, &evaluation::ENSEMBLE];

/// The codes of all that can be missing.
pub(crate) fn manques() -> impl Iterator<Item = &'static str> {
    let livret = LIVRET.into_iter().map(|rule| (rule.code, rule.manque.is_some()));
    let blocs = BLOC.into_iter().chain(VIERGE).map(|rule| (rule.code, rule.manque.is_some()));
    livret.chain(blocs).filter_map(|(code, can)| can.then_some(code))
}

#[cfg(test)]
mod tests {
    use super::{BLOC, LIVRET, obligatoires};
    use crate::sources::keys::{CALCULS, REGLES};

    #[test]
    fn every_key_has_its_rule() {
        let rules = LIVRET.iter().map(|r| r.code).chain(BLOC.iter().map(|r| r.code));
        // Asked by the rule of each fact that it names.
        let rules: Vec<&str> = rules.chain([obligatoires::CLE]).collect();
        let without: Vec<&str> = REGLES.names().filter(|key| !rules.contains(key) && !CALCULS.contains(key)).collect();
        assert!(without.is_empty(), "{without:?}");
    }
}
