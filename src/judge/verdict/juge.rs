//! A candidat's blocs, each judged after those that it waits for, then the whole.

use std::collections::BTreeMap;

use super::arbre::{Arbre, decision};
use super::etat::{Etat, Tenue};
use super::mesure::Quantite;
use super::niveau::judged;
use super::part::{Enfant, Part};
use super::prealables::{Acces, acces, attend};
use super::raison::{Cause, Raison, Sujet};
use super::regle::{self, Regle, ReglesDeBloc};
use super::rendu::{Verdict, Verdicts};
use crate::model::calcul::{Exige, Pour, Prealable, facteur};
use crate::model::candidat::{BlocPresente, Candidat, Decision, Sur};
use crate::model::forme::{ENSEMBLE, Etage};
use crate::model::referentiel::Referentiel;

/// Judges a candidat, by some of the decisions.
pub(super) fn judge(candidat: &Candidat, decisions: &[Decision], referentiel: &Referentiel) -> Verdicts {
    if !referentiel.is_judged() {
        return Verdicts { feuilles: vec![BTreeMap::new(); candidat.blocs.len()], ..Verdicts::default() };
    }
    let regles: Vec<ReglesDeBloc> = referentiel.blocs.iter().map(|bloc| ReglesDeBloc::of(bloc, referentiel)).collect();
    let whole = regle::ensemble(referentiel);
    let mut juge = Juge { candidat, decisions, referentiel, regles: &regles, done: BTreeMap::new() };
    let mut presented: Vec<usize> = candidat.blocs.iter().map(|bloc| bloc.bloc).collect();
    presented.dedup();
    presented.iter().for_each(|bloc| drop(juge.bloc(*bloc)));
    let parcours = &referentiel.parcours[candidat.parcours];
    let ensemble = whole.filter(|_| parcours.tous_les_blocs).map(|regle| juge.ensemble(&regle, &presented));
    let feuilles = candidat.blocs.iter().map(|feuille| juge.feuille(feuille)).collect();
    let blocs = juge.done.into_iter().filter_map(|(bloc, juge)| Some((bloc, juge.verdict?))).collect();
    Verdicts { blocs, ensemble, feuilles, avant: Vec::new() }
}

/// Goes over the blocs, each after those that it waits for.
struct Juge<'a> {
    candidat: &'a Candidat,
    decisions: &'a [Decision],
    referentiel: &'a Referentiel,
    regles: &'a [ReglesDeBloc<'a>],
    done: BTreeMap<usize, BlocJuge>,
}

/// A bloc that was judged.
#[derive(Clone)]
struct BlocJuge {
    verdict: Option<Verdict>,
    /// What it gives to the whole.
    part: Part,
}

impl<'a> Juge<'a> {
    fn arbre(&self, index: usize, feuilles: Vec<&'a BlocPresente>, decisions: &'a [Decision]) -> Arbre<'a> {
        Arbre {
            index,
            bloc: &self.referentiel.blocs[index],
            referentiel: self.referentiel,
            regles: &self.regles[index],
            feuilles,
            decisions,
            valeurs: BTreeMap::new(),
        }
    }

    fn bloc(&mut self, index: usize) -> BlocJuge {
        if let Some(done) = self.done.get(&index) {
            return done.clone();
        }
        let referentiel = self.referentiel;
        let acces = self.acces(referentiel.prealables.iter().filter(|p| attend(p, index)));
        let bloc = &self.referentiel.blocs[index];
        let feuilles = self.candidat.blocs.iter().filter(|feuille| feuille.bloc == index).collect();
        let mut arbre = self.arbre(index, feuilles, self.decisions);
        let part = arbre.bloc();
        let sujet = Sujet::Bloc(index);
        let decided = decision(self.decisions, &Sur::Bloc(index));
        let regle = self.regles[index].get(Etage::Bloc);
        let forced = decided.is_some_and(|(_, decide)| decide.is_verdict());
        let (mut verdict, mut part) = match regle {
            Some(regle) => {
                let (verdict, part) = judged(&regle, part, sujet.clone(), decided);
                (Some(verdict), part)
            }
            None => (None, part),
        };
        match acces {
            Acces::Ouvert => {}
            _ if forced => {}
            Acces::Attend(raisons) => wait(verdict.as_mut(), &mut part, raisons),
            Acces::Ferme(raisons) => {
                let own = Enfant::ferme(sujet.clone(), raisons.first().cloned());
                part = Part { enfants: vec![own], eliminatoires: Vec::new() };
                verdict = Some(Verdict::ferme(raisons));
            }
        }
        let arrondi = bloc.arrondi(Etage::Bloc);
        let own = bloc.eliminatoire.as_ref().map(|e| part.eliminatoire(e.value, regle.is_some(), arrondi));
        part.eliminatoires.extend(own.map(|raison| raison.of(sujet)));
        let done = BlocJuge { verdict, part: part.times(facteur(&bloc.poids)) };
        self.done.insert(index, done.clone());
        done
    }

    fn ensemble(&mut self, regle: &Regle, presented: &[usize]) -> Verdict {
        let mut part = Part::default();
        for index in presented.iter().filter(|index| self.referentiel.blocs[**index].compte) {
            part.add(self.bloc(*index).part);
        }
        let decided = decision(self.decisions, &Sur::Ensemble);
        let forced = decided.is_some_and(|(_, decide)| decide.is_verdict());
        // Where its one result cannot be given, nothing is left to count.
        if let Some(raisons) = self.ferme().filter(|_| decided.is_none()) {
            let etat = Some(Etat::Rendu { favorable: false, nom: None });
            return Verdict { valeur: Quantite::Aucune, etat, raisons, decision: None };
        }
        let en_cours: Vec<Raison> = part.enfants.iter().filter_map(Enfant::raison_en_cours).collect();
        let (mut verdict, mut part) = judged(regle, part, Sujet::Item(ENSEMBLE.to_owned()), decided);
        if verdict.etat == Some(Etat::EnCours) {
            verdict.raisons = en_cours;
        }
        match self.acces(self.referentiel.prealables.iter().filter(|p| p.pour == Pour::Ensemble)) {
            Acces::Ouvert => {}
            _ if forced => {}
            Acces::Attend(raisons) => wait(Some(&mut verdict), &mut part, raisons),
            // A refusal decides against the whole, unless something is still to come.
            Acces::Ferme(raisons) if verdict.etat.is_some() && verdict.etat != Some(Etat::EnCours) => {
                verdict.raisons.iter_mut().for_each(|raison| raison.decide &= raison.tenue == Tenue::Manquee);
                verdict.raisons.splice(0..0, raisons);
                verdict.etat = Some(Etat::Rendu { favorable: false, nom: None });
            }
            Acces::Ferme(_) => {}
        }
        verdict
    }

    /// Why the sheet of the whole is not accessible, if it is not.
    fn ferme(&self) -> Option<Vec<Raison>> {
        let verdict = self.done.get(&self.referentiel.feuille_d_ensemble()?)?.verdict.as_ref()?;
        (verdict.etat == Some(Etat::NonAccessible)).then(|| verdict.raisons.clone())
    }

    fn acces<'p>(&mut self, all: impl Iterator<Item = &'p Prealable>) -> Acces {
        acces(all.map(|prealable| self.rempli(&prealable.exige)).collect())
    }

    /// Whether one is met, and why not.
    fn rempli(&mut self, exige: &Exige) -> Raison {
        match exige {
            Exige::Papier { id, nom } => {
                let brought = self.candidat.prealables.get(id).copied();
                let tenue = match brought {
                    Some(true) => Tenue::Remplie,
                    Some(false) => Tenue::Manquee,
                    None => Tenue::Indeterminee,
                };
                let cause = Cause::Papier { nom: nom.clone(), refuse: brought.is_some() };
                Raison::new(tenue, cause)
            }
            Exige::Bloc(bloc) => {
                let sujet = Sujet::Bloc(*bloc);
                // One that is not presented can only be settled by people.
                let presented = self.candidat.blocs.iter().any(|presented| presented.bloc == *bloc);
                let verdict = if presented { self.bloc(*bloc).verdict } else { None };
                let etat = verdict.as_ref().and_then(|verdict| verdict.etat.clone()).unwrap_or(Etat::ATrancher);
                let why = verdict.as_ref().and_then(|verdict| verdict.raisons().next().cloned());
                let tenue = etat.acquis();
                Raison::new(tenue, Cause::Etat(etat, why.map(Box::new))).of(sujet)
            }
        }
    }

    /// What titles are worth on one sheet, as it was evaluated; nothing where no sum is printed.
    fn feuille(&self, feuille: &'a BlocPresente) -> BTreeMap<String, Quantite> {
        let bloc = &self.referentiel.blocs[feuille.bloc];
        if self.regles[feuille.bloc].totaux(bloc).is_empty() {
            return BTreeMap::new();
        }
        let mut arbre = self.arbre(feuille.bloc, vec![feuille], &[]);
        let part = arbre.bloc();
        if let Some(regle) = self.regles[feuille.bloc].get(Etage::Bloc) {
            let (verdict, _) = judged(&regle, part, Sujet::Bloc(feuille.bloc), None);
            arbre.valeurs.insert(String::new(), verdict.valeur);
        }
        arbre.valeurs
    }
}

/// Keeps a thing under way as long as it waits.
fn wait(verdict: Option<&mut Verdict>, part: &mut Part, raisons: Vec<Raison>) {
    part.enfants.iter_mut().for_each(|enfant| enfant.en_cours = true);
    let Some(verdict) = verdict else { return };
    if verdict.etat.is_some() {
        if verdict.etat != Some(Etat::EnCours) {
            verdict.raisons.clear();
        }
        verdict.etat = Some(Etat::EnCours);
        verdict.raisons.extend(raisons.clone());
        part.enfants.iter_mut().for_each(|enfant| {
            enfant.etat = Some(Etat::EnCours);
            enfant.acquis = Tenue::Indeterminee;
            enfant.raison = raisons.first().cloned();
        });
    }
}
