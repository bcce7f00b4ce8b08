//! What stands at a place of a YAML text that is being written, and so hardly ever parses: lines and their
//! indentation tell the keys above it. Braces and brackets are followed within their line.

use std::ops::Range;

use crate::authoring::schema::walk::Step;
use crate::ground::source::lines_at;

/// More braces in braces than anybody writes.
const MAX_DEPTH: usize = 20;
/// The column of what is in braces: no line is so far to the right.
const IN_BRACES: usize = usize::MAX;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Before a colon.
    Key,
    /// After a colon.
    Value,
    /// What will be a key: in braces, without a colon yet.
    NewKey,
    /// Not known yet: what may become a key, or is an item of a list.
    Word,
}

/// A word of the text, or a gap where one may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub kind: TokenKind,
    /// Without quotes.
    pub word: String,
    /// Bytes, quotes included; of a gap, its blanks.
    pub range: Range<usize>,
    /// From the top to the group that a key stands in, or to the value itself.
    pub path: Vec<Step>,
}

impl Token {
    /// The path to what this names or is.
    pub(crate) fn place(&self) -> Vec<Step> {
        let mut path = self.path.clone();
        if self.kind == TokenKind::Key {
            path.push(Step::Key(self.word.clone()));
        }
        path
    }
}

/// The words of a text, and the one at `cursor` (a byte offset).
pub(crate) fn scan(text: &str, cursor: usize) -> (Vec<Token>, Option<Token>) {
    let mut scanner = Scanner { text, stack: Vec::new(), tokens: Vec::new(), literal: None };
    for (start, line) in lines_at(text) {
        scanner.line(start..start + line.trim_end_matches(['\n', '\r']).len(), cursor);
    }
    if text.is_empty() || text.ends_with('\n') {
        scanner.line(text.len()..text.len(), cursor);
    }
    let tokens = scanner.tokens;
    let touching = tokens.iter().filter(|t| (t.range.start..=t.range.end).contains(&cursor));
    let found = touching.max_by_key(|t| !t.word.is_empty()).cloned();
    (tokens, found)
}

struct Scanner<'a> {
    text: &'a str,
    /// The groups that are open, each with the column that it was opened in.
    stack: Vec<(usize, Step)>,
    tokens: Vec<Token>,
    /// The column of the key whose value is a text of several lines.
    literal: Option<usize>,
}

impl Scanner<'_> {
    /// Closes what a key in this column cannot be part of.
    fn close(&mut self, column: usize) {
        while self.stack.pop_if(|(open, _)| *open >= column).is_some() {}
    }

    fn line(&mut self, line: Range<usize>, cursor: usize) {
        let text = &self.text[line.clone()];
        let mut column = text.len() - text.trim_start_matches(' ').len();
        let mut rest = &text[column..];
        if self.literal.is_some_and(|literal| column > literal || rest.is_empty()) {
            return;
        }
        self.literal = None;
        if rest.trim().is_empty() {
            if (line.start..=line.end).contains(&cursor) {
                self.close(cursor - line.start);
                self.push(TokenKind::Word, cursor..cursor);
            }
            return;
        }
        if rest.starts_with('#') {
            return;
        }
        while rest.starts_with("- ") || rest == "-" {
            column = self.item(column, &mut rest);
        }
        let start = line.start + column;
        // Behind a dash that ends the text.
        if start > self.text.len() {
            return;
        }
        let Some(colon) = key_end(rest) else {
            if rest.starts_with(['{', '[']) {
                self.flow(&mut (start..line.end), 0);
            } else {
                self.close(column);
                self.push(TokenKind::Word, start..start + value_end(rest));
            }
            return;
        };
        self.close(column);
        let key = rest[..colon].trim_end();
        self.push(TokenKind::Key, start..start + key.len());
        self.stack.push((column, Step::Key(unquoted(key))));
        let value = rest[colon + 1..].trim_start();
        let at = line.end - value.len();
        let blank = start + colon + 2;
        match value.chars().next() {
            Some('{' | '[') => self.flow(&mut (at..line.end), 0),
            Some('|' | '>') => self.literal = Some(column),
            Some('#') | None if blank <= at => self.push(TokenKind::Value, blank..at),
            None => {}
            Some(_) => self.push(TokenKind::Value, at..at + value_end(value)),
        }
    }

    /// A dash: a further item of the list in this column. Returns the column after it.
    fn item(&mut self, column: usize, rest: &mut &str) -> usize {
        let mut number = 0;
        while let Some((open, step)) = self.stack.last() {
            match step {
                Step::Item(n) if *open == column => number = n + 1,
                // A list may stand in the column of its key.
                Step::Key(_) if *open == column => break,
                _ if *open > column => {}
                _ => break,
            }
            self.stack.pop();
        }
        self.stack.push((column, Step::Item(number)));
        let after = rest[1..].trim_start();
        let width = rest.len() - after.len();
        *rest = after;
        if after.is_empty() {
            // Where the item will be written.
            return column + width.max(2);
        }
        column + width
    }

    /// What stands in braces or brackets, up to the end of the line. `at` starts at the opening one, and then after
    /// the closing one.
    fn flow(&mut self, at: &mut Range<usize>, depth: usize) {
        let is_map = self.text[at.clone()].starts_with('{');
        let kind = if is_map { TokenKind::NewKey } else { TokenKind::Word };
        let (open, mut item) = (self.stack.len(), 0);
        at.start += 1;
        loop {
            self.stack.truncate(open);
            if !is_map {
                self.stack.push((IN_BRACES, Step::Item(item)));
            }
            let rest = self.text[at.clone()].trim_start();
            let word_at = at.end - rest.len();
            match rest.chars().next() {
                None | Some('}' | ']') => {
                    self.push(kind, at.start..word_at);
                    self.stack.truncate(open);
                    at.start = (word_at + 1).min(at.end);
                    return;
                }
                Some(',') => self.push(kind, at.start..word_at),
                Some('{' | '[') if depth < MAX_DEPTH => {
                    at.start = word_at;
                    self.flow(at, depth + 1);
                }
                Some(_) => {
                    let length = flow_word(rest);
                    let word = rest[..length].trim_end();
                    at.start = (word_at + length).max(at.start + 1).min(at.end);
                    let is_key = is_map && self.text[at.clone()].starts_with(':');
                    self.push(if is_key { TokenKind::Key } else { kind }, word_at..word_at + word.len());
                    if is_key {
                        at.start += 1;
                        self.stack.push((IN_BRACES, Step::Key(unquoted(word))));
                        self.flow_value(at, depth);
                    }
                }
            }
            let rest = self.text[at.clone()].trim_start();
            match rest.chars().next() {
                None | Some('}' | ']') => {}
                // Behind the comma, or behind what is nothing that we know.
                Some(c) => {
                    at.start = at.end - rest.len() + c.len_utf8();
                    item += usize::from(c == ',');
                }
            }
        }
    }

    fn flow_value(&mut self, at: &mut Range<usize>, depth: usize) {
        let rest = &self.text[at.clone()];
        let value = rest.trim_start();
        let start = at.end - value.len();
        if value.starts_with(['{', '[']) && depth < MAX_DEPTH {
            at.start = start;
            return self.flow(at, depth + 1);
        }
        let length = value.find([',', '}', ']']).unwrap_or(value.len());
        let length = if value.starts_with(['"', '\'']) { flow_word(value) } else { length };
        let word = value[..length].trim_end().len();
        // The blank right behind the colon stays.
        let blank = rest.chars().next().filter(|_| start > at.start).map_or(0, char::len_utf8);
        let range = if word == 0 { at.start + blank..start } else { start..start + word };
        self.push(TokenKind::Value, range);
        at.start = start + length;
    }

    fn push(&mut self, kind: TokenKind, range: Range<usize>) {
        let word = unquoted(self.text[range.clone()].trim());
        let path = self.stack.iter().map(|(_, step)| step.clone()).collect();
        self.tokens.push(Token { kind, word, range, path });
    }
}

/// Where the colon after a key is.
fn key_end(text: &str) -> Option<usize> {
    if text.starts_with(['{', '[', '#']) {
        return None;
    }
    let from = quoted(text).unwrap_or(0);
    let colon = text[from..].match_indices(':').map(|(at, _)| from + at);
    let mut colons = colon.filter(|at| text[at + 1..].is_empty() || text[at + 1..].starts_with([' ', '\t']));
    colons.next().filter(|at| from == 0 || text[from..*at].trim().is_empty())
}

/// The length of a value without the remark behind it.
fn value_end(text: &str) -> usize {
    let end = match quoted(text) {
        Some(end) => end,
        None => text.find(" #").unwrap_or(text.len()),
    };
    text[..end].trim_end().len()
}

/// The length of a word in braces or brackets.
fn flow_word(text: &str) -> usize {
    quoted(text).unwrap_or_else(|| {
        let is_end = |(at, c): (usize, char)| match c {
            ',' | '{' | '}' | '[' | ']' => true,
            ':' => text[at + 1..].is_empty() || text[at + 1..].starts_with([' ', ',', '}', ']']),
            _ => false,
        };
        text.char_indices().find(|c| is_end(*c)).map_or(text.len(), |(at, _)| at)
    })
}

/// The length of what stands between quotes at the start; up to the end if they are not closed.
fn quoted(text: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(text[1..].find(quote).map_or(text.len(), |at| at + 2))
}

fn unquoted(word: &str) -> String {
    let quotes: &[char] = if word.starts_with('"') { &['"'] } else { &['\''] };
    word.strip_prefix(quotes).map_or(word, |inner| inner.strip_suffix(quotes).unwrap_or(inner)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of « | » in a text: its kind, word and path, as `kind word path`.
    fn at(marked: &str) -> String {
        let cursor = marked.find('|').expect("a mark");
        let (_, token) = scan(&marked.replacen('|', "", 1), cursor);
        let Some(token) = token else { return "nothing".to_owned() };
        let step = |step: &Step| match step {
            Step::Key(key) => key.clone(),
            Step::Item(n) => n.to_string(),
        };
        let path: Vec<String> = token.path.iter().map(step).collect();
        format!("{:?} « {} » {}", token.kind, token.word, path.join("/"))
    }

    #[test]
    fn places_in_lines() {
        for (text, expected) in [
            ("|", "Word «  » "),
            ("no|", "Word « no » "),
            ("nom|: A\n", "Key « nom » "),
            ("nom: A|nne\n", "Value « Anne » nom"),
            ("nom: |", "Value «  » nom"),
            ("nom: | # remarque", "Value «  » nom"),
            ("nom:|", "nothing"),
            ("nom: \"A : B|\"", "Value « A : B » nom"),
            ("a:\n  b:\n    c: 1\n  |", "Word «  » a"),
            ("a:\n  b:\n    c: 1\n    |", "Word «  » a/b"),
            ("a:\n  b:\n    c: 1\n|", "Word «  » "),
            ("a:\n  b: 1\n  c|\n  d: 2", "Word « c » a"),
            ("l:\n  - nom: x\n  - no|", "Word « no » l/1"),
            ("l:\n- nom: x\n  fonction: |", "Value «  » l/0/fonction"),
            ("l:\n- |", "Word «  » l/0"),
            ("l:\n  - a\n  - |", "Word «  » l/1"),
            ("t: |\n  é: x\nb|", "Word « b » "),
            ("# no|", "nothing"),
            ("l:\n-|", "nothing"),
        ] {
            let text = if text.starts_with("t: ") { text.replacen("t: |", "t: >", 1) } else { text.to_owned() };
            assert_eq!(at(&text), expected, "{text}");
        }
    }

    #[test]
    fn places_in_braces() {
        for (text, expected) in [
            ("l:\n  - { nom: Léa, fonc|", "NewKey « fonc » l/0"),
            ("d: { du: 2026-01-02, | }", "NewKey «  » d"),
            ("d: { d|u: 1 }", "Key « du » d"),
            ("d: { du: | }", "Value «  » d/du"),
            ("r: { a: { b: ac|quis }, c: 1 }", "Value « acquis » r/a/b"),
            ("r: { a: { b: 1 }, c|: 1 }", "Key « c » r"),
            ("r: { a: \"x, y|\", c: 1 }", "Value « x, y » r/a"),
            ("blocs: [a, b|]", "Word « b » blocs/1"),
            ("blocs: [|]", "Word «  » blocs/0"),
            ("blocs: [a, |", "Word «  » blocs/1"),
        ] {
            assert_eq!(at(text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_makes_it_stumble() {
        let pieces = ["é", ":", " ", "- ", "-", "{", "}", "[", "]", ",", "\"", "'", "\n", "  ", "|", "#", "a: "];
        let mut state = 7usize;
        for _ in 0..3000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(state >> 33) % pieces.len()]);
            }
            for (cursor, _) in text.char_indices() {
                scan(&text, cursor);
            }
            scan(&text, text.len());
        }
        let deep = "a: ".to_owned() + &"[{".repeat(5000);
        scan(&deep, deep.len());
    }
}
