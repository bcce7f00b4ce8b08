//! Running text: elements and headings, cut at directives (`[[echelle]]`, `[[inclure: …]]`) and
//! around the passages that hold for one parcours only.

use std::collections::BTreeMap;

use super::files::{Context, relative, resolve};
use super::{Block, BlockKind, Heading, blocks};
use crate::ground::diagnostic::nearest::{nearest, suggestion};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold::slug;
use crate::ground::source::Span;
use crate::model::prose::{Element, Partie, Passage, Prose, Titre};

/// A parcours named by a heading, to be checked against the référentiel's.
pub(crate) type ParcoursRef = (String, Span);

/// The ids of a page's headings, and where each was given.
pub(crate) type Ids = BTreeMap<String, Span>;

/// Reads blocks as running text. Returns the parcours that its headings name.
pub(crate) fn prose(
    blocks: Vec<Block>,
    context: &Context,
    ids: &mut Ids,
    d: &mut Diagnostics,
) -> (Prose, Vec<ParcoursRef>) {
    let own = blocks.first().map(|b| context.sources.get(b.span.source).path.clone());
    let (titres, parcours, included) = (Vec::new(), Vec::new(), own.into_iter().collect());
    let mut reader = Reader { context, d, titres, ids, parcours, last: None, included, inclusions: 0 };
    let parties = reader.parties(&mut blocks.into_iter().peekable(), 0);
    (Prose { titres: reader.titres, parties }, reader.parcours)
}

struct Reader<'a, 'd> {
    context: &'a Context<'a>,
    d: &'d mut Diagnostics,
    titres: Vec<Titre>,
    ids: &'d mut Ids,
    parcours: Vec<ParcoursRef>,
    /// The level of the last heading.
    last: Option<u8>,
    /// The text itself and the files being included, outermost first.
    included: Vec<String>,
    /// How many files were included so far.
    inclusions: usize,
}

/// Files that include others twice, again and again, would fill the memory long before a livret needs as many.
const MAX_INCLUSIONS: usize = 200;

/// What a mark for the end of a bloc is told elsewhere.
const FIN: &str = "supprimez-la : seules les sections d'un bloc viennent après sa grille";

type Blocks = std::iter::Peekable<std::vec::IntoIter<Block>>;

impl Reader<'_, '_> {
    /// Parts up to the end, or to a heading of level `until` or above.
    fn parties(&mut self, blocks: &mut Blocks, until: u8) -> Vec<Partie> {
        let mut parties = Vec::new();
        while let Some(block) = blocks.next_if(|b| !matches!(&b.kind, BlockKind::Heading(h) if h.niveau <= until)) {
            match block.kind {
                BlockKind::Heading(heading) => {
                    if heading.fin {
                        heading.expect(&["#", ".page", "parcours"], "ce titre", FIN, self.d);
                    }
                    self.check_order(&heading);
                    let id = self.register(&heading);
                    let Heading { niveau, titre, page, content, .. } = heading;
                    if let Some((parcours, span)) = heading.parcours {
                        self.parcours.push((parcours.clone(), span));
                        let inner = self.parties(blocks, niveau);
                        parties.push(Partie::Passage(Passage { id, niveau, titre, parcours, page, parties: inner }));
                    } else {
                        append(&mut parties, [Element::Heading { niveau, id, page, content }]);
                    }
                }
                BlockKind::Element(element) => match directive(&element, block.span, self.context) {
                    Some(("echelle", _)) => parties.push(Partie::Echelle),
                    Some(("inclure", path)) => self.include(path, block.span, &mut parties),
                    Some((other, _)) => {
                        let message = format!("« [[{other}]] » n'est pas une consigne connue");
                        let diagnostic = Diagnostic::new(Code::ConsigneInconnue, block.span, message);
                        let (known, at) = (["echelle", "inclure"], self.context.sources.part(block.span, other));
                        let near = nearest(other, known);
                        let diagnostic = diagnostic.help(suggestion(other, known));
                        self.d.push(diagnostic.correct_if(near.and(at), near.unwrap_or_default()));
                    }
                    None => append(&mut parties, [element]),
                },
            }
        }
        parties
    }

    fn check_order(&mut self, heading: &Heading) {
        if let Some(previous) = self.last.replace(heading.niveau)
            && heading.niveau > previous + 1
        {
            let expected = "#".repeat(usize::from(previous) + 1);
            let message = format!("un titre de niveau {} suit un titre de niveau {previous}", heading.niveau);
            let help = format!("écrivez « {expected} {} »", heading.titre);
            let diagnostic = Diagnostic::new(Code::NiveauSaute, heading.span, message).label("un niveau est sauté");
            self.d.push(diagnostic.help(help).correct_if(heading.hashes(), expected));
        }
    }

    fn register(&mut self, heading: &Heading) -> String {
        let id = heading.id.clone().unwrap_or_else(|| match slug(&heading.titre) {
            // Signs alone make no id.
            slug if slug.is_empty() => format!("titre-{}", self.titres.len() + 1),
            slug => slug,
        });
        if let Some(first) = self.ids.insert(id.clone(), heading.id_span) {
            let message = format!("deux titres ont l'identifiant « {id} »");
            let diagnostic = Diagnostic::new(Code::TitreEnDouble, heading.id_span, message).repeats(first);
            self.d.push(diagnostic.help("donnez-en un autre entre accolades après le titre : {#autre-nom}"));
        }
        self.titres.push(Titre { niveau: heading.niveau, id: id.clone(), titre: heading.titre.clone() });
        id
    }

    fn include(&mut self, to: &str, span: Span, parties: &mut Vec<Partie>) {
        let from = &self.context.sources.get(span.source).path;
        let Some((path, &source)) = resolve(from, to).and_then(|p| self.context.texts.get_key_value(&p)) else {
            let texts = self.context.texts.keys().filter(|path| path.ends_with(".md") && *path != from);
            let relatives: Vec<String> = texts.map(|path| relative(from, path)).collect();
            let message = format!("le fichier à inclure « {to} » n'existe pas");
            let diagnostic = Diagnostic::new(Code::InclusionIntrouvable, span, message).label("introuvable");
            self.d.push(match nearest(to, relatives.iter().map(String::as_str)) {
                Some(near) => diagnostic
                    .help(format!("vouliez-vous dire « {near} » ?"))
                    .correct_if(self.context.sources.part(span, to), near),
                None => diagnostic.help("donnez son chemin à partir de ce fichier, à l'intérieur de content/"),
            });
            return;
        };
        self.inclusions += 1;
        if self.inclusions > MAX_INCLUSIONS {
            if self.inclusions == MAX_INCLUSIONS + 1 {
                let message = format!("ce texte inclut plus de {MAX_INCLUSIONS} fichiers");
                let help = "un fichier inclus en inclut d'autres, qui en incluent d'autres : réunissez-les";
                self.d.push(Diagnostic::new(Code::InclusionsTropNombreuses, span, message).help(help));
            }
            return;
        }
        if self.included.contains(path) {
            let diagnostic = Diagnostic::new(Code::InclusionEnRond, span, format!("« {to} » s'inclut lui-même"));
            self.d.push(diagnostic.help("supprimez l'une des inclusions"));
            return;
        }
        self.included.push(path.clone());
        let length = self.context.sources.text(source).len();
        let inner = blocks(self.context, source, 0..length, self.d);
        for partie in self.parties(&mut inner.into_iter().peekable(), 0) {
            match partie {
                Partie::Texte(elements) => append(parties, elements),
                other => parties.push(other),
            }
        }
        self.included.pop();
    }
}

/// `[[name: argument]]`, if that is all of the paragraph.
pub(crate) fn directive<'a>(element: &Element, span: Span, context: &Context<'a>) -> Option<(&'a str, &'a str)> {
    let Element::Paragraph(_) = element else { return None };
    let text = &context.sources.text(span.source)[span.range()];
    let inner = text.trim().strip_prefix("[[")?.strip_suffix("]]")?;
    let (name, argument) = inner.split_once(':').unwrap_or((inner, ""));
    Some((name.trim(), argument.trim()))
}

fn append(parties: &mut Vec<Partie>, elements: impl IntoIterator<Item = Element>) {
    match parties.last_mut() {
        Some(Partie::Texte(last)) => last.extend(elements),
        _ => parties.push(Partie::Texte(elements.into_iter().collect())),
    }
}
