//! The early pass over the lines of a Markdown text: writes it anew so that nothing but what is meant here is Markdown.
//! Titles with hashes, lists, tables, rules and paragraphs are; a first-line indent, a fence, « > », a definition of a
//! link, a year at the start of a line are text. What cannot be read as it was meant is a [`Slip`].

use std::ops::Range;

use pulldown_cmark::{Options, Parser};

use super::block::Located;
use super::marks::{self, Lookalike};
use super::signs;
use super::slips::{Slip, SlipKind};
use crate::ground::source::{lines_at, place_of};
use crate::ground::typographie::sans_encre;
use crate::sources::parse::copy::Copy;
use crate::sources::parse::yaml::signs::{blank, invisible_in};

pub(crate) const OPTIONS: Options = Options::ENABLE_HEADING_ATTRIBUTES.union(Options::ENABLE_TABLES);

/// What may stand around hashes that were meant as a title's.
const DECORATION: [char; 7] = ['>', '*', '_', '–', '—', '•', '·'];

/// Lists within lists beyond any that somebody means.
const DEEPEST: usize = 16;

/// Why hashes make no title that seem to.
const LOOKALIKE: &str = "un signe invisible, ou qui leur ressemble";

/// A Markdown text, read.
pub(crate) struct Reading {
    pub copy: Copy,
    pub slips: Vec<Slip>,
}

impl Reading {
    pub(crate) fn new(body: &str) -> Self {
        let lines: Vec<(usize, &str)> = lines_at(body).map(|(at, line)| (at, line.trim_end_matches('\n'))).collect();
        let alike = lines.iter().map(|(_, line)| marks::lookalike(line.trim_start_matches(sans_encre))).collect();
        let mut pass = Pass { body, alike, lines, ..Pass::default() };
        pass.lists_that_are_none();
        (0..pass.lines.len()).for_each(|n| pass.line(n));
        pass.end_line();
        Self { copy: pass.copy, slips: pass.slips }
    }

    /// What the parser makes of the copy.
    pub(crate) fn parsed(&self) -> Vec<Located<'_>> {
        Parser::new_ext(&self.copy.text, OPTIONS).into_offset_iter().collect()
    }

    /// The same, each event with its place in the text as it was written.
    pub(crate) fn events(&self) -> impl Iterator<Item = Located<'_>> {
        self.parsed().into_iter().map(|(event, at)| (event, self.copy.original(at)))
    }
}

/// An item of a list whose lines may still come.
struct Open {
    /// Where its text starts: the column as written, and as copied.
    column: usize,
    copied: usize,
}

#[derive(Default)]
struct Pass<'a> {
    body: &'a str,
    lines: Vec<(usize, &'a str)>,
    /// The mark of each line that looks like a list, where several are one.
    alike: Vec<Option<Lookalike>>,
    copy: Copy,
    open: Vec<Open>,
    /// Whether the line above is one of a paragraph, which this one may continue.
    paragraph: bool,
    /// The end of the line above, which is not copied yet.
    newline: Range<usize>,
    slips: Vec<Slip>,
}

impl<'a> Pass<'a> {
    fn line(&mut self, n: usize) {
        let (start, line) = self.lines[n];
        let end = start + line.len();
        let (blank, column) = indent(line);
        let at = start + blank;
        let depth = self.open.partition_point(|open| open.column <= column);
        let continues = self.paragraph && depth == self.open.len();
        if self.paragraph && self.alike[n].is_some() || continues && self.numbered(n) {
            // The line above ends on the paper too.
            self.copy.insert("  ", self.newline.start);
        }
        self.end_line();
        self.newline = end..end + self.body[end..].len().min(1);
        if at == end {
            self.paragraph = false;
            return;
        }
        if self.title(start, at, end) {
            return;
        }
        let rest = &self.body[at..end];
        if continues && marks::underline(rest) {
            let fix = rest.starts_with('-').then(|| (at..at, "\n".to_owned()));
            self.slips.push(Slip { kind: SlipKind::Underline, at: at..end, fix });
            self.indent(at);
            self.escaped(at, end);
        } else if marks::rule(rest).is_some_and(|sign| sign != '_') {
            self.open.truncate(depth);
            self.indent(at);
            self.copy.copy(self.body, at..end);
            self.paragraph = false;
        } else {
            let after = self.markers(at, end, column, continues);
            if after > at {
                self.paragraph = false;
            } else {
                self.open.truncate(if self.paragraph { self.open.len() } else { depth });
                self.indent(at);
            }
            if after < end {
                self.text(after, end);
            }
            self.paragraph = after < end;
        }
    }

    /// Whether this line and one beside it begin with a number as in a list: « 2. deux », « 3. trois ».
    fn numbered(&self, n: usize) -> bool {
        let number = |n: usize| {
            let line = self.lines.get(n).map_or("", |(_, line)| line.trim_start_matches(sans_encre));
            marks::marker(line).is_some_and(|marker| marker.number.is_some())
        };
        number(n) && (number(n + 1) || n.checked_sub(1).is_some_and(number))
    }

    /// Reads a title, or what was meant to be one, be it within a list.
    fn title(&mut self, start: usize, at: usize, end: usize) -> bool {
        let mut inner = at;
        while let Some(marker) = marks::marker(&self.body[inner..end]) {
            inner += marker.len + marker.blanks;
        }
        // « > ## culture », « **## culture** ».
        let bare = self.body[inner..end].trim_start_matches(|c| DECORATION.contains(&c) || sans_encre(c));
        let decorated = marks::hashes(bare).is_some_and(|hashes| hashes.count > 1) && bare.len() < end - inner;
        let mark = inner;
        if decorated {
            inner = end - bare.len();
        }
        let Some(mut hashes) = marks::hashes(&self.body[inner..end]) else { return false };
        if decorated {
            hashes.title = hashes.title.trim_end_matches(DECORATION).trim_end_matches(sans_encre);
        }
        let letter = hashes.title.starts_with(char::is_alphabetic);
        // « #1 du classement », and « \# » for whoever wants the sign itself.
        let glued = hashes.blank.is_empty();
        if hashes.count == 1 && (hashes.escaped || (glued && !letter && !hashes.title.is_empty())) {
            return false;
        }
        if hashes.title.is_empty() {
            self.slips.push(Slip::new(SlipKind::EmptyTitle, at..end));
            self.indent(at);
            self.escaped(at, end);
            self.paragraph = true;
            return true;
        }
        let lead = &self.body[start..at];
        let why = if mark > at {
            "dans une liste"
        } else if decorated {
            "un autre signe les précède"
        } else if hashes.escaped {
            "une barre oblique inverse les précède"
        } else if hashes.count > 6 {
            "six au plus"
        } else if glued {
            "une espace après"
        } else if !hashes.plain || lead.contains(|c| c != ' ' && c != '\t') || !hashes.blank.starts_with([' ', '\t']) {
            LOOKALIKE
        } else if indent(lead).1 > 3 {
            "trop loin de la marge"
        } else {
            ""
        };
        let words = place_of(hashes.title, self.body);
        let title = words.start;
        let level = hashes.count.min(6);
        if !why.is_empty() {
            let instead = format!("{} ", "#".repeat(level));
            let fixed = Some((start..end, format!("{instead}{}", hashes.title)));
            self.slips.push(match invisible_in(self.body, start..title).into_iter().find(|_| why == LOOKALIKE) {
                Some(at) => Slip { kind: SlipKind::Hidden, at, fix: Some((start..title, instead)) },
                None => {
                    let kind = SlipKind::Title { why, alone: hashes.count == 1 };
                    Slip { kind, at: inner..title - hashes.blank.len(), fix: fixed }
                }
            });
        }
        self.open.clear();
        self.paragraph = false;
        let place = inner + self.body[inner..end].find(['#', '＃']).unwrap_or(0);
        if why.is_empty() {
            self.copy.copy(self.body, place..place + level);
        } else {
            self.copy.insert(&"#".repeat(level), place);
        }
        self.copy.insert(" ", title);
        self.title_words(words);
        true
    }

    /// Copies a title without the signs that nobody sees, and with spaces for other blanks between its braces, or nothing before « % ».
    fn title_words(&mut self, words: Range<usize>) {
        let mut cuts: Vec<(Range<usize>, &str)> =
            invisible_in(self.body, words.clone()).into_iter().map(|at| (at, "")).collect();
        let title = &self.body[words.clone()];
        if let Some(braces) = title.rfind('{').filter(|_| title.ends_with('}')).map(|at| words.start + at) {
            let blanks = self.body[braces..words.end].char_indices().filter(|(_, c)| blank(*c).is_some());
            cuts.extend(blanks.map(|(at, c)| {
                let end = braces + at + c.len_utf8();
                // « poids=30 % » is one word there.
                (braces + at..end, if self.body[end..].starts_with('%') { "" } else { " " })
            }));
            cuts.sort_by_key(|(at, _)| at.start);
        }
        let mut from = words.start;
        for (at, instead) in cuts {
            signs::copy(self.body, from..at.start, &mut self.copy, &mut self.slips);
            if !instead.is_empty() {
                self.copy.insert(instead, at.start);
            }
            from = at.end;
            self.slips.push(Slip { kind: SlipKind::Hidden, at: at.clone(), fix: Some((at, instead.to_owned())) });
        }
        signs::copy(self.body, from..words.end, &mut self.copy, &mut self.slips);
    }

    /// Copies the marks of items that a line begins with. Returns where their text starts.
    fn markers(&mut self, from: usize, end: usize, mut column: usize, continues: bool) -> usize {
        let mut at = from;
        // Where nothing but such signs is left.
        let signs = self.body[..end].trim_end_matches(['-', '*', ' ', '\t']).len();
        while let Some(marker) = marks::marker(&self.body[at..end]) {
            let text = at + marker.len + marker.blanks;
            let first = at == from;
            // As in all Markdown: only a first item can follow the line of a paragraph.
            if first && continues && (text == end || marker.number.is_some_and(|number| number != 1)) {
                break;
            }
            if !first && at >= signs && marks::rule(&self.body[at..end]).is_some() || self.open.len() > DEEPEST {
                break;
            }
            if first {
                self.open.truncate(self.open.partition_point(|open| open.column <= column));
                self.indent(at);
            }
            let copied = self.open.last().map_or(0, |open| open.copied) + marker.len + 1;
            self.copy.copy(self.body, at..at + marker.len);
            self.copy.insert(" ", at + marker.len);
            let blanks = columns(&self.body[at + marker.len..text], column + marker.len);
            let blanks = if text == end || blanks > 4 { 1 } else { blanks.max(1) };
            column += marker.len + blanks;
            self.open.push(Open { column, copied });
            at = text;
        }
        at
    }

    /// A line of a paragraph or a table, or what follows the mark of an item.
    fn text(&mut self, at: usize, end: usize) {
        let rest = &self.body[at..end];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let meant = |text: &str, signs: &[char]| text.strip_prefix('\\').is_some_and(|text| text.starts_with(signs));
        if meant(rest, &['-', '+', '>', '~', '=', '#']) {
            self.copy.copy(self.body, at..at + 2);
            return self.signs(at + 2, end);
        }
        if digits > 0 && meant(&rest[digits..], &['.', ')']) {
            self.copy.copy(self.body, at..at + digits + 2);
            return self.signs(at + digits + 2, end);
        }
        if digits > 0 && rest[digits..].starts_with(['.', ')']) {
            self.copy.copy(self.body, at..at + digits);
            return self.escaped(at + digits, end);
        }
        let delimiters = rest.contains(':') && rest.chars().all(|c| matches!(c, ':' | '-' | ' ' | '\t'));
        let block = marks::rule(rest).is_some() || marks::underline(rest) || marks::marker(rest).is_some();
        let sign = block || rest.starts_with(['>', '~']);
        if sign || delimiters || !self.paragraph && rest.starts_with('[') && self.defines(at) {
            return self.escaped(at, end);
        }
        self.signs(at, end);
    }

    /// Whether the brackets that start here would define a link: what they say would not be printed.
    fn defines(&self, at: usize) -> bool {
        let paragraph = self.body[at..].split("\n\n").next().unwrap_or_default();
        let close = paragraph.match_indices(']').find(|(close, _)| !paragraph[..*close].ends_with('\\'));
        close.is_some_and(|(close, _)| paragraph[close + 1..].starts_with(':'))
    }

    fn escaped(&mut self, at: usize, end: usize) {
        self.copy.insert("\\", at);
        let next = at + self.body[at..end].chars().next().map_or(0, char::len_utf8);
        self.copy.copy(self.body, at..next);
        self.signs(next, end);
    }

    fn signs(&mut self, at: usize, end: usize) {
        signs::copy(self.body, at..end, &mut self.copy, &mut self.slips);
    }

    fn indent(&mut self, at: usize) {
        if let Some(open) = self.open.last() {
            self.copy.insert(&" ".repeat(open.copied), at);
        }
    }

    fn end_line(&mut self) {
        self.copy.copy(self.body, std::mem::take(&mut self.newline));
    }

    /// Finds lines in a row that begin with the same sign as a list would, and forgets the others.
    fn lists_that_are_none(&mut self) {
        let mut n = 0;
        while n < self.lines.len() {
            let run = self.run(n);
            let first = n;
            n = run.end.max(n + 1);
            let Some(alike) = &self.alike[first] else { continue };
            let marked: Vec<usize> = run.clone().filter(|n| self.alike[*n].is_some()).collect();
            if marked.len() < 2 && !alike.sure {
                self.alike[first] = None;
                continue;
            }
            let words = |n: usize| {
                let (start, line) = self.lines[n];
                start + line.len() - line.trim_start_matches(sans_encre).len()
            };
            let from = words(first);
            let shown = match alike.len {
                0 => self.body[from..].find(sans_encre).unwrap_or_default(),
                len => len,
            };
            let sign = self.body[from..from + shown].trim_matches(sans_encre).to_owned();
            let marks = marked.iter().filter_map(|&n| Some((words(n), self.alike[n].as_ref()?)));
            let pieces: Vec<_> = marks.map(|(at, mark)| (at..at + mark.len, mark.instead.as_str())).collect();
            let all = from..pieces.last().map_or(from, |(at, _)| at.end);
            let fix = Some((all.clone(), Copy::but(self.body, all, pieces).text));
            let kind = SlipKind::List { sign, lines: marked.len() };
            self.slips.push(Slip { kind, at: from..from + shown, fix });
        }
    }

    /// The lines from one on that begin with the same mark; blank ones may stand between those that surely have one.
    fn run(&self, from: usize) -> Range<usize> {
        let Some(first) = &self.alike[from] else { return from..from };
        let mut end = from + 1;
        let mut next = end;
        while let Some((_, line)) = self.lines.get(next) {
            match &self.alike[next] {
                Some(mark) if mark.sign == first.sign => end = next + 1,
                None if first.sure && line.chars().all(sans_encre) => {}
                _ => break,
            }
            next += 1;
        }
        from..end
    }
}

/// The bytes and the columns of what stands before the first sign of a line.
fn indent(line: &str) -> (usize, usize) {
    let blank = &line[..line.len() - line.trim_start_matches(sans_encre).len()];
    (blank.len(), columns(blank, 0))
}

/// How many columns some blanks take that start at one.
fn columns(blank: &str, from: usize) -> usize {
    let end = blank.chars().fold(from, |column, c| match c {
        '\t' => column + 4 - column % 4,
        c if c.is_whitespace() => column + 1,
        _ => column,
    });
    end - from
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Tag};

    use super::Reading;

    /// What the parser reads of a text: its words, and the tags around them.
    fn read(body: &str) -> String {
        let reading = Reading::new(body);
        let mut out = String::new();
        for (event, at) in reading.events() {
            match event {
                Event::Text(text) => {
                    assert_eq!(&body[at], &*text, "the place of {text:?} in {body:?}");
                    out.push_str(&text);
                }
                Event::Start(Tag::Paragraph) => out.push('¶'),
                Event::Start(Tag::Item) => out.push('•'),
                Event::Start(Tag::Heading { .. }) => out.push('§'),
                Event::Start(Tag::Emphasis | Tag::Strong) => out.push('‹'),
                Event::SoftBreak => out.push('↩'),
                Event::HardBreak => out.push('↵'),
                Event::Rule => out.push('—'),
                _ => {}
            }
        }
        out
    }

    #[test]
    fn only_what_is_meant_is_markdown_and_every_word_keeps_its_place() {
        for (body, expected) in [
            ("    un\n\tdeux\n", "¶un↩deux"),
            ("a\n\u{A0}\nb", "¶a¶b"),
            ("```\n    x\n```", "¶```↩x↩```"),
            ("2026. Une année\n", "¶2026. Une année"),
            ("a\n3. b\n4. c", "¶a↵3. b↵4. c"),
            ("1.\u{A0}un\n2.\u{A0}deux", "•un•deux"),
            ("- a\n\n      b\n    - c", "•¶a¶b•c"),
            ("    - a\n    - b", "•a•b"),
            ("- a\n---\nb", "•a—¶b"),
            ("2*3*4, *5*, **A**b, a_b_c", "¶2*3*4, ‹5, ‹Ab, a_b_c"),
            ("[NB]: x\n\n[a\nb]: y", "¶[NB]: x¶[a↩b]: y"),
            ("C:\\_a \\\\b\\_c \\*d \\x\\", "¶C:\\_a \\\\b\\_c *d \\x\\"),
            ("<b> &nbsp; <http://e.fr>", "¶<b> &nbsp; <http://e.fr>"),
            ("- a\n##b", "•a§b"),
            ("• a\n• b", "¶• a↵• b"),
            ("\\- a\n\n1\\. b\n\n\\#c", "¶- a¶1. b¶#c"),
            ("___\n\n***", "¶___—"),
        ] {
            assert_eq!(read(body), expected, "{body:?}");
        }
    }

    #[test]
    fn lists_are_not_nested_without_end() {
        let reading = Reading::new(&"- 1. ".repeat(1000));
        assert!(reading.events().filter(|(event, _)| matches!(event, Event::Start(Tag::Item))).count() < 20);
    }
}
