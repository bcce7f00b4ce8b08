//! Line ends and the mark that some editors put before a text: what reading takes away, and writing must give back
//! or not. And a text by its lines.

use std::ops::Range;

/// How the lines of a file end: all of them are written as most of them are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineEnds {
    Unix,
    Windows,
}

impl LineEnds {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let windows = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
        let all = bytes.iter().filter(|byte| **byte == b'\n').count();
        if windows * 2 > all { Self::Windows } else { Self::Unix }
    }

    /// The bytes of a text whose lines end with `\n`, without a mark before it.
    pub(crate) fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Unix => text.as_bytes().to_vec(),
            Self::Windows => text.replace('\n', "\r\n").into_bytes(),
        }
    }
}

/// Replaces ranges of a text, given in order and apart from each other.
pub(crate) fn replaced(text: &str, edits: &[(Range<usize>, String)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for (range, new) in edits {
        out.push_str(&text[at..range.start]);
        out.push_str(new);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// The byte at which each line starts.
pub(crate) fn starts(text: &str) -> Vec<usize> {
    let after = text.match_indices('\n').map(|(at, _)| at + 1).filter(|at| *at < text.len());
    std::iter::once(0).chain(after).collect()
}

/// A text by its lines, numbered from 0.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, starts: starts(text) }
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The byte at which a line starts; the end of the text for one after the last.
    pub(crate) fn start(&self, n: usize) -> usize {
        self.starts.get(n).copied().unwrap_or(self.text.len())
    }

    /// The line of a byte.
    pub(crate) fn of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    /// Lines with their ends.
    pub(crate) fn text(&self, lines: Range<usize>) -> &'a str {
        &self.text[self.start(lines.start)..self.start(lines.end)]
    }

    pub(crate) fn is_blank(&self, n: usize) -> bool {
        self.text(n..n + 1).trim().is_empty()
    }

    /// How far a comment of YAML is set off; `None` if the line is no comment.
    pub(crate) fn comment(&self, n: usize) -> Option<usize> {
        let line = self.text(n..n + 1);
        let written = line.trim_start();
        written.starts_with('#').then(|| line.len() - written.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_lines_decide() {
        assert_eq!(LineEnds::of(b"a\r\nb\r\nc\n"), LineEnds::Windows);
        assert_eq!(LineEnds::of(b"a\r\nb\n"), LineEnds::Unix);
        assert_eq!(LineEnds::of(b"a\rb"), LineEnds::Unix);
        assert_eq!(LineEnds::Windows.encode("a\nb\n"), b"a\r\nb\r\n");
    }
}
