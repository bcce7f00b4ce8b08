//! Whether a PDF may say that it follows PDF/UA, which screen readers and procurement ask for; and if not, what is in
//! the way, in words for who makes themes.

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId};

use super::structure::with_role;
use super::tables;

/// How deep elements stand in one another; what is deeper is damaged.
const DEEPEST: usize = 200;

/// What is in the way of the claim: nothing, or each reason with its page. `unmarked` are pages, from 1, with something
/// that is neither in the structure nor an artifact.
pub(super) fn missing(document: &Document, tagged: bool, unmarked: &[usize]) -> Vec<String> {
    if !tagged {
        return vec!["il n'a pas de structure".to_owned()];
    }
    let pages: BTreeMap<ObjectId, usize> = document.page_iter().zip(1..).collect();
    let place = |element| match page(document, element, &pages, 0) {
        Some(page) => format!("page {page}"),
        None => "page inconnue".to_owned(),
    };
    let mut found: Vec<String> =
        unmarked.iter().map(|page| format!("page {page} : un dessin y est hors de la structure")).collect();
    for table in tables::open(document) {
        found.push(format!("{} : les rangées d'un tableau n'ont pas toutes les mêmes colonnes", place(table)));
    }
    for figure in figures(document) {
        found.push(format!("{} : une image n'a pas de texte de remplacement (alt)", place(figure)));
    }
    found.dedup();
    found
}

/// Pictures that nothing stands for.
fn figures(document: &Document) -> impl Iterator<Item = ObjectId> {
    with_role(document, b"Figure").filter(|id| {
        let says = |key: &[u8]| document.get_dictionary(*id).is_ok_and(|element| element.has(key));
        !says(b"Alt") && !says(b"ActualText")
    })
}

/// The page of an element: its own, or that of the first element in it.
fn page(document: &Document, element: ObjectId, pages: &BTreeMap<ObjectId, usize>, depth: usize) -> Option<usize> {
    let dictionary = document.get_dictionary(element).ok()?;
    let own = dictionary.get(b"Pg").and_then(Object::as_reference).ok().and_then(|page| pages.get(&page).copied());
    own.or_else(|| {
        let mut kids = tables::kids(document, element).into_iter().filter(|_| depth < DEEPEST);
        kids.find_map(|kid| page(document, kid, pages, depth + 1))
    })
}
