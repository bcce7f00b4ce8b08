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
    let mut slug = String::with_capacity(title.len());
    let mut add = |c: char| match c {
        'œ' => slug.push_str("oe"),
        'æ' => slug.push_str("ae"),
        c if c.is_ascii_alphanumeric() => slug.push(c),
        '\u{300}'..='\u{36F}' => {}
        _ if slug.is_empty() || slug.ends_with('-') => {}
        _ => slug.push('-'),
    };
    for c in title.chars() {
        // All comments of a project pass here: most letters have no accent.
        if c.is_ascii() {
            add(c.to_ascii_lowercase());
        } else {
            c.to_lowercase().nfd().for_each(&mut add);
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    #[test]
    fn slugs_are_plain() {
        assert_eq!(super::slug("II. L'œuvre « évaluée »"), "ii-l-oeuvre-evaluee");
        assert_eq!(super::slug("  ŒUVRE, Ça e\u{301}té — №3 ! "), "oeuvre-ca-ete-3");
        assert_eq!(super::slug("…"), "");
    }
}
