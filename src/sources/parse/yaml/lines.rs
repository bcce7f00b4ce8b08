//! What a person mostly meant where the YAML library stopped: it tells where it could not go on, which is often one
//! line further than the slip, and in words of its own grammar.

use std::ops::Range;

use super::lists::{bullet, other_bullet, tight_dash};
use super::node::space_after_colon;
use super::signs::is_gap;
use super::spelling::quoted;
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::source::{SourceId, Span, lines_at, offset_of, place_of};
use crate::sources::parse::copy::Copy;

/// A line of a YAML text that holds something.
struct Line<'t> {
    source: SourceId,
    start: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// Without what sets it off, a dash included.
    fn words(&self) -> &'t str {
        let words = self.text.trim();
        words.strip_prefix("- ").map_or(words, str::trim_start)
    }

    /// Whether it opens a group: its key has no value.
    fn opens(&self) -> bool {
        self.text.trim_end().ends_with(':')
    }

    /// The place of some of its bytes.
    fn span(&self, at: Range<usize>) -> Span {
        Span::new(self.source, self.start + at.start..self.start + at.end)
    }

    /// The place of a part of its text.
    fn part(&self, part: &str) -> Span {
        self.span(place_of(part, self.text))
    }

    /// The place of its words.
    fn place(&self) -> Span {
        self.part(self.text.trim())
    }

    /// `-{ nom: … }`
    fn tight_dash(&self) -> Option<Span> {
        let next = self.text.trim_start().strip_prefix('-')?.chars().next()?;
        (!next.is_whitespace() && next != '-').then(|| self.span(self.indent()..self.indent() + 1))
    }

    /// `clé :valeur` or `clé:valeur`, where the only colon of the line has no space behind it.
    fn tight_colon(&self) -> Option<Span> {
        let (key, value) = self.words().split_once(':')?;
        let next = value.chars().next()?;
        let colon = offset_of(value, self.text) - 1;
        (is_word(key.trim_end()) && !next.is_whitespace()).then(|| self.span(colon..colon + 1))
    }

    /// What closes the brace or the bracket that is open at a byte.
    fn closing(&self, open: usize) -> char {
        if self.text[open..].starts_with('{') { '}' } else { ']' }
    }
}

/// The lines of a YAML text that hold something, comments aside.
pub(crate) struct Lines<'t> {
    all: Vec<Line<'t>>,
    /// The line that a look is about.
    here: usize,
}

impl<'t> Lines<'t> {
    /// The lines of the range `yaml` of a text, about the one at a place; `None` if none holds anything up to there.
    pub(crate) fn near(text: &'t str, yaml: Range<usize>, at: Span) -> Option<Self> {
        let all = lines_at(&text[yaml.clone()]).map(|(start, text)| (yaml.start + start, text));
        let all = all.filter(|(_, text)| !text.trim().is_empty() && !text.trim_start().starts_with('#'));
        let all: Vec<_> = all.map(|(start, text)| Line { source: at.source, start, text }).collect();
        let here = all.iter().rposition(|line| line.start <= at.start)?;
        Some(Self { all, here })
    }

    /// What is wrong near a colon where none can stand. `None` if it is the colon itself.
    pub(crate) fn near_colon(&self) -> Option<Diagnostic> {
        let (above, line) = (&self.all[..self.here], &self.all[self.here]);
        for line in above.last().into_iter().chain([line]) {
            if let Some(place) = line.tight_dash() {
                return Some(tight_dash(place).correct("- "));
            }
            if let Some(place) = line.tight_colon() {
                return Some(space_after_colon(place).correct(": "));
            }
        }
        // One colon only, after a word: the line is a key with its value, in the wrong place.
        let key = line.words().split(": ").next()?.trim_end_matches(':');
        if line.words().matches(": ").count() > 1 || key.contains(' ') {
            return None;
        }
        let before = above.last()?;
        let opener = above.iter().nth_back(1);
        if opener.is_some_and(|o| o.opens() && before.indent() <= o.indent() && o.indent() < line.indent()) {
            return Some(misplaced(before, line, "cette ligne n'est pas assez décalée"));
        }
        if line.indent() > before.indent() && !before.opens() {
            if is_word(before.words()) {
                return Some(without_colon(before));
            }
            return Some(misplaced(line, before, "cette ligne est trop décalée"));
        }
        let alone = line.indent() < before.indent() && above.iter().all(|other| other.indent() != line.indent());
        alone.then(|| misplaced(line, before, "cette ligne n'est alignée avec aucune autre"))
    }

    /// What is wrong between braces or brackets: what is not closed, or two values without a comma.
    pub(crate) fn in_braces(&self) -> Option<Diagnostic> {
        self.all[..=self.here].iter().rev().find_map(|line| {
            let open = line.text.rfind(['{', '['])?;
            let closing = line.closing(open);
            if line.text[open..].contains(closing) {
                return missing_comma(line, open);
            }
            let (name, correction) = match closing {
                '}' => ("cette accolade n'est pas refermée", " }"),
                _ => ("ce crochet n'est pas refermé", "]"),
            };
            let end = line.text[..remark(line.text).unwrap_or(line.text.len())].trim_end().len();
            let diagnostic = Diagnostic::new(Code::YamlAccoladeOuverte, line.span(open..open + 1), name)
                .label("ouvert ici")
                .help(format!("mettez « {closing} » à la fin de la ligne"));
            Some(diagnostic.correct_at(line.span(end..end), correction))
        })
    }

    /// `{ lieu: Salle #3 }`: the rest of the line is a remark, what closes the brace included.
    pub(crate) fn remark_in_braces(&self) -> Option<Diagnostic> {
        self.all[self.here.saturating_sub(2)..=self.here].iter().rev().find_map(|line| {
            let opens_remark =
                |at: &usize| line.text[..*at].ends_with([' ', '[', '{', ',']) && is_outside_quotes(line.text, *at);
            let sign = line.text.match_indices('#').map(|(at, _)| at).find(opens_remark)?;
            let (before, after) = line.text.split_at(sign);
            let open = before.rfind(['{', '[']).filter(|open| !before[*open..].contains(['}', ']']))?;
            let closing = line.closing(open);
            let end = sign + after.find([',', closing]).filter(|_| after.contains(closing))?;
            let entry = open + 1 + before[open + 1..].rfind(',').map_or(0, |comma| comma + 1);
            let start = before[entry..].find(": ").map_or(entry, |colon| entry + colon + 2);
            let value = line.text[start..end].trim();
            let message = "ce dièse ouvre une remarque, et le reste de la ligne n'est pas lu";
            let place = line.span(sign..sign + 1);
            let diagnostic = Diagnostic::new(Code::YamlAccoladeOuverte, place, message).label("ici");
            Some(if value.contains(['"', '\'']) {
                diagnostic.help("mettez toute la valeur entre guillemets")
            } else {
                quote(diagnostic, line.part(value), value)
            })
        })
    }

    /// What cuts a text in two: a line of its own, or else a first line that is set off from all others.
    pub(crate) fn boundary(&self) -> Option<Diagnostic> {
        let cuts = |line: &&Line| {
            let rest = line.text.strip_prefix("---").or_else(|| line.text.strip_prefix("..."));
            rest.is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with([' ', '\t']))
        };
        if let Some(line) = self.all[..=self.here].iter().rev().find(cuts) {
            let sign = &line.text[..3];
            let message = format!("une ligne « {sign} » de trop coupe ce YAML en deux");
            let whole = (line.text.trim_end() == sign).then(|| line.part(line.text));
            let diagnostic = Diagnostic::new(Code::YamlDeuxDocuments, line.place(), message).label("de trop");
            return Some(diagnostic.help(format!("supprimez la ligne « {sign} »")).correct_if(whole, ""));
        }
        let (first, line) = (&self.all[0], &self.all[self.here]);
        if first.indent() <= line.indent() {
            return None;
        }
        let spaces = (self.here == 1).then(|| first.span(line.indent()..first.indent()));
        Some(misplaced(first, line, "cette ligne est trop décalée").correct_if(spaces, ""))
    }

    /// The bullets of a list whose items YAML takes for keys or cannot read: all of them in one. `text` is the whole.
    pub(crate) fn bullets(&self, text: &str) -> Option<Diagnostic> {
        let words = |line: &Line<'t>| line.text.trim_end().trim_start_matches(is_gap);
        let indent = |line: &Line<'t>| offset_of(words(line), line.text);
        let item = |line: &Line<'t>| bullet(words(line));
        let near = self.all[..=self.here].iter().rposition(|line| item(line).is_some())?;
        let own = indent(&self.all[near]);
        if self.all[near..=self.here].iter().any(|line| indent(line) < own) {
            return None;
        }
        // The whole list: from the key that opens it to what is less set off.
        let before = |line: &Line<'t>| indent(line) < own || (line.opens() && item(line).is_none());
        let start = self.all[..near].iter().rposition(before).map_or(0, |before| before + 1);
        if start > 0 && !self.all[start - 1].opens() {
            return None;
        }
        let list = self.all[start..].iter().enumerate().take_while(|(i, line)| start + i < near || indent(line) >= own);
        let signs: Vec<(usize, usize)> = list
            .filter(|(_, line)| indent(line) == own)
            .filter_map(|(_, line)| Some((line.start + own, item(line)?)))
            .collect();
        let (first, (last, width)) = (signs.first()?.0, *signs.last()?);
        let instead = signs.iter().map(|(at, width)| (*at..at + width, "- "));
        let instead = Copy::but(text, first..last + width, instead).text;
        let sign = text[first..].chars().next()?;
        let place = Span { source: self.all[0].source, start: first, end: first + sign.len_utf8() };
        Some(other_bullet(place, sign).correct_at(Span { end: last + width, ..place }, instead))
    }
}

/// `{ nom: Paul Un fonction: Libraire }`
fn missing_comma(line: &Line, open: usize) -> Option<Diagnostic> {
    for entry in line.text[open + 1..].split([',', '}', ']']) {
        let Some((second, _)) = entry.match_indices(": ").nth(1) else { continue };
        let space = entry[..second].rfind(' ')?;
        let key = &entry[space + 1..second];
        if key.is_empty() || entry[..space].trim_end().ends_with(':') {
            // `fonction: Tutrice: agence`, `fonction: Tutrice : agence`
            let value = entry.split_once(": ")?.1.trim();
            let place = line.part(value);
            let message = "un deux-points suivi d'une espace coupe cette valeur";
            let diagnostic = Diagnostic::new(Code::YamlDeuxPoints, place, message).label("ici");
            let diagnostic = diagnostic.help("mettez toute la valeur entre guillemets : clé: \"texte : suite\"");
            return Some(diagnostic.correct_if((!value.contains('"')).then_some(place), quoted(value)));
        }
        let (place, message) = (line.part(&entry[space..second]), format!("il manque une virgule avant « {key} »"));
        let diagnostic = Diagnostic::new(Code::YamlAccoladeOuverte, place, message).label("une virgule ici");
        let help = "séparez les clés par des virgules : { clé: valeur, clé: valeur }";
        return Some(diagnostic.help(help).correct(format!(", {key}")));
    }
    None
}

/// Where the remark of a line starts.
fn remark(line: &str) -> Option<usize> {
    line.match_indices(" #").map(|(at, _)| at).find(|at| is_outside_quotes(line, *at))
}

fn is_outside_quotes(line: &str, at: usize) -> bool {
    line[..at].matches('"').count().is_multiple_of(2)
}

/// The value that stands at a place or right before it: behind its colon or dash, to the end of its line, or to what
/// ends it between braces.
pub(crate) fn value(text: &str, yaml: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let start = text[yaml.start..at].rfind('\n').map_or(yaml.start, |end| yaml.start + end + 1);
    let line = text[start..yaml.end].split('\n').next().unwrap_or_default();
    let words = line.trim_start();
    let words = words.strip_prefix("- ").map_or(words, str::trim_start);
    let from = offset_of(words, text);
    let to = from + if words.starts_with('#') { 0 } else { remark(words).unwrap_or(words.len()) };
    let behind_colon =
        |part: Range<usize>| text[part.clone()].find(": ").map_or(part.start, |colon| part.start + colon + 2);
    let in_braces = |from: usize| text[from..to].trim_start().starts_with(['{', '[']);
    let mut value = if in_braces(from) { from..to } else { behind_colon(from..to)..to };
    if in_braces(value.start) {
        let at = at.clamp(value.start, value.end);
        let entry = text[value.start..at].rfind(['{', '[', ',']).map_or(value.start, |sign| value.start + sign + 1);
        let end = text[entry..to].find([',', '}', ']', '{', '[']).map_or(to, |sign| entry + sign);
        value = behind_colon(entry..end)..end;
    }
    let words = text[value].trim();
    (!words.is_empty()).then(|| place_of(words, text))
}

/// A key alone on its line, above what is set off below it.
fn without_colon(line: &Line) -> Diagnostic {
    let place = line.place();
    Diagnostic::new(Code::YamlLigneMalFormee, place, "il manque un deux-points après cette clé")
        .label("les lignes décalées qui suivent en dépendent")
        .help(format!("écrivez « {}: »", line.words()))
        .correct_at(Span { start: place.end, ..place }, ":")
}

/// Proposes quotes around a value.
pub(crate) fn quote(diagnostic: Diagnostic, place: Span, value: &str) -> Diagnostic {
    let quoted = quoted(value);
    diagnostic.help(format!("mettez la valeur entre guillemets : {quoted}")).correct_at(place, quoted)
}

/// Whether a text is one word, such as a key.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

fn misplaced(line: &Line, other: &Line, message: &str) -> Diagnostic {
    let spaces = |line: &Line| match line.indent() {
        0 => "sans espace devant".to_owned(),
        1 => "1 espace devant".to_owned(),
        n => format!("{n} espaces devant"),
    };
    Diagnostic::new(Code::YamlLigneMalFormee, line.place(), message)
        .label(spaces(line))
        .related(other.place(), spaces(other))
        .help("mettez autant d'espaces devant les lignes d'un même groupe")
}
