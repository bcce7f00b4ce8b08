//! What a font file can draw, whatever its packing. Which fonts a page needs is left to [`crate::documents::render`].

use std::collections::BTreeSet;

use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

/// What a font file says of itself.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Police {
    /// Its PostScript name, which PDFs call it by.
    pub nom: String,
    pub signes: BTreeSet<u32>,
}

/// Reads a font file; `None` if it is none.
pub(crate) fn police(file: &[u8]) -> Option<Police> {
    let unpacked = match file.get(..4)? {
        b"wOF2" => Some(wuff::decompress_woff2(file).ok()?),
        b"wOFF" => Some(wuff::decompress_woff1(file).ok()?),
        [0, 1, 0, 0] | b"OTTO" | b"true" => None,
        _ => return None,
    };
    let font = FontRef::new(unpacked.as_deref().unwrap_or(file)).ok()?;
    let nom = font.localized_strings(StringId::POSTSCRIPT_NAME).next().map(|name| name.to_string()).unwrap_or_default();
    Some(Police { nom, signes: font.charmap().mappings().map(|(sign, _)| sign).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn font(name: &str) -> Police {
        let path = format!("{}/themes/officiel/fonts/{name}.woff2", env!("CARGO_MANIFEST_DIR"));
        police(&std::fs::read(path).unwrap()).unwrap()
    }

    #[test]
    fn fonts_are_read() {
        let (own, further) = (font("Carlito-Regular"), font("LivretSymboles"));
        assert!("éŁœ…«Ωж".chars().all(|c| own.signes.contains(&u32::from(c))));
        assert!(
            "✓☐☒‑⇒♀".chars().all(|c| !own.signes.contains(&u32::from(c)) && further.signes.contains(&u32::from(c)))
        );
        assert_eq!((own.nom.as_str(), further.nom.as_str()), ("Carlito", "LivretSymboles-Regular"));
        assert_eq!(police(b"wOF2 and nothing more"), None);
        assert_eq!(police(b"<svg>"), None);
    }
}
