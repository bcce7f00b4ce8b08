//! Single values out of a YAML tree: texts, numbers, days, words of a few, lists of them.

use jiff::civil::Date;

use super::node::{Kind, Node, wrong_type};
use super::signs::blank;
use super::{lists, signs};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold::is_hyphen;
use crate::ground::source::{Span, Spanned};
use crate::ground::typographie::sans_encre;

/// A text, in one piece, without blanks around it.
pub(crate) fn text(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Spanned<String>> {
    let wrong = match &node.kind {
        // Files with such characters are refused when read; here they come from escapes, "\x01".
        Kind::Text(value) if value.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')) => {
            let message = format!("« {field} » contient un caractère invisible (de commande)");
            Diagnostic::new(Code::CaractereInvisible, node.span, message)
                .help("effacez la barre oblique inverse et ce qui la suit, ou doublez la barre")
        }
        Kind::Text(value) if !value.chars().all(sans_encre) => {
            return Some(Spanned::new(value.trim().to_owned(), node.span));
        }
        // Nothing, or signs that leave nothing on the paper.
        Kind::Text(_) => Diagnostic::new(Code::CleSansValeur, node.span, format!("« {field} » est vide"))
            .help("écrivez une valeur, ou supprimez la ligne"),
        _ => wrong_type(node, field, "un texte")
            .help("un texte qui contient « : » ou commence par un signe se met entre guillemets"),
    };
    d.refuse(wrong)
}

/// A text that stands in one word or number; `expected` says of which kind.
pub(crate) fn simple(node: &Node, field: &str, expected: &str, d: &mut Diagnostics) -> Option<Spanned<String>> {
    match node.kind {
        Kind::List(_) | Kind::Map(_) => d.refuse(wrong_type(node, field, expected)),
        _ => text(node, field, d),
    }
}

/// `oui` or `non` (also `true`, `false`).
pub(crate) fn oui_non(node: &Node, field: &str, d: &mut Diagnostics) -> Option<bool> {
    let said = if let Kind::Text(value) = &node.kind { is_oui(value) } else { None };
    said.or_else(|| word(node, field, &["oui", "non"], d).map(|word| word == "oui"))
}

/// What a word says that means yes or no.
pub(crate) fn is_oui(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "oui" | "true" | "vrai" => Some(true),
        "non" | "false" | "faux" => Some(false),
        _ => None,
    }
}

/// One of a few words.
pub(crate) fn word<'w>(node: &Node, field: &str, words: &[&'w str], d: &mut Diagnostics) -> Option<&'w str> {
    let Kind::Text(value) = &node.kind else { return d.refuse(wrong_type(node, field, &or(words))) };
    words.iter().copied().find(|word| word == value).or_else(|| {
        let message = format!("« {field} » doit être {}, et non « {} »", or(words), short(value));
        let diagnostic = Diagnostic::new(Code::ValeurInconnue, node.span, message).label("valeur inconnue");
        d.refuse(diagnostic.suggest(value, words.iter().copied()))
    })
}

/// « a », « b » ou « c ».
fn or(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("« {word} »")).collect();
    match quoted.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} ou {last}", first.join(", ")),
        _ => quoted.join(""),
    }
}

/// A whole number, zero or more.
pub(crate) fn number(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Spanned<u32>> {
    if let Kind::Text(value) = &node.kind {
        if let Ok(number) = value.trim().parse() {
            return Some(Spanned::new(number, node.span));
        }
        if let Some(hidden) = blank_inside(node, value, |without| without.parse::<u32>().is_ok()) {
            return d.refuse(hidden);
        }
    }
    let diagnostic = Diagnostic::new(Code::PasUnNombre, node.span, format!("« {field} » doit être un nombre entier"));
    d.refuse(diagnostic.label("attendu : un nombre entier, par exemple 4"))
}

/// How a day may be written, the guide's way first.
const DATE_FORMATS: [&str; 2] = ["%Y-%m-%d", "%d/%m/%Y"];

/// The years that an evaluation can be of. « 3/11/26 » would be read as the year 26.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// A day as people write it. `None` if it is none, or one of another century.
pub(crate) fn day(value: &str) -> Option<Date> {
    let date = DATE_FORMATS.iter().find_map(|format| Date::strptime(format, value).ok())?;
    YEARS.contains(&date.year()).then_some(date)
}

/// A day of the calendar, `2026-03-02` or, as people write it, `02/03/2026`.
pub(crate) fn date(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Spanned<Date>> {
    const HELP: &str =
        "écrivez année-mois-jour ou jour/mois/année, l'année sur quatre chiffres : 2026-03-02, 02/03/2026";
    let Kind::Text(value) = &node.kind else {
        return d.refuse(wrong_type(node, field, "une date").help(HELP));
    };
    let value = value.trim();
    if let Some(date) = day(value) {
        return Some(Spanned::new(date, node.span));
    }
    if let Some(hidden) = blank_inside(node, value, |without| day(without).is_some()) {
        return d.refuse(hidden);
    }
    let impossible = |message: String| Diagnostic::new(Code::DateImpossible, node.span, message);
    let dashes = value.replace(is_hyphen, "-");
    d.refuse(if day(&dashes).is_some() {
        impossible(format!("les tirets de « {value} » ne sont pas ceux d'une date"))
            .label("tirets de traitement de texte")
            .help("écrivez la date avec le tiret du clavier, celui des mots composés")
            .correct(dashes)
    } else {
        impossible(format!("« {} » n'est pas une date du calendrier (clé « {field} »)", short(value)))
            .label("date impossible")
            .help(HELP)
    })
}

/// A blank that nobody tells from a space, in a value that would be right without it.
fn blank_inside(node: &Node, value: &str, right: impl Fn(&str) -> bool) -> Option<Diagnostic> {
    let value = value.trim();
    let at = value.find(|c| blank(c).is_some())?;
    let without = value.replace(|c| blank(c).is_some(), "");
    if !right(&without) {
        return None;
    }
    let sign = &value[at..at + value[at..].chars().next().map_or(0, char::len_utf8)];
    // Between quotes the words start one further.
    let start = node.span.start + at + usize::from(node.span.end - node.span.start > value.len());
    let place = Span { start, end: start + sign.len(), ..node.span };
    Some(signs::blank_here(sign, place, "").correct_at(node.span, without))
}

/// The start of a value, for messages.
fn short(value: &str) -> String {
    let start: String = value.chars().take(40).collect();
    if start.len() < value.len() { start + "…" } else { start }
}

/// A list; a value standing alone is a list of one.
pub(crate) fn list(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::List(items) => items,
        Kind::Null => &[],
        _ => std::slice::from_ref(node),
    }
}

/// Says that a field's text was meant for a list.
pub(crate) fn meant_as_list(node: &Node) -> Option<Diagnostic> {
    Some(node.listed.as_ref()?.diagnostic(node.span))
}

/// Says that an item of a list was meant for several, or for one without its bullet.
pub(crate) fn meant_as_items(node: &Node) -> Option<Diagnostic> {
    Some(node.listed.as_ref().filter(|listed| listed.sign.is_some())?.diagnostic(node.span))
}

/// A list of words: ids, codes.
pub(crate) fn texts(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Vec<Spanned<String>>> {
    let in_one_line = || if let Kind::Text(words) = &node.kind { lists::in_one_line(words) } else { None };
    if let Some(meant) = node.listed.as_deref().cloned().or_else(in_one_line) {
        d.push(meant.diagnostic(node.span));
        return Some(meant.items(node.span));
    }
    Some(list(node).iter().filter_map(|item| text(item, field, d)).collect())
}
