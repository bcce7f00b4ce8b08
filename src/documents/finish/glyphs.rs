//! Whether every sign that is drawn as text can be read back as text: a font has a sign for it, and tells which letters
//! that stands for. What a font draws in place of a sign that it lacks, and signs that mean something in one font only,
//! cannot be read in thirty years; what is not understood here may be such a sign.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use lopdf::Document;

use super::contents::Contents;
use super::drawn::drawings;
use super::fonts::{Font, Fonts, codes};
use super::tokens::{Tokens, is_operator};

/// What is in the way, each with the page that it was found on.
pub(super) fn unreadable(document: &Document, contents: &Contents, fonts: &mut Fonts) -> Vec<String> {
    let mut found = BTreeSet::new();
    for (page, number) in document.page_iter().zip(1..) {
        for drawing in drawings(document, page) {
            let content = contents.joined(&drawing.streams);
            let what = in_content(&content, |name| fonts.named(document, drawing.resources, name));
            found.extend(what.into_iter().map(|what| (number, what)));
        }
    }
    found.into_iter().map(|(number, what)| format!("page {number} : {what}")).collect()
}

fn in_content(content: &[u8], mut named: impl FnMut(&[u8]) -> Option<Rc<Font>>) -> BTreeSet<String> {
    let (mut found, mut current, mut name) = (BTreeSet::new(), None::<Rc<Font>>, None);
    let mut strings: Vec<&[u8]> = Vec::new();
    let mut fonts: BTreeMap<&[u8], Option<Rc<Font>>> = BTreeMap::new();
    let mut tokens = Tokens::of(content);
    loop {
        let Some(next) = tokens.next() else {
            found.insert("un contenu ne peut pas être lu jusqu'au bout".to_owned());
            return found;
        };
        let Some((_, token)) = next else { return found };
        match token {
            b"Tf" => {
                current = name.and_then(|name| fonts.entry(name).or_insert_with(|| named(name)).clone());
                found.extend(current.iter().flat_map(|font| of_font(font)));
            }
            b"Tj" | b"TJ" | b"'" | b"\"" if !strings.is_empty() => match &current {
                Some(font) => found.extend(of_strings(font, &strings)),
                None => drop(found.insert("la police d'un texte est introuvable".to_owned())),
            },
            _ => {}
        }
        match token[0] {
            b'/' => name = Some(&token[1..]),
            b'<' | b'(' if token.len() > 2 => strings.push(token),
            _ if is_operator(token) => strings.clear(),
            _ => {}
        }
    }
}

/// What is in the way in a font that is used, whatever it shows.
fn of_font(font: &Font) -> Vec<String> {
    let name = &font.name;
    let private = |sign| format!("le signe U+{sign:04X} n'a de sens que dans la police « {name} »");
    let silent = (!font.has_table).then(|| format!("la police « {name} » ne dit pas quels caractères elle montre"));
    font.private.iter().map(private).chain(silent).collect()
}

/// What is in the way in strings that are shown. Chrome writes those of wide codes in hexadecimal.
fn of_strings(font: &Font, strings: &[&[u8]]) -> Option<String> {
    if !font.wide || !font.has_table {
        return None;
    }
    if strings.iter().any(|text| text[0] == b'(') {
        return Some(format!("un texte dans la police « {} » ne peut pas être relu", font.name));
    }
    let is_known = |code| code != 0 && font.knows(code);
    let all = strings.iter().all(|text| codes(text).all(is_known));
    (!all).then(|| format!("un signe n'est pas dans la police « {} »", font.name))
}

#[cfg(test)]
mod tests {
    use lopdf::{Object, Stream, dictionary};

    use super::*;

    /// What is found where this is shown in a font with this table.
    fn found(content: &str, table: Option<&str>) -> Vec<String> {
        let mut document = Document::new();
        let mut font = dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "ABCDEF+Carlito" };
        font.set("DescendantFonts", Vec::<Object>::new());
        if let Some(table) = table {
            font.set("ToUnicode", document.add_object(Stream::new(dictionary! {}, table.as_bytes().to_vec())));
        }
        let font = document.add_object(font);
        let form =
            dictionary! { "Subtype" => "Form", "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } } };
        let form = document.add_object(Stream::new(form, content.as_bytes().to_vec()));
        let empty = document.add_object(Stream::new(dictionary! {}, b"/X1 Do".to_vec()));
        let resources = dictionary! { "XObject" => dictionary! { "X1" => form } };
        let page = document.add_object(dictionary! { "Type" => "Page", "Contents" => empty, "Resources" => resources });
        let pages = document.add_object(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 });
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        unreadable(&document, &Contents::of(&document).unwrap(), &mut Fonts::default())
    }

    #[test]
    fn a_sign_that_the_font_does_not_name_is_told() {
        let table =
            "2 beginbfchar <0001> <0041> <0009> <D83DDE00> endbfchar 1 beginbfrange <0003> <0004> <0043> endbfrange";
        let shown = |text: &str| found(&format!("BT /F1 9 Tf {text} Tj ET"), Some(table));
        assert_eq!(shown("<0001000300040009>"), Vec::<String>::new());
        let told = ["page 1 : un signe n'est pas dans la police « Carlito »"];
        assert_eq!(shown("<00010000>"), told);
        assert_eq!(shown("<0005>"), told);
    }

    #[test]
    fn a_sign_of_one_font_alone_is_told_and_so_is_a_font_that_tells_nothing() {
        let of = |table| found("BT /F1 9 Tf <0001> Tj ET", table).join(";");
        assert!(of(Some("1 beginbfchar <0001> <E001> endbfchar")).contains("U+E001"));
        assert!(of(Some("1 beginbfchar <0001> <DB80DC41> endbfchar")).contains("U+F0041"));
        assert!(of(None).contains("ne dit pas"));
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let shown = |text: &str| found(&format!("BT {text} ET"), Some("1 beginbfchar <0001> <0041> endbfchar"));
        for sound in ["/F1 9 Tf <0001> Tj", "/F1 9 Tf [<0001> 5 <0001>] TJ", "/F2 9 Tf", "/F1 9 Tf () Tj"] {
            assert_eq!(shown(sound), Vec::<String>::new(), "{sound}");
        }
        for text in ["/F2 9 Tf <0001> Tj", "<0001> Tj", "/F1 9 Tf /F2 9 Tf [<0001>] TJ", "(a) '", "0 0 (a) \""] {
            assert_eq!(shown(text), ["page 1 : la police d'un texte est introuvable"], "{text}");
        }
        for text in ["(A) Tj", "[<0001> (A)] TJ", "(A) '", "0 0 <0001> (A) \""] {
            let told = shown(&format!("/F1 9 Tf {text}"));
            assert_eq!(told, ["page 1 : un texte dans la police « Carlito » ne peut pas être relu"], "{text}");
        }
        for text in ["/F1 9 Tf <0001", "/F1 9 Tf (A Tj"] {
            assert_eq!(shown(text), ["page 1 : un contenu ne peut pas être lu jusqu'au bout"], "{text}");
        }
    }
}
