//! Why a YAML text cannot be read, in French and with a way out. What is said follows from the kind of fault that the
//! library names and from the line around it, never from the library's words.

use std::ops::Range;

use super::lines::{Lines, quote, value};
use super::spelling::quoted;
use super::tree::{ErrorKind, Fault, Property};
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::source::{Sources, Span, lines_at, offset_of};

/// `range` is the YAML's place in the source, `span` where the library stopped: what it stumbled over may be on an
/// earlier or a later line.
pub(crate) fn syntax(fault: &Fault, range: Range<usize>, span: Span, sources: &Sources) -> Diagnostic {
    let text = sources.text(span.source);
    let line_end = text[span.start..].find('\n').map_or(range.end, |at| span.start + at).clamp(range.start, range.end);
    let sign = |at: usize| Span::new(span.source, range.start + at..range.start + at + 1);
    if let Some(at) = tabulation(&text[range.clone()]) {
        return said(TABULATION, sign(at), "ici");
    }
    if let Some(at) = open_quote(&text[range.start..line_end]) {
        let place = sign(at);
        let line = text[place.start..].lines().next().unwrap_or_default();
        let end = place.start + line.trim_end().len();
        return said(QUOTE, place, "ouvert ici").correct_at(Span::new(span.source, end..end), &text[place.range()]);
    }
    let words = explain(fault);
    meant(words.0, text, &range, span).unwrap_or_else(|| {
        if words.0 == Code::YamlSigneReserve
            && let Some(sign) = text[span.start..].chars().next().filter(char::is_ascii_punctuation)
        {
            let message = format!("« {sign} » est un signe réservé, qui ne peut pas se trouver ici");
            let help = "effacez-le, ou mettez le texte dont il fait partie entre guillemets";
            return said((words.0, &message, help), span, "ici");
        }
        let diagnostic = said(words, span, "ici");
        let whole = value(text, &range, span.start).filter(|_| words.0 == Code::YamlDeuxPoints);
        match whole.filter(|at| text[at.clone()].contains(": ") && !text[at.clone()].starts_with(['"', '\''])) {
            Some(at) => diagnostic.correct_at(Span::new(span.source, at.clone()), quoted(&text[at])),
            None => diagnostic,
        }
    })
}

/// What the lines around the place tell of the slip that was made.
fn meant(code: Code, text: &str, yaml: &Range<usize>, span: Span) -> Option<Diagnostic> {
    let lines = Lines::near(text, yaml.clone(), span)?;
    lines.remark_in_braces().or_else(|| lines.bullets(text)).or_else(|| match code {
        Code::YamlDeuxDocuments => lines.boundary(),
        Code::YamlFusion | Code::YamlTropGrand => None,
        _ => first_sign(text, yaml, span).or_else(|| match code {
            Code::YamlDeuxPoints | Code::YamlLigneMalFormee => lines.near_colon(),
            Code::YamlAccoladeOuverte => lines.in_braces(),
            _ => None,
        }),
    })
}

fn said((code, message, help): Words, place: Span, label: &str) -> Diagnostic {
    Diagnostic::new(code, place, message).label(label).help(help)
}

/// A value that begins with a sign of YAML's own.
fn first_sign(text: &str, yaml: &Range<usize>, span: Span) -> Option<Diagnostic> {
    let at = value(text, yaml, span.start)?;
    let value = &text[at.clone()];
    let place = Span::new(span.source, at.start..at.start + value.chars().next()?.len_utf8());
    let whole = Span::new(span.source, at);
    let alone = value.len() == 1;
    let (code, message) = match value.chars().next()? {
        '-' if alone => {
            let words = (
                Code::YamlSigneReserve,
                "un tiret seul n'est pas une valeur",
                "laissez la valeur vide s'il n'y a rien à dire",
            );
            return Some(said(words, place, "à effacer").correct(""));
        }
        '-' | '?' | ':' if !alone && !value[1..].starts_with([' ', '\t']) => return None,
        '*' => (UNKNOWN_ANCHOR.0, UNKNOWN_ANCHOR.1.to_owned()),
        '>' | '|' => (LONG_TEXT.0, LONG_TEXT.1.to_owned()),
        sign @ ('-' | '?' | ':' | '&' | '!' | '%' | '@' | '`' | ',' | '}' | ']') => {
            (Code::YamlSigneReserve, format!("cette valeur commence par « {sign} », un signe réservé"))
        }
        _ => return None,
    };
    Some(quote(Diagnostic::new(code, place, message).label("ici"), whole, value))
}

/// `&Co` and `!Nouveau` are read by YAML, and lost.
pub(crate) fn property(property: &Property, yaml: &str, place: impl Fn(&Range<usize>) -> Span) -> Diagnostic {
    let sign = yaml[property.at.clone()].chars().next().unwrap_or('&');
    let message = format!("cette valeur commence par « {sign} », un signe réservé : ce mot ne serait pas imprimé");
    let diagnostic = Diagnostic::new(Code::YamlSigneReserve, place(&property.at), message).label("perdu");
    let value = property.with_value.as_ref().filter(|at| !yaml[(*at).clone()].contains(['\n', '"', '\'']));
    match value {
        Some(at) => quote(diagnostic, place(at), &yaml[at.clone()]),
        None => diagnostic.help("effacez-le"),
    }
}

type Words<'w> = (Code, &'w str, &'w str);

const TABULATION: Words<'static> = (
    Code::YamlTabulation,
    "une tabulation décale cette ligne",
    "remplacez-la par des espaces : YAML, l'écriture des en-têtes, n'accepte pas les tabulations",
);

const QUOTE: Words<'static> =
    (Code::YamlGuillemetOuvert, "un guillemet ouvert n'est pas refermé", "fermez le guillemet à la fin de la valeur");

/// The first tabulation before the words of a line, or behind its dash.
fn tabulation(yaml: &str) -> Option<usize> {
    lines_at(yaml).filter(|(_, line)| !line.trim().is_empty()).find_map(|(start, line)| {
        let words = line.find(|c: char| !matches!(c, ' ' | '\t' | '-')).unwrap_or(line.len());
        line[..words].find('\t').map(|at| start + at)
    })
}

/// The first quote that opens a value and is not closed on its line, before the library stopped. Values of
/// several lines are hardly ever meant in a header.
fn open_quote(yaml: &str) -> Option<usize> {
    let value = |line: &'_ str| line.find(": ").map_or(0, |at| at + 2);
    let texts = lines_at(yaml).map(|(_, line)| line[value(line)..].trim_start());
    let mut open = texts.filter(|text| text.starts_with('"') && text.matches('"').count() == 1);
    open.next().map(|text| offset_of(text, yaml))
}

fn explain(fault: &Fault) -> Words<'static> {
    use ErrorKind::*;
    let kind = match fault {
        Fault::Syntax(kind) => kind,
        Fault::SecondDocument => return TWO_DOCUMENTS,
        Fault::NoKey => {
            return (
                Code::YamlLigneMalFormee,
                "ce qui précède ce deux-points n'est pas une clé",
                "écrivez « clé: valeur », la clé en un mot ; un texte qui contient ces signes se met entre guillemets",
            );
        }
        Fault::Merge => {
            return (Code::YamlFusion, "la clé « << » n'est pas permise ici", "écrivez les clés en toutes lettres");
        }
        Fault::TooManyCopies => return TOO_LARGE,
    };
    match kind {
        TabNotAllowed
        | TabInBlockIndentation
        | TabInIndentation
        | TabInPlainScalar
        | TabAtBlockScalarStart
        | InvalidMappingValueWhitespace
        | InvalidBlockEntryWhitespace => TABULATION,
        MappingValueNotAllowed => (
            Code::YamlDeuxPoints,
            "un deux-points suivi d'une espace coupe cette valeur",
            "mettez toute la valeur entre guillemets : clé: \"texte : suite\" ; ou alignez la clé avec les autres",
        ),
        InvalidTrailingSingleQuotedScalar | InvalidTrailingDoubleQuotedScalar => (
            Code::YamlTexteApresGuillemet,
            "du texte suit le guillemet qui ferme cette valeur",
            "mettez toute la valeur entre guillemets « \" » ; ceux qu'elle contient s'écrivent « … », ou \\\"",
        ),
        UnknownQuotedScalarEscape
        | InvalidQuotedScalarHexEscape
        | InvalidLowSurrogateHexEscape
        | InvalidLowSurrogate
        | MissingLowSurrogate
        | UnpairedLowSurrogate
        | InvalidUnicodeEscape => (
            Code::YamlBarreOblique,
            "une barre oblique inverse « \\ » entre guillemets annonce un signe que YAML ne connaît pas",
            "doublez-la (\\\\), ou mettez la valeur entre apostrophes : '…'",
        ),
        ZeroBlockScalarIndent | InvalidBlockScalarHeader | InvalidBlockScalarIndent => LONG_TEXT,
        UnclosedQuotedScalar | DocumentIndicatorInQuotedScalar | InvalidQuotedScalarIndent => QUOTE,
        UnexpectedEofFlowSequence
        | UnexpectedEofFlowMapping
        | UnexpectedEofImplicitFlowMapping
        | ExpectedFlowMappingSeparator
        | ExpectedFlowSequenceSeparator
        | MisplacedFlowCollectionEnd
        | MismatchedFlowCollectionEnd { .. }
        | UnclosedFlowCollection { .. }
        | BlockEntryInFlowCollection
        | InvalidFlowScalarIndent
        | PlainScalarStartsWithDashFlowIndicator
        | FlowMappingValueAdjacentCollection
        | InvalidColonPlacement => (
            Code::YamlAccoladeOuverte,
            "avant ce signe, une accolade ou un crochet n'est pas refermé, ou une virgule manque",
            "écrivez { clé: valeur, clé: valeur } ou [valeur, valeur]",
        ),
        UnknownAnchor => UNKNOWN_ANCHOR,
        UnexpectedCharacter { .. }
        | MissingAnchorOrAliasName
        | UndeclaredTagHandle
        | ExpectedTagBang
        | InvalidGlobalTagCharacter
        | InvalidTagTerminator
        | MissingTagUri
        | UnclosedVerbatimTag
        | InvalidTagEscape
        | InvalidTagUtf8LeadingByte
        | InvalidTagUtf8TrailingByte
        | InvalidTagUtf8 => {
            (Code::YamlSigneReserve, "cette valeur commence par un signe réservé", "mettez la valeur entre guillemets")
        }
        RecursionLimitExceeded | AnchorCountOverflow => TOO_LARGE,
        ExpectedDocumentStart | InvalidDocumentEnd | MissingDocumentEndBeforeDirective => TWO_DOCUMENTS,
        SimpleKeyExpected
        | InvalidSimpleKey
        | ExpectedBlockMappingKey
        | ExpectedBlockSequenceEntry
        | ExpectedNodeContent
        | BlockSequenceEntryNotAllowed
        | MappingKeyNotAllowed
        | InvalidIndentation
        | UnexpectedEof
        | UnexpectedEofBlockSequence
        | UnexpectedEofBlockMapping
        | UnexpectedEndOfPlainScalar
        | CommentInterceptedScalar
        | CommentNotSeparated
        | ExpectedWhitespace
        | DirectiveDisallowed
        | BomInsideDocument => (
            Code::YamlLigneMalFormee,
            "cette ligne n'est pas de la forme « clé: valeur », ou son décalage ne correspond pas aux lignes voisines",
            "vérifiez le deux-points et l'alignement avec les lignes précédentes",
        ),
        _ => (
            Code::YamlIllisible,
            "ce YAML ne peut pas être lu",
            "vérifiez les deux-points, les guillemets et l'alignement des lignes",
        ),
    }
}

const LONG_TEXT: Words<'static> = (
    Code::YamlTexteLong,
    "« > » ou « | » en tête de valeur annonce un texte de plusieurs lignes",
    "mettez la valeur entre guillemets si ce signe fait partie du texte",
);

const UNKNOWN_ANCHOR: Words<'static> = (
    Code::YamlRenvoiInconnu,
    "un astérisque en tête de valeur est un renvoi, et rien ne porte ce nom",
    "mettez la valeur entre guillemets si l'astérisque fait partie du texte",
);

const TWO_DOCUMENTS: Words<'static> = (
    Code::YamlDeuxDocuments,
    "une ligne « --- » de trop, avant celle-ci, coupe ce YAML en deux",
    "supprimez la ligne « --- »",
);

const TOO_LARGE: Words<'static> = (
    Code::YamlTropGrand,
    "ce YAML dépasse les limites de taille ou d'imbrication",
    "simplifiez-le : aucune fiche ne demande autant de niveaux ou de renvois",
);
