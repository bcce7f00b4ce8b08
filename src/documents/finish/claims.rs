//! Whether a PDF may say that it follows PDF/A-2a, which archives ask for, and PDF/UA-1, which screen readers and
//! procurement do; and if not, what is in the way, with its rule, in words for who makes themes. Here is what pages,
//! styles, fonts and pictures can bring in; what Chrome and this module do alike for each document is proved by tests.

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId};

use super::contents::Contents;
use super::fonts::Fonts;
use super::structure::{Roles, kids, with_role};
use super::{glyphs, tables, tree};

/// How deep elements stand in one another; what is deeper is damaged.
const DEEPEST: usize = 200;

/// What is in the way of the claim: nothing, or each reason with its page. `unmarked` are pages, from 1, with something
/// that is neither in the structure nor an artifact.
pub(super) fn missing(
    document: &Document,
    contents: &Contents,
    roles: &Roles,
    fonts: &mut Fonts,
    tagged: bool,
    unmarked: &[usize],
) -> Vec<String> {
    if !tagged {
        return vec!["il n'a pas de structure (PDF/UA-1, 7.1)".to_owned()];
    }
    let pages: BTreeMap<ObjectId, usize> = document.page_iter().zip(1..).collect();
    let place = |element| match page(document, element, &pages, 0) {
        Some(page) => format!("page {page}"),
        None => "page inconnue".to_owned(),
    };
    let outside = |page| format!("page {page} : un dessin y est hors de la structure (PDF/UA-1, 7.1)");
    let mut found: Vec<String> = unmarked.iter().map(outside).collect();
    for table in tables::open(document, roles) {
        let why = "les rangées d'un tableau n'ont pas toutes les mêmes colonnes (PDF/UA-1, 7.5)";
        found.push(format!("{} : {why}", place(table)));
    }
    for figure in figures(document, roles) {
        found.push(format!("{} : une image n'a pas de texte de remplacement, alt (PDF/UA-1, 7.3)", place(figure)));
    }
    found.extend(tree::faults(document).into_iter().map(|(element, why)| format!("{} : {why}", place(element))));
    found.extend(
        glyphs::unreadable(document, contents, fonts).into_iter().map(|why| format!("{why} (PDF/A-2a, 6.2.11)")),
    );
    found.extend(foreign(document));
    found.dedup();
    found
}

/// Pictures that nothing stands for.
fn figures(document: &Document, roles: &Roles) -> impl Iterator<Item = ObjectId> {
    with_role(roles, b"Figure").chain(with_role(roles, b"Formula")).filter(|id| {
        let says = |key: &[u8]| document.get_dictionary(*id).is_ok_and(|element| element.has(key));
        !says(b"Alt") && !says(b"ActualText")
    })
}

/// Colours and pictures of a kind that an archive does not take; Chrome makes none of them today.
fn foreign(document: &Document) -> Option<String> {
    const COLOURS: [&[u8]; 3] = [b"DeviceCMYK", b"Separation", b"DeviceN"];
    let is_foreign = |object: &Object| {
        let stream = object.as_stream().ok()?;
        let names = |key: &[u8]| match stream.dict.get_deref(key, document) {
            Ok(Object::Array(all)) => all.iter().filter_map(|name| name.as_name().ok()).collect(),
            Ok(Object::Name(name)) => vec![name.as_slice()],
            _ => Vec::new(),
        };
        if names(b"ColorSpace").iter().any(|name| COLOURS.contains(name)) {
            return Some("une image a des couleurs d'imprimeur (CMJN) sans profil (PDF/A-2a, 6.2.4.3)".to_owned());
        }
        let is_unknown = names(b"Filter").iter().any(|name| [&b"JPXDecode"[..], b"LZWDecode"].contains(name));
        is_unknown.then(|| "une image est d'une sorte qui ne s'archive pas, JPEG 2000 (PDF/A-2a, 6.2.8)".to_owned())
    };
    document.objects.values().find_map(is_foreign)
}

/// The page of an element: its own, or that of the first element in it.
fn page(document: &Document, element: ObjectId, pages: &BTreeMap<ObjectId, usize>, depth: usize) -> Option<usize> {
    if let Some(page) = pages.get(&element) {
        return Some(*page);
    }
    let dictionary = document.get_dictionary(element).ok()?;
    let own = dictionary.get(b"Pg").and_then(Object::as_reference).ok().and_then(|page| pages.get(&page).copied());
    own.or_else(|| {
        let mut inside = kids(document, element).into_iter().filter(|_| depth < DEEPEST);
        inside.find_map(|kid| page(document, kid, pages, depth + 1))
    })
}
