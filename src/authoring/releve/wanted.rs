//! What the place of a compétence in a fiche shall say once some cells have changed, and the way to that place.

use std::collections::BTreeMap;

use super::columns::{Colonne, Qui, together};
use crate::ground::fold;
use crate::model::candidat::Candidat;
use crate::model::forme::{Echelle, Role, Situations, Valeur};
use crate::model::noeud::Noeud;
use crate::model::referentiel::Referentiel;
use crate::sources::keys::{self, Group};

/// A fiche is written in a way that the program does not edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stuck;

/// The place of a known key among all that there are.
type Rang<'a> = Box<dyn Fn(&str) -> Option<usize> + 'a>;

/// A result, and whether it is another one than before; nothing yet.
type Given = Option<(Valeur, bool)>;

/// One step on the way to a result.
pub(crate) enum Step<'a> {
    Cle(String, Rang<'a>),
    /// A free situation: by its number in a list, or by its own key.
    Libre(String),
}

/// What is written for one result.
#[derive(Debug, Clone)]
pub(crate) struct Leaf {
    pub texte: String,
    /// Whether it is another one than before.
    pub change: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum Want {
    Un(Leaf),
    /// By critère; `None` for one without result.
    Criteres(Vec<Option<Leaf>>),
}

/// The same said in two ways; which one is written depends on what is there.
pub(crate) struct Wanted<'r> {
    /// For all évaluateurs together, if that can be said.
    pub commun: Option<Want>,
    /// For each of the roles.
    pub par_role: Vec<Option<Want>>,
    pub roles: &'r [Role],
}

impl Step<'_> {
    pub(crate) fn key(&self) -> (&str, Rang<'_>) {
        match self {
            Self::Cle(nom, rang) => (nom, Box::new(rang)),
            Self::Libre(id) => (id, Box::new(move |word| (word == id).then_some(0))),
        }
    }
}

impl Want {
    pub(crate) fn changes(&self) -> bool {
        match self {
            Self::Un(leaf) => leaf.change,
            Self::Criteres(all) => all.iter().flatten().any(|leaf| leaf.change),
        }
    }
}

impl<'r> Wanted<'r> {
    /// What changed cells of one compétence, with their new values, come to.
    pub(crate) fn of(
        changes: &[(&Colonne, Valeur)],
        candidat: &Candidat,
        r: &'r Referentiel,
        by_code: bool,
    ) -> Option<Self> {
        let (first, _) = changes.first()?;
        let evaluation = first.presente(candidat).map(|presente| &presente.evaluation);
        let echelle = first.echelle();
        let items = together(first.bloc, &first.item);
        let roles = r.roles.len().max(1);
        let new: BTreeMap<(&str, Qui), Valeur> =
            changes.iter().map(|(colonne, valeur)| ((colonne.item.cle.as_str(), colonne.qui), *valeur)).collect();
        // By item, then by role.
        let values: Vec<Vec<Given>> = items
            .iter()
            .map(|item| {
                let found = evaluation.and_then(|evaluation| evaluation.resultat(item));
                let value = |role: usize| {
                    let new = new.get(&(&item.cle, Qui::Tous)).or_else(|| new.get(&(&item.cle, Qui::Role(role))));
                    let before = found.and_then(|found| found.avis(role));
                    new.map(|new| (*new, true)).or_else(|| before.map(|before| (before, false)))
                };
                (0..roles).map(value).collect()
            })
            .collect();
        let leaf = |(valeur, change): (Valeur, bool)| Leaf { texte: texte(valeur, echelle, by_code), change };
        let want = |of: &dyn Fn(&[Given]) -> Given| {
            let mut all = values.iter().map(|values| of(values).map(leaf));
            match first.item.critere {
                None => all.next().flatten().map(Want::Un),
                Some(_) => {
                    Some(all.collect::<Vec<_>>()).filter(|all| all.iter().any(Option::is_some)).map(Want::Criteres)
                }
            }
        };
        let agreed =
            |values: &Vec<Given>| values.iter().all(|other| other.map(|(v, _)| v) == values[0].map(|(v, _)| v));
        let any_change = |values: &[Given]| {
            let (valeur, _) = (*values.first()?)?;
            Some((valeur, values.iter().flatten().any(|(_, change)| *change)))
        };
        let commun = if values.iter().all(agreed) { want(&any_change) } else { None };
        let par_role = (0..r.roles.len()).map(|role| want(&|values| values[role]));
        Some(Self { commun, par_role: par_role.collect(), roles: &r.roles })
    }
}

/// A result as a fiche writes it, by the code of a level where that fiche does so.
fn texte(valeur: Valeur, echelle: &Echelle, by_code: bool) -> String {
    // A level without a code has its name for one, which nobody writes.
    let niveau = valeur.niveau().map(|niveau| &echelle.niveaux()[niveau]).filter(|niveau| niveau.code != niveau.nom);
    let code = niveau.map(|niveau| &niveau.code);
    let known = |code: &&String| echelle.niveau(code).map(Valeur::Niveau) == Some(valeur);
    match code.filter(|code| by_code && known(code)) {
        Some(code) => code.clone(),
        None => super::columns::texte(valeur, echelle),
    }
}

/// Whether these words are codes of levels rather than ids.
pub(crate) fn by_code<'w>(words: impl Iterator<Item = &'w str>, echelle: &Echelle) -> bool {
    let (mut ids, mut codes) = (0, 0);
    for word in words {
        let niveaux = echelle.niveaux();
        if niveaux.iter().any(|n| fold::same(&n.id, word)) {
            ids += 1;
        } else if niveaux.iter().any(|n| fold::same(&n.code, word)) {
            codes += 1;
        }
    }
    codes > ids
}

/// The way to the place of a column.
pub(crate) fn steps<'a>(colonne: &'a Colonne, r: &'a Referentiel) -> Vec<Step<'a>> {
    let bloc = colonne.bloc;
    let mut steps =
        vec![of_group("evaluations", &keys::CANDIDAT), Step::Cle(bloc.id.clone(), Box::new(|word| r.bloc(word)))];
    let mut group = &keys::EVALUATION;
    if let Some(id) = &colonne.situation {
        steps.push(of_group("situations", group));
        steps.push(match &bloc.situations {
            Situations::Declarees(all) => {
                let ids = move |word: &str| fold::find(word, all.iter().map(|s| s.id.value.as_str()));
                Step::Cle(id.clone(), Box::new(ids))
            }
            _ => Step::Libre(id.clone()),
        });
        group = &keys::EN_SITUATION;
    }
    match colonne.item.noeud {
        None => steps.push(of_group("resultat", group)),
        Some(noeud) => {
            steps.push(of_group("resultats", group));
            let ids = move |word: &str| bloc.forme.find(word, bloc.competences().map(Noeud::id));
            steps.push(Step::Cle(noeud.id().to_owned(), Box::new(ids)));
        }
    }
    steps
}

fn of_group<'a>(name: &str, group: &'static Group) -> Step<'a> {
    Step::Cle(name.to_owned(), Box::new(|word| group.keys.iter().position(|key| key.name == word)))
}
