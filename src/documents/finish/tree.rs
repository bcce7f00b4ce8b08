//! The rules of the structure that screen readers follow: which elements may stand in which, titles that go down one
//! level at a time, languages that exist, links that are part of it.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::structure::elements;
use super::visit;

/// What is wrong, each at an element or a link.
pub(super) fn faults(document: &Document) -> Vec<(ObjectId, String)> {
    let (mut found, mut linked, mut last) = (Vec::new(), BTreeSet::new(), 0);
    for (element, role, parent) in elements(document) {
        let Ok(dictionary) = document.get_dictionary(element) else { continue };
        if let Some(why) = misplaced(role, parent) {
            found.push((element, format!("{why} (PDF/UA-1, 7.2)")));
        }
        if let Some(level) = level(role) {
            if level > last + 1 {
                let before = if last == 0 { "d'abord".to_owned() } else { format!("après un titre de niveau {last}") };
                let why = format!("un titre de niveau {level} vient {before} : un niveau manque (PDF/UA-1, 7.4.2)");
                found.push((element, why));
            }
            last = level;
        }
        if let Some(language) = visit::get(dictionary, b"Lang").and_then(|lang| lopdf::decode_text_string(lang).ok())
            && !is_language(&language)
        {
            found.push((element, format!("« {language} » n'est pas une langue (PDF/UA-1, 7.2)")));
        }
        if role == b"Link" {
            linked.extend(annotations(document, dictionary));
        }
    }
    for page in document.page_iter() {
        if links(document, page).iter().any(|link| !linked.contains(link)) {
            found.push((
                page,
                "un lien n'est pas dans la structure : rien n'y est à lire (PDF/UA-1, 7.18.5)".to_owned(),
            ));
        }
    }
    found
}

/// Why an element may not stand in another.
fn misplaced(role: &[u8], parent: &[u8]) -> Option<&'static str> {
    const ROWS: [&[u8]; 4] = [b"Table", b"THead", b"TBody", b"TFoot"];
    match (role, parent) {
        (b"LI", parent) if parent != b"L" => Some("un point de liste n'est dans aucune liste"),
        (role, b"L") if ![&b"L"[..], b"LI", b"Caption"].contains(&role) => {
            Some("une liste a autre chose que des points")
        }
        (role, b"LI") if ![&b"Lbl"[..], b"LBody"].contains(&role) => Some("un point de liste est mal formé"),
        (b"TR", parent) if !ROWS.contains(&parent) => Some("une rangée n'est dans aucun tableau"),
        (b"TH" | b"TD", parent) if parent != b"TR" => Some("une cellule n'est dans aucune rangée"),
        (role, b"TR") if ![&b"TH"[..], b"TD"].contains(&role) => Some("une rangée a autre chose que des cellules"),
        (b"THead" | b"TBody" | b"TFoot", parent) if parent != b"Table" => {
            Some("des rangées ne sont dans aucun tableau")
        }
        (role, b"Table") if !ROWS[1..].contains(&role) && ![&b"TR"[..], b"Caption"].contains(&role) => {
            Some("un tableau a autre chose que des rangées")
        }
        _ => None,
    }
}

fn level(role: &[u8]) -> Option<u8> {
    match role {
        [b'H', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let is = |part: &str, sign: fn(&char) -> bool| (1..=8).contains(&part.len()) && part.chars().all(|c| sign(&c));
    text.is_empty() || is(first, char::is_ascii_alphabetic) && parts.all(|part| is(part, char::is_ascii_alphanumeric))
}

/// The links that an element holds.
fn annotations(document: &Document, element: &Dictionary) -> Vec<ObjectId> {
    let Ok(kids) = element.get_deref(b"K", document) else { return Vec::new() };
    let kids = kids.as_array().map_or(std::slice::from_ref(kids), Vec::as_slice);
    let object = |kid: &Object| {
        let (_, kid) = document.dereference(kid).ok()?;
        kid.as_dict().and_then(|kid| kid.get(b"Obj")).and_then(Object::as_reference).ok()
    };
    kids.iter().filter_map(object).collect()
}

fn links(document: &Document, page: ObjectId) -> Vec<ObjectId> {
    let Ok(page) = document.get_dictionary(page) else { return Vec::new() };
    let Ok(all) = page.get_deref(b"Annots", document).and_then(Object::as_array) else { return Vec::new() };
    let is_link = |id: &ObjectId| document.get_dictionary(*id).is_ok_and(|a| visit::is(a, b"Subtype", b"Link"));
    all.iter().filter_map(|link| link.as_reference().ok()).filter(is_link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_stand_where_they_may() {
        for (role, parent) in
            [("LI", "L"), ("L", "L"), ("TR", "TBody"), ("TD", "TR"), ("Caption", "Table"), ("P", "Div")]
        {
            assert_eq!(misplaced(role.as_bytes(), parent.as_bytes()), None, "{role} in {parent}");
        }
        for (role, parent) in [("LI", "Document"), ("P", "L"), ("P", "LI"), ("TR", "Div"), ("P", "Table"), ("P", "TR")]
        {
            assert!(misplaced(role.as_bytes(), parent.as_bytes()).is_some(), "{role} in {parent}");
        }
    }

    #[test]
    fn languages_are_tags() {
        assert!(["fr", "pt-BR", "zh-Hant-TW", ""].into_iter().all(is_language));
        assert!(!["zz-!!", "français", "-fr", "fr-", "abcdefghi"].into_iter().any(is_language));
    }
}
