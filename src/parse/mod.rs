//! From texts to the model, file by file: front matter and Markdown, every mistake with its place. What refers to
//! another file (a candidat to its référentiel) is linked by [`crate::link`].

pub mod bloc;
pub mod candidat;
pub mod front_matter;
pub mod keys;
pub mod markdown;
pub mod projet;
pub mod referentiel;
pub mod regles;
pub mod theme;
pub mod yaml;

/// An identifier made of a title: lower case, no accents, hyphens.
pub fn slug(title: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = title
        .to_lowercase()
        .replace('œ', "oe")
        .replace('æ', "ae")
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36F}').contains(c))
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let parts: Vec<&str> = plain.split('-').filter(|p| !p.is_empty()).collect();
    parts.join("-")
}

#[cfg(test)]
mod tests {
    #[test]
    fn slugs_are_plain() {
        assert_eq!(super::slug("II. L'œuvre « évaluée »"), "ii-l-oeuvre-evaluee");
    }
}
