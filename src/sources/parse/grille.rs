//! The grille of a bloc: a tree of titles, as deep as the structure says, each with the cells of text that span all below
//! it. Which titles have a result follows from the form.

use std::collections::{BTreeMap, VecDeque};

use super::calculs::{eliminatoire, poids};
use super::markdown::files::Context;
use super::markdown::prose::directive;
use super::markdown::{Block, BlockKind, Heading};
use crate::ground::diagnostic::nearest::nearest;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold::{self, short_id};
use crate::ground::source::{Span, Spanned};
use crate::model::calcul::Eliminatoire;
use crate::model::forme::{CRITERES, Etage, Forme};
use crate::model::noeud::{Cellule, Contenu, Critere, Noeud};
use crate::model::prose::{Element, Inline, Item, Marks, words};

/// A heading and the blocks below it.
pub(super) struct Part {
    pub heading: Heading,
    pub blocks: Vec<Block>,
}

pub(super) const INDICATION: &str = "supprimez cette indication : dans un bloc, seuls les titres de la grille en ont (identifiant, poids, éliminatoire)";

/// The titles of a grille, the outermost ones.
pub(super) fn noeuds(parts: VecDeque<Part>, forme: &Forme, context: &Context, d: &mut Diagnostics) -> Vec<Noeud> {
    let levels: Vec<u8> = (2..).take(forme.structure.len()).collect();
    let mut taken: Vec<String> = parts.iter().filter_map(|part| part.heading.id.clone()).collect();
    let mut all: Vec<Noeud> = Vec::new();
    let mut parts = parts.into_iter().peekable();
    while let Some(part) = parts.next() {
        expect_level(&part.heading, &levels, forme, d);
        // One that has no place begins anew: all other mistakes are told too.
        let rang = levels.iter().position(|level| *level == part.heading.niveau).unwrap_or(0);
        let niveau = part.heading.niveau;
        let leaf = parts.peek().is_none_or(|next| next.heading.niveau <= niveau);
        let noeud = noeud(part, rang, leaf, forme, context, &mut taken, d);
        let span = noeud.span;
        match parent(&mut all, rang) {
            Some(siblings) => siblings.push(noeud),
            None => d.push(if forme.is_officielle() {
                Diagnostic::new(Code::CompetenceSansActivite, span, "cette compétence n'est dans aucune activité")
                    .label("titre ### avant tout titre ##")
                    .help("écrivez d'abord le titre de l'activité : ## Titre")
            } else {
                let above = "#".repeat(rang + 1);
                Diagnostic::new(Code::CompetenceSansActivite, span, "ce titre n'est sous aucun autre")
                    .label(format!("sans titre {above} au-dessus de lui"))
                    .help(format!("écrivez d'abord celui-ci : {above} Titre"))
            }),
        }
    }
    all.iter().for_each(|noeud| sans_evaluation(noeud, 0, forme, d));
    Cells { forme, above: BTreeMap::new(), told: Vec::new(), d }.all(&all, &mut Vec::new());
    all
}

/// Where a title of this level goes: below the last of each level above.
fn parent(all: &mut Vec<Noeud>, rang: usize) -> Option<&mut Vec<Noeud>> {
    (0..rang).try_fold(all, |all, _| all.last_mut().map(|last| &mut last.enfants))
}

fn noeud(
    part: Part,
    rang: usize,
    leaf: bool,
    forme: &Forme,
    context: &Context,
    taken: &mut Vec<String>,
    d: &mut Diagnostics,
) -> Noeud {
    let heading = part.heading;
    let cellules = cellules(part.blocks, forme, context, d);
    let poids = heading.indication("poids").and_then(|written| poids(&written, d));
    let alone = heading.indication(".eliminatoire").map(|word| Spanned::new(Eliminatoire::Acquis, word.span));
    let noted = heading.indication("eliminatoire");
    if let (Some(alone), Some(noted)) = (&alone, &noted) {
        let message = "ce titre est dit éliminatoire deux fois";
        let diagnostic = Diagnostic::new(Code::IndicationInconnue, noted.span, message).repeats(alone.span);
        d.push(diagnostic.help("gardez l'une des deux : {.eliminatoire}, ou {eliminatoire=8}"));
    }
    let eliminatoire = noted.and_then(|written| eliminatoire(&written, d)).or(alone);
    let (titre, span) = (heading.titre.clone(), heading.span);
    let mut noeud = Noeud { id: None, titre, span, poids, eliminatoire, cellules, enfants: Vec::new() };
    let has_items = noeud.items() > 0;
    let evaluated = match forme.resultat_par {
        Etage::Ensemble | Etage::Bloc => false,
        Etage::Rang(evaluated) => rang == evaluated,
        Etage::Critere => has_items && leaf,
    };
    let of_critere = forme.resultat_par == Etage::Critere;
    if of_critere && !evaluated && (leaf || has_items) {
        let (message, help) = if leaf {
            ("cette compétence n'a aucun critère à évaluer", "écrivez-les en liste, « - … »")
        } else {
            ("ces critères n'auraient pas de ligne où être évalués", "mettez-les sous les titres plus petits")
        };
        d.push(Diagnostic::new(Code::SansCritereEvalue, heading.span, message).help(help));
    }
    if evaluated {
        let kinds = ["#", "poids", ".eliminatoire", "eliminatoire"];
        heading.expect(&kinds, "le titre d'une compétence", INDICATION, d);
        noeud.id = Some(id(&heading, forme, taken, d));
    } else {
        let place = if forme.is_officielle() { "le titre d'une activité" } else { "un titre sans résultat" };
        heading.expect(&["poids", ".eliminatoire", "eliminatoire"], place, INDICATION, d);
    }
    noeud
}

/// What results are written under: what stands in braces, or the code that the title starts with.
fn id(heading: &Heading, forme: &Forme, taken: &mut Vec<String>, d: &mut Diagnostics) -> Spanned<String> {
    if let Some(id) = &heading.id {
        return Spanned::new(id.clone(), heading.id_span);
    }
    if let Some((_, rest)) = forme.starting_code(&heading.titre) {
        let code = heading.titre[..heading.titre.len() - rest.len()].trim_end();
        return Spanned::new(code.to_owned(), heading.id_span);
    }
    // One of a level that there is not has been told as such.
    if usize::from(heading.niveau) > forme.structure.len() + 1 {
        return Spanned::new(String::new(), heading.id_span);
    }
    let proposed = short_id(&heading.titre, |id| taken.iter().any(|other| fold::same(other, id)));
    taken.push(proposed.clone());
    // After other indications it would have to go between their braces.
    let end = Span { start: heading.titre_span.end, ..heading.span };
    let at = (heading.titre_span.end == heading.span.end && !proposed.is_empty()).then_some(end);
    let (hashes, braces) = ("#".repeat(heading.niveau.into()), format!("{{#{proposed}}}"));
    let help = format!("ajoutez-le entre accolades : {hashes} … {braces} ; les résultats des candidats s'y réfèrent");
    let message = "cette compétence n'a pas d'identifiant";
    let diagnostic = Diagnostic::new(Code::CompetenceSansIdentifiant, heading.span, message).help(help);
    d.push(diagnostic.label("identifiant attendu en fin de titre").correct_if(at, format!(" {braces}")));
    Spanned::new(proposed, heading.id_span)
}

/// Reports a title of a level that has no place here.
pub(super) fn expect_level(heading: &Heading, expected: &[u8], forme: &Forme, diagnostics: &mut Diagnostics) {
    if expected.contains(&heading.niveau) {
        return;
    }
    let found = "#".repeat(heading.niveau.into());
    let flat = forme.structure.len() == 1;
    let help = match (expected, forme.is_officielle()) {
        ([2], false) if flat => "un titre ## est une section, ou, avec un identifiant, ce qui est évalué".to_owned(),
        ([2], true) => "dans un bloc, une section ou une activité est un titre ##".to_owned(),
        ([2], false) => "avant et après la grille, une section est un titre ##".to_owned(),
        (_, true) => "dans un bloc, une activité est un titre ##, une compétence un titre ###".to_owned(),
        (_, false) if flat => format!("la structure n'a qu'un niveau de titres ({}), ##", forme.structure[0].id),
        (_, false) => {
            let last = "#".repeat(forme.structure.len() + 1);
            let ids: Vec<&str> = forme.structure.iter().map(|rang| rang.id.as_str()).collect();
            format!("la structure ({}) n'a pas de titre au-delà de {last}", ids.join(", "))
        }
    };
    let message = format!("un titre {found} n'a pas sa place ici");
    let diagnostic = Diagnostic::new(Code::TitreMalPlace, heading.span, message).label("niveau de titre inattendu");
    let only = (expected == [2]).then(|| heading.hashes()).flatten();
    diagnostics.push(diagnostic.help(help).correct_if(only, "##"));
}

/// Reports titles below which nothing is evaluated.
fn sans_evaluation(noeud: &Noeud, rang: usize, forme: &Forme, d: &mut Diagnostics) {
    if let Etage::Rang(evaluated) = forme.resultat_par
        && rang < evaluated
        && noeud.enfants.is_empty()
    {
        let (titre, below) = (&noeud.titre, "#".repeat(rang + 3));
        let (message, help) = if forme.is_officielle() {
            let help = "ajoutez au moins une compétence : ### Titre {#identifiant}".to_owned();
            (format!("l'activité « {titre} » n'a aucune compétence"), help)
        } else {
            let help = format!("ajoutez au moins un titre plus petit : {below} Titre");
            (format!("rien n'est évalué sous « {titre} »"), help)
        };
        d.push(Diagnostic::new(Code::ActiviteSansCompetence, noeud.span, message).help(help));
    }
    noeud.enfants.iter().for_each(|enfant| sans_evaluation(enfant, rang + 1, forme, d));
}

/// The texts under a title, by column.
fn cellules(blocks: Vec<Block>, forme: &Forme, context: &Context, d: &mut Diagnostics) -> Vec<Cellule> {
    let usual = forme.colonnes.iter().find(|c| c.id == CRITERES).or(forme.colonnes.last());
    let mut colonne = usual.map_or(CRITERES, |c| c.id.as_str()).to_owned();
    let mut cellules: Vec<Cellule> = Vec::new();
    for block in blocks {
        let said =
            if let BlockKind::Element(element) = &block.kind { directive(element, block.span, context) } else { None };
        let contenu = match said {
            Some(("colonne", id)) => {
                let rangs = forme.structure.iter().map(|rang| rang.id.as_str());
                let mut ids = forme.colonnes.iter().map(|colonne| colonne.id.as_str()).chain(rangs);
                let unknown = |message: String| Diagnostic::new(Code::ColonneInconnue, block.span, message);
                match fold::find(id, ids.clone()) {
                    Some(at) => colonne = ids.nth(at).unwrap_or_default().to_owned(),
                    None if id.is_empty() => {
                        let known: Vec<&str> = ids.collect();
                        let (example, all) = (known[0], known.join(", "));
                        let help = format!("écrivez par exemple « [[colonne: {example}]] » ; possibles : {all}");
                        let diagnostic = unknown("cette consigne ne dit pas quelle colonne".to_owned());
                        d.push(diagnostic.label("sans nom").help(help));
                    }
                    None => {
                        let diagnostic = unknown(format!("la colonne « {id} » n'est pas déclarée"));
                        d.push(diagnostic.label("colonne inconnue").suggest(id, ids));
                    }
                }
                continue;
            }
            Some(("idem", "")) => Contenu::Idem,
            Some((other, argument)) => {
                d.push(inconnue(other, argument, block.span));
                continue;
            }
            None => Contenu::Texte(criteres(block.kind, block.span, d)),
        };
        match (cellules.iter_mut().find(|c| c.colonne == colonne).map(|c| &mut c.contenu), contenu) {
            (Some(Contenu::Texte(before)), Contenu::Texte(more)) => before.extend(more),
            (Some(_), _) => d.push(
                Diagnostic::new(Code::CelluleEnDouble, block.span, "cette cellule est déjà écrite")
                    .label("« idem », et autre chose")
                    .help("gardez l'un des deux"),
            ),
            (None, contenu) => cellules.push(Cellule { colonne: colonne.clone(), contenu, span: block.span }),
        }
    }
    cellules
}

/// What has no effect in a grille; a slip for what has one is said as such.
fn inconnue(consigne: &str, argument: &str, span: Span) -> Diagnostic {
    let message = format!("« [[{consigne}]] » n'a pas sa place ici");
    let diagnostic = Diagnostic::new(Code::ConsigneInconnue, span, message).label("sans effet dans une grille");
    let meant = match (nearest(consigne, ["colonne", "idem"]), argument) {
        (Some("colonne"), _) => format!("[[colonne: {argument}]]"),
        (Some("idem"), "") => "[[idem]]".to_owned(),
        _ => return diagnostic.help("dans une grille : [[colonne: …]] et [[idem]]"),
    };
    diagnostic.help(format!("vouliez-vous dire « {meant} » ?")).correct(meant)
}

/// A paragraph is one critère, a list as many as it has items.
fn criteres(kind: BlockKind, span: Span, d: &mut Diagnostics) -> Vec<Critere> {
    match kind {
        BlockKind::Heading(_) => Vec::new(),
        BlockKind::Element(Element::List(list)) => {
            let puce = list.marks == Marks::Bullets;
            let mut item = |item: Item| {
                let mut contenu = item.content;
                collee(&contenu, item.span, d);
                // Other texts refer to « critère 2 ».
                if !puce {
                    number(&item.mark, &mut contenu);
                }
                Critere { contenu, puce, item: true, span: item.span }
            };
            list.items.into_iter().map(&mut item).collect()
        }
        BlockKind::Element(element) => {
            let contenu = vec![element];
            collee(&contenu, span, d);
            vec![Critere { contenu, puce: false, item: false, span }]
        }
    }
}

/// Reports a directive that goes on with the text above it, where it would be printed.
fn collee(contenu: &[Element], span: Span, d: &mut Diagnostics) {
    let texte = words(contenu);
    if let Some(at) = ["[[colonne", "[[idem"].iter().find_map(|directive| texte.find(directive)) {
        let before: String = texte[..at].trim().chars().take(40).collect();
        let message = format!("une consigne continue le texte « {before} »");
        let diagnostic = Diagnostic::new(Code::ConsigneInconnue, span, message).label("serait imprimée avec lui");
        d.push(diagnostic.help("laissez une ligne vide au-dessus de la consigne"));
    }
}

fn number(mark: &str, content: &mut Vec<Element>) {
    let mark = Inline::Text(format!("{mark} "));
    match content.first_mut() {
        Some(Element::Paragraph(first) | Element::Line(first)) => first.insert(0, mark),
        _ => content.insert(0, Element::Line(vec![mark])),
    }
}

/// Looks over the cells: each stands alone in its place, and what goes on has something to go on from.
struct Cells<'a, 'd> {
    forme: &'a Forme,
    /// Whether the row above has a cell, by column, and under which bandeaux.
    above: BTreeMap<String, Option<Vec<Span>>>,
    /// The cells of groups that were told of.
    told: Vec<Span>,
    d: &'d mut Diagnostics,
}

impl Cells<'_, '_> {
    /// `open` are the titles above, the outermost first.
    fn all<'n>(&mut self, noeuds: &'n [Noeud], open: &mut Vec<&'n Noeud>) {
        for noeud in noeuds {
            for cellule in &noeud.cellules {
                self.cell(noeud, cellule, open);
            }
            open.push(noeud);
            if noeud.enfants.is_empty() {
                let bandeaux = self.bandeaux(open);
                for colonne in &self.forme.colonnes {
                    let has = open.iter().any(|noeud| noeud.cellule(&colonne.id).is_some());
                    self.above.insert(colonne.id.clone(), has.then(|| bandeaux.clone()));
                }
            }
            self.all(&noeud.enfants, open);
            open.pop();
        }
    }

    fn bandeaux(&self, open: &[&Noeud]) -> Vec<Span> {
        let rangs = self.forme.structure.iter().zip(open);
        rangs.filter(|(rang, _)| rang.bandeau).map(|(_, noeud)| noeud.span).collect()
    }

    fn cell(&mut self, noeud: &Noeud, cellule: &Cellule, open: &[&Noeud]) {
        let colonne = &cellule.colonne;
        let group = open.iter().find_map(|of| Some((of, of.cellule(colonne)?)));
        // Once for a group, however many have a text of their own.
        if let Some((of, group)) = group.filter(|(_, group)| !self.told.contains(&group.span)) {
            self.told.push(group.span);
            self.d.push(if self.forme.is_officielle() {
                let message = "ce texte suit une activité, hors de toute compétence";
                Diagnostic::new(Code::TexteHorsCompetence, group.span, message)
                    .label("à quelle compétence appartient-il ?")
                    .help("mettez-le sous une compétence (### Titre {#identifiant})")
            } else {
                let titre = self.forme.colonnes.iter().find(|c| c.id == *colonne).and_then(|c| c.titre.as_ref());
                let (titre, other) = (titre.unwrap_or(colonne), &of.titre);
                let message = format!("cette cellule « {titre} » est déjà celle du titre « {other} »");
                Diagnostic::new(Code::CelluleEnDouble, cellule.span, message)
                    .label("deux textes pour une cellule")
                    .related(group.span, "déjà ici")
                    .help("gardez l'un des deux")
            });
        }
        if let Contenu::Idem = cellule.contenu {
            let own = self.bandeaux(&[open, &[noeud]].concat());
            let sound = self.above.get(colonne).is_some_and(|above| above.as_ref() == Some(&own));
            if !sound {
                let message = format!("« idem » n'a rien au-dessus de lui dans la colonne « {colonne} »");
                let help = "écrivez le texte ici, ou sous le titre qui précède";
                let diagnostic = Diagnostic::new(Code::IdemSansCellule, cellule.span, message).help(help);
                self.d.push(diagnostic.label("quelle cellule continuerait ?"));
            }
        }
    }
}
