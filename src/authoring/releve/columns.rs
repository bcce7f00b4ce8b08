//! The columns of a référentiel's results: the one list of them, for what goes out and what comes back. A title is
//! `bloc/situation/compétence.2/rôle`, without the parts that the référentiel does not have: no situation where a bloc
//! is evaluated once, no compétence where the bloc itself is, a number where each critère is, a role where opinions
//! stand apart.

use std::collections::BTreeSet;

use crate::model::candidat::{Avis, BlocPresente, Candidat, Evaluation};
use crate::model::forme::{Echelle, Situations, Valeur};
use crate::model::noeud::Item;
use crate::model::referentiel::{Bloc, Referentiel};
use crate::sources::parse::echelle::francais;

/// A column for results.
#[derive(Debug, Clone)]
pub struct Colonne<'r> {
    pub titre: String,
    pub bloc: &'r Bloc,
    /// Index into the référentiel's blocs.
    pub(crate) numero: usize,
    /// The id of the situation, its number where they are free.
    pub situation: Option<String>,
    pub item: Item<'r>,
    pub qui: Qui,
}

/// Whose opinion a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Qui {
    /// One for all évaluateurs.
    Tous,
    /// Index into the roles.
    Role(usize),
}

/// Which columns are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Etendue {
    /// Those that these candidats need.
    Utiles,
    /// All that a table may have.
    Toutes,
}

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cellule {
    /// It may be filled; what the fiche says.
    Ouverte(Option<Valeur>),
    /// Nothing can be written there, and why.
    Fermee(&'static str),
}

/// How opinions are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opinions {
    /// There is one only.
    Seul,
    /// Roles with names: each has its column.
    Nommes,
    /// Évaluateurs by number: one column for all, and one for each where they gave different results.
    Numerotes,
}

fn layout(r: &Referentiel) -> Opinions {
    match r.roles.len() {
        0 | 1 => Opinions::Seul,
        _ if r.roles_a_part().next().is_some() => Opinions::Nommes,
        _ => Opinions::Numerotes,
    }
}

/// The columns for some of a référentiel's candidats.
pub fn colonnes<'r>(r: &'r Referentiel, candidats: &[&Candidat], etendue: Etendue) -> Vec<Colonne<'r>> {
    let mut all = Vec::new();
    for (numero, bloc) in r.blocs.iter().enumerate() {
        for situation in situations(bloc, numero, candidats, etendue) {
            for item in bloc.items() {
                for qui in opinions(r, candidats, numero, &item, etendue) {
                    let titre = titre(r, bloc, situation.as_deref(), &item, qui);
                    all.push(Colonne { titre, bloc, numero, situation: situation.clone(), item: item.clone(), qui });
                }
            }
        }
    }
    all
}

fn titre(r: &Referentiel, bloc: &Bloc, situation: Option<&str>, item: &Item, qui: Qui) -> String {
    let mut parts = vec![bloc.id.as_str()];
    parts.extend(situation);
    if item.noeud.is_some() {
        parts.push(&item.cle);
    }
    if let (Qui::Role(role), true) = (qui, r.roles.len() > 1) {
        parts.push(&r.roles[role].id);
    }
    parts.join("/")
}

fn opinions(r: &Referentiel, candidats: &[&Candidat], bloc: usize, item: &Item, etendue: Etendue) -> Vec<Qui> {
    let each = (0..r.roles.len()).map(Qui::Role);
    match layout(r) {
        Opinions::Seul => vec![Qui::Tous],
        Opinions::Nommes => each.collect(),
        Opinions::Numerotes => {
            let apart = |c: &&Candidat| {
                let mut own = c.blocs.iter().filter(|b| b.bloc == bloc);
                own.any(|b| is_apart(&b.evaluation, &r.blocs[bloc], item))
            };
            let shown = etendue == Etendue::Toutes || candidats.iter().any(apart);
            std::iter::once(Qui::Tous).chain(each.filter(|_| shown)).collect()
        }
    }
}

/// The items that share one place in a fiche: the critères of a compétence.
pub(crate) fn together<'b>(bloc: &Bloc, item: &Item<'b>) -> Vec<Item<'b>> {
    item.noeud.map_or_else(|| vec![item.clone()], |noeud| bloc.items_de(noeud))
}

/// Whether there are results of this kind for an item, or for one that shares its place.
fn has(evaluation: &Evaluation, bloc: &Bloc, item: &Item, kind: impl Fn(&Avis) -> bool) -> bool {
    together(bloc, item).iter().filter_map(|item| evaluation.resultat(item)).any(|found| kind(&found.avis))
}

fn is_apart(evaluation: &Evaluation, bloc: &Bloc, item: &Item) -> bool {
    has(evaluation, bloc, item, |avis| matches!(avis, Avis::Separes(_)))
}

fn situations(bloc: &Bloc, numero: usize, candidats: &[&Candidat], etendue: Etendue) -> Vec<Option<String>> {
    match &bloc.situations {
        Situations::Une => vec![None],
        Situations::Declarees(all) => all.iter().map(|s| Some(s.id.value.clone())).collect(),
        Situations::Libres => {
            let own: Vec<Vec<&str>> = candidats.iter().map(|c| ids(c, numero)).collect();
            let mut seen = BTreeSet::new();
            let mut all: Vec<String> =
                own.iter().flatten().filter(|id| seen.insert(**id)).map(|id| (*id).to_owned()).collect();
            // Numbers stand in their order, though one fiche has more than another.
            all.sort_by_key(|id| id.parse::<usize>().unwrap_or(usize::MAX));
            // The next one can be begun, the first one where there is none.
            let next = match etendue {
                Etendue::Toutes => own.iter().map(Vec::len).max().unwrap_or_default() + 1,
                Etendue::Utiles => usize::from(all.is_empty()),
            };
            all.extend((1..=next).map(|number| number.to_string()).filter(|number| !seen.contains(number.as_str())));
            all.into_iter().map(Some).collect()
        }
    }
}

/// The ids of a candidat's situations of a bloc.
fn ids(candidat: &Candidat, bloc: usize) -> Vec<&str> {
    let own = candidat.blocs.iter().filter(|b| b.bloc == bloc);
    own.filter_map(|b| Some(b.situation.as_ref()?.id.as_str())).collect()
}

impl Colonne<'_> {
    pub fn echelle(&self) -> &Echelle {
        self.bloc.echelle(self.situation.as_deref())
    }

    /// What the column asks for, in words: the bloc, and below it what is evaluated, by whom.
    pub(crate) fn libelle(&self, r: &Referentiel) -> (String, String) {
        let bloc = format!("{} {}", self.bloc.numero_imprime(), self.bloc.titre).trim_start().to_owned();
        let situation = self.situation.as_ref().map(|id| {
            let declaree = self.bloc.situations.declarees().iter().find(|s| s.id.value == *id);
            declaree.map_or_else(|| format!("situation {id}"), |s| s.nom.clone())
        });
        let noeud = self.item.noeud.map(|noeud| noeud.titre.clone());
        let critere = self.item.critere.map(|n| format!("critère {n}"));
        let role = match self.qui {
            Qui::Role(role) => Some(r.roles[role].nom.clone().unwrap_or_else(|| format!("évaluateur {}", role + 1))),
            Qui::Tous => None,
        };
        let parts: Vec<String> = [noeud, critere, situation, role].into_iter().flatten().collect();
        (bloc, parts.join(", "))
    }

    /// The place of its results in a fiche: those of one compétence are written together.
    pub(crate) fn place(&self) -> (usize, Option<&str>, Option<&str>) {
        (self.numero, self.situation.as_deref(), self.item.noeud.map(|noeud| noeud.id()))
    }

    /// Where the candidat's evaluation is that the column is about.
    pub(crate) fn presente<'c>(&self, candidat: &'c Candidat) -> Option<&'c BlocPresente> {
        let mut own = candidat.blocs.iter().filter(|b| b.bloc == self.numero);
        own.find(|b| b.situation.as_ref().map(|s| &s.id) == self.situation.as_ref())
    }

    /// What stands in a candidat's cell.
    pub fn cellule(&self, candidat: &Candidat, r: &Referentiel) -> Cellule {
        if !candidat.blocs.iter().any(|b| b.bloc == self.numero) {
            return Cellule::Fermee("ce candidat ne présente pas ce bloc");
        }
        let Some(presente) = self.presente(candidat) else { return self.next(candidat) };
        let evaluation = &presente.evaluation;
        let found = evaluation.resultat(&self.item);
        let apart = layout(r) == Opinions::Numerotes;
        match self.qui {
            Qui::Tous if apart && is_apart(evaluation, self.bloc, &self.item) => Cellule::Fermee(
                "les évaluateurs ont chacun leur résultat dans la fiche : écrivez dans leurs colonnes, …/evaluateur_1",
            ),
            Qui::Tous => Cellule::Ouverte(found.and_then(|found| found.avis(0))),
            Qui::Role(_) if apart && has(evaluation, self.bloc, &self.item, |a| matches!(a, Avis::Commun(_))) => {
                Cellule::Fermee("la fiche a un résultat commun aux évaluateurs : changez celui-là")
            }
            Qui::Role(role) => Cellule::Ouverte(found.and_then(|found| found.avis(role))),
        }
    }

    /// A situation that the fiche does not have yet: the next one of a list can be added.
    fn next(&self, candidat: &Candidat) -> Cellule {
        let ids: BTreeSet<&str> = ids(candidat, self.numero).into_iter().collect();
        let numbered = (1..=ids.len()).all(|n| ids.contains(n.to_string().as_str()));
        let next = (ids.len() + 1).to_string();
        match self.situation.as_deref() == Some(&next) && numbered {
            true => Cellule::Ouverte(None),
            false => Cellule::Fermee("ce candidat n'a pas cette situation : ajoutez-la d'abord dans sa fiche"),
        }
    }
}

/// A result as a fiche writes it: the id of a level, a mark with a point, oui or non.
pub fn texte(valeur: Valeur, echelle: &Echelle) -> String {
    match valeur {
        Valeur::Niveau(niveau) => echelle.niveaux()[niveau].id.clone(),
        Valeur::Note(note) => note.normalize().to_string(),
        Valeur::Coche(coche) => if coche { "oui" } else { "non" }.to_owned(),
    }
}

/// What may be written on a scale, in words.
pub(crate) fn possibles(echelle: &Echelle) -> String {
    let ids = |skip: &str| {
        let ids: Vec<&str> = echelle.niveaux().iter().map(|n| n.id.as_str()).collect();
        if ids.is_empty() { String::new() } else { format!("{skip}{}", ids.join(", ")) }
    };
    match echelle {
        Echelle::Niveaux(_) => ids(""),
        Echelle::Note(note) => {
            format!("une note de 0 à {}{}", francais(note.max), ids(", ou "))
        }
        Echelle::Coche => "oui, non".to_owned(),
    }
}

/// Two columns that would have one title: then nobody knows which is meant.
pub(crate) fn doubles(colonnes: &[Colonne]) -> Option<String> {
    let mut seen = BTreeSet::new();
    colonnes.iter().find(|colonne| !seen.insert(&colonne.titre)).map(|colonne| colonne.titre.clone())
}
