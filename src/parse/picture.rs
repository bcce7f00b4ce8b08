//! Whether a file is a picture that every browser shows: by its name, and by what is in it. A browser says no more
//! than that it could not show it, and only when all is printed.

use quick_xml::events::Event;
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

/// The endings of pictures.
pub const FORMATS: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg"];

const SVG: &str = "http://www.w3.org/2000/svg";

/// Whether a name is that of a picture.
pub fn is_named(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| FORMATS.contains(&extension.to_lowercase().as_str()))
}

/// Why the bytes of a file with such a name are no picture; `None` if they are one.
pub fn flaw(path: &str, bytes: &[u8]) -> Option<&'static str> {
    if bytes.is_empty() {
        return Some("le fichier est vide");
    }
    if path.to_lowercase().ends_with(".svg") {
        return svg_flaw(String::from_utf8_lossy(bytes).trim_start_matches('\u{FEFF}'));
    }
    // Browsers look at these bytes, and not at the name.
    let known = [&b"\x89PNG\r\n\x1A\n"[..], b"\xFF\xD8\xFF", b"GIF87a", b"GIF89a"];
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let sound = webp || known.iter().any(|start| bytes.starts_with(start));
    (!sound).then_some("ce qu'il contient n'est pas une image, quel que soit son nom")
}

/// Whether an SVG is not well-formed, or its outermost element is none of SVG: browsers are as strict.
fn svg_flaw(text: &str) -> Option<&'static str> {
    const CUT: &str = "ce SVG est incomplet ou mal écrit";
    const OTHER: &str = "ce n'est pas un SVG : il lui manque <svg xmlns=\"http://www.w3.org/2000/svg\">";
    let mut reader = NsReader::from_str(text);
    let (mut open, mut seen) = (0_usize, false);
    loop {
        let (namespace, event) = match reader.read_resolved_event() {
            Ok(read) => read,
            Err(_) => return Some(CUT),
        };
        if let Event::Start(element) | Event::Empty(element) = &event
            && !seen
        {
            seen = true;
            // Some programs name SVG by an entity.
            let named =
                matches!(namespace, ResolveResult::Bound(Namespace(name)) if name == SVG || name.starts_with('&'));
            if !named || element.local_name().as_ref() != "svg" {
                return Some(OTHER);
            }
        }
        match event {
            Event::Start(_) => open += 1,
            Event::End(_) => open = open.saturating_sub(1),
            Event::Eof if !seen => return Some(OTHER),
            Event::Eof => return (open > 0).then_some(CUT),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_what_is_in_them() {
        let svg = |text: &str| flaw("a.svg", text.as_bytes()).is_none();
        let whole = "<?xml version=\"1.0\"?>\n<!-- x --><svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>\n";
        assert!(svg(whole) && svg(&format!("\u{FEFF}{whole}")));
        assert!(svg("<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"/>"));
        assert!(svg("<!DOCTYPE svg [<!ENTITY n \"http://www.w3.org/2000/svg\">]><svg xmlns=\"&n;\"><a/></svg>"));
        for bad in
            ["<svg", "", "x", "<svg/>", "<html xmlns=\"http://www.w3.org/2000/svg\"/>", &whole[..whole.len() - 8]]
        {
            assert!(!svg(bad), "{bad}");
        }
        for good in [&b"\x89PNG\r\n\x1A\nx"[..], b"\xFF\xD8\xFFx", b"GIF89ax", b"RIFF....WEBPx"] {
            assert_eq!(flaw("a.png", good), None);
        }
        for bad in [&b""[..], b"root:x:0:0", b"RIFF....WAVE", whole.as_bytes()] {
            assert!(flaw("a.png", bad).is_some());
        }
    }
}
