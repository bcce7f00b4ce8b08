//! What a person mostly meant where the YAML library stopped: it tells where it could not go on, which is often one
//! line further than the slip, and in words of its own grammar.

use std::ops::Range;

use super::lists::tight_dash as dash_without_space;
use super::node::space_after_colon;
use super::spelling::quoted;
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::source::{SourceId, Span, lines_at, offset_of};

/// A line of a YAML text that holds something.
struct Line<'t> {
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

    /// The place of its words.
    fn place(&self, source: SourceId) -> Span {
        let start = self.start + self.indent();
        Span::new(source, start..self.start + self.text.trim_end().len())
    }
}

/// What is wrong near a colon where none can stand. `yaml` is the range of the text; `None` if it is the colon itself.
pub(crate) fn near_colon(text: &str, yaml: Range<usize>, at: Span) -> Option<Diagnostic> {
    let lines = lines(text, yaml);
    let here = lines.iter().rposition(|line| line.start <= at.start)?;
    let line = &lines[here];
    let before = here.checked_sub(1).map(|i| &lines[i]);
    for line in [before, Some(line)].into_iter().flatten() {
        if let Some(place) = tight_dash(line) {
            let message = "un tiret n'est pas suivi d'une espace";
            return Some(dash_without_space(Span::new(at.source, place), message).correct("- "));
        }
        if let Some(place) = tight_colon(line) {
            return Some(space_after_colon(Span::new(at.source, place)).correct(": "));
        }
    }
    // One colon only, after a word: the line is a key with its value, in the wrong place.
    let key = line.words().split(": ").next()?.trim_end_matches(':');
    if line.words().matches(": ").count() > 1 || key.contains(' ') {
        return None;
    }
    let before = before?;
    let opener = here.checked_sub(2).map(|i| &lines[i]);
    if opener.is_some_and(|o| o.opens() && before.indent() <= o.indent() && o.indent() < line.indent()) {
        return Some(misplaced(before, line, "cette ligne n'est pas assez décalée", at.source));
    }
    if line.indent() > before.indent() && !before.opens() {
        if is_word(before.words()) {
            return Some(without_colon(before, at.source));
        }
        return Some(misplaced(line, before, "cette ligne est trop décalée", at.source));
    }
    if line.indent() < before.indent() && lines[..here].iter().all(|other| other.indent() != line.indent()) {
        return Some(misplaced(line, before, "cette ligne n'est alignée avec aucune autre", at.source));
    }
    None
}

/// What is wrong between braces or brackets: what is not closed, or two values without a comma.
pub(crate) fn in_braces(text: &str, yaml: Range<usize>, at: Span) -> Option<Diagnostic> {
    let lines = lines(text, yaml);
    let here = lines.iter().rposition(|line| line.start <= at.start)?;
    for line in lines[..=here].iter().rev() {
        let Some(open) = line.text.rfind(['{', '[']) else { continue };
        let closing = if line.text[open..].starts_with('{') { '}' } else { ']' };
        if line.text[open..].contains(closing) {
            match missing_comma(line, open, at.source) {
                Some(missing) => return Some(missing),
                None => continue,
            }
        }
        let name = if closing == '}' { "cette accolade n'est pas refermée" } else { "ce crochet n'est pas refermé" };
        let place = Span::new(at.source, line.start + open..line.start + open + 1);
        let help = format!("mettez « {closing} » à la fin de la ligne");
        let end = line.start + remark(line.text).unwrap_or(line.text.len());
        let end = line.start + text[line.start..end].trim_end().len();
        return Some(
            Diagnostic::new(Code::YamlAccoladeOuverte, place, name)
                .label("ouvert ici")
                .help(help)
                .correct_at(Span::new(at.source, end..end), if closing == '}' { " }" } else { "]" }),
        );
    }
    None
}

/// `{ nom: Paul Un fonction: Libraire }`
fn missing_comma(line: &Line, open: usize, source: SourceId) -> Option<Diagnostic> {
    for entry in line.text[open + 1..].split([',', '}', ']']) {
        let Some(second) = entry.match_indices(": ").nth(1).map(|(at, _)| at) else { continue };
        let space = entry[..second].rfind(' ')?;
        let key = &entry[space + 1..second];
        let base = line.start + offset_of(entry, line.text);
        if key.is_empty() || entry[..space].trim_end().ends_with(':') {
            // `fonction: Tutrice: agence`, `fonction: Tutrice : agence`
            let first = entry.find(": ")? + 2;
            let value = entry[first..].trim();
            let from = base + offset_of(value, entry);
            let place = Span::new(source, from..from + value.len());
            let message = "un deux-points suivi d'une espace coupe cette valeur";
            let help = "mettez toute la valeur entre guillemets : clé: \"texte : suite\"";
            let diagnostic = Diagnostic::new(Code::YamlDeuxPoints, place, message).label("ici").help(help);
            return Some(diagnostic.correct_if((!value.contains('"')).then_some(place), quoted(value)));
        }
        let start = base + space;
        let message = format!("il manque une virgule avant « {key} »");
        let place = Span::new(source, start..start + 1 + key.len());
        return Some(
            Diagnostic::new(Code::YamlAccoladeOuverte, place, message)
                .label("une virgule ici")
                .help("séparez les clés par des virgules : { clé: valeur, clé: valeur }")
                .correct(format!(", {key}")),
        );
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

/// `{ lieu: Salle #3 }`: the rest of the line is a remark, what closes the brace included.
pub(crate) fn remark_in_braces(text: &str, yaml: Range<usize>, at: Span) -> Option<Diagnostic> {
    let lines = lines(text, yaml);
    let here = lines.iter().rposition(|line| line.start <= at.start)?;
    let near = &lines[here.saturating_sub(2)..=here];
    near.iter().rev().find_map(|line| {
        let (sign, _) = line
            .text
            .match_indices('#')
            .find(|(at, _)| line.text[..*at].ends_with([' ', '[', '{', ',']) && is_outside_quotes(line.text, *at))?;
        let open = line.text[..sign].rfind(['{', '[']).filter(|open| !line.text[*open..sign].contains(['}', ']']))?;
        let closing = if line.text[open..].starts_with('{') { '}' } else { ']' };
        let end = sign + line.text[sign..].find([',', closing]).filter(|_| line.text[sign..].contains(closing))?;
        let entry = open + 1 + line.text[open + 1..sign].rfind(',').map_or(0, |comma| comma + 1);
        let start = line.text[entry..sign].find(": ").map_or(entry, |colon| entry + colon + 2);
        let value = line.text[start..end].trim();
        let from = line.start + offset_of(value, line.text);
        let place = Span::new(at.source, line.start + sign..line.start + sign + 1);
        let message = "ce dièse ouvre une remarque, et le reste de la ligne n'est pas lu";
        let diagnostic = Diagnostic::new(Code::YamlAccoladeOuverte, place, message).label("ici");
        let simple = !value.contains(['"', '\'']);
        Some(if simple {
            let quoted = quoted(value);
            diagnostic
                .help(format!("mettez la valeur entre guillemets : {quoted}"))
                .correct_at(Span::new(at.source, from..from + value.len()), quoted)
        } else {
            diagnostic.help("mettez toute la valeur entre guillemets")
        })
    })
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
    let start = offset_of(words, text);
    (!words.is_empty()).then(|| start..start + words.len())
}

/// What cuts a text in two: a line of its own, or else a first line that is set off from all others.
pub(crate) fn boundary(text: &str, yaml: Range<usize>, at: Span) -> Option<Diagnostic> {
    let lines = lines(text, yaml);
    let here = lines.iter().rposition(|line| line.start <= at.start)?;
    let cuts = |line: &&Line| {
        let rest = line.text.strip_prefix("---").or_else(|| line.text.strip_prefix("..."));
        rest.is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with([' ', '\t']))
    };
    if let Some(line) = lines[..=here].iter().rev().find(cuts) {
        let sign = &line.text[..3];
        let message = format!("une ligne « {sign} » de trop coupe ce YAML en deux");
        let diagnostic = Diagnostic::new(Code::YamlDeuxDocuments, line.place(at.source), message)
            .label("de trop")
            .help(format!("supprimez la ligne « {sign} »"));
        let alone = line.text.trim_end().len() == 3;
        let whole = Span::new(at.source, line.start..line.start + line.text.len());
        return Some(diagnostic.correct_if(alone.then_some(whole), ""));
    }
    let (first, line) = (lines.first()?, &lines[here]);
    if first.indent() <= line.indent() {
        return None;
    }
    let diagnostic = misplaced(first, line, "cette ligne est trop décalée", at.source);
    let spaces = Span::new(at.source, first.start + line.indent()..first.start + first.indent());
    Some(diagnostic.correct_if((here == 1).then_some(spaces), ""))
}

/// A key alone on its line, above what is set off below it.
fn without_colon(line: &Line, source: SourceId) -> Diagnostic {
    let place = line.place(source);
    Diagnostic::new(Code::YamlLigneMalFormee, place, "il manque un deux-points après cette clé")
        .label("les lignes décalées qui suivent en dépendent")
        .help(format!("écrivez « {}: »", line.words()))
        .correct_at(Span { start: place.end, ..place }, ":")
}

/// Whether a text is one word, such as a key.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

fn misplaced(line: &Line, other: &Line, message: &str, source: SourceId) -> Diagnostic {
    let spaces = |line: &Line| match line.indent() {
        0 => "sans espace devant".to_owned(),
        1 => "1 espace devant".to_owned(),
        n => format!("{n} espaces devant"),
    };
    Diagnostic::new(Code::YamlLigneMalFormee, line.place(source), message)
        .label(spaces(line))
        .related(other.place(source), spaces(other))
        .help("mettez autant d'espaces devant les lignes d'un même groupe")
}

/// The lines that hold something, comments aside.
fn lines(text: &str, yaml: Range<usize>) -> Vec<Line<'_>> {
    let all = lines_at(&text[yaml.clone()]).map(|(at, text)| Line { start: yaml.start + at, text });
    all.filter(|line| !line.text.trim().is_empty() && !line.text.trim_start().starts_with('#')).collect()
}

/// `-{ nom: … }`
fn tight_dash(line: &Line) -> Option<Range<usize>> {
    let words = line.text.trim_start();
    let next = words.strip_prefix('-')?.chars().next()?;
    let at = line.start + line.indent();
    (!next.is_whitespace() && next != '-').then_some(at..at + 1)
}

/// `clé :valeur` or `clé:valeur`, where the only colon of the line has no space behind it.
fn tight_colon(line: &Line) -> Option<Range<usize>> {
    let words = line.words();
    let colon = words.find(':')?;
    let key = words[..colon].trim_end();
    let next = words[colon + 1..].chars().next()?;
    let at = line.start + offset_of(words, line.text) + colon;
    (is_word(key) && !next.is_whitespace()).then_some(at..at + 1)
}
