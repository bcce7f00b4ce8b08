//! The tags of a page, as browsers find them, and where they and their values stand: all that looks into pages, or puts
//! something into them, asks here. Nothing is copied, and no tree is made.
//!
//! By hand, and not with a crate: html5gum, which has places too, reads every byte into events and buffers; that is four
//! times as slow, and 15 % of a build without PDFs. Here most of a page is passed over as fast as it can be searched, be
//! it megabytes of fonts.

use std::borrow::Cow;

use quick_xml::escape::unescape;

/// What these hold is text, whatever it looks like.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// A start tag, or an end tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag<'a> {
    page: &'a str,
    /// Where its `<` stands.
    pub start: usize,
    /// What follows its `>`.
    pub end: usize,
    name: &'a str,
    is_end: bool,
}

/// The value of an attribute.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attribute<'a> {
    /// Where its value stands, within its quotes.
    pub start: usize,
    /// As it is written; nothing if it has none.
    pub value: &'a str,
}

/// All tags of a page, in order; those in comments and scripts are none.
pub(crate) fn tags(page: &str) -> impl Iterator<Item = Tag<'_>> {
    read(page, "").map(|(tag, _)| tag)
}

/// The start tags that have an attribute, each with it.
pub(crate) fn tags_with<'a>(page: &'a str, attribute: &str) -> impl Iterator<Item = (Tag<'a>, Attribute<'a>)> {
    read(page, attribute).filter(|(tag, _)| !tag.is_end).filter_map(|(tag, found)| Some((tag, found?)))
}

/// All tags, and in passing an attribute of each: what most tags have not is looked for in no second reading.
fn read<'a>(page: &'a str, wanted: &str) -> impl Iterator<Item = (Tag<'a>, Option<Attribute<'a>>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + page[at..].find('<')?;
            let rest = &page[start..];
            if rest.starts_with("<!--") {
                at = start + 2 + rest[2..].find("-->")? + 3;
                continue;
            }
            let is_end = rest[1..].starts_with('/');
            let name = start + 1 + usize::from(is_end);
            if !page[name..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                at = start + 1;
                continue;
            }
            let mut attributes = Attributes { page, at: word(page, name, None), is_whole: false };
            let name = &page[name..attributes.at];
            let known = |(other, attribute): (&str, _)| other.eq_ignore_ascii_case(wanted).then_some(attribute);
            let found = attributes.by_ref().fold(None, |found, other| found.or_else(|| known(other)));
            if !attributes.is_whole {
                return None;
            }
            let tag = Tag { page, start, end: attributes.at, name, is_end };
            let holds_text = !is_end && !tag.text().ends_with("/>") && RAW.iter().any(|raw| tag.opens(raw));
            at = if holds_text { closing(page, tag.end, name) } else { tag.end };
            return Some((tag, found));
        }
    })
}

impl<'a> Tag<'a> {
    /// Whether it is a start tag of this name.
    pub(crate) fn opens(&self, name: &str) -> bool {
        !self.is_end && self.name.eq_ignore_ascii_case(name)
    }

    /// Whether it is an end tag of this name.
    pub(crate) fn closes(&self, name: &str) -> bool {
        self.is_end && self.name.eq_ignore_ascii_case(name)
    }

    /// The tag itself.
    pub(crate) fn text(&self) -> &'a str {
        &self.page[self.start..self.end]
    }

    /// The words that follow a start tag, up to the next tag.
    pub(crate) fn content(&self) -> Cow<'a, str> {
        let rest = &self.page[self.end..];
        let words = &rest[..rest.find('<').unwrap_or(rest.len())];
        unescape(words).unwrap_or(Cow::Borrowed(words))
    }

    /// Whether it sets what a page may do (Content-Security-Policy).
    pub(crate) fn is_policy(&self) -> bool {
        let kind = self.opens("meta").then(|| self.attribute("http-equiv")).flatten();
        kind.is_some_and(|kind| kind.value.eq_ignore_ascii_case("Content-Security-Policy"))
    }

    /// An attribute of a start tag.
    pub(crate) fn attribute(&self, name: &str) -> Option<Attribute<'a>> {
        let at = self.start + 1 + self.name.len();
        let mut attributes = Attributes { page: self.page, at, is_whole: false };
        attributes.find(|(known, _)| !self.is_end && known.eq_ignore_ascii_case(name)).map(|(_, attribute)| attribute)
    }
}

impl<'a> Attribute<'a> {
    /// As it is meant: its character references as the signs that they name.
    pub(crate) fn text(&self) -> Cow<'a, str> {
        unescape(self.value).unwrap_or(Cow::Borrowed(self.value))
    }
}

/// The names and values of a tag, from a place behind its name; at its end it stands behind the `>`.
struct Attributes<'a> {
    page: &'a str,
    at: usize,
    /// Whether it came to the `>`.
    is_whole: bool,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, Attribute<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let (page, bytes) = (self.page, self.page.as_bytes());
        let is_blank = |byte: &u8| byte.is_ascii_whitespace();
        let after_blanks = |at: usize| at + bytes[at..].iter().take_while(|byte| is_blank(byte)).count();
        let name = self.at + bytes[self.at..].iter().take_while(|byte| is_blank(byte) || **byte == b'/').count();
        let first = *bytes.get(name)?;
        if first == b'>' {
            (self.at, self.is_whole) = (name + 1, true);
            return None;
        }
        // A « = » begins a name where there is none.
        self.at = word(page, name + usize::from(first == b'='), Some(b'='));
        let (name, equals) = (&page[name..self.at], after_blanks(self.at));
        if bytes.get(equals) != Some(&b'=') {
            return Some((name, Attribute { start: self.at, value: "" }));
        }
        let value = after_blanks(equals + 1);
        let quote = bytes.get(value).filter(|byte| matches!(byte, b'"' | b'\''));
        let start = value + usize::from(quote.is_some());
        let mut rest = bytes[start..].iter();
        let length = match quote {
            Some(quote) => rest.position(|byte| byte == quote),
            None => rest.position(|byte| is_blank(byte) || *byte == b'>'),
        };
        let end = length.map_or(page.len(), |length| start + length);
        self.at = page.len().min(end + usize::from(quote.is_some()));
        Some((name, Attribute { start, value: &page[start..end] }))
    }
}

/// Where the name that begins at a place ends.
fn word(page: &str, at: usize, also: Option<u8>) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>') || also == Some(*byte);
    page.as_bytes()[at..].iter().position(ends).map_or(page.len(), |length| at + length)
}

/// Where the end tag of an element that holds only text begins.
fn closing(page: &str, from: usize, name: &str) -> usize {
    let is_end = |at: &usize| {
        let rest = page[*at..].strip_prefix("</");
        rest.is_some_and(|rest| rest[..word(rest, 0, None)].eq_ignore_ascii_case(name))
    };
    page[from..].match_indices('<').map(|(at, _)| from + at).find(is_end).unwrap_or(page.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of all tags.
    fn texts(page: &str) -> Vec<&str> {
        tags(page).map(|tag| tag.text()).collect()
    }

    #[test]
    fn tags_are_found_where_browsers_find_them() {
        assert_eq!(
            texts("<!DOCTYPE html><P\n>é < 3 <b/>&lt;i> </P > </ x><!-- <i> --><!--><u><?x <s>"),
            ["<P\n>", "<b/>", "</P >", "<u>", "<s>"]
        );
        assert_eq!(texts("<a title=\"é > <b>\" x='\">'>"), ["<a title=\"é > <b>\" x='\">'>"]);
        let raw = "<style>a>b{} <b> </styles> </p></STYLE ><script>'<i>'</script><svg><title/><b>";
        assert_eq!(texts(raw), ["<style>", "</STYLE >", "<script>", "</script>", "<svg>", "<title/>", "<b>"]);
        for cut in ["<", "</", "<a", "<a ", "<a x", "<a x=", "<a x=\"", "<a x='é>", "<!-- <a>", "<style"] {
            assert_eq!(texts(cut), [""; 0], "{cut}");
        }
        assert_eq!(texts("<style><b>"), ["<style>"]);
    }

    #[test]
    fn attributes_are_read_however_they_are_written() {
        let page = "é <a b=\"1 &amp; 2\"C = '>'\nd=x/y e =f/ g h=>";
        let tag = tags(page).next().unwrap();
        assert!(tag.opens("A") && !tag.closes("a"));
        let value = |name| tag.attribute(name).map(|attribute| attribute.value);
        let names = ["b", "c", "d", "e", "g", "h", "a", "x"];
        let values = [Some("1 &amp; 2"), Some(">"), Some("x/y"), Some("f/"), Some(""), Some(""), None, None];
        assert_eq!(names.map(value), values);
        let b = tag.attribute("b").unwrap();
        assert_eq!((b.text().as_ref(), &page[b.start..][..5]), ("1 & 2", "1 &am"));
        assert!(tags("</a b=c>").next().unwrap().attribute("b").is_none());
    }
}
