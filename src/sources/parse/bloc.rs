//! A bloc's file, `blocs/<numero>-<id>.md`: its header, its modalités, its grille, and what comes after it. The tree of
//! the grille is read by [`super::grille`].

use std::collections::VecDeque;

use super::calculs::{eliminatoire, poids_de};
use super::grille::{INDICATION, Part, expect_level, noeuds};
use super::markdown::files::Context;
use super::markdown::prose::{Ids, prose};
use super::markdown::{Block, BlockKind, Heading, blocks};
use super::yaml::fields::{Fields, oui_non, text, word};
use super::yaml::{self, Kind, Node};
use super::{forme, front_matter, regles};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{SourceId, Span, Spanned};
use crate::model::forme::{Forme, Situations};
use crate::model::noeud::Noeud;
use crate::model::prose::Element;
use crate::model::referentiel::{Bloc, Regles, Section, Suites};
use crate::sources::keys;
use crate::sources::layout::BlocFile;

/// What the référentiel says for all of its blocs.
pub(crate) struct Defaults<'a> {
    pub regles: &'a Regles,
    pub suites: Suites,
    /// `None` if it cannot be told: then nobody knows what titles mean.
    pub forme: Option<&'a Forme>,
    pub situations: &'a Situations,
}

/// Reads one bloc. `None` if its front matter cannot be read.
pub(crate) fn bloc(file: &BlocFile, defaults: &Defaults, context: &Context, d: &mut Diagnostics) -> Option<Bloc> {
    let id = context.texts[&file.path];
    let (front, body) = front_matter::split_required(context.sources, id, &keys::BLOC, d)?;
    let all = blocks(context, id, body, d);
    let base = defaults.forme?;
    let node = yaml::parse(context.sources, id, front, d);
    let Some(mut fields) = node.as_ref().and_then(|node| Fields::of(node, &keys::BLOC, d)) else {
        structure(all, id, base, context, d);
        return None;
    };
    let titre = fields.take("titre", text, d);
    let code = fields.text("code", d);
    let poids = fields.take("poids", poids_de, d);
    let compte = fields.take("compte", oui_non, d).unwrap_or(true);
    let eliminatoire = fields.take("eliminatoire", text, d).and_then(|w| eliminatoire(&w, d));
    let (forme, sound) = forme::forme(&mut fields, Some(base), d);
    let situations = fields.take("situations", forme::situations, d);
    let situations = situations.unwrap_or_else(|| defaults.situations.clone());
    situations.echelles().for_each(|(_, echelle)| forme::sans_code(&forme, echelle, d));
    let suites = suites(&mut fields, defaults.suites, d);
    let regles = regles::regles(fields.node("regles"), defaults.regles, d);
    fields.finish(d);
    let Parts { sections, noeuds, fin } = if sound { structure(all, id, &forme, context, d) } else { Parts::default() };
    let Spanned { value: titre, span: titre_span } = titre?;
    Some(Bloc {
        numero: file.numero,
        ensemble: false,
        id: file.id.clone(),
        code,
        titre,
        titre_span,
        suites,
        regles,
        poids,
        compte,
        eliminatoire,
        sections,
        forme,
        situations,
        noeuds,
        fin,
    })
}

/// The parts of a bloc's text.
#[derive(Default)]
struct Parts {
    sections: Vec<Section>,
    noeuds: Vec<Noeud>,
    fin: Vec<Section>,
}

fn structure(all: Vec<Block>, id: SourceId, forme: &Forme, context: &Context, d: &mut Diagnostics) -> Parts {
    let mut parts: VecDeque<Part> = VecDeque::new();
    for block in all {
        match (block.kind, parts.back_mut()) {
            (BlockKind::Heading(heading), _) => parts.push_back(Part { heading, blocks: Vec::new() }),
            (kind, Some(part)) => part.blocks.push(Block { kind, ..block }),
            (_, None) => d.push(
                Diagnostic::new(Code::TexteAvantTitre, block.span, "ce texte précède le premier titre")
                    .label("avant tout titre ##")
                    .help("mettez-le sous un titre, par exemple « ## Modalités d'évaluation : »"),
            ),
        }
    }
    // What belongs to a section for after the grille, by the level of its title: one of another level than it should be
    // is told as such alone.
    let mut after: Option<u8> = None;
    let (fin, mut parts): (VecDeque<Part>, VecDeque<Part>) = parts.into_iter().partition(|part| {
        let Heading { niveau, fin, .. } = part.heading;
        if fin || niveau == 2 || after.is_some_and(|of| niveau <= of) {
            after = fin.then_some(niveau);
        }
        after.is_some()
    });
    let begins = match forme.structure.len() {
        1 => parts.iter().position(|p| p.heading.id.is_some() || forme.starting_code(&p.heading.titre).is_some()),
        _ => parts.iter().position(|p| p.heading.niveau == 3).map(|at| at.saturating_sub(1)),
    };
    let before: Vec<Part> = parts.drain(..begins.unwrap_or(parts.len())).collect();
    if parts.is_empty() && !forme.resultat_par.hors_grille() {
        let help = if forme.is_officielle() {
            "ajoutez une activité (## Titre) et ses compétences (### Titre {#identifiant})"
        } else {
            "ajoutez ses titres, avec leur identifiant : ## Titre {#identifiant}"
        };
        let message = "ce bloc n'a aucune compétence";
        d.push(Diagnostic::new(Code::BlocSansCompetence, Span::new(id, 0..0), message).help(help));
    }
    if forme.structure.len() == 1 && !parts.is_empty() {
        before.iter().rev().take_while(|part| has_list(part)).for_each(|part| {
            let message = format!("« {} » est imprimé avant la grille, sans case", part.heading.titre);
            let help = "s'il est à évaluer, donnez-lui un identifiant : ## … {#identifiant}";
            let diagnostic = Diagnostic::new(Code::TitreSansResultat, part.heading.span, message).help(help);
            d.push(diagnostic.label("titre sans identifiant"));
        });
    }
    let mut section = |part: Part| section(part, forme, context, d);
    let sections = before.into_iter().map(&mut section).collect();
    let fin = fin.into_iter().map(&mut section).collect();
    Parts { sections, noeuds: noeuds(parts, forme, context, d), fin }
}

/// Whether a title has critères, as those of a grille have: a list, and nothing else.
fn has_list(part: &Part) -> bool {
    let list = |block: &Block| matches!(block.kind, BlockKind::Element(Element::List(_)));
    !part.blocks.is_empty() && part.blocks.iter().all(list)
}

fn section(part: Part, forme: &Forme, context: &Context, d: &mut Diagnostics) -> Section {
    expect_level(&part.heading, &[2], forme, d);
    part.heading.expect(&[".fin"], "le titre d'une section", INDICATION, d);
    if part.blocks.is_empty() {
        let evaluated = match forme.structure.len() {
            _ if forme.is_officielle() => "si c'est une activité, ses compétences : ### Titre {#identifiant}",
            1 => "si elle est à évaluer, son identifiant : ## Titre {#identifiant}",
            _ => "si c'est un titre de la grille, les titres plus petits qu'il réunit : ### Titre",
        };
        let message = "cette section n'a pas de texte";
        let diagnostic = Diagnostic::new(Code::SectionSansTexte, part.heading.span, message);
        d.push(diagnostic.label("rien sous ce titre").help(format!("écrivez son texte ; {evaluated}")));
    }
    let (prose, parcours) = prose(part.blocks, context, &mut Ids::new(), d);
    for (name, span) in parcours {
        let message = format!("« parcours={name} » n'a pas d'effet ici : un bloc vaut pour tous les parcours");
        let diagnostic = Diagnostic::new(Code::IndicationInconnue, span, message).label("sans effet");
        d.push(diagnostic.help("supprimez-la, ou n'incluez pas ce texte dans un bloc"));
    }
    Section { titre: part.heading.titre, prose }
}

/// Which parts of a bloc follow what stands before them: `base` with what the keys of a référentiel or a bloc say
/// otherwise.
pub(crate) fn suites(fields: &mut Fields, base: Suites, d: &mut Diagnostics) -> Suites {
    Suites {
        grille: fields.word("grille", d).map_or(base.grille, follows),
        commentaires: fields.take("commentaires", commentaires, d).unwrap_or(base.commentaires),
    }
}

/// Where comments start; the rule of the same name is told apart.
fn commentaires(node: &Node, field: &str, d: &mut Diagnostics) -> Option<bool> {
    if let Kind::Text(value) = &node.kind
        && matches!(value.as_str(), "obligatoires" | "facultatifs")
    {
        let message =
            format!("« {value} » est une règle ; hors de « regles », « {field} » dit où les commentaires s'impriment");
        let help = format!("écrivez « {field}: {value} » sous « regles: », décalé de deux espaces");
        let diagnostic = Diagnostic::new(Code::ValeurInconnue, node.span, message).help(help);
        return d.refuse(diagnostic.label("attendu : « page » ou « suite »"));
    }
    word(node, field, &["page", "suite"], d).map(follows)
}

/// Whether a part follows, or starts a page.
fn follows(word: &str) -> bool {
    word == "suite"
}
