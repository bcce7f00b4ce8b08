//! The rules of a bloc's levels, each with what it asks: a level has one if a `calcul` or a `validation` names it, the
//! innermost place where that is written.

use crate::model::calcul::{Arrondi, Calcul, Calculs, Eliminatoire, Validation};
use crate::model::forme::{ENSEMBLE, Etage};
use crate::model::noeud::Noeud;
use crate::model::referentiel::{Bloc, Referentiel};

/// What is asked of all things of a level.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Regle<'r> {
    /// How their value is made, if anybody asks for it.
    pub calcul: Option<Calcul>,
    pub arrondi: Option<Arrondi>,
    pub validation: Option<&'r Validation>,
}

/// The rules of a bloc, from the whole down; those of levels without any are left out.
pub(crate) struct ReglesDeBloc<'r> {
    etages: Vec<(Etage, Regle<'r>)>,
}

/// The rule of the whole.
pub(crate) fn ensemble(referentiel: &Referentiel) -> Option<Regle<'_>> {
    regle(&referentiel.regles.calculs, ENSEMBLE, false)
}

impl<'r> ReglesDeBloc<'r> {
    pub(crate) fn of(bloc: &'r Bloc, referentiel: &'r Referentiel) -> Self {
        // Where the whole has the only result, its rule alone judges.
        if bloc.forme.resultat_par == Etage::Ensemble {
            return Self { etages: Vec::new() };
        }
        let calculs = &bloc.regles.calculs;
        let rangs = (0..bloc.forme.structure.len()).map(Etage::Rang);
        let mut above = bloc.compte && ensemble(referentiel).is_some_and(|regle| regle.calcul.is_some());
        let mut etages = Vec::new();
        for etage in [Etage::Bloc].into_iter().chain(rangs).chain([Etage::Critere]) {
            let own = match etage {
                Etage::Bloc => is_note(bloc.eliminatoire.as_ref().map(|e| e.value)),
                Etage::Rang(rang) => bloc.noeuds.iter().any(|noeud| asks(noeud, rang)),
                Etage::Ensemble | Etage::Critere => false,
            };
            if let Some(regle) = regle(calculs, etage.nom(&bloc.forme.structure), above || own) {
                above = regle.calcul.is_some();
                etages.push((etage, regle));
            }
        }
        Self { etages }
    }

    pub(crate) fn get(&self, etage: Etage) -> Option<Regle<'r>> {
        self.etages.iter().find(|(of, _)| *of == etage).map(|(_, regle)| *regle)
    }

    /// Whether nothing is said of any level.
    pub(crate) fn is_empty(&self) -> bool {
        self.etages.is_empty()
    }

    /// The places of titles whose results are summed up, « 0.1 »; nothing for the bloc itself.
    pub(crate) fn totaux(&self, bloc: &Bloc) -> Vec<String> {
        fn walk(noeuds: &[Noeud], rang: usize, above: &str, sums: &dyn Fn(Etage) -> bool, all: &mut Vec<String>) {
            for (i, noeud) in noeuds.iter().enumerate() {
                let place = if above.is_empty() { i.to_string() } else { format!("{above}.{i}") };
                if sums(Etage::Rang(rang)) && evaluated(noeud) {
                    all.push(place.clone());
                }
                walk(&noeud.enfants, rang + 1, &place, sums, all);
            }
        }
        let sums = |etage| self.get(etage).is_some_and(|regle| regle.calcul == Some(Calcul::Somme));
        let mut all = Vec::new();
        if sums(Etage::Bloc) {
            all.push(String::new());
        }
        walk(&bloc.noeuds, 0, "", &sums, &mut all);
        all
    }
}

/// `asked` tells whether somebody needs a value that this level does not speak of.
fn regle<'r>(calculs: &'r Calculs, etage: &str, asked: bool) -> Option<Regle<'r>> {
    let calcul = calculs.calcul.get(etage).map(|calcul| calcul.value);
    let validation = calculs.validation.get(etage);
    if calcul.is_none() && validation.is_none() {
        return None;
    }
    let seuil = validation.is_some_and(|v| v.issues.iter().any(|issue| issue.seuil.is_some()));
    let usual = (asked || seuil).then_some(Calcul::Moyenne);
    Some(Regle { calcul: calcul.or(usual), arrondi: calculs.arrondi(etage), validation })
}

fn is_note(eliminatoire: Option<Eliminatoire>) -> bool {
    matches!(eliminatoire, Some(Eliminatoire::Note(_)))
}

/// Whether something in a title has a result.
fn evaluated(noeud: &Noeud) -> bool {
    noeud.id.is_some() || noeud.enfants.iter().any(evaluated)
}

/// Whether a title of this level must reach a value by itself.
fn asks(noeud: &Noeud, rang: usize) -> bool {
    match rang.checked_sub(1) {
        None => is_note(noeud.eliminatoire.as_ref().map(|e| e.value)),
        Some(below) => noeud.enfants.iter().any(|enfant| asks(enfant, below)),
    }
}
