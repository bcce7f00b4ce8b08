//! A candidat's file as written: facts and comments with their places, names not yet looked up. What they refer
//! to is linked by [`crate::judge::link`].

use jiff::civil::Date;

use super::front_matter;
use super::markdown::files::Context;
use super::markdown::{Block, BlockKind, Heading, blocks, without_html};
use super::yaml::fields::{Fields, date, entries, list, meant_as_items, meant_as_list, number, oui_non, text, texts};
use super::yaml::{self, Kind, Node};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{Span, Spanned};
use crate::model::prose::{Element, Inline, inline_words, words};
use crate::sources::keys;
use crate::sources::layout::CandidatFile;

/// A candidat's file, its references still by name.
#[derive(Debug)]
pub struct Fiche {
    pub session: String,
    pub id: String,
    pub path: String,
    pub nom: String,
    pub prenom: String,
    pub entreprise: Option<String>,
    pub referentiel: Option<Spanned<String>>,
    pub parcours: Option<Spanned<String>>,
    pub blocs: Option<Vec<Spanned<String>>>,
    pub(crate) evaluateurs: Vec<FicheEvaluateur>,
    pub(crate) evaluations: Vec<FicheEvaluation>,
    pub(crate) commentaires: Vec<Commentaire>,
    /// The first key.
    pub span: Span,
}

#[derive(Debug)]
pub(crate) struct FicheEvaluateur {
    pub nom: Option<Spanned<String>>,
    pub fonction: Option<String>,
    pub span: Span,
}

#[derive(Debug)]
pub(crate) struct FicheEvaluation {
    pub bloc: Spanned<String>,
    pub activites_exercees: Option<bool>,
    pub dates: Option<(Spanned<Date>, Spanned<Date>)>,
    pub lieu: Option<String>,
    pub entretiens: Option<Spanned<u32>>,
    pub duree: Option<String>,
    pub resultats: Vec<(Spanned<String>, FicheResultat)>,
}

#[derive(Debug)]
pub(crate) enum FicheResultat {
    Commun(Spanned<String>),
    /// (évaluateur's number, level)
    Separes(Vec<(Spanned<usize>, Spanned<String>)>, Span),
}

#[derive(Debug)]
pub(crate) struct Commentaire {
    pub bloc: Spanned<String>,
    pub contenu: Vec<Element>,
    /// Lines in bold or italics: one that is a bloc was meant as a title.
    pub lignes: Vec<Spanned<String>>,
    /// From its first block to its last.
    pub texte: Option<Span>,
}

/// Reads a candidat's file. `None` if its front matter cannot be read; a value that cannot be is left out, so that
/// what the rest refers to is looked up all the same.
pub fn fiche(file: &CandidatFile, context: &Context, diagnostics: &mut Diagnostics) -> Option<Fiche> {
    let source = file.source;
    let (front, body) = front_matter::split_required(context.sources, source, &keys::CANDIDAT, diagnostics)?;
    let commentaires = commentaires(blocks(context, source, body, diagnostics), diagnostics);
    let node = yaml::parse(context.sources, source, front, diagnostics)?;
    let d = diagnostics;
    let mut fields = Fields::of(&node, &keys::CANDIDAT, d)?;
    let span = fields.span();
    let nom = fields.take("nom", text, d);
    let prenom = fields.take("prenom", text, d);
    let entreprise = fields.take("entreprise", text, d).map(|t| t.value);
    let referentiel = fields.take("referentiel", text, d);
    let parcours = fields.take("parcours", text, d);
    let blocs = fields.take("blocs", texts, d);
    let evaluateurs = fields.take("evaluateurs", evaluateurs, d).unwrap_or_default();
    let evaluations = fields.take("evaluations", evaluations, d).unwrap_or_default();
    fields.finish(d);
    let written = |text: Option<Spanned<String>>| text.map(|t| t.value).unwrap_or_default();
    Some(Fiche {
        session: file.session.clone(),
        id: file.id.clone(),
        path: file.path.clone(),
        nom: written(nom),
        prenom: written(prenom),
        entreprise,
        referentiel,
        parcours,
        blocs,
        evaluateurs,
        evaluations,
        commentaires,
        span,
    })
}

fn evaluateurs(node: &Node, _: &str, diagnostics: &mut Diagnostics) -> Option<Vec<FicheEvaluateur>> {
    let mut all = Vec::new();
    if let Some(meant) = meant_as_list(node) {
        diagnostics.push(meant);
        return None;
    }
    for item in list(node) {
        if let Some(meant) = meant_as_items(item) {
            diagnostics.push(meant);
            continue;
        }
        if let Kind::Text(_) = &item.kind {
            let nom = text(item, "evaluateurs", diagnostics);
            all.push(FicheEvaluateur { nom, fonction: None, span: item.span });
            continue;
        }
        if matches!(item.kind, Kind::Null) {
            all.push(FicheEvaluateur { nom: None, fonction: None, span: item.span });
            continue;
        }
        let mut fields = Fields::of(item, &keys::EVALUATEUR, diagnostics)?;
        let nom = fields.take("nom", text, diagnostics);
        let fonction = fields.take("fonction", text, diagnostics).map(|t| t.value);
        let span = fields.span();
        fields.finish(diagnostics);
        all.push(FicheEvaluateur { nom, fonction, span });
    }
    Some(all)
}

fn evaluations(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Vec<FicheEvaluation>> {
    let mut all = Vec::new();
    for (bloc, node) in entries(node, field, d)? {
        let Some(mut fields) = Fields::of(node, &keys::EVALUATION, d) else {
            continue;
        };
        all.push(FicheEvaluation {
            bloc: bloc.clone(),
            activites_exercees: fields.take("activites_exercees", oui_non, d),
            dates: fields.take("dates", dates, d),
            lieu: fields.take("lieu", text, d).map(|t| t.value),
            entretiens: fields.take("entretiens", number, d),
            duree: fields.take("duree", text, d).map(|t| t.value),
            resultats: fields.take("resultats", resultats, d).unwrap_or_default(),
        });
        fields.finish(d);
    }
    Some(all)
}

/// `{ du: …, au: … }`, or one date for a single day.
fn dates(node: &Node, field: &str, d: &mut Diagnostics) -> Option<(Spanned<Date>, Spanned<Date>)> {
    if !matches!(node.kind, Kind::Map(_)) {
        return date(node, field, d).map(|day| (day.clone(), day));
    }
    let mut fields = Fields::of(node, &keys::DATES, d)?;
    let du = fields.take("du", date, d);
    let au = fields.take("au", date, d);
    fields.finish(d);
    Some((du?, au?))
}

/// Digits as everybody writes them: « 01 » and « +1 » would be second names of « 1 ».
fn numero(written: &str) -> Option<usize> {
    let plain = written.starts_with(|c: char| ('1'..='9').contains(&c)) && written.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| written.parse().ok()).flatten()
}

fn resultats(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Vec<(Spanned<String>, FicheResultat)>> {
    let mut all = Vec::new();
    for (competence, node) in entries(node, field, d)? {
        match &node.kind {
            // A compétence noted without its result is one not evaluated yet.
            Kind::Null => {}
            Kind::Map(_) => {
                let mut avis = Vec::new();
                for (key, value) in entries(node, &competence.value, d)? {
                    let numero = key.value.strip_prefix("evaluateur_").and_then(numero);
                    match numero {
                        Some(_) if matches!(value.kind, Kind::Null) => {}
                        Some(numero) => {
                            if let Some(niveau) = text(value, &key.value, d) {
                                avis.push((Spanned::new(numero, key.span), niveau));
                            }
                        }
                        None => d.push(
                            Diagnostic::new(
                                Code::EvaluateurInconnu,
                                key.span,
                                format!("« {} » n'est pas un évaluateur", key.value),
                            )
                            .label("évaluateur inconnu")
                            .help("écrivez evaluateur_1, evaluateur_2…, dans l'ordre de la liste des évaluateurs"),
                        ),
                    }
                }
                all.push((competence.clone(), FicheResultat::Separes(avis, competence.span)));
            }
            _ => {
                if let Some(niveau) = text(node, &competence.value, d) {
                    all.push((competence.clone(), FicheResultat::Commun(niveau)));
                }
            }
        }
    }
    Some(all)
}

/// Comments, each under a `##` heading that is a bloc's id.
fn commentaires(all: Vec<Block>, diagnostics: &mut Diagnostics) -> Vec<Commentaire> {
    let mut commentaires: Vec<Commentaire> = Vec::new();
    for block in all {
        let element = match block.kind {
            BlockKind::Element(element) => element,
            BlockKind::Heading(heading) => {
                commentaires.extend(commentaire(heading, diagnostics));
                continue;
            }
        };
        let Some(commentaire) = commentaires.last_mut() else {
            diagnostics.push(
                Diagnostic::new(Code::CommentaireSansBloc, block.span, "ce commentaire n'est sous aucun bloc")
                    .label("avant tout titre ##")
                    .help("précédez-le d'un titre qui est l'identifiant du bloc, par exemple « ## accueil »"),
            );
            continue;
        };
        let start = commentaire.texte.map_or(block.span.start, |texte| texte.start);
        commentaire.texte = Some(Span { start, ..block.span });
        commentaire.lignes.extend(en_gras(&element).map(|ligne| Spanned::new(ligne, block.span)));
        commentaire.contenu.push(element);
    }
    commentaires
}

/// The comment under a heading. `None` under one that is none of a comment.
fn commentaire(heading: Heading, diagnostics: &mut Diagnostics) -> Option<Commentaire> {
    if heading.niveau != 2 && heading.sound {
        let message = "un titre de commentaire est l'identifiant d'un bloc, avec ##";
        let diagnostic = Diagnostic::new(Code::TitreDeCommentaire, heading.span, message)
            .label("niveau de titre inattendu")
            .help("écrivez par exemple « ## accueil » ; à l'intérieur d'un commentaire, mettez en gras : **…**");
        diagnostics.push(diagnostic.correct_if(heading.hashes(), "##"));
    }
    // What stands under the title of a whole file is the comment that was meant.
    if heading.niveau > 2 {
        return None;
    }
    let help = "supprimez cette indication : ce titre n'est que l'identifiant du bloc";
    heading.expect(&[], "le titre d'un commentaire", help, diagnostics);
    let bloc = Spanned::new(heading.titre, heading.titre_span);
    Some(Commentaire { bloc, contenu: Vec::new(), lignes: Vec::new(), texte: None })
}

impl Commentaire {
    /// Whether it says something: a dash, a rule, a picture or a remark in HTML does not.
    pub(crate) fn dit_quelque_chose(&self) -> bool {
        without_html(&words(&self.contenu)).contains(char::is_alphanumeric)
    }
}

/// The first line of a paragraph, if it is all in bold or italics.
fn en_gras(element: &Element) -> Option<String> {
    let Element::Paragraph(inlines) = element else { return None };
    match inlines.as_slice() {
        [Inline::Strong(inner) | Inline::Emphasis(inner)]
        | [Inline::Strong(inner) | Inline::Emphasis(inner), Inline::Break { .. }, ..] => Some(inline_words(inner)),
        _ => None,
    }
}
