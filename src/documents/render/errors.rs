//! What Tera says of a template, as a diagnostic at the template's line.

use tera::{Error, ErrorKind};

use crate::ground::diagnostic::{Code, Diagnostic, Place};
use crate::ground::paths::THEMES;
use crate::ground::source::{Sources, Span, offset_in};
use crate::model::theme::Theme;

/// A diagnostic for a template's mistake.
pub(crate) fn diagnostic(error: &Error, theme: &Theme, sources: &Sources) -> Diagnostic {
    let at = Places { theme, sources };
    let (code, place, fact) = match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let place = at.range(report.filename(), report.span().range.clone());
            (Code::GabaritMalEcrit, place, french(report.message()))
        }
        ErrorKind::RenderingError(report) => {
            let place = at.range(report.filename(), report.span().range.clone());
            (Code::GabaritQuiEchoue, place, french(report.message()))
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("le gabarit « {parent} », dont celui-ci est la suite, n'existe pas");
            (Code::GabaritMalEcrit, at.word(current, parent), message)
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            (Code::GabaritMalEcrit, at.word(tpl, tpl), format!("le gabarit « {tpl} » mène à lui-même"))
        }
        // Names that are not known are reported together, as one text: the first is shown in its place.
        ErrorKind::Msg(text) => match reported(text) {
            Some((message, file, line, column)) => {
                (Code::GabaritMalEcrit, at.line(file, line, column), french(message))
            }
            None => (Code::ThemeInutilisable, at.nowhere(), french(text)),
        },
        other => (Code::ThemeInutilisable, at.nowhere(), other.to_string()),
    };
    let message = match code {
        Code::GabaritMalEcrit => "ce gabarit n'est pas bien écrit",
        Code::GabaritQuiEchoue => "ce gabarit ne peut pas être rempli",
        _ => "le thème ne peut pas être utilisé",
    };
    Diagnostic::new(code, place, message).label("ici").fact(fact)
}

struct Places<'a> {
    theme: &'a Theme,
    sources: &'a Sources,
}

impl Places<'_> {
    fn nowhere(&self) -> Place {
        Place::File(format!("{THEMES}/{}", self.theme.nom))
    }

    fn range(&self, file: &str, range: std::ops::Range<usize>) -> Place {
        let Some(&id) = self.theme.gabarits.get(file) else { return self.nowhere() };
        let length = self.sources.text(id).len();
        Place::Span(Span::new(id, range.start.min(length)..range.end.min(length)))
    }

    /// From a 1-based line and column to the end of the word there.
    fn line(&self, file: &str, line: usize, column: usize) -> Place {
        let Some(&id) = self.theme.gabarits.get(file) else { return self.nowhere() };
        let text = self.sources.text(id);
        let start = offset_in(text, line, column.saturating_sub(1));
        let word = text[start..].find(|c: char| c.is_whitespace() || c == '}').unwrap_or(text.len() - start);
        Place::Span(Span::new(id, start..start + word))
    }

    /// Where a template says a word, or its start.
    fn word(&self, file: &str, word: &str) -> Place {
        let at = self.theme.gabarits.get(file).and_then(|&id| self.sources.text(id).find(word)).unwrap_or(0);
        self.range(file, at..at + word.len())
    }
}

/// The first of Tera's reports in a text: its message, file, line and column.
fn reported(text: &str) -> Option<(&str, &str, usize, usize)> {
    let (_, report) = text.split_once("error: ")?;
    let (message, rest) = report.split_once('\n')?;
    let (place, _) = rest.trim_start().strip_prefix("--> ")?.split_once('\n')?;
    let mut parts = place.trim().rsplitn(3, ':');
    let (column, line, file) = (parts.next()?, parts.next()?, parts.next()?);
    Some((message.trim(), file, line.parse().ok()?, column.parse().ok()?))
}

/// What Tera says, and the same in French; `{}` stands for what it names. The first that fits is taken.
const SENTENCES: &[(&str, &str)] = &[
    ("Unknown filter `{}`: {}", "le filtre « {} » n'existe pas ; possibles : {}"),
    ("Unknown filter `{}`{}", "le filtre « {} » n'existe pas"),
    ("Unknown function `{}`: {}", "la fonction « {} » n'existe pas ; possibles : {}"),
    ("Unknown function `{}`{}", "la fonction « {} » n'existe pas"),
    ("Unknown test `{}`: {}", "le test « {} » n'existe pas ; possibles : {}"),
    ("Unknown test `{}`{}", "le test « {} » n'existe pas"),
    ("Unknown template `{}`: {}", "le gabarit « {} » n'existe pas ; possibles : {}"),
    ("Unknown template `{}`{}", "le gabarit « {} » n'existe pas"),
    ("Unknown component `{}`: {}", "le composant « {} » n'existe pas ; possibles : {}"),
    ("Unknown component `{}`{}", "le composant « {} » n'existe pas"),
    ("Unknown tag", "cette consigne n'est pas connue, ou elle ferme autre chose que ce qui est ouvert"),
    ("Field `{}` is not defined. Available fields: {}", "le champ « {} » n'existe pas ; possibles : {}"),
    ("Field `{}`{}", "le champ « {} » n'existe pas"),
    ("Variable `{}` exists but{}", "la variable « {} » n'a pas de valeur ici"),
    ("Variable `{}` is not defined. Available variables: {}", "la variable « {} » n'existe pas ; possibles : {}"),
    ("Variable `{}`{}", "la variable « {} » n'existe pas"),
    ("Component `{}` is defined in both `{}` and `{}`", "le composant « {} » est défini deux fois, dans {} et dans {}"),
    (
        "This content would be ignored: {}",
        "ce gabarit est la suite d'un autre : ce qui n'y est dans aucun bloc ne serait montré nulle part",
    ),
    ("Found {} but expected {}", "trouvé : {} ; attendu : {}"),
    ("Found {} but was expecting {}", "trouvé : {} ; attendu : {}"),
    ("Found {} but {}", "ce qui est ici, {}, n'est pas à sa place"),
    ("Expected {} but found {}", "attendu : {} ; trouvé : {}"),
    (
        "{} was named `{}` in the opening tag, found `{}` as name in the end tag",
        "« {} » : ouvert sous le nom « {} », fermé sous le nom « {} »",
    ),
    ("Unexpected end of input{}", "le gabarit s'arrête avant que tout ce qui est ouvert soit fermé"),
    ("Unclosed component '{}'", "le composant « {} » n'est pas fermé"),
    ("Closing tag '{}' doesn't match opening tag '{}'", "« {} » ferme autre chose que « {} », qui est ouvert"),
    ("`extends` needs to be the first tag of the template", "« extends » doit venir en premier dans le gabarit"),
    ("Template is already extending `{}`", "ce gabarit est déjà la suite de « {} »"),
    ("Template already contains a block named `{}`", "ce gabarit a déjà un bloc « {} »"),
    ("{} is a reserved keyword of Tera{}", "« {} » est un mot réservé : choisissez un autre nom"),
    ("{} can only be used in a for loop", "« {} » ne va que dans une boucle « for »"),
    ("The template nesting is too deep", "il y a trop de niveaux les uns dans les autres"),
    ("The expression is too complex", "cette expression est trop longue : partagez-la avec « set »"),
    ("Cannot compare `{}` with `{}`", "« {} » et « {} » ne se comparent pas"),
    ("Iteration not possible on type `{}`", "on ne peut pas parcourir « {} »"),
    (
        "Invalid type for the value, expected `{}` but got `{}`",
        "cette valeur devrait être du type « {} », et elle est du type « {} »",
    ),
    ("Missing keyword argument `{}`", "il manque l'argument « {} »"),
    ("Invalid syntax for `set`{}", "« set » s'écrit : set nom = valeur"),
];

/// A message of Tera's in French; one that is not known as what it is, another program's. What our own functions say
/// comes through Tera too, and begins with a small letter.
fn french(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let known = SENTENCES.iter().find_map(|(said, french)| Some(filled(french, &parts(message, said)?)));
    known.unwrap_or_else(|| match message.starts_with(char::is_lowercase) {
        true => message.to_owned(),
        false => format!("le moteur des gabarits, Tera, répond : « {message} »"),
    })
}

/// What stands in a message where a pattern has `{}`; `None` if the message is another one.
fn parts<'a>(message: &'a str, pattern: &str) -> Option<Vec<&'a str>> {
    let mut texts = pattern.split("{}");
    let mut rest = message.strip_prefix(texts.next()?)?;
    let mut found = Vec::new();
    let mut texts = texts.peekable();
    while let Some(text) = texts.next() {
        let last = texts.peek().is_none();
        let at = if last && text.is_empty() { rest.len() } else { rest.find(text)? };
        found.push(&rest[..at]);
        rest = &rest[at + text.len()..];
    }
    rest.is_empty().then_some(found)
}

fn filled(sentence: &str, parts: &[&str]) -> String {
    parts.iter().fold(sentence.to_owned(), |sentence, part| sentence.replacen("{}", part, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_found_and_has_no_more_places_than_the_message() {
        for (said, sentence) in SENTENCES {
            let message = said.replace("{}", "x");
            let french = french(&message);
            assert!(!french.contains("{}") && !french.contains("Tera, répond"), "{said}: {french}");
            assert!(sentence.matches("{}").count() <= said.matches("{}").count(), "{said}");
        }
        assert_eq!(
            french("Field `a` is not defined. Available fields: b, c"),
            "le champ « a » n'existe pas ; possibles : b, c"
        );
        assert_eq!(french("Found `%}` but expected string."), "trouvé : `%}` ; attendu : string");
    }
}
