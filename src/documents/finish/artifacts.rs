//! Marks what stands outside the structure as artifacts: running headers and footers, page numbers,
//! lines, backgrounds and pictures that decorate. Chrome draws the `@page` margin boxes without any mark.
//!
//! The content of a page is not rebuilt: marks are put between its bytes.

use std::collections::BTreeSet;

use lopdf::Document;

use super::contents::Contents;
use super::drawn::Drawing;
use super::named::{Named, named};
use super::tokens::{Tokens, is_operator};

const BEGIN: &[u8] = b"/Artifact BMC\n";
const END: &[u8] = b"\nEMC";

/// Marks all pages. Returns those, from 1, on which something stays unmarked.
pub(super) fn mark_pages(document: &Document, contents: &mut Contents) -> Vec<usize> {
    let (mut unmarked, mut forms) = (Vec::new(), BTreeSet::new());
    for (page, number) in document.page_iter().zip(1..) {
        // And the forms in which parts of the structure are marked, each once.
        let mut open = vec![Drawing::page(document, page)];
        while let Some(Drawing { streams, resources }) = open.pop() {
            let [id] = streams[..] else {
                // Chrome writes one stream a page. Marks may not be cut at the seam of two.
                unmarked.extend((!streams.is_empty()).then_some(number));
                continue;
            };
            let is_bare = |name: &[u8]| match named(document, contents, resources, name)? {
                Named::Bare => Some(true),
                // Drawn twice, its parts would be twice in the structure.
                Named::Marked(form) if !forms.insert(form.streams[0]) => None,
                Named::Marked(form) => {
                    open.push(form);
                    Some(false)
                }
            };
            match contents.get(id).and_then(|content| mark(content, is_bare)) {
                Some(marked) => contents.replace(id, marked),
                None => unmarked.push(number),
            }
        }
    }
    unmarked.dedup();
    unmarked
}

/// The content with marks, or `None` if it is not understood. `is_bare` tells of what is drawn by its name whether it is
/// marked as a whole, or has marks inside; `None` if it is not known.
fn mark(content: &[u8], mut is_bare: impl FnMut(&[u8]) -> Option<bool>) -> Option<Vec<u8>> {
    let (mut marked, mut kept) = (Vec::with_capacity(content.len() + content.len() / 8), 0);
    // How many marks are open; where a text object or path outside of them began.
    let (mut depth, mut text, mut path) = (0_usize, None, None);
    let mut tokens = Tokens::of(content);
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
                    wrap(start, tokens.at());
                }
            }
            b"m" | b"re" if depth == 0 => path = path.or(Some(first)),
            b"n" => path = None,
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => {
                if let Some(start) = path.take() {
                    (depth == 0).then_some(())?;
                    wrap(start, tokens.at());
                }
            }
            b"sh" if depth == 0 => wrap(first, tokens.at()),
            b"Do" if depth == 0 => {
                let is_bare = is_bare(content[first..start].trim_ascii().strip_prefix(b"/")?)?;
                if is_bare {
                    wrap(first, tokens.at());
                }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(content: &str) -> Option<String> {
        mark(content.as_bytes(), |name| match name {
            b"Image" => Some(true),
            b"Marked" => Some(false),
            _ => None,
        })
        .map(|bytes| String::from_utf8(bytes).unwrap())
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
            "q /Marked Do Q",
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
