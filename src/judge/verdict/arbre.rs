//! From the results up: what each thing is worth and whether it is acquired, title by title to its bloc. Levels without a
//! rule are transparent: what is below them counts in the level above, its weights multiplied on the way.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::avis::{Joint, joint};
use super::mesure::Quantite;
use super::niveau::judged;
use super::part::{Enfant, Part, enfant, vide};
use super::raison::Sujet;
use super::regle::ReglesDeBloc;
use super::rendu::Verdict;
use crate::model::calcul::{Joints, facteur};
use crate::model::candidat::{BlocPresente, Decide, Decision, Sur};
use crate::model::forme::{Etage, Situations};
use crate::model::noeud::{Item, Noeud};
use crate::model::referentiel::{Bloc, Referentiel};

/// A bloc's grille with the results of its sheets.
pub(super) struct Arbre<'a> {
    pub index: usize,
    pub bloc: &'a Bloc,
    pub referentiel: &'a Referentiel,
    pub regles: &'a ReglesDeBloc<'a>,
    /// The sheets that are looked at: all of the bloc, or one.
    pub feuilles: Vec<&'a BlocPresente>,
    /// Those that hold: on a sheet alone, what was evaluated is shown.
    pub decisions: &'a [Decision],
    /// What the titles came to that have a rule, by their places in the tree.
    pub titres: BTreeMap<String, Verdict>,
}

impl Arbre<'_> {
    /// All that counts in the bloc.
    pub(super) fn bloc(&mut self) -> Part {
        let bloc = self.bloc;
        let mut part = Part::default();
        if bloc.est_evalue_entier() {
            let items = bloc.items();
            part.enfants.extend(items.iter().flat_map(|item| self.feuille(item)));
        }
        for (i, noeud) in bloc.noeuds.iter().enumerate() {
            part.add(self.noeud(noeud, 0, &i.to_string()));
        }
        part
    }

    fn noeud(&mut self, noeud: &Noeud, rang: usize, place: &str) -> Part {
        let mut part = Part::default();
        if noeud.id.is_some() {
            let items: Vec<Item> = match self.bloc.forme.resultat_par {
                Etage::Critere => Item::of_criteres(noeud).collect(),
                _ => vec![Item::of(noeud)],
            };
            for item in items {
                let enfants = self.feuille(&item);
                match self.regles.get(Etage::Critere).filter(|_| item.critere.is_some()) {
                    Some(regle) => {
                        let own = Part { enfants, eliminatoires: Vec::new() };
                        let sujet = Sujet::Item(item.cle.clone());
                        let judged = judged(&regle, own, sujet, self.decision(&Sur::item(self.index, &item.cle)));
                        part.add(self.keep(format!("{place}.{}", item.cle), judged, Decimal::ONE));
                    }
                    None => part.enfants.extend(enfants),
                }
            }
        }
        for (i, enfant) in noeud.enfants.iter().enumerate() {
            part.add(self.noeud(enfant, rang + 1, &format!("{place}.{i}")));
        }
        let poids = facteur(&noeud.poids);
        let nom = if noeud.id().is_empty() { noeud.titre.clone() } else { noeud.id().to_owned() };
        let (sujet, etage) = (Sujet::Item(nom), Etage::Rang(rang));
        // Of a title without results nothing can be said.
        let regle = self.regles.get(etage).filter(|_| !part.enfants.is_empty());
        let eliminatoire = noeud.eliminatoire.as_ref().map(|e| e.value);
        let mut part = match regle {
            Some(regle) => {
                let decided = self.decision(&Sur::item(self.index, noeud.id()));
                let decided = decided.filter(|_| noeud.id.is_some() && !self.is_feuille());
                let judged = judged(&regle, part, sujet.clone(), decided);
                self.keep(place.to_owned(), judged, poids)
            }
            None => part.times(poids),
        };
        let arrondi = self.bloc.regles.calculs.arrondi(etage.nom(&self.bloc.forme.structure));
        let own = eliminatoire
            .filter(|_| !part.enfants.is_empty())
            .map(|e| part.eliminatoire(e, regle.is_some(), arrondi).of(sujet));
        part.eliminatoires.extend(own);
        part
    }

    /// Whether decisions on a title are on its result, and not on what several come to.
    fn is_feuille(&self) -> bool {
        !matches!(self.bloc.forme.resultat_par, Etage::Critere)
    }

    /// Remembers what a title came to.
    fn keep(&mut self, place: String, (verdict, mut part): (Verdict, Part), poids: Decimal) -> Part {
        self.titres.insert(place, verdict);
        part = part.times(poids);
        part
    }

    fn decision(&self, sur: &Sur) -> Option<(usize, Decide)> {
        decision(self.decisions, sur)
    }

    /// The results of one thing: in each situation, joined, or each role's where opinions are counted.
    fn feuille(&self, item: &Item) -> Vec<Enfant> {
        let sur = match item.noeud {
            Some(_) => Sur::item(self.index, &item.cle),
            None => Sur::Bloc(self.index),
        };
        // What was decided stands wherever the thing was evaluated, so that it weighs what it weighed.
        let decided = match self.decision(&sur) {
            Some((_, Decide::Valeur(valeur))) => Some(enfant(item, valeur, self.bloc.echelle_decidee())),
            _ => None,
        };
        let comptes = self.bloc.regles.calculs.avis.as_ref().is_some_and(|avis| avis.value == Joints::Comptes);
        let mut all = Vec::new();
        for feuille in &self.feuilles {
            let resultat = feuille.evaluation.resultat(item);
            let echelle = feuille.echelle(self.bloc);
            let poids = self.poids(feuille);
            let given = |joint: Joint| match joint {
                _ if decided.is_some() => decided.clone().unwrap_or_else(|| vide(item)),
                Joint::EnCours => Enfant { en_cours: true, ..vide(item) },
                Joint::ATrancher => Enfant { valeur: Quantite::Indeterminee, ..vide(item) },
                Joint::Valeur(valeur) => enfant(item, valeur, echelle),
                Joint::Mesure(mesure) => Enfant { valeur: Quantite::Connue(mesure), ..vide(item) },
            };
            if comptes && self.referentiel.roles.len() > 1 {
                let own = (0..self.referentiel.roles.len()).map(|role| resultat.and_then(|r| r.avis(role)));
                all.extend(own.map(|avis| Enfant { poids, ..given(avis.map_or(Joint::EnCours, Joint::Valeur)) }));
            } else {
                all.push(Enfant { poids, ..given(joint(resultat, (self.bloc, echelle), self.referentiel)) });
            }
        }
        all
    }

    /// What the situation of a sheet weighs.
    fn poids(&self, feuille: &BlocPresente) -> Decimal {
        let Situations::Declarees(all) = &self.bloc.situations else { return Decimal::ONE };
        let own = all.iter().find(|s| feuille.situation.as_ref().is_some_and(|own| own.id == s.id.value));
        own.map_or(Decimal::ONE, |situation| facteur(&situation.poids))
    }
}

/// The last decision on something, with its position.
pub(super) fn decision(decisions: &[Decision], sur: &Sur) -> Option<(usize, Decide)> {
    let at = decisions.iter().rposition(|decision| decision.sur == *sur)?;
    Some((at, decisions[at].resultat))
}
