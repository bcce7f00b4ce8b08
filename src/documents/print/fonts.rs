//! Fonts that are decoded once per tab instead of once per document, which is most of a load.
//!
//! [`lift`] and [`lift_sheet`] take the `@font-face` rules with a `data:` URI out of style sheets, so that the page can
//! add the same faces from what it has decoded already. Rules that they do not fully understand stay where they are:
//! slower, and just as right.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::ground::fingerprint::Parts;
use crate::ground::html::tags;

/// A font face, out of its style sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Font {
    /// The hash of all the rest.
    pub(super) key: String,
    pub(super) family: String,
    /// The file, as base64.
    pub(super) data: String,
    /// What `FontFace` takes as its third argument.
    pub(super) descriptors: Value,
}

/// The document without the font faces that could be taken out of it, and those.
pub(super) fn lift(html: &str) -> (String, Vec<Arc<Font>>) {
    let (mut kept, mut left, mut fonts) = (0, String::with_capacity(html.len()), Vec::new());
    let mut tags = tags(html);
    while let Some(style) = tags.find(|tag| tag.opens("style")) {
        left.push_str(&html[kept..style.end]);
        // No tag is within a sheet: the next one is its end.
        kept = tags.next().map_or(html.len(), |end| end.start);
        let (sheet, own) = lift_sheet(&html[style.end..kept]);
        left.push_str(&sheet);
        fonts.extend(own);
    }
    left.push_str(&html[kept..]);
    (left, fonts)
}

/// The same for one style sheet.
pub(crate) fn lift_sheet(sheet: &str) -> (String, Vec<Arc<Font>>) {
    let (mut left, mut fonts) = (String::new(), Vec::new());
    // Those of a theme were taken out when it was read.
    if !sheet.contains("@font-face") {
        return (sheet.to_owned(), fonts);
    }
    let (mut at, mut kept, mut depth) = (0, 0, 0_usize);
    while at < sheet.len() {
        let rest = &sheet[at..];
        match rest.as_bytes()[0] {
            b'/' if rest.starts_with("/*") => at += rest.find("*/").map_or(rest.len(), |end| end + 2),
            quote @ (b'"' | b'\'') => at += string(rest, quote),
            b'\\' => at += 2,
            b'{' => (depth, at) = (depth + 1, at + 1),
            b'}' => (depth, at) = (depth.saturating_sub(1), at + 1),
            b'@' if depth == 0 && rest.starts_with("@font-face") => match face(rest) {
                Some((font, length)) => {
                    left.push_str(&sheet[kept..at]);
                    fonts.push(Arc::new(font));
                    at += length;
                    kept = at;
                }
                None => at += 1,
            },
            _ => at += 1,
        }
        while !sheet.is_char_boundary(at.min(sheet.len())) {
            at += 1;
        }
    }
    left.push_str(&sheet[kept..]);
    (left, fonts)
}

/// The length of the string that `text` starts with.
fn string(text: &str, quote: u8) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

/// The rule that `text` starts with, and its length.
fn face(text: &str) -> Option<(Font, usize)> {
    let body = text.strip_prefix("@font-face")?.trim_start().strip_prefix('{')?;
    let end = body.find('}')?;
    let length = text.len() - body.len() + end + 1;
    let (mut family, mut data, mut descriptors) = (None, None, Map::new());
    let mut rest = body[..end].trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once(':')?;
        // A data: URI holds semicolons, so the source ends where its parentheses do.
        let value_end = if name.trim() == "src" {
            after.find(')').and_then(|close| after[close..].find(';').map(|end| close + end))
        } else {
            after.find(';')
        };
        let value = after[..value_end.unwrap_or(after.len())].trim();
        match name.trim() {
            "src" => data = Some(source(value)?.to_owned()),
            "font-family" => family = Some(unquoted(value)?.to_owned()),
            name => drop(descriptors.insert(descriptor(name)?.to_owned(), Value::from(plain(value)?))),
        }
        rest = value_end.map_or("", |end| after[end + 1..].trim());
    }
    let (family, data, descriptors) = (family?, data?, Value::Object(descriptors));
    let key = Parts::default().add(&family).add(&data).add(descriptors.to_string()).fingerprint().to_string();
    Some((Font { key, family, data, descriptors }, length))
}

/// The base64 of a source that is one `data:` URI.
fn source(value: &str) -> Option<&str> {
    let (address, format) = value.strip_prefix("url(")?.split_once(')')?;
    let format = format.trim();
    if !(format.is_empty()
        || format.starts_with("format(") && format.matches(')').count() == 1 && format.ends_with(')'))
    {
        return None;
    }
    let address = address.trim().trim_matches(['"', '\'']);
    let (kind, data) = address.strip_prefix("data:")?.split_once(',')?;
    let base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    (kind.ends_with(";base64") && data.bytes().all(base64)).then_some(data)
}

fn unquoted(value: &str) -> Option<&str> {
    let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    let inner = inner.or_else(|| value.strip_prefix('\'').and_then(|value| value.strip_suffix('\'')));
    plain(inner.unwrap_or(value))
}

fn plain(value: &str) -> Option<&str> {
    let odd = |c: char| matches!(c, '"' | '\'' | '\\' | '/' | '{' | '(' | '!');
    (!value.is_empty() && !value.contains(odd)).then_some(value)
}

fn descriptor(name: &str) -> Option<&'static str> {
    Some(match name {
        "font-weight" => "weight",
        "font-style" => "style",
        "font-stretch" => "stretch",
        "font-display" => "display",
        "unicode-range" => "unicodeRange",
        "size-adjust" => "sizeAdjust",
        "ascent-override" => "ascentOverride",
        "descent-override" => "descentOverride",
        "line-gap-override" => "lineGapOverride",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "@font-face { font-family: \"Carlito\"; font-weight: 700;\n src: url(data:font/woff2;base64,d09GMg==) format('woff2') }";

    #[test]
    fn a_face_is_taken_out_of_its_sheet() {
        let (left, fonts) = lift(&format!("<style>a{{}}{RULE} b{{content:'é'}}</style><p>{RULE}</p>"));
        assert_eq!(left, format!("<style>a{{}} b{{content:'é'}}</style><p>{RULE}</p>"));
        assert_eq!((fonts.len(), fonts[0].family.as_str(), fonts[0].data.as_str()), (1, "Carlito", "d09GMg=="));
        assert_eq!(fonts[0].descriptors.to_string(), r#"{"weight":"700"}"#);
    }

    #[test]
    fn what_is_not_understood_stays() {
        for sheet in [
            "<style>/* @font-face{font-family:A;src:url(data:font/woff2;base64,AA)} */</style>",
            "<style>@media print{@font-face{font-family:A;src:url(data:font/woff2;base64,AA)}}</style>",
            "<style>p{content:\"@font-face{font-family:A;src:url(data:font/woff2;base64,AA)}\"}</style>",
            "<style>@font-face{font-family:A;src:local(B),url(data:font/woff2;base64,AA)}</style>",
            "<style>@font-face{font-family:A;src:url(a.woff2)}</style>",
            "<style>@font-face{font-family:A;font-variant:x;src:url(data:font/woff2;base64,AA)}</style>",
            "<style>@font-face{font-family:A;src:url(data:font/woff2;base64,AA",
            "<style>@font-face</style>",
            "<style>é\\é'",
            "<style",
        ] {
            assert_eq!(lift(sheet), (sheet.to_owned(), vec![]), "{sheet}");
        }
    }

    #[test]
    fn the_key_tells_faces_apart() {
        let key = |rule: &str| lift(&format!("<style>{rule}</style>")).1[0].key.clone();
        assert_eq!(key(RULE), key(RULE));
        assert_ne!(key(RULE), key(&RULE.replace("700", "400")));
    }
}
