//! The bytes of a list as text. Excel and LibreOffice write it in a dozen encodings and name none: what the bytes would
//! be in each tells them apart, for « H‚lŠne » is no French. Where two readings are as likely, or two encodings are
//! mixed, the list is refused: a name with a wrong accent would be printed.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252};
use yore::code_pages::{CP437, CP850};

use super::refusal::Refusal;

/// A text, and what was made of its bytes where that is not plain.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    pub text: String,
    pub note: Option<String>,
}

const SAVE: &str =
    "ouvrez la liste dans Excel ou LibreOffice et enregistrez-la comme « Classeur Excel (.xlsx) » ou « CSV UTF-8 »";

/// # Errors
/// If the bytes are no text, or no encoding is surely theirs.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    // DOS ends a text with Ctrl-Z, and may fill up with zeros.
    let filled = bytes.iter().rposition(|b| !matches!(b, 0x1A | 0)).map_or(0, |last| last + 1);
    let end = bytes[filled..].iter().position(|b| *b == 0x1A).map_or(bytes.len(), |at| filled + at);
    let bytes = &bytes[..end];
    let not_text = || Refusal::new("ce n'est ni un classeur Excel (.xlsx), ni un texte (CSV)", SAVE);
    let unicode = Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or_else(|| utf16(bytes));
    let decoded = match (unicode, std::str::from_utf8(bytes)) {
        (Some(encoding), _) => match encoding.decode(bytes) {
            (text, _, false) => reread(&text)?,
            (_, _, true) => return Err(broken(&encoding.decode(bytes).0)),
        },
        (None, _) if bytes.contains(&0) => return Err(not_text()),
        (None, Ok(text)) => reread(text)?,
        (None, Err(_)) => single_byte(bytes)?,
    };
    let hidden = decoded.text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
    // A stray mark is forgiven; bytes that are no text have many.
    if hidden * 50 > decoded.text.chars().count() { Err(not_text()) } else { Ok(decoded) }
}

/// UTF-16 without its mark: in a text of ours nearly every other byte is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(1000)];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = start.len() * 2 / 5;
    match (bytes.len() % 2, even, odd) {
        (0, 0, n) if n >= most.max(1) => Some(UTF_16LE),
        (0, n, 0) if n >= most.max(1) => Some(UTF_16BE),
        _ => None,
    }
}

/// A text that says that it is UTF-8 or UTF-16, and holds bytes that are neither.
fn broken(text: &str) -> Refusal {
    let line = text.split('\u{FFFD}').next().unwrap_or_default().matches('\n').count() + 1;
    Refusal::new(format!("la ligne {line} de ce texte contient des signes illisibles"), SAVE)
}

// ---- Encodings of one byte a sign

type Encoded = (&'static str, fn(&[u8]) -> Cow<'_, str>);

/// The likeliest first.
const ENCODINGS: [Encoded; 5] = [
    ("Windows (1252)", |bytes| WINDOWS_1252.decode_without_bom_handling(bytes).0),
    ("ISO 8859-15", |bytes| ISO_8859_15.decode_without_bom_handling(bytes).0),
    ("Mac (« CSV Macintosh »)", |bytes| MACINTOSH.decode_without_bom_handling(bytes).0),
    ("MS-DOS (850)", |bytes| CP850.decode(bytes)),
    ("MS-DOS (437)", |bytes| CP437.decode(bytes)),
];

/// The cost of a sign that no French text has where it stands.
const NEVER: usize = 10;

fn single_byte(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let mut readings = ENCODINGS.map(|(name, read)| (name, read(bytes)));
    if let Some((line, word)) = first_twice(&readings[0].1) {
        return Err(Refusal::new(
            format!(
                "deux encodages sont mêlés dans ce texte : « {word} » à la ligne {line} est écrit en UTF-8, le reste non"
            ),
            SAVE,
        ));
    }
    readings.sort_by_cached_key(|(_, text)| cost(text));
    let [(name, text), others @ ..] = &readings;
    let least = cost(text);
    let rival = others.iter().filter(|(_, other)| other != text).map(|(_, other)| cost(other)).min();
    let rival = rival.unwrap_or(usize::MAX);
    // Windows is what nearly all lists come from; it alone is forgiven a strange sign.
    let sure = match *name == ENCODINGS[0].0 {
        true => rival >= least + 2 && (least < NEVER || rival >= 2 * least),
        false => rival >= least + 5 && least < NEVER,
    };
    let words = accented(text);
    if sure {
        return Ok(Decoded { note: Some(format!("texte lu comme {name} : {words}")), text: text.to_string() });
    }
    Err(Refusal::new(format!("les accents de cette liste ne se lisent pas sûrement (peut-être {words})"), SAVE))
}

/// A few words by which somebody sees whether a text was read right.
fn accented(text: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '’').filter(|w| !w.is_ascii()) {
        if words.len() < 4 && !words.contains(&word) {
            words.push(word);
        }
    }
    words.iter().map(|w| format!("« {} »", w.chars().take(30).collect::<String>())).collect::<Vec<_>>().join(", ")
}

/// How strange a text is: what its signs beyond ASCII do where they stand.
fn cost(text: &str) -> usize {
    let (mut sum, mut before) = (0, None);
    for (at, c) in text.char_indices() {
        if !c.is_ascii() {
            sum += sign_cost(before, c, text[at + c.len_utf8()..].chars().next());
        }
        before = Some(c);
    }
    sum
}

fn sign_cost(before: Option<char>, c: char, after: Option<char>) -> usize {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let upper = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let if_so = |wrong: bool, cost: usize| if wrong { cost } else { 0 };
    match c {
        '\u{A0}' | '’' | '²' | '³' => 0,
        // « candidat·e », and nowhere else.
        '·' => if_so(letter(before) && letter(after), 6),
        // French has a space within guillemets.
        '«' | '“' | '‘' => if_so(letter(before), NEVER) + if_so(letter(after), 2),
        '»' | '”' | '…' | '°' | 'º' | '™' | '®' => if_so(letter(after), NEVER),
        '€' => if_so(letter(before) || letter(after), NEVER),
        '–' | '—' => if_so(lower(before) && lower(after), NEVER),
        'ª' | 'ƒ' | 'µ' | 'ˆ' => NEVER,
        'À'..='ɏ' if c.is_alphabetic() => {
            let strange = match c.to_lowercase().next() {
                // Within a word, à is that of no French word.
                Some('à') => if_so(letter(after), 1),
                // « père », never « perè ».
                Some('è' | 'ô') if !letter(after) => 2,
                Some('ç') if !after.is_some_and(|c| "aouâàôûAOUÂÀÔÛ".contains(c)) => 4,
                Some('â' | 'ç' | 'é' | 'è' | 'ê' | 'ë' | 'î' | 'ï' | 'ô' | 'ù' | 'û' | 'ü' | 'œ') => 0,
                Some('ä' | 'ö') => 1,
                Some('ß' | 'þ' | 'ð') => 6,
                _ => 4,
            };
            let case = match c.is_uppercase() {
                true if lower(before) || (upper(before) && lower(after)) => NEVER,
                // « Ève » is rare, « école » is not.
                true if !letter(before) && lower(after) && !matches!(c, 'É' | 'Œ') => 2,
                // Capital letters typed on a French keyboard: « LEFéVRE ».
                false if upper(before) && upper(after) => 2,
                // « île » alone begins with î.
                false if !letter(before) && c == 'î' && after != Some('l') => 3,
                false if !letter(before) && letter(after) && matches!(c, 'è' | 'ë' | 'ï' | 'ù' | 'û' | 'ü') => 3,
                _ => 0,
            };
            strange + case
        }
        '\u{A1}'..='\u{FF}' | '‚' | '„' | '‹' | '›' | '†' | '‡' | '‰' | '•' | '˜' => {
            match (letter(before), letter(after)) {
                (true, true) => NEVER,
                (false, false) => 1,
                _ => 3,
            }
        }
        _ => NEVER,
    }
}

// ---- UTF-8 that was taken for something else, and saved as UTF-8 again

/// A text as it was before, if all of it was read wrongly once.
fn reread(text: &str) -> Result<Decoded, Refusal> {
    let text = text.trim_start_matches('\u{FEFF}');
    let plain = || Decoded { text: text.to_owned(), note: None };
    let Some((line, word)) = first_twice(text) else { return Ok(plain()) };
    match WRONG.into_iter().find_map(|to_byte| whole(text, to_byte)) {
        // What was encoded twice may have been so before.
        Some(text) => Ok(Decoded { note: Some(format!("accents relus : {}", accented(&text))), ..reread(&text)? }),
        None => Err(Refusal::new(
            format!("des accents sont abîmés dans ce texte : « {word} » à la ligne {line}"),
            format!("corrigez-les, ou reprenez la liste d'origine : {SAVE}"),
        )),
    }
}

/// « Hélène » for « HÃ©lÃ¨ne », if that is what the text looks like.
pub(crate) fn meant(text: &str) -> Option<String> {
    first_twice(text)?;
    WRONG.into_iter().find_map(|to_byte| whole(text, to_byte)).or(Some(String::new()))
}

type ToByte = fn(char) -> Option<u8>;

/// The encodings that UTF-8 is taken for, as the byte of a sign.
const WRONG: [ToByte; 3] = [
    |c| match c {
        '\u{80}'..='\u{9F}' => u8::try_from(u32::from(c)).ok(),
        _ => one(&WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])).0, c),
    },
    |c| one(&MACINTOSH.encode(c.encode_utf8(&mut [0; 4])).0, c),
    |c| CP850.encode(c.encode_utf8(&mut [0; 4])).ok().and_then(|bytes| one(&bytes, c)),
];

/// A sign that an encoding lacks comes back as several bytes (`&#233;`).
fn one(bytes: &[u8], c: char) -> Option<u8> {
    match bytes {
        [byte] if !c.is_ascii() => Some(*byte),
        _ => None,
    }
}

/// The sign that the bytes of these signs are in UTF-8, and how many they are, if it is one of a French text.
fn sign(text: &str, to_byte: ToByte) -> Option<(char, usize)> {
    let (mut bytes, mut read) = (Vec::with_capacity(3), 0);
    for c in text.chars().take(3) {
        bytes.push(to_byte(c)?);
        read += c.len_utf8();
        if let Some(sign) = std::str::from_utf8(&bytes).ok().and_then(|s| s.chars().next()) {
            let ours = matches!(sign, '\u{A0}'..='\u{17F}' | '\u{2010}'..='\u{203A}' | '€' | '™' | '\u{FEFF}');
            return ours.then_some((sign, read));
        }
    }
    None
}

/// The line and the word where a text was taken for something else than UTF-8.
fn first_twice(text: &str) -> Option<(usize, &str)> {
    let at = text
        .char_indices()
        .filter(|(_, c)| matches!(c, 'Ã' | 'Â' | 'Å' | 'â' | '√' | '¬' | '≈' | '‚' | '├' | '┬' | '┼' | 'Ô' | 'ï'))
        .map(|(at, _)| at)
        .find(|at| WRONG.iter().any(|to_byte| sign(&text[*at..], *to_byte).is_some()))?;
    let edge = |c: char| matches!(c, ';' | ',' | '\t' | '|' | '\n' | '\r' | ' ' | '"');
    let start = text[..at].rfind(edge).map_or(0, |before| before + 1);
    let end = text[at..].find(edge).map_or(text.len(), |after| at + after);
    Some((text[..at].matches('\n').count() + 1, &text[start..end]))
}

/// The text as it was, if every sign beyond ASCII is part of one that was read wrongly.
fn whole(text: &str, to_byte: ToByte) -> Option<String> {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(c) = rest.chars().next() {
        let (sign, read) = if c.is_ascii() { (c, 1) } else { sign(rest, to_byte)? };
        out.push(sign);
        rest = &rest[read..];
    }
    Some(out.trim_start_matches('\u{FEFF}').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "Nom;Prénom;Entreprise\nLecœur;Noëlle;Médiathèque « 1901 »\nLefèvre;Hélène;Forêt d'Août\n";

    fn text(bytes: &[u8]) -> String {
        decode(bytes).unwrap_or_else(|error| panic!("{error:?}")).text
    }

    #[test]
    fn every_encoding_of_excel_gives_the_same() {
        let utf16 = |unit: fn(u16) -> [u8; 2]| LIST.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let with = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let dos = LIST.replace('œ', "oe");
        for (bytes, expected) in [
            (LIST.into(), LIST),
            (with(b"\xEF\xBB\xBF", LIST.into()), LIST),
            (with(b"\xEF\xBB\xBF\xEF\xBB\xBF", LIST.into()), LIST),
            (with(b"\xFF\xFE", utf16(u16::to_le_bytes)), LIST),
            (with(b"\xFE\xFF", utf16(u16::to_be_bytes)), LIST),
            (utf16(u16::to_le_bytes), LIST),
            (WINDOWS_1252.encode(LIST).0.to_vec(), LIST),
            (ISO_8859_15.encode(LIST).0.to_vec(), LIST),
            (MACINTOSH.encode(LIST).0.to_vec(), LIST),
            (CP850.encode(&dos).unwrap().to_vec(), &dos),
            (CP437.encode(&dos).unwrap().to_vec(), &dos),
            ([LIST.as_bytes(), b"\x1A"].concat(), LIST),
            ([LIST.as_bytes(), b"\x1A\0\0\x1A"].concat(), LIST),
        ] {
            assert_eq!(text(&bytes), expected);
        }
    }

    #[test]
    fn ordinary_words_alone_are_read_as_windows() {
        for word in [
            "école",
            "Hélène",
            "HÉLÈNE",
            "François",
            "L’Argoat",
            "Muñoz",
            "Œuvre",
            "cœur",
            "DUPRé",
            "n°5",
            "Béla Bartók",
            "Åse",
            "Straße",
            "« Les blés »",
            "Candidat·e",
            "Noël",
            "ÇA",
            "Besançon – Dijon",
            "Zoë",
            "Sánchez",
            "García",
        ] {
            let (bytes, _, lost) = WINDOWS_1252.encode(word);
            assert!(!lost && decode(&bytes).is_ok_and(|decoded| decoded.text == word), "{word}");
        }
    }

    #[test]
    fn what_is_as_likely_something_else_is_refused() {
        // « LEFÈVRE » for DOS, « LEFÔVRE » for Windows.
        for bytes in [
            &b"LEF\xD4VRE"[..],
            b"S\x87nchez",
            b"H\x8Ckan",
            b"Fran\x87ois",
            b"\x8Aimun",
            b"No\x89l",
            b"a\x8Eb\xE9c\xC9d\x90e\x81f",
        ] {
            let error = decode(bytes).unwrap_err();
            assert!(error.message.contains("ne se lisent pas"), "{error:?}");
        }
        let mixed = [LIST.as_bytes(), b"Fran\xE7ois"].concat();
        let error = decode(&mixed).unwrap_err();
        assert!(error.message.contains("« Prénom »") || error.message.contains("ligne 1"), "{error:?}");
        let error = decode("\u{FEFF}Nom\nH".as_bytes().iter().chain(b"\xE9l").copied().collect::<Vec<_>>().as_slice());
        assert!(error.unwrap_err().message.contains("ligne 2"));
    }

    #[test]
    fn what_was_encoded_twice_is_read_again_or_refused() {
        let twice = WINDOWS_1252.decode(LIST.as_bytes()).0;
        assert!(twice.contains("PrÃ©nom"));
        assert_eq!(text(twice.as_bytes()), LIST);
        assert_eq!(text(WINDOWS_1252.decode(twice.as_bytes()).0.as_bytes()), LIST);
        assert_eq!(text(MACINTOSH.decode(LIST.as_bytes()).0.as_bytes()), LIST);
        assert_eq!(text(CP850.decode(LIST.as_bytes()).as_bytes()), LIST);
        let error = decode(format!("{twice}Hélène\n").as_bytes()).unwrap_err();
        assert!(error.message.contains("« PrÃ©nom » à la ligne 1"), "{error:?}");
        assert_eq!(meant("HÃ©lÃ¨ne").as_deref(), Some("Hélène"));
        for sound in ["Hélène", "JOÃO", "« Les blés »", "Âge", "L’Île", "CÔTÉ", "Université\u{A0}» d’été", "Å"]
        {
            assert_eq!(meant(sound), None, "{sound}");
        }
    }

    #[test]
    fn what_is_no_text_is_told() {
        assert!(decode(&[1, 2, 3, 0, 255, 7, 0, 0, 9]).is_err());
        assert!(decode(&(1..=20).cycle().take(300).collect::<Vec<u8>>()).is_err());
    }
}
