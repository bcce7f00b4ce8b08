//! Whether every sign that is drawn as text can be read back as text: a font has a sign for it, and tells which letters
//! that stands for. What a font draws in place of a sign that it lacks, and signs that mean something in one font only,
//! cannot be read in thirty years.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::drawn::{forms, resources};
use super::tokens::{Tokens, is_operator};

/// The characters that Unicode leaves to fonts.
const PRIVATE: [std::ops::RangeInclusive<u32>; 3] = [0xe000..=0xf8ff, 0xf_0000..=0xf_ffff, 0x10_0000..=0x10_ffff];

/// What a font says of its signs.
pub(super) struct Font {
    name: String,
    /// Its codes are numbers of two bytes; of others only the font itself is looked at.
    wide: bool,
    /// What its codes stand for.
    known: BTreeMap<u16, String>,
    /// What it calls by a character that means nothing elsewhere.
    private: BTreeSet<u32>,
    has_table: bool,
}

/// What is in the way, each with the page that it was found on.
pub(super) fn unreadable(document: &Document) -> Vec<String> {
    let (mut fonts, mut found) = (BTreeMap::new(), BTreeSet::new());
    for (page, number) in document.page_iter().zip(1..) {
        let Ok(page_dictionary) = document.get_dictionary(page) else { continue };
        let Some(resources) = resources(document, page_dictionary) else { continue };
        let content = document.get_page_content(page);
        let mut open = vec![(content, resources)];
        let mut seen = BTreeSet::new();
        while let Some((content, resources)) = open.pop() {
            found.extend(in_content(document, &content, resources, &mut fonts).into_iter().map(|what| (number, what)));
            for (id, form) in forms(document, resources) {
                if seen.insert(id) {
                    let own = super::drawn::resources(document, &form.dict).unwrap_or(resources);
                    open.push((form.get_plain_content().unwrap_or_default(), own));
                }
            }
        }
    }
    found.into_iter().map(|(number, what)| format!("page {number} : {what}")).collect()
}

fn in_content(
    document: &Document,
    content: &[u8],
    resources: &Dictionary,
    fonts: &mut BTreeMap<ObjectId, Font>,
) -> BTreeSet<String> {
    let named = resources.get_deref(b"Font", document).and_then(Object::as_dict).ok();
    let id_of = |name: &[u8]| named?.get(name).and_then(Object::as_reference).ok();
    let (mut found, mut current, mut name) = (BTreeSet::new(), None, None);
    let mut strings: Vec<&[u8]> = Vec::new();
    let mut tokens = Tokens::of(content);
    while let Some(Some((_, token))) = tokens.next() {
        match token {
            b"Tf" => {
                current = name.and_then(id_of);
                let Some(id) = current else { continue };
                let font = fonts.entry(id).or_insert_with(|| font(document, id));
                if !font.has_table {
                    found.insert(format!("la police « {} » ne dit pas quels caractères elle montre", font.name));
                }
                for sign in &font.private {
                    let name = &font.name;
                    found.insert(format!("le signe U+{sign:04X} n'a de sens que dans la police « {name} »"));
                }
            }
            b"Tj" | b"TJ" => {
                let font = current.and_then(|id| fonts.get(&id)).filter(|font| font.wide && font.has_table);
                if let Some(font) = font
                    && strings.iter().any(|text| codes(text).any(|code| code == 0 || !font.known.contains_key(&code)))
                {
                    found.insert(format!("un signe n'est pas dans la police « {} »", font.name));
                }
            }
            _ => {}
        }
        match token[0] {
            b'/' => name = Some(&token[1..]),
            b'<' if token.len() > 2 => strings.push(token),
            _ if is_operator(token) => strings.clear(),
            _ => {}
        }
    }
    found
}

/// The numbers that a string in hexadecimal holds.
fn codes(text: &[u8]) -> impl Iterator<Item = u16> {
    let digits: Vec<u32> = text.iter().filter_map(|digit| char::from(*digit).to_digit(16)).collect();
    let number = |four: &[u32]| four.iter().fold(0, |number, digit| number * 16 + digit);
    digits.chunks(4).map(|four| u16::try_from(number(four)).unwrap_or_default()).collect::<Vec<_>>().into_iter()
}

pub(super) fn font(document: &Document, id: ObjectId) -> Font {
    let dictionary = document.get_dictionary(id).ok();
    let name = dictionary.and_then(|font| font.get_deref(b"BaseFont", document).and_then(Object::as_name).ok());
    let name = String::from_utf8_lossy(name.unwrap_or(b"Type3")).into_owned();
    let table = dictionary.and_then(|font| font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).ok());
    let table = table.and_then(|table| table.get_plain_content().ok());
    let mut font = Font {
        name: name.split_once('+').map_or(name.clone(), |(_, name)| name.to_owned()),
        wide: dictionary.is_some_and(|font| font.has(b"DescendantFonts")),
        known: BTreeMap::new(),
        private: BTreeSet::new(),
        has_table: table.is_some(),
    };
    read(&table.unwrap_or_default(), &mut font);
    font
}

/// Reads which characters the codes stand for: pairs of a code and characters, or a first and a last code before them.
fn read(table: &[u8], font: &mut Font) {
    let (mut tokens, mut values) = (Tokens::of(table), Vec::new());
    while let Some(Some((_, token))) = tokens.next() {
        let of = |values: &[&[u8]]| values.first().and_then(|value| codes(value).next()).unwrap_or_default();
        match token {
            b"beginbfchar" | b"beginbfrange" => values.clear(),
            b"endbfchar" => {
                for pair in values.chunks_exact(2) {
                    font.know(of(pair), of(pair), pair[1]);
                }
            }
            b"endbfrange" => {
                for three in values.chunks_exact(3) {
                    font.know(of(three), of(&three[1..]), three[2]);
                }
            }
            _ if token[0] == b'<' && token.len() > 2 => values.push(token),
            _ => {}
        }
    }
}

impl Font {
    /// How many digits in hexadecimal a code has.
    pub(super) fn digits(&self) -> usize {
        if self.wide { 4 } else { 2 }
    }

    /// What a code stands for; nothing if that is not known.
    pub(super) fn text(&self, code: u16) -> String {
        self.known.get(&code).cloned().unwrap_or_default()
    }

    #[cfg(test)]
    pub(super) fn of_ascii() -> Self {
        let known = (0x20..0x7f).map(|code| (code, char::from(code as u8).to_string())).collect();
        Self { name: String::new(), wide: true, known, private: BTreeSet::new(), has_table: true }
    }

    /// Notes that the codes from `first` to `last` stand for these characters and those after them.
    fn know(&mut self, first: u16, last: u16, characters: &[u8]) {
        let units: Vec<u16> = codes(characters).collect();
        let Ok(text) = String::from_utf16(&units) else { return };
        let Some((at, start)) = text.char_indices().next_back() else { return };
        for code in first..=last {
            // Of several characters the last one counts on.
            let character = start as u32 + u32::from(code - first);
            if !matches!(character, 0 | 0xfeff | 0xfffe)
                && let Some(sign) = char::from_u32(character)
            {
                self.known.insert(code, format!("{}{sign}", &text[..at]));
            }
            if PRIVATE.iter().any(|range| range.contains(&character)) {
                self.private.insert(character);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

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
        unreadable(&document)
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
}
