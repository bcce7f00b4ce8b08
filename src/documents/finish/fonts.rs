//! The fonts of a document, and which letters their codes stand for.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::tokens::Tokens;

/// The characters that Unicode leaves to fonts.
const PRIVATE: [std::ops::RangeInclusive<u32>; 3] = [0xe000..=0xf8ff, 0xf_0000..=0xf_ffff, 0x10_0000..=0x10_ffff];

/// What a font says of its signs.
pub(super) struct Font {
    pub name: String,
    /// Its codes are numbers of two bytes; of others only the font itself is looked at.
    pub wide: bool,
    /// What its codes stand for, by their numbers: each sign of each page is looked up.
    known: Vec<Option<String>>,
    /// What it calls by a character that means nothing elsewhere.
    pub private: BTreeSet<u32>,
    pub has_table: bool,
}

/// The fonts that were asked for, each read once.
#[derive(Default)]
pub(super) struct Fonts(BTreeMap<ObjectId, Rc<Font>>);

impl Fonts {
    /// The font that resources call by this name; `None` if there is none.
    pub(super) fn named(
        &mut self,
        document: &Document,
        resources: Option<&Dictionary>,
        name: &[u8],
    ) -> Option<Rc<Font>> {
        let named = resources?.get_deref(b"Font", document).and_then(Object::as_dict).ok()?;
        let id = named.get(name).and_then(Object::as_reference).ok()?;
        let dictionary = document.get_dictionary(id).ok()?;
        Some(self.0.entry(id).or_insert_with(|| Rc::new(font(document, dictionary))).clone())
    }
}

fn font(document: &Document, dictionary: &Dictionary) -> Font {
    let name = dictionary.get_deref(b"BaseFont", document).and_then(Object::as_name);
    let table = dictionary.get_deref(b"ToUnicode", document).and_then(Object::as_stream);
    let table = table.and_then(Stream::get_plain_content).ok();
    let mut font = Font {
        name: family(name.unwrap_or(b"Type3")),
        wide: dictionary.has(b"DescendantFonts"),
        known: Vec::new(),
        private: BTreeSet::new(),
        has_table: table.is_some(),
    };
    read(&table.unwrap_or_default(), &mut font);
    font
}

/// A font's name without the prefix of a subset.
pub(super) fn family(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    let subset = name.split_once('+').filter(|(prefix, _)| prefix.len() == 6);
    subset.map_or(&*name, |(_, rest)| rest).to_owned()
}

/// The numbers that a string in hexadecimal holds.
pub(super) fn codes(text: &[u8]) -> impl Iterator<Item = u16> {
    let mut digits = text.iter().filter_map(|byte| match byte {
        b'0'..=b'9' => Some(u16::from(byte - b'0')),
        b'A'..=b'F' => Some(u16::from(byte - b'A') + 10),
        b'a'..=b'f' => Some(u16::from(byte - b'a') + 10),
        _ => None,
    });
    std::iter::from_fn(move || {
        let mut number = digits.next()?;
        for digit in digits.by_ref().take(3) {
            number = number << 4 | digit;
        }
        Some(number)
    })
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
        self.sign(code).cloned().unwrap_or_default()
    }

    pub(super) fn knows(&self, code: u16) -> bool {
        self.sign(code).is_some()
    }

    fn sign(&self, code: u16) -> Option<&String> {
        self.known.get(usize::from(code))?.as_ref()
    }

    #[cfg(test)]
    pub(super) fn of_ascii() -> Self {
        let known = (0..0x7f).map(|code| (code >= 0x20).then(|| char::from(code).to_string())).collect();
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
                let code = usize::from(code);
                if self.known.len() <= code {
                    self.known.resize(code + 1, None);
                }
                self.known[code] = Some(format!("{}{sign}", &text[..at]));
            }
            if PRIVATE.iter().any(|range| range.contains(&character)) {
                self.private.insert(character);
            }
        }
    }
}
