//! The texts that were read, and places in them. Every value of the model that a user can get wrong keeps a
//! [`Span`], so that a diagnostic can show the line itself, however late the mistake is found.
//! Reading files is left to [`crate::sources::load`].

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Names one text of [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// A byte range in one source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub source: SourceId,
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        Self { source, start: range.start, end: range.end }
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// A part of it, by bytes from its start.
    pub(crate) fn within(self, part: Range<usize>) -> Self {
        Self { start: self.start + part.start, end: self.start + part.end, ..self }
    }
}

/// A value and the place where the user wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// One text and the path shown for it, relative to the project, with `/` on every system.
#[derive(Debug)]
pub struct Source {
    pub path: String,
    pub text: String,
    /// Where its lines begin, once somebody asked.
    lines: OnceLock<Vec<usize>>,
}

impl Source {
    fn new(path: String, text: String) -> Arc<Self> {
        Arc::new(Self { path, text, lines: OnceLock::new() })
    }

    /// The 0-based line of a byte offset, and where that line begins. Cheap however often it is asked.
    pub(crate) fn line(&self, offset: usize) -> (usize, usize) {
        let ends = || self.text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = self.lines.get_or_init(|| std::iter::once(0).chain(ends()).collect());
        let line = starts.partition_point(|start| *start <= offset).saturating_sub(1);
        (line, starts[line])
    }
}

/// A line as it is shown, with what is marked in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Marked<'a> {
    /// Counted from 0.
    pub line: usize,
    pub text: &'a str,
    /// In bytes of the line.
    pub range: Range<usize>,
}

/// All texts read so far. Cloning shares them.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    all: Vec<Arc<Source>>,
    ids: BTreeMap<String, SourceId>,
}

impl Sources {
    /// Adds a text. One that is read again keeps its name: spans in all other texts stay true.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> SourceId {
        let (path, text) = (path.into(), text.into());
        if let Some(&id) = self.ids.get(&path) {
            let known = &mut self.all[id.0 as usize];
            if known.text != text {
                *known = Source::new(path, text);
            }
            return id;
        }
        let id = SourceId(u32::try_from(self.all.len()).expect("fewer than 2^32 files"));
        self.ids.insert(path.clone(), id);
        self.all.push(Source::new(path, text));
        id
    }

    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[id.0 as usize]
    }

    /// All texts, in the order in which they were first read.
    pub(crate) fn all(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId).zip(self.all.iter().map(Arc::as_ref))
    }

    pub(crate) fn text(&self, id: SourceId) -> &str {
        &self.get(id).text
    }

    /// Where a word stands in a span, its last occurrence.
    pub(crate) fn part(&self, span: Span, word: &str) -> Option<Span> {
        let start = self.text(span.source).get(span.range())?.rfind(word)?;
        Some(span.within(start..start + word.len()))
    }

    /// The line of a span's start, and as much of the span as is on it: also of one that its text has outrun.
    pub(crate) fn marked(&self, span: Span) -> Marked<'_> {
        let source = self.get(span.source);
        let text = source.text.as_str();
        let start = text.floor_char_boundary(span.start.min(text.len()));
        let (line, line_start) = source.line(start);
        let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
        let end = text.ceil_char_boundary(span.end.clamp(start, line_end));
        Marked { line, text: &text[line_start..line_end], range: start - line_start..end - line_start }
    }

    /// The 1-based line and column (in characters) of a byte offset.
    pub fn line_column(&self, id: SourceId, offset: usize) -> (usize, usize) {
        let text = self.text(id);
        let offset = text.floor_char_boundary(offset);
        let (line, start) = self.get(id).line(offset);
        (line + 1, text[start..offset].chars().count() + 1)
    }
}

/// The lines of a text, line ends included, each with its byte offset.
pub(crate) fn lines_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').map(|line| (offset_of(line, text), line))
}

/// Where the line of a place begins.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where the line of a place ends, before its line end.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// The byte offset in `text` of a part of it: a slice of the very same text.
pub(crate) fn offset_of(part: &str, text: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// The bytes of a part of `text`: of a slice of the very same text.
pub(crate) fn place_of(part: &str, text: &str) -> Range<usize> {
    let start = offset_of(part, text);
    start..start + part.len()
}

/// The byte offset of a 1-based line and a 0-based column in characters, clamped to the text.
pub(crate) fn offset_in(text: &str, line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        _ => text.match_indices('\n').nth(line - 2).map_or(text.len(), |(at, _)| at + 1),
    };
    text[start..].char_indices().nth(column).map_or(text.len(), |(at, _)| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_and_go_both_ways() {
        let mut sources = Sources::default();
        let id = sources.add("a.md", "é: 1\n\nété: 2\n");
        let at = sources.text(id).find('2').unwrap();
        assert_eq!(sources.line_column(id, at), (3, 6));
        assert_eq!(offset_in(sources.text(id), 3, 5), at);
        assert_eq!(offset_in(sources.text(id), 99, 0), sources.text(id).len());
    }

    #[test]
    fn a_span_is_marked_on_its_first_line() {
        let mut sources = Sources::default();
        let id = sources.add("a.md", "é: 1\n\nété: 2\n");
        let marked = |range| sources.marked(Span::new(id, range));
        assert_eq!(marked(1..99), Marked { line: 0, text: "é: 1", range: 0..5 });
        assert_eq!(marked(6..6), Marked { line: 1, text: "", range: 0..0 });
        assert_eq!(marked(7..8), Marked { line: 2, text: "été: 2", range: 0..2 });
        assert_eq!(marked(99..100), Marked { line: 3, text: "", range: 0..0 });
    }

    #[test]
    fn lines_and_parts_have_their_offsets() {
        let text = "é\n\n b";
        assert_eq!(lines_at(text).collect::<Vec<_>>(), [(0, "é\n"), (3, "\n"), (4, " b")]);
        assert_eq!(offset_of(text[4..].trim(), text), 5);
        assert_eq!(lines_at("").count(), 0);
    }

    #[test]
    fn a_text_that_is_read_again_keeps_its_name_and_leaves_older_copies_alone() {
        let mut sources = Sources::default();
        let (a, b) = (sources.add("a.md", "1"), sources.add("b.md", "2"));
        let before = sources.clone();
        assert_eq!(sources.add("a.md", "3"), a);
        assert_eq!((sources.text(a), sources.text(b), before.text(a)), ("3", "2", "1"));
    }
}
