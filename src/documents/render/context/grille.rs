//! The grille of a bloc as a table: its columns, and rows with the cells that begin in them. It follows from the tree of
//! titles alone, so it is the same for all candidats; what was found stands under the keys of the items.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::critere::critere;
use super::{fields, list};
use crate::ground::typographie::typographier;
use crate::judge::verdict::regle::ReglesDeBloc;
use crate::model::forme::{CRITERES, Cases, Echelle, Etage, Forme};
use crate::model::noeud::{Cellule, Contenu, Critere, Noeud};
use crate::model::referentiel::{Bloc, Referentiel};

#[derive(Debug, Serialize)]
struct ContexteColonne {
    id: String,
    /// `titre`, `texte`, `resultat` or `niveau`.
    sorte: &'static str,
    /// Its heading; without one it is the theme's.
    titre: Option<String>,
}

#[derive(Debug, Default, Serialize)]
struct ContexteCellule {
    /// Its column, by position and by id.
    at: usize,
    colonne: String,
    sorte: &'static str,
    /// How many rows and columns it spans.
    lignes: usize,
    colonnes: usize,
    /// How far out its title is, from 0.
    rang: usize,
    /// Whether it is the head of rows that have titles of their own.
    entete: bool,
    titre: String,
    textes: Vec<Value>,
    /// Whose result it shows.
    cle: Option<String>,
}

/// The grille of a bloc, for results on this scale; `None` if it has none.
pub(crate) fn grille(bloc: &Bloc, echelle: &Echelle, referentiel: &Referentiel) -> Option<Value> {
    let forme = &bloc.forme;
    if bloc.noeuds.is_empty() {
        return None;
    }
    let has = |id: &str| bloc.noeuds.iter().any(|noeud| has_text(noeud, id));
    let rangs = forme.structure.iter().filter(|rang| !rang.bandeau);
    let titres = rangs.map(|rang| (&rang.id, "titre", &rang.titre));
    let textes = forme.colonnes.iter().filter(|c| has(&c.id)).map(|c| (&c.id, "texte", &c.titre));
    let mut colonnes: Vec<ContexteColonne> = titres
        .chain(textes)
        .map(|(id, sorte, titre)| ContexteColonne { id: id.clone(), sorte, titre: titre.as_deref().map(typographier) })
        .collect();
    let before = colonnes.len();
    // What the columns of levels stand below, where each role has its own.
    let entetes = if forme.resultat_par.hors_grille() {
        Vec::new()
    } else {
        resultats((forme, echelle), referentiel, &mut colonnes)
    };
    let last = vec![None; before];
    let totaux = ReglesDeBloc::of(bloc, referentiel).totaux(bloc);
    let mut rows =
        Rows { forme, totaux, colonnes: &colonnes, resultats: before, rows: Vec::new(), tops: Vec::new(), last };
    for (i, noeud) in bloc.noeuds.iter().enumerate() {
        rows.tops.push(rows.rows.len());
        rows.noeud(noeud, (0, &i.to_string()), &bloc.id, &vec![false; before]);
    }
    // Rows that cells hold together: no cell goes from one group into the next.
    let groupes = rows.groupes().into_iter().map(|groupe| list(groupe.into_iter().map(Row::value)));
    Some(fields([
        ("groupes", list(groupes)),
        ("colonnes", Value::from_serializable(&colonnes)),
        // Whether the boxes of a result stand in one cell.
        ("liste", (forme.cases == Cases::Liste).into()),
        ("entetes", entetes.into()),
    ]))
}

fn has_text(noeud: &Noeud, colonne: &str) -> bool {
    noeud.cellule(colonne).is_some() || noeud.enfants.iter().any(|enfant| has_text(enfant, colonne))
}

/// Adds the columns of results, of each role that has its own and of what came of all: one, or one for each box. Returns
/// what several of these stand below.
fn resultats(
    (forme, echelle): (&Forme, &Echelle),
    referentiel: &Referentiel,
    colonnes: &mut Vec<ContexteColonne>,
) -> Vec<Value> {
    let resultat = |titre| ContexteColonne { id: "resultat".to_owned(), sorte: "resultat", titre };
    let groupes = groupes(referentiel);
    let several = groupes.len() > 1;
    let mut entetes = Vec::new();
    for titre in groupes {
        let boxes = match echelle {
            Echelle::Niveaux(niveaux) if forme.cases == Cases::Colonnes => {
                niveaux.iter().filter(|niveau| niveau.case).collect()
            }
            _ => Vec::new(),
        };
        if boxes.is_empty() {
            colonnes.push(resultat(titre));
            continue;
        }
        // The name of a role; without one it is what came of all.
        entetes.push(fields([("titre", titre.into()), ("colonnes", boxes.len().into())]));
        colonnes.extend(boxes.iter().map(|niveau| ContexteColonne {
            id: niveau.id.clone(),
            sorte: "niveau",
            titre: Some(typographier(&niveau.code)),
        }));
    }
    if several { entetes } else { Vec::new() }
}

/// Who has boxes of their own: each role that has a name, then what came of all.
pub(crate) fn groupes(referentiel: &Referentiel) -> Vec<Option<String>> {
    let named = referentiel.roles_a_part().map(|(_, role)| role.nom.as_deref().map(typographier));
    named.chain([None]).collect()
}

struct Rows<'a> {
    forme: &'a Forme,
    /// The places of titles whose results are summed up.
    totaux: Vec<String>,
    colonnes: &'a [ContexteColonne],
    /// Where the columns of results begin.
    resultats: usize,
    rows: Vec<Row>,
    /// Where the outermost titles begin.
    tops: Vec<usize>,
    /// The row in which the last cell of each column begins.
    last: Vec<Option<usize>>,
}

/// A row that is being made: its cells by their columns.
#[derive(Default)]
struct Row {
    id: Option<String>,
    /// How far out its title is, from 0, if the row is a bandeau.
    bandeau: Option<usize>,
    /// The place of the title whose results it sums up.
    total: Option<String>,
    cellules: BTreeMap<usize, ContexteCellule>,
}

impl Row {
    fn value(self) -> Value {
        let cellules: Vec<ContexteCellule> = self.cellules.into_values().collect();
        fields([
            ("id", self.id.into()),
            ("bandeau", self.bandeau.into()),
            ("total", self.total.into()),
            ("cellules", Value::from_serializable(&cellules)),
        ])
    }
}

impl Rows<'_> {
    fn at(&self, colonne: &str) -> Option<usize> {
        self.colonnes.iter().position(|c| c.id == colonne)
    }

    /// The rows of a title; `covered` are the columns in which a title above has a cell.
    fn noeud(&mut self, noeud: &Noeud, (rang, place): (usize, &str), bloc: &str, covered: &[bool]) {
        let structure = &self.forme.structure;
        let bandeau = structure[rang].bandeau;
        // What a bandeau says for other bandeaux stands in itself.
        let own = bandeau && structure.get(rang + 1).is_some_and(|next| next.bandeau);
        if bandeau {
            let own_texts = noeud.cellules.iter().filter(|c| own || c.colonne == structure[rang].id);
            let cellule = ContexteCellule {
                colonnes: self.colonnes.len(),
                textes: own_texts.flat_map(textes).collect(),
                ..titre(noeud, rang, &structure[rang].id)
            };
            self.rows.push(Row { bandeau: Some(rang), cellules: [(0, cellule)].into(), ..Row::default() });
        }
        let first = self.rows.len();
        let of_critere = self.forme.resultat_par == Etage::Critere && noeud.id.is_some();
        let texts = |c: &&Cellule| !own && !structure.iter().any(|rang| rang.id == c.colonne);
        let cellules: Vec<&Cellule> = noeud.cellules.iter().filter(texts).collect();
        let mut covered = covered.to_vec();
        for at in cellules.iter().filter_map(|c| self.at(&c.colonne)) {
            covered[at] = true;
        }
        let criteres = if of_critere { par_item(noeud.criteres()) } else { Vec::new() };
        if noeud.enfants.is_empty() {
            self.rows.extend((0..criteres.len().max(1)).map(|_| Row::default()));
        }
        for (i, enfant) in noeud.enfants.iter().enumerate() {
            self.noeud(enfant, (rang + 1, &format!("{place}.{i}")), bloc, &covered);
        }
        let results = self.rows.len() - first;
        if self.totaux.iter().any(|total| total == place) {
            // Critères that have rows of their own span nothing.
            let spans = |c: &ContexteColonne| !(of_critere && c.id == CRITERES);
            let spanned: Vec<bool> = self.colonnes.iter().zip(&covered).map(|(c, own)| *own && spans(c)).collect();
            self.total(place, rang, &spanned);
        }
        let lignes = self.rows.len() - first;
        if !bandeau {
            let mut cellule = titre(noeud, rang, &structure[rang].id);
            cellule.entete = structure[rang + 1..].iter().any(|rang| !rang.bandeau);
            cellule.textes =
                noeud.cellules.iter().filter(|c| c.colonne == structure[rang].id).flat_map(textes).collect();
            self.push(first, ContexteCellule { lignes, ..cellule });
        }
        for cellule in cellules.into_iter().filter(|c| !(of_critere && c.colonne == CRITERES)) {
            let above = self.at(&cellule.colonne).and_then(|at| self.rows[self.last[at]?].cellules.get_mut(&at));
            match (&cellule.contenu, above) {
                (Contenu::Idem, Some(above)) => above.lignes += lignes,
                _ => self.push(first, ContexteCellule { lignes, textes: textes(cellule), ..texte(&cellule.colonne) }),
            }
        }
        for (row, textes) in (first..).zip(criteres) {
            self.push(row, ContexteCellule { lignes: 1, textes, ..texte(CRITERES) });
            self.resultat(row, 1, noeud.cle(row - first + 1));
        }
        if noeud.id.is_some() {
            let id = format!("{bloc}-{}", noeud.id()).split_whitespace().collect::<Vec<_>>().join("-");
            self.rows[first].id = Some(id);
            if !of_critere {
                self.resultat(first, results, noeud.id().to_owned());
            }
        }
        if noeud.enfants.is_empty() {
            // No title and no text of the row is in these.
            let below = |c: &ContexteColonne| structure[rang + 1..].iter().any(|rang| rang.id == c.id);
            for (at, c) in self.colonnes[..self.resultats].iter().enumerate() {
                if below(c) || (c.sorte == "texte" && !covered[at]) {
                    self.push(first, ContexteCellule { lignes: results, sorte: c.sorte, ..texte(&c.id) });
                }
            }
        }
    }

    /// The row that sums up a title: nothing in the columns that no cell above spans, then the total.
    fn total(&mut self, place: &str, rang: usize, covered: &[bool]) {
        let row = self.rows.len();
        self.rows.push(Row { total: Some(place.to_owned()), ..Row::default() });
        let spans = |c: &ContexteColonne| self.forme.structure[..=rang].iter().any(|r| !r.bandeau && r.id == c.id);
        let columns = self.colonnes[..self.resultats].iter().enumerate();
        let free: Vec<(String, &str)> =
            columns.filter(|(at, c)| !covered[*at] && !spans(c)).map(|(_, c)| (c.id.clone(), c.sorte)).collect();
        for (id, sorte) in free {
            self.push(row, ContexteCellule { sorte, ..texte(&id) });
        }
        let colonnes = self.colonnes.len() - self.resultats;
        let cellule = ContexteCellule { at: self.resultats, sorte: "total", lignes: 1, colonnes, ..Default::default() };
        self.rows[row].cellules.insert(self.resultats, cellule);
    }

    fn push(&mut self, row: usize, cellule: ContexteCellule) {
        let Some(at) = self.at(&cellule.colonne) else { return };
        self.rows[row].cellules.insert(at, ContexteCellule { at, ..cellule });
        self.last[at] = Some(row);
    }

    /// The cells of a result, one for each of its columns.
    fn resultat(&mut self, row: usize, lignes: usize, cle: String) {
        let cellule = ContexteCellule {
            at: self.resultats,
            colonne: "resultat".to_owned(),
            sorte: "resultat",
            lignes,
            colonnes: self.colonnes.len() - self.resultats,
            cle: Some(cle),
            ..Default::default()
        };
        self.rows[row].cellules.insert(self.resultats, cellule);
    }

    /// The rows, cut before each outermost title that no cell leads into.
    fn groupes(self) -> Vec<Vec<Row>> {
        let Self { rows, tops, .. } = self;
        let mut ends = 0;
        let mut groupes: Vec<Vec<Row>> = Vec::new();
        for (at, row) in rows.into_iter().enumerate() {
            if at == 0 || (tops.contains(&at) && ends <= at) {
                groupes.push(Vec::new());
            }
            ends = ends.max(at + row.cellules.values().map(|cellule| cellule.lignes).max().unwrap_or(1));
            if let Some(groupe) = groupes.last_mut() {
                groupe.push(row);
            }
        }
        groupes
    }
}

fn titre(noeud: &Noeud, rang: usize, colonne: &str) -> ContexteCellule {
    let titre = typographier(&noeud.titre);
    ContexteCellule { sorte: "titre", rang, titre, lignes: 1, colonnes: 1, ..texte(colonne) }
}

fn texte(colonne: &str) -> ContexteCellule {
    ContexteCellule { colonne: colonne.to_owned(), sorte: "texte", lignes: 1, colonnes: 1, ..Default::default() }
}

fn textes(cellule: &Cellule) -> Vec<Value> {
    match &cellule.contenu {
        Contenu::Texte(criteres) => criteres.iter().map(critere).collect(),
        Contenu::Idem => Vec::new(),
    }
}

/// The texts of each item with what stands before it; what follows the last one goes with it.
fn par_item(criteres: &[Critere]) -> Vec<Vec<Value>> {
    let mut all: Vec<Vec<Value>> = Vec::new();
    let mut before = Vec::new();
    for text in criteres {
        before.push(critere(text));
        if text.item {
            all.push(std::mem::take(&mut before));
        }
    }
    if let Some(last) = all.last_mut() {
        last.append(&mut before);
    }
    all
}
