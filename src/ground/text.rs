//! Texts with places to fill.

/// Fills the places of a text (`{nom}`) in one pass, so that a value which looks like a place stays a value.
pub fn fill<'a>(text: &str, value: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('}').map_or(rest.len(), |e| e + 1);
        out.push_str(value(&rest[..end]).unwrap_or(&rest[..end]));
        rest = &rest[end..];
    }
    out + rest
}
