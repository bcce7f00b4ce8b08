//! The YAML library's syntax errors, in French and with a way out. Its own words, which name causes that ours do
//! not, are kept for those that are not known here.

use std::ops::Range;

use super::lines;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Sources, Span, lines_at, offset_of};

/// `range` is the YAML's place in the source, `span` where the library stopped: what it stumbled over may be on an
/// earlier or a later line.
pub fn syntax(error: &serde_yaml::Error, range: Range<usize>, span: Span, sources: &Sources) -> Diagnostic {
    let text = sources.text(span.source);
    let yaml = &text[range.clone()];
    if let Some(at) = tabulation(yaml) {
        let place = Span::new(span.source, range.start + at.start..range.start + at.end);
        let (code, message, help) = TABULATION;
        return Diagnostic::new(code, place, message).label("ici").help(help);
    }
    let line_end = text[span.start..].find('\n').map_or(range.end, |at| span.start + at).clamp(range.start, range.end);
    if let Some(at) = open_quote(&text[range.start..line_end]) {
        let (code, message, help) = QUOTE;
        let place = Span::new(span.source, range.start + at..range.start + at + 1);
        return Diagnostic::new(code, place, message).label("ouvert ici").help(help);
    }
    let line_start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let english = error.without_snippet().to_string();
    let (code, message, help) = explain(&english, line);
    let meant = match code {
        Code::YamlDeuxPoints | Code::YamlLigneMalFormee => lines::near_colon(text, range, span),
        Code::YamlAccoladeOuverte => lines::in_braces(text, range, span),
        _ => None,
    };
    if let Some(meant) = meant {
        return meant;
    }
    let diagnostic = Diagnostic::new(code, span, message).label("ici").help(help);
    if code == Code::YamlIllisible { diagnostic.fact(english) } else { diagnostic }
}

type Words = (Code, &'static str, &'static str);

const TABULATION: Words = (
    Code::YamlTabulation,
    "une tabulation décale cette ligne",
    "remplacez-la par des espaces : YAML, l'écriture des en-têtes, n'accepte pas les tabulations",
);

const QUOTE: Words =
    (Code::YamlGuillemetOuvert, "un guillemet ouvert n'est pas refermé", "fermez le guillemet à la fin de la valeur");

/// The first tabulation before the words of a line.
fn tabulation(yaml: &str) -> Option<Range<usize>> {
    let at = lines_at(yaml).filter(|(_, line)| !line.trim().is_empty()).find_map(|(start, line)| {
        let words = line.find(|c: char| c != ' ' && c != '\t').unwrap_or(line.len());
        line[..words].find('\t').map(|at| start + at)
    })?;
    Some(at..at + 1)
}

/// The first quote that opens a value and is not closed on its line, before the library stopped. Values of
/// several lines are hardly ever meant in a header.
fn open_quote(yaml: &str) -> Option<usize> {
    let value = |line: &'_ str| line.find(": ").map_or(0, |at| at + 2);
    let texts = lines_at(yaml).map(|(_, line)| line[value(line)..].trim_start());
    let mut open = texts.filter(|text| text.starts_with('"') && text.matches('"').count() == 1);
    open.next().map(|text| offset_of(text, yaml))
}

fn explain(english: &str, line: &str) -> Words {
    let says = |words: &[&str]| words.iter().any(|w| english.contains(w));
    if line.starts_with('\t') || says(&["tab"]) {
        TABULATION
    } else if says(&["mapping values are not allowed", "mapping value"]) {
        (
            Code::YamlDeuxPoints,
            "un deux-points suivi d'une espace coupe cette valeur",
            "mettez toute la valeur entre guillemets : clé: \"texte : suite\" ; ou alignez la clé avec les autres",
        )
    } else if says(&["trailing content after"]) {
        (
            Code::YamlTexteApresGuillemet,
            "du texte suit le guillemet qui ferme cette valeur",
            "mettez toute la valeur entre guillemets « \" » ; ceux qu'elle contient s'écrivent « … », ou \\\"",
        )
    } else if says(&["escape character", "hexadecimal"]) {
        (
            Code::YamlBarreOblique,
            "une barre oblique inverse « \\ » entre guillemets annonce un signe que YAML ne connaît pas",
            "doublez-la (\\\\), ou mettez la valeur entre apostrophes : '…'",
        )
    } else if says(&["block scalar"]) {
        (
            Code::YamlTexteLong,
            "« > » ou « | » en tête de valeur annonce un texte de plusieurs lignes",
            "mettez la valeur entre guillemets si ce signe fait partie du texte",
        )
    } else if says(&["quoted scalar", "unexpected end of stream", "unclosed quote"]) {
        QUOTE
    } else if says(&["flow", "illegal placement of ':'", "',' or '}'", "',' or ']'", "bracket", "brace"]) {
        (
            Code::YamlAccoladeOuverte,
            "avant ce signe, une accolade ou un crochet n'est pas refermé, ou une virgule manque",
            "écrivez { clé: valeur, clé: valeur } ou [valeur, valeur]",
        )
    } else if says(&["unknown anchor", "alias"]) {
        (
            Code::YamlRenvoiInconnu,
            "un astérisque en tête de valeur est un renvoi, et rien ne porte ce nom",
            "mettez la valeur entre guillemets si l'astérisque fait partie du texte",
        )
    } else if says(&["unexpected character"]) {
        (Code::YamlSigneReserve, "cette valeur commence par un signe réservé", "mettez la valeur entre guillemets")
    } else if says(&["budget", "limit", "recursion", "depth"]) {
        (
            Code::YamlTropGrand,
            "ce YAML dépasse les limites de taille ou d'imbrication",
            "simplifiez-le : aucune fiche ne demande autant de niveaux ou de renvois",
        )
    } else if says(&[
        "could not find expected ':'",
        "expected '-'",
        "block sequence entries",
        "simple key",
        "expected ':'",
        "block mapping",
        "expected <block end>",
        "indent",
    ]) {
        (
            Code::YamlLigneMalFormee,
            "cette ligne n'est pas de la forme « clé: valeur », ou son décalage ne correspond pas aux lignes voisines",
            "vérifiez le deux-points et l'alignement avec les lignes précédentes",
        )
    } else if says(&["merge"]) {
        (Code::YamlFusion, "la clé « << » n'est pas permise ici", "écrivez les clés en toutes lettres")
    } else if says(&["multiple documents", "Multiple", "document"]) {
        (
            Code::YamlDeuxDocuments,
            "une ligne « --- » de trop, avant celle-ci, coupe ce YAML en deux",
            "supprimez la ligne « --- »",
        )
    } else {
        (
            Code::YamlIllisible,
            "ce YAML ne peut pas être lu",
            "vérifiez les deux-points, les guillemets et l'alignement des lignes",
        )
    }
}
