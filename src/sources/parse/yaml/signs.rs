//! An early look at a YAML text, before any reader stumbles: signs that nobody sees, and blanks that look like spaces
//! and are none for YAML. What is surely meant is read all the same, so that all else in the text is judged too; a
//! blank inside words is part of them.

use std::ops::Range;

use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::source::{Span, lines_at, place_of};
use crate::sources::parse::copy::Copy;

/// What a sign that takes no room is called.
pub(crate) fn invisible(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{FEFF}' => "marque d'ordre des octets",
        '\u{200B}' => "espace sans chasse",
        '\u{200C}' => "antiliant",
        '\u{200D}' => "liant",
        '\u{2060}' => "gluon de mots",
        '\u{AD}' => "trait d'union conditionnel",
        '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            "marque de sens d'écriture"
        }
        '\u{2028}' | '\u{2029}' => "séparateur de lignes",
        _ => return None,
    })
}

/// What a blank is called that is no space of the keyboard.
pub(crate) fn blank(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{A0}' => "espace insécable",
        '\u{202F}' => "espace fine insécable",
        '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{205F}' | '\u{3000}' => "espace typographique",
        _ => return None,
    })
}

/// Any blank, seen or not.
pub(crate) fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\t') || blank(c).is_some() || invisible(c).is_some()
}

/// Whether a joiner (U+200D) at this place makes one picture of two.
pub(crate) fn joins_pictures(text: &str, at: usize) -> bool {
    let picture = |c: char| c >= '\u{2190}' && !c.is_alphanumeric();
    let rest = &text[at..];
    rest.starts_with('\u{200D}')
        && text[..at].chars().next_back().is_some_and(picture)
        && rest.chars().nth(1).is_some_and(picture)
}

/// The signs without room in a part of a text, each with its bytes; neighbours are one.
pub(crate) fn invisible_in(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, c) in text[part.clone()].char_indices().map(|(at, c)| (part.start + at, c)) {
        if invisible(c).is_none() || joins_pictures(text, at) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end == at => last.end += c.len_utf8(),
            _ => found.push(at..at + c.len_utf8()),
        }
    }
    found
}

/// What to say of signs without room.
pub(crate) fn invisible_here(written: &str, place: Span) -> Diagnostic {
    let sign = written.chars().next().unwrap_or_default();
    let name = invisible(sign).unwrap_or("de commande");
    Diagnostic::new(Code::CaractereInvisible, place, "un caractère invisible se trouve ici")
        .label(format!("{name} (U+{:04X})", u32::from(sign)))
        .help("effacez-le ; il vient souvent d'un copier-coller depuis une page, un PDF ou un traitement de texte")
        .correct(between(written))
}

/// What is read instead of signs without room.
fn between(written: &str) -> &'static str {
    if written.starts_with(['\u{2028}', '\u{2029}']) { " " } else { "" }
}

/// What to say of a blank where YAML wants a space, or nothing.
pub(crate) fn blank_here(written: &str, place: Span, instead: &str) -> Diagnostic {
    let name = written.chars().find_map(blank).unwrap_or("espace insécable");
    let help = if instead.is_empty() { "effacez-la" } else { "remplacez-la par une espace ordinaire" };
    Diagnostic::new(Code::EspaceInsecable, place, format!("une {name} se trouve ici"))
        .label("ici")
        .help(format!("{help} ; à l'écran, rien ne les distingue"))
        .correct(instead)
}

/// What to say of such signs, of whichever kind they are.
pub(crate) fn hidden_here(written: &str, place: Span, instead: &str) -> Diagnostic {
    if written.contains(|c| blank(c).is_some()) {
        blank_here(written, place, instead)
    } else {
        invisible_here(written, place)
    }
}

/// Bytes of the text, and what is read instead of them.
pub(crate) struct Cut {
    pub at: Range<usize>,
    pub instead: String,
    said: bool,
}

/// A text as it is meant, and what is to be said of it.
pub(crate) fn look(text: &str) -> (Copy, Vec<Cut>) {
    let mut looker = Looker { text, cuts: Vec::new(), literal: None, depth: 0 };
    if text.contains(|c| blank(c).is_some() || invisible(c).is_some()) {
        lines_at(text).for_each(|(at, line)| looker.line(at, line.trim_end_matches('\n')));
    }
    let mut cuts = looker.cuts;
    cuts.sort_by_key(|cut| cut.at.start);
    let meant = Copy::but(text, 0..text.len(), cuts.iter().map(|cut| (cut.at.clone(), cut.instead.as_str())));
    cuts.retain(|cut| cut.said);
    (meant, cuts)
}

struct Looker<'t> {
    text: &'t str,
    cuts: Vec<Cut>,
    /// How far the key of a text of several lines is set off.
    literal: Option<usize>,
    /// Braces and brackets that are open.
    depth: usize,
}

impl Looker<'_> {
    fn line(&mut self, start: usize, line: &str) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let words = line.trim_matches(is_gap);
        if line[indent..].starts_with('#') {
            return;
        }
        if words.is_empty() {
            // A line that looks empty is.
            return self.cut(start..start + line.len(), "", false);
        }
        let first = self.cuts.len();
        self.literal = self.literal.filter(|literal| indent > *literal);
        if self.literal.is_none() {
            self.blanks(start, line);
        }
        let own = &self.cuts[first..];
        let seen = |at: &Range<usize>| own.iter().any(|cut| cut.at.start <= at.start && at.end <= cut.at.end);
        let hidden: Vec<_> =
            invisible_in(self.text, start..start + line.len()).into_iter().filter(|at| !seen(at)).collect();
        for at in hidden {
            let instead = between(&self.text[at.clone()]);
            self.cut(at, instead, true);
        }
    }

    fn cut(&mut self, at: Range<usize>, instead: &str, said: bool) {
        self.cuts.push(Cut { at, instead: instead.to_owned(), said });
    }

    /// Looks at the blanks at a place, which YAML takes for structure: from the first other blank to the last one, each
    /// a space. Returns where they end, at `end` at the latest.
    fn gap(&mut self, at: usize, end: usize) -> usize {
        let rest = &self.text[at..end];
        let run = &rest[..rest.len() - rest.trim_start_matches(is_gap).len()];
        let other = |c: char| blank(c).is_some();
        let others = run.trim_start_matches(|c| !other(c)).trim_end_matches(|c| !other(c));
        if !others.is_empty() {
            let spaces: String = others.chars().filter(|c| invisible(*c).is_none()).map(|_| ' ').collect();
            self.cut(place_of(others, self.text), &spaces, true);
        }
        at + run.len()
    }

    fn blanks(&mut self, start: usize, line: &str) {
        let text = self.text;
        let end = start + line.trim_end_matches(is_gap).len();
        let tail = text[end..start + line.len()].trim_end_matches([' ', '\t']);
        let separates = |c: char| matches!(c, '\u{2028}' | '\u{2029}');
        if !tail.is_empty() && !tail.contains(|c| invisible(c).is_some() && !separates(c)) {
            self.cut(end..end + tail.len(), "", false);
        }
        let mut at = self.gap(start, end);
        // Where what the line begins stands: its last dash, or its key.
        let mut column = at - start;
        while text[at..end].starts_with('-') && text[at + 1..end].starts_with(is_gap) {
            column = at - start;
            at = self.gap(at + 1, end);
        }
        if self.depth == 0
            && let Some(colon) = key(&text[at..end]).map(|colon| at + colon)
        {
            column = at - start;
            self.key(at..colon);
            at = self.gap(colon + 1, end);
        }
        let value = &text[at..end];
        if self.depth > 0 || value.starts_with(['{', '[']) {
            self.flow(at, end);
        } else if let Some(rest) = value.strip_prefix(['|', '>']) {
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
            self.literal = (rest.is_empty() || rest.starts_with([' ', '#'])).then_some(column);
        }
    }

    /// No blank stands between a key and its colon. One inside it makes it unknown, which is said with the key.
    fn key(&mut self, at: Range<usize>) {
        let name = at.start + self.text[at.clone()].trim_end_matches(is_gap).len();
        if self.text[name..at.end].contains(|c| blank(c).is_some()) {
            self.cut(name..at.end, "", true);
        }
    }

    /// Between braces and brackets: after each sign, and around colons.
    fn flow(&mut self, from: usize, end: usize) {
        let text = self.text;
        let (mut quote, mut entry) = (None, from);
        for (at, c) in text[from..end].char_indices().map(|(at, c)| (from + at, c)) {
            let after = at + c.len_utf8();
            match (quote, c) {
                (Some(open), c) => quote = (open != c).then_some(open),
                (None, '"' | '\'') if text[entry..at].trim_matches(is_gap).is_empty() => quote = Some(c),
                (None, '#') if text[..at].ends_with(' ') => break,
                (None, '{' | '[' | ',') => {
                    self.depth += usize::from(c != ',');
                    self.gap(after, end);
                    entry = after;
                }
                (None, '}' | ']') => self.depth = self.depth.saturating_sub(1),
                (None, ':') if text[after..end].starts_with(is_gap) => {
                    self.key(place_of(text[entry..at].trim_start_matches(is_gap), text));
                    self.gap(after, end);
                    entry = after;
                }
                _ => {}
            }
        }
    }
}

/// The colon behind what looks like a key: one word.
fn key(words: &str) -> Option<usize> {
    let colon = words
        .match_indices(':')
        .map(|(at, _)| at)
        .find(|at| words[at + 1..].is_empty() || words[at + 1..].starts_with(is_gap))?;
    let name = words[..colon].trim_end_matches(is_gap);
    let plain = |c: char| c.is_alphanumeric() || "_-.'\"".contains(c) || blank(c).is_some() || invisible(c).is_some();
    (!name.is_empty() && name.chars().all(plain)).then_some(colon)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read, and how many places are named.
    fn meant(text: &str) -> (String, usize) {
        let (meant, said) = look(text);
        (meant.text, said.len())
    }

    #[test]
    fn blanks_that_yaml_takes_for_words_are_named() {
        for (written, read) in [
            ("- a: |\n    x\n  nom:\u{A0}Petit\n", "- a: |\n    x\n  nom: Petit\n"),
            ("nom:\u{A0}Petit\n", "nom: Petit\n"),
            ("nom\u{A0}: Petit\n", "nom: Petit\n"),
            ("a:\n\u{A0} \u{A0} b: c\n", "a:\n    b: c\n"),
            ("a:\n  -\u{A0}b\n", "a:\n  - b\n"),
            ("entretiens: \u{A0}3\n", "entretiens:  3\n"),
            ("a: { b: c,\u{A0}d: e }\n", "a: { b: c, d: e }\n"),
            ("a: { b:\u{3000}c }\n", "a: { b: c }\n"),
            ("nom: Le\u{200B}roux\n", "nom: Leroux\n"),
            ("nom: Le\u{2028}Roux\n", "nom: Le Roux\n"),
            ("\u{FEFF}nom: a\n", "nom: a\n"),
        ] {
            assert_eq!(meant(written), (read.to_owned(), 1), "{written:?}");
        }
    }

    #[test]
    fn what_is_harmless_is_read() {
        for (written, read) in [
            ("nom: Le\u{A0}Goff\n", "nom: Le\u{A0}Goff\n"),
            ("nom: Petit\u{A0}\n", "nom: Petit\n"),
            ("nom: Petit\u{3000}\u{2028}\n", "nom: Petit\n"),
            ("activites\u{202F}exercees: oui\n", "activites\u{202F}exercees: oui\n"),
            ("a:\u{A0}\n  b: c\n", "a:\n  b: c\n"),
            ("\u{A0}\u{A0}\nnom: a\n", "\nnom: a\n"),
            ("lieu: Brest\u{A0}: port\n", "lieu: Brest\u{A0}: port\n"),
            ("lieu: \"Brest\u{A0}: port\"\n", "lieu: \"Brest\u{A0}: port\"\n"),
            ("# un\u{A0}:\u{200B} mot\nnom: é\n", "# un\u{A0}:\u{200B} mot\nnom: é\n"),
            ("a: |\n  \u{A0}b:\u{A0}c\nd: e\n", "a: |\n  \u{A0}b:\u{A0}c\nd: e\n"),
            ("nom: 👩\u{200D}🏫\n", "nom: 👩\u{200D}🏫\n"),
        ] {
            assert_eq!(meant(written), (read.to_owned(), 0), "{written:?}");
        }
    }

    #[test]
    fn places_are_those_of_what_is_written() {
        let written = "nom:\u{A0}Le\u{200B}roux\nprenom: Ève\n";
        let (meant, _) = look(written);
        let at = meant.text.find("Ève").unwrap();
        assert_eq!(&written[meant.original(at..at + "Ève".len())], "Ève");
        let at = meant.text.find("Le").unwrap();
        assert_eq!(&written[meant.original(at..at + 2)], "Le");
        let at = meant.text.find("Leroux").unwrap();
        assert_eq!(&written[meant.original(at..at + 6)], "Le\u{200B}roux");
    }
}
