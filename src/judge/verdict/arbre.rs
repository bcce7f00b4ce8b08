//! From the results up: what each thing is worth and whether it is acquired, title by title to its bloc. Levels without a
//! rule are transparent: what is below them counts in the level above, its weights multiplied on the way.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::avis::{Joint, joint};
use super::mesure::Quantite;
use super::niveau::judged;
use super::part::{Enfant, Part};
use super::raison::Sujet;
use super::regle::ReglesDeBloc;
use crate::model::calcul::{Joints, facteur};
use crate::model::candidat::{BlocPresente, Decide, Decision, Sur};
use crate::model::forme::Etage;
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
    /// The values of titles that have a rule, by their places in the tree.
    pub valeurs: BTreeMap<String, Quantite>,
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
        let (bloc, etage) = (self.bloc, Etage::Rang(rang));
        let mut part = Part::default();
        for item in bloc.items_de(noeud) {
            let enfants = self.feuille(&item);
            let own = Part { enfants, eliminatoires: Vec::new() };
            part.add(match self.regles.get(Etage::Critere).filter(|_| item.critere.is_some()) {
                Some(regle) => {
                    let decided = self.decision(&Sur::item(self.index, &item.cle));
                    judged(&regle, own, Sujet::Item(item.cle), decided).1
                }
                None => own,
            });
        }
        for (i, enfant) in noeud.enfants.iter().enumerate() {
            part.add(self.noeud(enfant, rang + 1, &format!("{place}.{i}")));
        }
        // Of a title without results nothing can be said.
        if part.enfants.is_empty() {
            return part;
        }
        let nom = if noeud.id().is_empty() { noeud.titre.clone() } else { noeud.id().to_owned() };
        let sujet = Sujet::Item(nom);
        let regle = self.regles.get(etage);
        if let Some(regle) = regle {
            // A decision on a title that is evaluated is on its result.
            let of_criteres = bloc.forme.resultat_par == Etage::Critere && noeud.id.is_some();
            let decided = self.decision(&Sur::item(self.index, noeud.id())).filter(|_| of_criteres);
            let verdict;
            (verdict, part) = judged(&regle, part, sujet.clone(), decided);
            self.valeurs.insert(place.to_owned(), verdict.valeur);
        }
        part = part.times(facteur(&noeud.poids));
        let eliminatoire = noeud.eliminatoire.as_ref().map(|e| e.value);
        let own = eliminatoire.map(|e| part.eliminatoire(e, regle.is_some(), bloc.arrondi(etage)).of(sujet));
        part.eliminatoires.extend(own);
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
        let sujet = || Sujet::Item(item.cle.clone());
        // What was decided stands wherever the thing was evaluated, so that it weighs what it weighed.
        let decided = match self.decision(&sur) {
            Some((_, Decide::Valeur(valeur))) => Some(Enfant::resultat(sujet(), valeur, self.bloc.echelle_decidee())),
            _ => None,
        };
        let comptes = self.bloc.joints() == Some(Joints::Comptes);
        let mut all = Vec::new();
        for feuille in &self.feuilles {
            let resultat = feuille.evaluation.resultat(item);
            let echelle = feuille.echelle(self.bloc);
            let poids = self.poids(feuille);
            let given = |joint: Joint| match (&decided, joint) {
                (Some(decided), _) => decided.clone(),
                (None, Joint::EnCours) => Enfant { en_cours: true, ..Enfant::new(sujet()) },
                (None, Joint::ATrancher) => Enfant { valeur: Quantite::Indeterminee, ..Enfant::new(sujet()) },
                (None, Joint::Valeur(valeur)) => Enfant::resultat(sujet(), valeur, echelle),
                (None, Joint::Mesure(mesure)) => Enfant { valeur: Quantite::Connue(mesure), ..Enfant::new(sujet()) },
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
        let own = self
            .bloc
            .situations
            .declarees()
            .iter()
            .find(|s| feuille.situation.as_ref().is_some_and(|own| own.id == s.id.value));
        own.map_or(Decimal::ONE, |situation| facteur(&situation.poids))
    }
}

/// The last decision on something, with its position.
pub(super) fn decision(decisions: &[Decision], sur: &Sur) -> Option<(usize, Decide)> {
    let at = decisions.iter().rposition(|decision| decision.sur == *sur)?;
    Some((at, decisions[at].resultat))
}
