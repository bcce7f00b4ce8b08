//! What comes of judging: verdicts with their reasons, for the documents and for `judge::check`.

use std::collections::BTreeMap;

use super::etat::Etat;
use super::mesure::Quantite;
use super::raison::Raison;
use crate::model::candidat::Mesure;
use crate::model::forme::{ENSEMBLE, Valeur};
use crate::model::referentiel::Referentiel;

/// What a level came to, with its reasons, the missed ones first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub valeur: Quantite,
    /// `None` where a value is calculated, and nothing judged.
    pub etat: Option<Etat>,
    pub raisons: Vec<Raison>,
    /// The candidat's decision that it follows from.
    pub decision: Option<usize>,
}

impl Verdict {
    /// The reasons that it follows from.
    pub(crate) fn raisons(&self) -> impl Iterator<Item = &Raison> {
        self.raisons.iter().filter(|raison| raison.decide)
    }

    pub(super) fn ferme(raisons: Vec<Raison>) -> Self {
        Self { valeur: Quantite::Aucune, etat: Some(Etat::NonAccessible), raisons, decision: None }
    }
}

/// All that a candidat's results came to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Verdicts {
    /// By the bloc's index; nothing for blocs without a rule that wait for nothing.
    pub blocs: BTreeMap<usize, Verdict>,
    pub ensemble: Option<Verdict>,
    /// What each decision was made about, as it was before that.
    pub avant: Vec<Avant>,
    /// What titles are worth on each sheet alone, by their places in the tree, and the bloc without one; in the order of
    /// the sheets. Nothing where no sum is printed.
    pub feuilles: Vec<BTreeMap<String, Quantite>>,
}

/// What was there before a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Avant {
    /// Nothing that could be told in a word.
    Rien,
    Resultat(Valeur),
    Verdict(Quantite, Option<Etat>),
}

impl Verdicts {
    /// What is said of a bloc that is not accessible; `None` of one that is.
    pub(crate) fn ferme(&self, bloc: usize) -> Option<&Verdict> {
        self.blocs.get(&bloc).filter(|verdict| verdict.etat == Some(Etat::NonAccessible))
    }

    /// All of them in words, the whole first: « ensemble : non acquis (bloc 2 : 9,2 < 10) ».
    pub(crate) fn lignes(&self, referentiel: &Referentiel) -> Vec<String> {
        let mots = &|_: &str| None;
        let line = |nom: String, verdict: &Verdict| {
            let valeur = verdict.valeur.connue().map(Mesure::imprimee);
            let etat = verdict.etat.as_ref().map(|etat| etat.nom(mots));
            let said: Vec<String> = etat.into_iter().chain(valeur).collect();
            let why: Vec<String> = verdict.raisons().map(|raison| raison.phrase(referentiel, mots)).collect();
            let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join(" ; ")) };
            format!("{nom} : {}{why}", said.join(", "))
        };
        let whole = self.ensemble.as_ref().map(|verdict| line(ENSEMBLE.to_owned(), verdict));
        let blocs = self.blocs.iter().map(|(bloc, verdict)| (&referentiel.blocs[*bloc], verdict));
        // The whole tells what becomes of its sheet.
        let blocs = blocs
            .filter(|(bloc, _)| !bloc.ensemble)
            .map(|(bloc, verdict)| line(format!("bloc {} ({})", bloc.numero_imprime(), bloc.id), verdict));
        whole.into_iter().chain(blocs).collect()
    }
}
