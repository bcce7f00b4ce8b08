//! The bytes of a content stream as tokens: what is drawn on a page, operator by operator, without rebuilding it.

pub(super) fn is_operator(token: &[u8]) -> bool {
    matches!(token[0], b'A'..=b'Z' | b'a'..=b'z' | b'\'' | b'"') && !matches!(token, b"true" | b"false" | b"null")
}

/// The tokens of a content stream.
pub(super) struct Tokens<'a> {
    content: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(content: &'a [u8]) -> Self {
        Self { content, at: 0 }
    }

    /// Where the last one ended.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The next token and where it starts; the outer `None` is for a string that does not end.
    #[allow(clippy::option_option)]
    #[inline]
    pub(super) fn next(&mut self) -> Option<Option<(usize, &'a [u8])>> {
        loop {
            let Some(byte) = self.content.get(self.at) else { return Some(None) };
            match byte {
                b'%' => self.skip(|byte| byte != b'\n' && byte != b'\r'),
                byte if is_space(*byte) => self.at += 1,
                _ => break,
            }
        }
        let start = self.at;
        match self.content[start] {
            b'(' => self.string()?,
            // What opens a dictionary is one token, each of the two signs that close it too.
            b'<' if self.content.get(start + 1) == Some(&b'<') => self.at += 2,
            b'<' => {
                self.skip(|byte| byte != b'>');
                self.content.get(self.at)?;
                self.at += 1;
            }
            b'>' | b'[' | b']' | b'{' | b'}' | b')' => self.at += 1,
            _ => {
                self.at += 1;
                self.skip(is_regular);
            }
        }
        Some(Some((start, &self.content[start..self.at])))
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        let mut at = self.at;
        while at < self.content.len() && wanted(self.content[at]) {
            at += 1;
        }
        self.at = at;
    }

    fn string(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.content.get(self.at)? {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }
}

/// Whether a byte may stand inside a token. A table, as each byte of each page is asked for.
fn is_regular(byte: u8) -> bool {
    const REGULAR: [bool; 256] = {
        let ends = b"\0\t\n\x0c\r ()<>[]{}/%";
        let (mut regular, mut n) = ([true; 256], 0);
        while n < ends.len() {
            regular[ends[n] as usize] = false;
            n += 1;
        }
        regular
    };
    REGULAR[usize::from(byte)]
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}
