//! The YAML library's syntax errors, in French and with a way out. Its own words, which name causes that ours do
//! not, are kept for those that are not known here.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Sources, Span};

pub fn syntax(error: &serde_yaml::Error, span: Span, sources: &Sources) -> Diagnostic {
    let text = sources.text(span.source);
    let line_start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let english = error.without_snippet().to_string();
    let (code, message, help) = explain(&english, line);
    let diagnostic = Diagnostic::new(code, span, message).label("ici").help(help);
    if code == Code::YamlIllisible { diagnostic.fact(english) } else { diagnostic }
}

fn explain(english: &str, line: &str) -> (Code, &'static str, &'static str) {
    let says = |words: &[&str]| words.iter().any(|w| english.contains(w));
    if line.starts_with('\t') || says(&["tab"]) {
        (
            Code::YamlTabulation,
            "une tabulation décale cette ligne",
            "remplacez-la par des espaces : YAML n'accepte pas les tabulations",
        )
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
        (
            Code::YamlGuillemetOuvert,
            "un guillemet ouvert n'est pas refermé",
            "fermez le guillemet à la fin de la valeur",
        )
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
