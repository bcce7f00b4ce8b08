//! Marks what stands outside the structure as artifacts: running headers and footers, page numbers,
//! lines, backgrounds and pictures that decorate. Chrome draws the `@page` margin boxes without any mark.
//!
//! The content of a page is not rebuilt: marks are put between its bytes.

use lopdf::{Document, Object, ObjectId, Stream};

use super::error::FinishError;

const BEGIN: &[u8] = b"/Artifact BMC\n";
const END: &[u8] = b"\nEMC";

/// Marks all pages. Returns those, from 1, on which something stays unmarked.
pub(super) fn mark_pages(document: &mut Document) -> Result<Vec<usize>, FinishError> {
    let pages: Vec<(ObjectId, usize)> = document.page_iter().zip(1..).collect();
    let mut unmarked = Vec::new();
    for (page, number) in pages {
        let streams = document.get_page_contents(page);
        // Chrome writes one stream a page. Marks may not be cut at the seam of two.
        let [id] = streams[..] else {
            unmarked.extend((!streams.is_empty()).then_some(number));
            continue;
        };
        let content = document.get_page_content(page);
        match mark(&content, |name| is_bare(document, page, name)) {
            Some(marked) => {
                if let Ok(Object::Stream(stream)) = document.get_object_mut(id) {
                    *stream = Stream::new(lopdf::Dictionary::new(), marked);
                    stream.compress()?;
                }
            }
            None => unmarked.push(number),
        }
    }
    Ok(unmarked)
}

/// Whether something that a page draws by its name has no marks inside: a picture, or lines and text without any.
fn is_bare(document: &Document, page: ObjectId, name: &[u8]) -> bool {
    let find = || {
        let page = document.get_dictionary(page).ok()?;
        let resources = page.get_deref(b"Resources", document).and_then(Object::as_dict).ok()?;
        let all = resources.get_deref(b"XObject", document).and_then(Object::as_dict).ok()?;
        let drawn = all.get_deref(name, document).and_then(Object::as_stream).ok()?;
        let is_image = drawn.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image");
        let content = || drawn.get_plain_content().unwrap_or_default();
        Some(is_image || mark(&content(), |_| true).is_some_and(|_| !has_marks(&content())))
    };
    find().unwrap_or(false)
}

fn has_marks(content: &[u8]) -> bool {
    let mut tokens = Tokens { content, at: 0 };
    std::iter::from_fn(|| tokens.next().flatten()).any(|(_, token)| matches!(token, b"BMC" | b"BDC"))
}

/// The content with marks, or `None` if it is not understood. `is_bare` tells of what is drawn by its name whether it may
/// be marked as a whole.
fn mark(content: &[u8], is_bare: impl Fn(&[u8]) -> bool) -> Option<Vec<u8>> {
    let (mut marked, mut kept) = (Vec::with_capacity(content.len() + content.len() / 8), 0);
    // How many marks are open; where a text object or path outside of them began.
    let (mut depth, mut text, mut path) = (0_usize, None, None);
    let mut tokens = Tokens { content, at: 0 };
    let mut operands = None;
    let mut tagged = false;
    while let Some((start, token)) = tokens.next()? {
        if !is_operator(token) {
            operands.get_or_insert(start);
            tagged |= token == b"/MCID";
            continue;
        }
        let first = operands.take().unwrap_or(start);
        let mut wrap = |from: usize, to: usize| {
            marked.extend_from_slice(&content[kept..from]);
            marked.extend_from_slice(BEGIN);
            marked.extend_from_slice(&content[from..to]);
            marked.extend_from_slice(END);
            kept = to;
        };
        match token {
            b"BMC" | b"BDC" => {
                // A part of the structure inside of what has to become an artifact.
                if text.is_some() && depth == 0 && tagged {
                    return None;
                }
                depth += 1;
            }
            b"EMC" => depth = depth.checked_sub(1)?,
            b"BT" if depth == 0 => text = Some(start),
            b"ET" => {
                if let Some(start) = text.take() {
                    (depth == 0).then_some(())?;
                    wrap(start, tokens.at);
                }
            }
            b"m" | b"re" if depth == 0 => path = path.or(Some(first)),
            b"n" => path = None,
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => {
                if let Some(start) = path.take() {
                    (depth == 0).then_some(())?;
                    wrap(start, tokens.at);
                }
            }
            b"sh" if depth == 0 => wrap(first, tokens.at),
            b"Do" if depth == 0 => {
                is_bare(content[first..start].trim_ascii().strip_prefix(b"/")?).then_some(())?;
                wrap(first, tokens.at);
            }
            // Binary data in between; Chrome makes none.
            b"BI" => return None,
            _ => {}
        }
        tagged = false;
    }
    marked.extend_from_slice(&content[kept..]);
    (depth == 0 && text.is_none()).then_some(marked)
}

fn is_operator(token: &[u8]) -> bool {
    matches!(token[0], b'A'..=b'Z' | b'a'..=b'z' | b'\'' | b'"') && !matches!(token, b"true" | b"false" | b"null")
}

/// The tokens of a content stream.
struct Tokens<'a> {
    content: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    /// The next token and where it starts; the outer `None` is for a string that does not end.
    #[allow(clippy::option_option)]
    fn next(&mut self) -> Option<Option<(usize, &'a [u8])>> {
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
            b'<' if self.content.get(start + 1) != Some(&b'<') => {
                self.skip(|byte| byte != b'>');
                self.content.get(self.at)?;
                self.at += 1;
            }
            b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b')' => self.at += 1,
            _ => {
                self.at += 1;
                self.skip(|byte| !is_space(byte) && !b"()<>[]{}/%".contains(&byte));
            }
        }
        // Only the first of the two signs that open and close a dictionary was taken.
        if self.content[start] == b'<' && self.content.get(start + 1) == Some(&b'<') {
            self.at = start + 2;
        }
        Some(Some((start, &self.content[start..self.at])))
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.content.get(self.at).is_some_and(|byte| wanted(*byte)) {
            self.at += 1;
        }
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

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(content: &str) -> Option<String> {
        mark(content.as_bytes(), |name| name == b"Image").map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn what_stands_outside_becomes_an_artifact() {
        assert_eq!(marked("q BT (a) Tj ET Q").unwrap(), "q /Artifact BMC\nBT (a) Tj ET\nEMC Q");
        assert_eq!(marked("1 w 0 0 m 9 9 l S").unwrap(), "1 w /Artifact BMC\n0 0 m 9 9 l S\nEMC");
        assert_eq!(marked("/Sh sh").unwrap(), "/Artifact BMC\n/Sh sh\nEMC");
        assert_eq!(marked("q /Image Do Q").unwrap(), "q /Artifact BMC\n/Image Do\nEMC Q");
    }

    #[test]
    fn the_rest_stays_as_it_is() {
        for content in [
            "",
            "/P <</MCID 0>> BDC BT (a) Tj ET 0 0 9 9 re f EMC",
            "/P <</MCID 0>>BDC\nBT\n<0041> Tj\n/Span<</ActualText (f\\)i) >> BDC (x) Tj EMC ET EMC",
            "0 0 9 9 re W n",
            "(BT) pop % BT",
            "/BT gs",
            "/P <</MCID 0>> BDC /Form Do EMC",
        ] {
            assert_eq!(marked(content).as_deref(), Some(content));
        }
    }

    #[test]
    fn replaced_text_inside_an_artifact_is_part_of_it() {
        let content = "BT /Span<</ActualText (fi) >> BDC (x) Tj EMC ET";
        assert_eq!(marked(content).unwrap(), format!("/Artifact BMC\n{content}\nEMC"));
    }

    #[test]
    fn what_is_not_understood_is_left_alone() {
        for content in [
            "BT",
            "EMC",
            "/P BMC",
            "(",
            "<00",
            "BI ID x EI",
            "BT /P <</MCID 1>> BDC EMC ET",
            "BT /P BMC ET EMC",
            "(\\",
            "/Form Do",
        ] {
            assert_eq!(marked(content), None, "{content}");
        }
    }
}
