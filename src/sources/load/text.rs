//! Bytes to text: UTF-8 only, with or without a byte order mark, any line ends. What is not is shown as nearly
//! as it can be, with the place of the first wrong byte.

use encoding_rs::Encoding;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{SourceId, Sources, Span};

/// Adds the text of some bytes to the sources; `None`, with a diagnostic, if it is not clean UTF-8.
pub(crate) fn text(path: &str, bytes: &[u8], sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<SourceId> {
    let bytes = without_marks(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.replace("\r\n", "\n").replace('\r', "\n"),
        Err(error) => return diagnostics.refuse(not_utf8(path, bytes, error.valid_up_to(), sources)),
    };
    let Some(at) = text.find(is_control) else { return Some(sources.add(path, text)) };
    let place = Span::new(sources.add(path, shown(&text)), at..at + '\u{FFFD}'.len_utf8());
    let message = "un caractère invisible (de commande) se trouve dans le texte";
    let diagnostic = Diagnostic::new(Code::CaractereInvisible, place, message).label("ici");
    diagnostics.refuse(diagnostic.help("effacez-le ; il vient souvent d'un copier-coller depuis un PDF"))
}

/// The way back, for a file that was written as `before`: all lines end as most of them did.
pub(crate) fn with_line_ends(before: &str, text: &str) -> String {
    let windows = before.matches("\r\n").count() * 2 > before.matches('\n').count();
    if windows { text.replace('\n', "\r\n") } else { text.to_owned() }
}

/// Joined files have several marks.
fn without_marks(mut bytes: &[u8]) -> &[u8] {
    while let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        bytes = rest;
    }
    bytes
}

fn not_utf8(path: &str, bytes: &[u8], valid: usize, sources: &mut Sources) -> Diagnostic {
    let (shown, at) = match utf16(bytes) {
        Some(text) => (text, 0),
        None => (latin1(bytes), latin1(&bytes[..valid]).len()),
    };
    let width = shown[at..].chars().next().map_or(0, char::len_utf8);
    let id = sources.add(path, shown);
    Diagnostic::new(Code::PasEnUtf8, Span::new(id, at..at + width), "ce fichier n'est pas enregistré en UTF-8")
        .label("premier caractère illisible")
        .help("enregistrez-le de nouveau avec l'encodage UTF-8 (Bloc-notes : Enregistrer sous, Encodage : UTF-8)")
}

/// The text of a file that starts with the mark of UTF-16.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (encoding, mark) = Encoding::for_bom(bytes)?;
    // An odd byte at the end is half a sign.
    let units = &bytes[mark..bytes.len() & !1];
    Some(shown(&encoding.decode_without_bom_handling(units).0))
}

/// What is UTF-8 as it is, and every other byte as Latin-1, the likeliest other encoding of a French text.
fn latin1(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|b| char::from(*b)));
    }
    shown(&text)
}

/// A text for a diagnostic only: no control character, one kind of line end.
fn shown(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace(is_control, "\u{FFFD}")
}

/// Whether a sign is none of a text.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Option<String>, Vec<String>) {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let id = text("a.md", bytes, &mut sources, &mut diagnostics);
        let messages = diagnostics.sorted(&sources).iter().map(|d| d.message.clone()).collect();
        (id.map(|id| sources.text(id).to_owned()), messages)
    }

    #[test]
    fn marks_and_line_ends_do_not_matter() {
        assert_eq!(read(b"\xEF\xBB\xBF\xEF\xBB\xBFa\r\nb\rc\n").0.as_deref(), Some("a\nb\nc\n"));
    }

    #[test]
    fn most_lines_decide_how_all_end() {
        assert_eq!(with_line_ends("a\r\nb\r\nc\n", "a\nb\n"), "a\r\nb\r\n");
        assert_eq!(with_line_ends("a\r\nb\n", "a\nb\n"), "a\nb\n");
        assert_eq!(with_line_ends("a\r", "a\nb\n"), "a\nb\n");
    }

    #[test]
    fn latin1_utf16_and_control_characters_are_refused_once() {
        for bytes in [&b"nom: Ren\xE9\r\n"[..], b"\xFF\xFEn\0o\0m\0", b"a\x00b\x01c", b"\xFF"] {
            let (text, messages) = read(bytes);
            assert_eq!((text, messages.len()), (None, 1), "{bytes:?}");
        }
    }
}
