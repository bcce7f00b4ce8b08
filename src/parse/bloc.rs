//! A bloc's file, `blocs/<numero>-<id>.md`: its modalités, then `##` activités and `###` compétences with their
//! critères. The sections before the first one that holds a compétence are the modalités.

use std::collections::VecDeque;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::markdown::html::{Context, html};
use super::markdown::prose::{Ids, prose};
use super::markdown::{Block, BlockKind, Heading, Located, blocks};
use super::yaml::fields::{Fields, choice, text};
use super::yaml::{self, Node};
use super::{front_matter, keys, regles};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::fold::slug;
use crate::model::referentiel::{Activite, Bloc, Competence, Critere, Regles, Section};
use crate::source::{SourceId, Span, Spanned};
use crate::typographie::typographier;

/// Reads one bloc. `None` if its front matter cannot be read.
pub fn bloc(
    id: SourceId,
    numero: u32,
    nom: &str,
    defaults: &Regles,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Option<Bloc> {
    let (front, body) = front_matter::split_required(context.sources, id, keys::BLOC, diagnostics)?;
    let all = blocks(context.sources, id, body, diagnostics);
    let node = yaml::parse(context.sources, id, front, diagnostics);
    let (sections, activites) = structure(all, id, context, diagnostics);

    let node = node?;
    let mut fields = Fields::of(&node, "l'en-tête du bloc", diagnostics)?;
    let titre = fields.required("titre", text, diagnostics);
    let grille_nouvelle_page = fields.optional("grille", grille, diagnostics).unwrap_or(true);
    let regles = regles::regles(fields.node("regles"), defaults, diagnostics);
    fields.finish(diagnostics);
    let Spanned { value: titre, span: titre_span } = titre?;
    Some(Bloc { numero, id: nom.to_owned(), titre, titre_span, grille_nouvelle_page, regles, sections, activites })
}

/// `page` or `suite`: whether the grille starts a page.
fn grille(node: &Node, field: &str, diagnostics: &mut Diagnostics) -> Option<bool> {
    choice(node, field, &[("page", true), ("suite", false)], diagnostics)
}

/// A heading and the blocks below it.
struct Part<'a> {
    heading: Heading,
    blocks: Vec<Block<'a>>,
}

fn structure(
    all: Vec<Block>,
    id: SourceId,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> (Vec<Section>, Vec<Activite>) {
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
        if part.blocks.is_empty() {
            diagnostics.push(
                Diagnostic::new(Code::SectionSansTexte, part.heading.span, "cette section n'a pas de texte")
                    .label("rien sous ce titre")
                    .help("écrivez son texte ; si c'est une activité, ses compétences : ### Titre {#identifiant}"),
            );
        }
        let (prose, _) = prose(part.blocks, context, &mut Ids::new(), diagnostics);
        sections.push(Section { titre: typographier(&part.heading.titre), prose });
    }
    if parts.is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::BlocSansCompetence, Span::new(id, 0..0), "ce bloc n'a aucune compétence")
                .help("ajoutez une activité (## Titre) et ses compétences (### Titre {#identifiant})"),
        );
    }
    (sections, activites(parts, context, diagnostics))
}

fn activites(parts: VecDeque<Part>, context: &Context, diagnostics: &mut Diagnostics) -> Vec<Activite> {
    let mut activites: Vec<(Activite, Span)> = Vec::new();
    for part in parts {
        expect_level(&part.heading, &[2, 3], diagnostics);
        if part.heading.niveau != 3 {
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
            let activite = Activite { titre: typographier(&part.heading.titre), competences: Vec::new() };
            activites.push((activite, part.heading.span));
            continue;
        }
        let competence = competence(part, context, diagnostics);
        match activites.last_mut() {
            Some((activite, _)) => activite.competences.push(competence),
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
    for (activite, span) in &activites {
        if activite.competences.is_empty() {
            diagnostics.push(
                Diagnostic::new(
                    Code::ActiviteSansCompetence,
                    *span,
                    format!("l'activité « {} » n'a aucune compétence", activite.titre),
                )
                .help("ajoutez au moins une compétence : ### Titre {#identifiant}"),
            );
        }
    }
    activites.into_iter().map(|(activite, _)| activite).collect()
}

fn competence(part: Part, context: &Context, diagnostics: &mut Diagnostics) -> Competence {
    let heading = part.heading;
    let id = heading.id.clone().unwrap_or_else(|| {
        let proposed: String = slug(&heading.titre).split('-').take(2).collect::<Vec<_>>().join("-");
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
    let mut criteres = Vec::new();
    for block in part.blocks {
        let source = block.span.source;
        match block.kind {
            BlockKind::Paragraph => {
                let inner = block.events[1..block.events.len() - 1].to_vec();
                criteres.push(Critere {
                    html: html(inner, source, context, diagnostics),
                    puce: false,
                    span: block.span,
                });
            }
            BlockKind::List => {
                for (events, range) in items(block.events) {
                    let html = html(events, source, context, diagnostics);
                    criteres.push(Critere { html, puce: true, span: Span::new(source, range) });
                }
            }
            _ => {
                let span = block.span;
                criteres.push(Critere { html: html(block.events, source, context, diagnostics), puce: false, span });
            }
        }
    }
    Competence {
        id: Spanned::new(id, heading.id_span),
        titre: typographier(&heading.titre),
        span: heading.span,
        criteres,
    }
}

/// The items of a list, each without the `li` around it, nor the `p` of a loose list.
fn items(events: Vec<Located>) -> Vec<(Vec<Located>, std::ops::Range<usize>)> {
    let mut items: Vec<(Vec<Located>, std::ops::Range<usize>)> = Vec::new();
    let mut depth = 0;
    for (event, at) in events {
        match &event {
            Event::Start(Tag::Item) if depth == 1 => items.push((Vec::new(), at.clone())),
            Event::End(TagEnd::Item) if depth == 2 => {}
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) if depth <= 3 => {}
            _ if depth >= 2 => {
                if let Some((list, _)) = items.last_mut() {
                    list.push((event.clone(), at));
                }
            }
            _ => {}
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    items
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
