//! What is answered about a place: what may be written there, what it means, where it is defined.

use std::ops::Range;

use serde_json::Value;

use super::cursor::{Token, TokenKind, scan};
use super::known::{Defined, Known, KnownReferentiel, find};
use crate::authoring::schema::Kind;
use crate::authoring::schema::walk::{self, Step};
use crate::ground::fold;
use crate::ground::source::{line_start, lines_at};

/// A place in a file that is open.
pub(crate) struct Question<'a> {
    known: &'a Known,
    kind: Kind,
    text: &'a str,
    offset: usize,
    /// Where the YAML is.
    header: Range<usize>,
    tokens: Vec<Token>,
    token: Option<Token>,
}

/// Something that may be written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Proposal {
    pub label: String,
    pub insert: String,
    pub is_key: bool,
    pub documentation: String,
    /// What it replaces.
    pub range: Range<usize>,
}

impl<'a> Question<'a> {
    pub(crate) fn new(known: &'a Known, kind: Kind, text: &'a str, offset: usize) -> Self {
        let (header, closed) = if kind.is_whole() { (0..text.len(), false) } else { header(text) };
        // The line that closes a header is no part of it.
        let inside = header.contains(&offset) || (!closed && offset == header.end);
        let yaml = &text[header.clone()];
        let (mut tokens, mut token) = scan(yaml, if inside { offset - header.start } else { usize::MAX });
        for token in tokens.iter_mut().chain(token.as_mut()) {
            token.range = token.range.start + header.start..token.range.end + header.start;
        }
        Self { known, kind, text, offset, header, tokens, token }
    }

    /// The référentiel that the file names itself.
    fn named(&self) -> Option<&str> {
        let path = [Step::Key("referentiel".to_owned())];
        let named = self.tokens.iter().find(|t| t.kind == TokenKind::Value && t.path == path);
        named.map(|t| t.word.as_str()).filter(|name| !name.is_empty())
    }

    fn referentiel(&self) -> Option<&'a KnownReferentiel> {
        self.known.referentiel(self.named())
    }

    fn at(&self, path: &[Step]) -> Vec<&'a Value> {
        walk::at(&self.known.schemas(self.kind, self.named()), path)
    }

    /// What is said of a key, the most particular first.
    fn descriptions(&self, path: &[Step]) -> Vec<&'a str> {
        walk::descriptions(&self.known.schemas(self.kind, self.named()), path)
    }

    pub(crate) fn proposals(&self) -> Vec<Proposal> {
        if let Some((range, _)) = self.heading() {
            let blocs = self.referentiel().map(KnownReferentiel::blocs).unwrap_or_default();
            let proposal = |(label, documentation): (String, String)| {
                let (insert, range) = (label.clone(), range.clone());
                Proposal { label, insert, is_key: false, documentation, range }
            };
            return blocs.into_iter().map(proposal).collect();
        }
        let Some(token) = &self.token else { return Vec::new() };
        // Of a gap only the place itself is replaced, and nothing behind it.
        let range = if token.word.is_empty() { self.offset..self.offset } else { token.range.clone() };
        let here = self.at(&token.path);
        let mut all = Vec::new();
        if token.kind != TokenKind::Value {
            let beside = |t: &&Token| t.kind == TokenKind::Key && t.path == token.path && t.range != token.range;
            let taken = |key: &str| self.tokens.iter().filter(beside).any(|t| t.word == key);
            for label in walk::keys(&here).into_iter().filter(|name| !taken(name)) {
                let path = [token.path.clone(), vec![Step::Key(label.clone())]].concat();
                let behind = match token.kind {
                    TokenKind::Key => "",
                    _ if walk::is_group(&self.at(&path)) => ":",
                    _ => ": ",
                };
                let insert = format!("{}{behind}", scalar(&label));
                let documentation = self.descriptions(&path).join("\n\n");
                all.push(Proposal { label, insert, is_key: true, documentation, range: range.clone() });
            }
        }
        if matches!(token.kind, TokenKind::Value | TokenKind::Word) {
            for (word, documentation) in walk::words(&here) {
                let insert = scalar(&word);
                all.push(Proposal { insert, label: word, is_key: false, documentation, range: range.clone() });
            }
        }
        all
    }

    /// What a word means, as Markdown.
    pub(crate) fn meaning(&self) -> Option<(Range<usize>, String)> {
        if let Some((range, word)) = self.heading() {
            let (_, title) = self.referentiel()?.blocs().into_iter().find(|(id, _)| fold::same(id, &word))?;
            return Some((range, title));
        }
        let token = self.token.as_ref().filter(|t| !t.word.is_empty())?;
        let here = self.at(&token.place());
        let mut parts: Vec<String> = Vec::new();
        if token.kind == TokenKind::Key {
            parts.extend(self.descriptions(&token.place()).into_iter().map(escaped));
            let words: Vec<String> = walk::words(&here).into_iter().map(|(word, _)| format!("`{word}`")).collect();
            let keys: Vec<String> = walk::keys(&here).into_iter().map(|key| format!("`{key}`")).collect();
            if !words.is_empty() {
                parts.push(format!("Valeurs : {}", words.join(", ")));
            }
            if !keys.is_empty() {
                parts.push(format!("Clés : {}", keys.join(", ")));
            }
        } else {
            let same = |word: &str| fold::same(word, &token.word);
            let (_, text) = walk::words(&here).into_iter().find(|(word, _)| same(word))?;
            parts.extend(Some(escaped(&text)).filter(|text| !text.is_empty()));
        }
        (!parts.is_empty()).then(|| (token.range.clone(), parts.join("\n\n")))
    }

    /// Where a word is defined.
    pub(crate) fn definition(&self) -> Option<&'a Defined> {
        if let Some((_, word)) = self.heading() {
            return find(&self.referentiel()?.blocs, &word);
        }
        let token = self.token.as_ref()?;
        let place = token.place();
        let names: Vec<&str> = place.iter().map(|s| if let Step::Key(key) = s { key.as_str() } else { "" }).collect();
        match (self.kind, names.as_slice()) {
            (Kind::Candidat, ["evaluations", bloc]) => find(&self.referentiel()?.blocs, bloc),
            (Kind::Candidat, ["evaluations", bloc, "resultats", competence, ..]) => {
                find(find(&self.referentiel()?.competences, bloc)?, competence)
            }
            (Kind::Candidat, ["blocs", ..]) => find(&self.referentiel()?.blocs, &token.word),
            (Kind::Candidat, ["parcours"]) => find(&self.referentiel()?.parcours, &token.word),
            (Kind::Candidat, ["referentiel"]) | (Kind::Livret, ["defauts", "referentiel"]) => {
                find(&self.known.referentiels, &token.word).map(|r| &r.main)
            }
            (Kind::Livret, ["defauts", "parcours"]) => self.known.referentiel(None)?.parcours.get(&token.word),
            _ => None,
        }
    }

    /// The title of a comment, which is a bloc's id: its place and its text, if that is where the question points.
    fn heading(&self) -> Option<(Range<usize>, String)> {
        if self.kind != Kind::Candidat || self.offset < self.header.end {
            return None;
        }
        let start = line_start(self.text, self.offset);
        let line = self.text[start..].lines().next().unwrap_or_default();
        let word = line.strip_prefix("## ")?.trim();
        let at = start + line.len() - line[3..].trim_start().len();
        (self.offset >= start + 3).then(|| (at..at + word.len(), word.to_owned()))
    }
}

/// Where the header of a text is, and whether a line closes it; until then it goes on to the end.
fn header(text: &str) -> (Range<usize>, bool) {
    let mut lines = lines_at(text);
    let first = lines.next().map_or("", |(_, line)| line);
    if first.trim_end() != "---" || !first.ends_with('\n') {
        return (0..0, true);
    }
    let end = lines.find(|(_, line)| line.trim_end() == "---").map(|(at, _)| at);
    (first.len()..end.unwrap_or(text.len()), end.is_some())
}

/// A word as YAML takes it.
fn scalar(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/' | '’');
    let sound = word.chars().all(plain) && word.starts_with(char::is_alphanumeric) && !word.ends_with(' ');
    if sound { word.to_owned() } else { format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// A text of the project's in Markdown, its signs as they are.
fn escaped(text: &str) -> String {
    let is_sign = |c: char| matches!(c, '\\' | '`' | '*' | '_' | '<' | '[' | ']' | '#');
    text.chars().flat_map(|c| is_sign(c).then_some('\\').into_iter().chain([c])).collect()
}
