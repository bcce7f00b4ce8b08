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
use crate::model::candidat::{Dates, Evaluation};
use crate::model::libelle::Civilite;
use crate::model::prose::{Element, Inline, inline_words, words};
use crate::sources::keys::{self, Group};
use crate::sources::layout::CandidatFile;

/// A candidat's file, its references still by name.
#[derive(Debug)]
pub struct Fiche {
    pub session: String,
    pub id: String,
    pub path: String,
    pub nom: String,
    pub prenom: String,
    pub civilite: Option<Civilite>,
    pub entreprise: Option<String>,
    pub referentiel: Option<Spanned<String>>,
    pub parcours: Option<Spanned<String>>,
    pub blocs: Option<Vec<Spanned<String>>>,
    pub(crate) evaluateurs: Vec<FicheEvaluateur>,
    pub(crate) champs: Vec<FicheChamp>,
    pub(crate) evaluations: Vec<FicheEvaluation>,
    /// What was brought of the papers that are asked for.
    pub(crate) prealables: Vec<FicheChamp>,
    pub(crate) decisions: Vec<FicheDecision>,
    pub(crate) commentaires: Vec<Commentaire>,
    /// The first key.
    pub span: Span,
}

/// What somebody decided, its references by name.
#[derive(Debug)]
pub(crate) struct FicheDecision {
    pub sur: Spanned<String>,
    pub resultat: Spanned<String>,
    pub par: String,
    pub le: Spanned<Date>,
    pub motif: String,
}

/// What is written under an id of the référentiel's.
pub(crate) type FicheChamp = (Spanned<String>, Spanned<String>);

#[derive(Debug)]
pub(crate) struct FicheEvaluateur {
    pub role: Option<Spanned<String>>,
    pub nom: Option<Spanned<String>>,
    pub fonction: Option<String>,
    pub span: Span,
}

#[derive(Debug)]
pub(crate) struct FicheEvaluation {
    /// The id of a bloc or of a situation, its number where situations are a list.
    pub nom: Spanned<String>,
    /// What a situation is, where they are free.
    pub titre: Option<String>,
    /// What is not looked up in the référentiel.
    pub faits: Evaluation,
    pub champs: Vec<FicheChamp>,
    pub evaluateurs: Option<Vec<FicheEvaluateur>>,
    pub resultat: Option<FicheResultat>,
    pub resultats: Vec<(Spanned<String>, FicheResultat)>,
    /// The evaluations of its situations, and the place of what holds them.
    pub situations: Option<(Vec<FicheEvaluation>, Span)>,
}

/// A result as it is written: what keys and numbers mean depends on the référentiel.
#[derive(Debug)]
pub(crate) enum FicheResultat {
    Valeur(Spanned<String>),
    /// Nothing yet.
    Rien(Span),
    /// One for each critère, in order; `None` for one not evaluated yet. The last is where two numbers stand together,
    /// as the halves of one do that has a comma.
    Liste(Vec<Option<Spanned<String>>>, Span, Option<Span>),
    /// By role, or by the number of a critère.
    Par(Vec<(Spanned<String>, FicheResultat)>, Span),
}

impl FicheEvaluation {
    /// Whether nothing is written, beside its situations.
    pub(crate) fn is_blank(&self) -> bool {
        self.faits.is_blank()
            && self.champs.is_empty()
            && self.evaluateurs.is_none()
            && self.resultat.is_none()
            && self.resultats.is_empty()
    }
}

impl FicheResultat {
    /// Where it is written.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Valeur(valeur) => valeur.span,
            Self::Liste(_, span, _) | Self::Par(_, span) | Self::Rien(span) => *span,
        }
    }
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
pub fn fiche(file: &CandidatFile, context: &Context, d: &mut Diagnostics) -> Option<Fiche> {
    let source = file.source;
    let (front, body) = front_matter::split_required(context.sources, source, &keys::CANDIDAT, d)?;
    let commentaires = commentaires(blocks(context, source, body, d), d);
    let node = yaml::parse(context.sources, source, front, d)?;
    let mut fields = Fields::of(&node, &keys::CANDIDAT, d)?;
    let fiche = Fiche {
        session: file.session.clone(),
        id: file.id.clone(),
        path: file.path.clone(),
        nom: fields.text("nom", d).unwrap_or_default(),
        prenom: fields.text("prenom", d).unwrap_or_default(),
        civilite: fields
            .word("civilite", d)
            .and_then(|word| Civilite::ALL.into_iter().find(|known| known.mot() == word)),
        entreprise: fields.text("entreprise", d),
        referentiel: fields.take("referentiel", text, d),
        parcours: fields.take("parcours", text, d),
        blocs: fields.take("blocs", texts, d),
        evaluateurs: fields.take("evaluateurs", evaluateurs, d).unwrap_or_default(),
        champs: fields.take("champs", champs, d).unwrap_or_default(),
        evaluations: fields.take("evaluations", evaluations, d).unwrap_or_default(),
        prealables: fields.take("prealables", pieces, d).unwrap_or_default(),
        decisions: fields.take("decisions", decisions, d).unwrap_or_default(),
        commentaires,
        span: fields.span(),
    };
    fields.finish(d);
    Some(fiche)
}

fn evaluateurs(node: &Node, _: &str, d: &mut Diagnostics) -> Option<Vec<FicheEvaluateur>> {
    if let Some(meant) = meant_as_list(node) {
        return d.refuse(meant);
    }
    let mut all = Vec::new();
    for item in list(node) {
        if let Some(meant) = meant_as_items(item) {
            d.push(meant);
            continue;
        }
        let alone = |nom| FicheEvaluateur { role: None, nom, fonction: None, span: item.span };
        all.push(match item.kind {
            Kind::Text(_) => alone(text(item, "evaluateurs", d)),
            Kind::Null => alone(None),
            _ => Fields::read(item, &keys::EVALUATEUR, d, |fields, d| {
                let (role, nom) = (fields.take("role", text, d), fields.take("nom", text, d));
                Some(FicheEvaluateur { role, nom, fonction: fields.text("fonction", d), span: fields.span() })
            })?,
        });
    }
    Some(all)
}

fn champs(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Vec<FicheChamp>> {
    let written = entries(node, field, d)?.iter();
    Some(written.filter_map(|(key, value)| Some((key.clone(), text(value, &key.value, d)?))).collect())
}

/// What was brought; nothing is said of a paper that is awaited.
fn pieces(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Vec<FicheChamp>> {
    let written = entries(node, field, d)?.iter().filter(|(_, value)| !matches!(value.kind, Kind::Null));
    Some(written.filter_map(|(key, value)| Some((key.clone(), text(value, &key.value, d)?))).collect())
}

fn decisions(node: &Node, _: &str, d: &mut Diagnostics) -> Option<Vec<FicheDecision>> {
    Some(Fields::read_each(node, &keys::DECISION, d, |fields, d| {
        let sur = fields.take("sur", text, d);
        let resultat = fields.take("resultat", text, d);
        let par = fields.text("par", d);
        let le = fields.take("le", date, d);
        let motif = fields.text("motif", d);
        Some(FicheDecision { sur: sur?, resultat: resultat?, par: par?, le: le?, motif: motif? })
    }))
}

fn evaluations(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Vec<FicheEvaluation>> {
    let entries = entries(node, field, d)?;
    Some(entries.iter().filter_map(|(bloc, node)| evaluation(bloc, node, &keys::EVALUATION, d)).collect())
}

/// The evaluations of a bloc's situations: by their ids, or one after the other.
fn situations(node: &Node, field: &str, d: &mut Diagnostics) -> Option<(Vec<FicheEvaluation>, Span)> {
    let all: Vec<(Spanned<String>, &Node)> = match &node.kind {
        Kind::List(items) => (1..).zip(items).map(|(i, item)| (Spanned::new(i.to_string(), item.span), item)).collect(),
        _ => entries(node, field, d)?.iter().map(|(id, item)| (id.clone(), item)).collect(),
    };
    let read = all.iter().filter_map(|(nom, item)| evaluation(nom, item, &keys::EN_SITUATION, d));
    Some((read.collect(), node.span))
}

fn evaluation(
    nom: &Spanned<String>,
    node: &Node,
    group: &'static Group,
    d: &mut Diagnostics,
) -> Option<FicheEvaluation> {
    let in_situation = group.key("nom").is_some();
    Fields::read(node, group, d, |fields, d| {
        Some(FicheEvaluation {
            nom: nom.clone(),
            titre: if in_situation { fields.text("nom", d) } else { None },
            faits: Evaluation {
                activites_exercees: fields.take("activites_exercees", oui_non, d),
                dates: fields.take("dates", dates, d),
                lieu: fields.text("lieu", d),
                entretiens: fields.take("entretiens", number, d),
                duree: fields.text("duree", d),
                ..Evaluation::blank(nom.span)
            },
            champs: fields.take("champs", champs, d).unwrap_or_default(),
            evaluateurs: fields.take("evaluateurs", evaluateurs, d),
            resultat: fields.take("resultat", resultat, d),
            resultats: fields.take("resultats", resultats, d).unwrap_or_default(),
            situations: if in_situation { None } else { fields.take("situations", situations, d) },
        })
    })
}

/// `{ du: …, au: … }`, or one date for a single day.
fn dates(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Dates> {
    if !matches!(node.kind, Kind::Map(_)) {
        return date(node, field, d).map(|day| Dates { du: day.clone(), au: day });
    }
    Fields::read(node, &keys::DATES, d, |fields, d| {
        let (du, au) = (fields.take("du", date, d), fields.take("au", date, d));
        Some(Dates { du: du?, au: au? })
    })
}

fn resultats(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Vec<(Spanned<String>, FicheResultat)>> {
    let entries = entries(node, field, d)?;
    let mut all = Vec::new();
    for (i, (id, node)) in entries.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| &entries[i].1);
        if matches!(node.kind, Kind::Null) && before.is_some_and(|before| halves(before, &id.value, id.span)) {
            let message = format!("« ,{} » est coupé de sa note par la virgule", id.value);
            let diagnostic = Diagnostic::new(Code::NoteImpossible, id.span, message).label("fin d'une note ?");
            d.push(diagnostic.help("écrivez la note avec un point, 12.5, ou entre guillemets, \"12,5\""));
            continue;
        }
        // Results by keys are found where these begin: below their own.
        all.extend(resultat(node, &id.value, d).map(|read| match read {
            FicheResultat::Par(all, _) => (id.clone(), FicheResultat::Par(all, id.span)),
            read => (id.clone(), read),
        }));
    }
    Some(all)
}

/// Whether two numbers have a comma alone between them, as the halves of one that is written with a comma.
fn halves(first: &Node, second: &str, place: Span) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    matches!(&first.kind, Kind::Text(text) if digits(text)) && digits(second) && place.start == first.span.end + 1
}

/// A result, or each role's, or each critère's; or nothing yet.
fn resultat(node: &Node, field: &str, d: &mut Diagnostics) -> Option<FicheResultat> {
    match &node.kind {
        Kind::Null => Some(FicheResultat::Rien(node.span)),
        Kind::Map(_) => Some(FicheResultat::Par(resultats(node, field, d)?, node.span)),
        Kind::List(items) => {
            let mut value = |item: &Node| match item.kind {
                Kind::Null => Some(None),
                _ => text(item, field, d).map(Some),
            };
            let all = items.iter().map(&mut value).collect::<Option<_>>()?;
            let cut =
                |second: &Node, first| matches!(&second.kind, Kind::Text(text) if halves(first, text, second.span));
            let two = items.windows(2).find(|two| cut(&two[1], &two[0]));
            let together = two.map(|two| Span { end: two[1].span.end, ..two[0].span });
            Some(FicheResultat::Liste(all, node.span, together))
        }
        Kind::Text(_) => text(node, field, d).map(FicheResultat::Valeur),
    }
}

/// Comments, each under a `##` heading that is a bloc's id.
fn commentaires(all: Vec<Block>, d: &mut Diagnostics) -> Vec<Commentaire> {
    let mut commentaires: Vec<Commentaire> = Vec::new();
    for Block { kind, span } in all {
        match (kind, commentaires.last_mut()) {
            (BlockKind::Heading(heading), _) => commentaires.extend(commentaire(heading, d)),
            (BlockKind::Element(element), Some(commentaire)) => {
                let start = commentaire.texte.map_or(span.start, |texte| texte.start);
                commentaire.texte = Some(Span { start, ..span });
                commentaire.lignes.extend(en_gras(&element).map(|ligne| Spanned::new(ligne, span)));
                commentaire.contenu.push(element);
            }
            (BlockKind::Element(_), None) => d.push(
                Diagnostic::new(Code::CommentaireSansBloc, span, "ce commentaire n'est sous aucun bloc")
                    .label("avant tout titre ##")
                    .help("précédez-le d'un titre qui est l'identifiant du bloc, par exemple « ## accueil »"),
            ),
        }
    }
    commentaires
}

/// The comment under a heading. `None` under one that is none of a comment.
fn commentaire(heading: Heading, d: &mut Diagnostics) -> Option<Commentaire> {
    if heading.niveau != 2 && heading.sound {
        let message = "un titre de commentaire est l'identifiant d'un bloc, avec ##";
        let diagnostic = Diagnostic::new(Code::TitreDeCommentaire, heading.span, message)
            .label("niveau de titre inattendu")
            .help("écrivez par exemple « ## accueil » ; à l'intérieur d'un commentaire, mettez en gras : **…**");
        d.push(diagnostic.correct_if(heading.hashes(), "##"));
    }
    // What stands under the title of a whole file is the comment that was meant.
    if heading.niveau > 2 {
        return None;
    }
    let help = "supprimez cette indication : ce titre n'est que l'identifiant du bloc";
    heading.expect(&[], "le titre d'un commentaire", help, d);
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
