//! A bloc's file, `blocs/<numero>-<id>.md`: its modalités, then `##` activités and `###` compétences with their
//! critères. The sections before the first one that holds a compétence are the modalités.

use std::collections::VecDeque;

use super::markdown::files::Context;
use super::markdown::prose::{Ids, prose};
use super::markdown::{Block, BlockKind, Heading, blocks};
use super::yaml;
use super::yaml::fields::{Fields, text};
use super::{front_matter, regles, suites};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold::{self, short_id};
use crate::ground::source::{SourceId, Span, Spanned};
use crate::model::prose::{Element, Inline, Item, Marks};
use crate::model::referentiel::{Bloc, Critere, Noeud, Regles, Section, Suites};
use crate::sources::keys;

/// What the référentiel says for all of its blocs.
pub(crate) struct Defaults<'a> {
    pub regles: &'a Regles,
    pub suites: Suites,
}

/// Reads one bloc. `None` if its front matter cannot be read.
pub(crate) fn bloc(
    id: SourceId,
    numero: u32,
    nom: &str,
    defaults: &Defaults,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Option<Bloc> {
    let (front, body) = front_matter::split_required(context.sources, id, &keys::BLOC, diagnostics)?;
    let all = blocks(context, id, body, diagnostics);
    let node = yaml::parse(context.sources, id, front, diagnostics);
    let (sections, noeuds) = structure(all, id, context, diagnostics);

    let node = node?;
    let mut fields = Fields::of(&node, &keys::BLOC, diagnostics)?;
    let titre = fields.take("titre", text, diagnostics);
    let suites = suites::suites(&mut fields, defaults.suites, diagnostics);
    let regles = regles::regles(fields.node("regles"), defaults.regles, diagnostics);
    fields.finish(diagnostics);
    let Spanned { value: titre, span: titre_span } = titre?;
    Some(Bloc { numero, id: nom.to_owned(), titre, titre_span, suites, regles, sections, noeuds })
}

const INDICATION: &str =
    "supprimez cette indication : dans un bloc, un titre n'en a qu'une, l'identifiant d'une compétence";

/// A heading and the blocks below it.
struct Part {
    heading: Heading,
    blocks: Vec<Block>,
}

fn structure(
    all: Vec<Block>,
    id: SourceId,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> (Vec<Section>, Vec<Noeud>) {
    let mut parts: VecDeque<Part> = VecDeque::new();
    for block in all {
        match (block.kind, parts.back_mut()) {
            (BlockKind::Heading(heading), _) => parts.push_back(Part { heading, blocks: Vec::new() }),
            (kind, Some(part)) => part.blocks.push(Block { kind, ..block }),
            (_, None) => diagnostics.push(
                Diagnostic::new(Code::TexteAvantTitre, block.span, "ce texte précède le premier titre")
                    .label("avant tout titre ##")
                    .help("mettez-le sous un titre, par exemple « ## Modalités d'évaluation : »"),
            ),
        }
    }
    let first_activite =
        parts.iter().position(|p| p.heading.niveau == 3).map_or(parts.len(), |at| at.saturating_sub(1));
    let mut sections = Vec::new();
    for part in parts.drain(..first_activite) {
        expect_level(&part.heading, &[2], diagnostics);
        part.heading.expect(&[], "le titre d'une section", INDICATION, diagnostics);
        if part.blocks.is_empty() {
            diagnostics.push(
                Diagnostic::new(Code::SectionSansTexte, part.heading.span, "cette section n'a pas de texte")
                    .label("rien sous ce titre")
                    .help("écrivez son texte ; si c'est une activité, ses compétences : ### Titre {#identifiant}"),
            );
        }
        let (prose, parcours) = prose(part.blocks, context, &mut Ids::new(), diagnostics);
        for (name, span) in parcours {
            let message = format!("« parcours={name} » n'a pas d'effet ici : un bloc vaut pour tous les parcours");
            diagnostics.push(
                Diagnostic::new(Code::IndicationInconnue, span, message)
                    .label("sans effet")
                    .help("supprimez-la, ou n'incluez pas ce texte dans un bloc"),
            );
        }
        sections.push(Section { titre: part.heading.titre, prose });
    }
    if parts.is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::BlocSansCompetence, Span::new(id, 0..0), "ce bloc n'a aucune compétence")
                .help("ajoutez une activité (## Titre) et ses compétences (### Titre {#identifiant})"),
        );
    }
    (sections, activites(parts, diagnostics))
}

fn activites(parts: VecDeque<Part>, diagnostics: &mut Diagnostics) -> Vec<Noeud> {
    let mut activites: Vec<Noeud> = Vec::new();
    let mut taken: Vec<String> = parts.iter().filter_map(|part| part.heading.id.clone()).collect();
    for part in parts {
        expect_level(&part.heading, &[2, 3], diagnostics);
        if part.heading.niveau != 3 {
            part.heading.expect(&[], "le titre d'une activité", INDICATION, diagnostics);
            if let Some(block) = part.blocks.first() {
                diagnostics.push(
                    Diagnostic::new(
                        Code::TexteHorsCompetence,
                        block.span,
                        "ce texte suit une activité, hors de toute compétence",
                    )
                    .label("à quelle compétence appartient-il ?")
                    .help("mettez-le sous une compétence (### Titre {#identifiant})"),
                );
            }
            let Heading { titre, span, .. } = part.heading;
            activites.push(Noeud { id: None, titre, span, criteres: Vec::new(), enfants: Vec::new() });
            continue;
        }
        let competence = competence(part, &mut taken, diagnostics);
        match activites.last_mut() {
            Some(activite) => activite.enfants.push(competence),
            None => diagnostics.push(
                Diagnostic::new(
                    Code::CompetenceSansActivite,
                    competence.span,
                    "cette compétence n'est dans aucune activité",
                )
                .label("titre ### avant tout titre ##")
                .help("écrivez d'abord le titre de l'activité : ## Titre"),
            ),
        }
    }
    for activite in &activites {
        if activite.enfants.is_empty() {
            diagnostics.push(
                Diagnostic::new(
                    Code::ActiviteSansCompetence,
                    activite.span,
                    format!("l'activité « {} » n'a aucune compétence", activite.titre),
                )
                .help("ajoutez au moins une compétence : ### Titre {#identifiant}"),
            );
        }
    }
    activites
}

fn competence(part: Part, taken: &mut Vec<String>, diagnostics: &mut Diagnostics) -> Noeud {
    let heading = part.heading;
    heading.expect(&["#"], "le titre d'une compétence", INDICATION, diagnostics);
    let id = heading.id.clone().unwrap_or_else(|| {
        let proposed = short_id(&heading.titre, |id| taken.iter().any(|other| fold::same(other, id)));
        taken.push(proposed.clone());
        // After other indications it would have to go between their braces.
        let end = Span { start: heading.titre_span.end, ..heading.span };
        let at = (heading.titre_span.end == heading.span.end && !proposed.is_empty()).then_some(end);
        diagnostics.push(
            Diagnostic::new(Code::CompetenceSansIdentifiant, heading.span, "cette compétence n'a pas d'identifiant")
                .label("identifiant attendu en fin de titre")
                .help(format!(
                    "ajoutez-le entre accolades : ### … {{#{proposed}}} ; les résultats des candidats s'y réfèrent"
                ))
                .correct_if(at, format!(" {{#{proposed}}}")),
        );
        proposed
    });
    let criteres = part.blocks.into_iter().flat_map(criteres).collect();
    let id = Some(Spanned::new(id, heading.id_span));
    Noeud { id, titre: heading.titre, span: heading.span, criteres, enfants: Vec::new() }
}

/// A paragraph is one critère, a list as many as it has items.
fn criteres(block: Block) -> Vec<Critere> {
    match block.kind {
        BlockKind::Heading(_) => Vec::new(),
        BlockKind::Element(Element::List(list)) => {
            let puce = list.marks == Marks::Bullets;
            let item = |item: Item| {
                let mut contenu = item.content;
                // Other texts refer to « critère 2 ».
                if !puce {
                    number(&item.mark, &mut contenu);
                }
                Critere { contenu, puce, span: item.span }
            };
            list.items.into_iter().map(item).collect()
        }
        BlockKind::Element(element) => vec![Critere { contenu: vec![element], puce: false, span: block.span }],
    }
}

fn number(mark: &str, content: &mut Vec<Element>) {
    let mark = Inline::Text(format!("{mark} "));
    match content.first_mut() {
        Some(Element::Paragraph(first) | Element::Line(first)) => first.insert(0, mark),
        _ => content.insert(0, Element::Line(vec![mark])),
    }
}

fn expect_level(heading: &Heading, expected: &[u8], diagnostics: &mut Diagnostics) {
    if !expected.contains(&heading.niveau) {
        let found = "#".repeat(heading.niveau.into());
        let help = if expected == [2] {
            "dans un bloc, une section ou une activité est un titre ##"
        } else {
            "dans un bloc, une activité est un titre ##, une compétence un titre ###"
        };
        let diagnostic =
            Diagnostic::new(Code::TitreMalPlace, heading.span, format!("un titre {found} n'a pas sa place ici"))
                .label("niveau de titre inattendu")
                .help(help);
        let only = (expected == [2]).then(|| heading.hashes()).flatten();
        diagnostics.push(diagnostic.correct_if(only, "##"));
    }
}
