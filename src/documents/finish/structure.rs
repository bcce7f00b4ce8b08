//! The structure tree that screen readers follow: what Chrome leaves out of it, and its identifiers.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::visit;

/// No document of ours has so many elements; a damaged tree may be endless.
const MOST: usize = 1_000_000;

/// Puts what follows the label of a list item into a body, as the standard asks.
pub(super) fn complete_lists(document: &mut Document, roles: &Roles) {
    for item in with_role(roles, b"LI") {
        let kids = match document.get_dictionary(item).and_then(|item| item.get(b"K")) {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(kid) => vec![kid.clone()],
            Err(_) => continue,
        };
        let role_of = |kid: &Object| role(document, kid.as_reference().ok()?);
        // Content that belongs to the item itself could not be moved without its parent tree.
        if kids.iter().map(role_of).any(|role| role.is_none_or(|role| role == b"LBody")) {
            continue;
        }
        let (mut kids, bodies): (Vec<Object>, Vec<Object>) =
            kids.into_iter().partition(|kid| role_of(kid).is_some_and(|role| role == b"Lbl"));
        if bodies.is_empty() {
            continue;
        }
        let body = document.new_object_id();
        let inside = bodies.iter().filter_map(|kid| kid.as_reference().ok());
        inside.for_each(|kid| visit::set(document, kid, "P", body));
        let element = dictionary! { "Type" => "StructElem", "S" => "LBody", "P" => item, "K" => bodies };
        document.set_object(body, element);
        kids.push(body.into());
        visit::set(document, item, "K", kids);
    }
}

/// Says what the roles mean that are Chrome's own: those of words.
pub(super) fn map_roles(document: &mut Document, roles: &Roles) {
    let mut map = Dictionary::new();
    for name in OWN_ROLES.into_iter().filter(|name| roles.contains_key(name.as_bytes())) {
        map.set(name, "Span");
    }
    if !map.is_empty()
        && let Ok(root) = document.catalog().and_then(|c| c.get(b"StructTreeRoot")).and_then(Object::as_reference)
    {
        visit::set(document, root, "RoleMap", map);
    }
}

const OWN_ROLES: [&str; 2] = ["Em", "Strong"];

pub(super) fn role(document: &Document, id: ObjectId) -> Option<&[u8]> {
    document.get_object(id).ok().and_then(role_of)
}

fn role_of(element: &Object) -> Option<&[u8]> {
    visit::get(element.as_dict().ok()?, b"S")?.as_name().ok()
}

/// The elements of each role, looked at once for all that go through those of one.
pub(super) type Roles = BTreeMap<Vec<u8>, Vec<ObjectId>>;

pub(super) fn roles(document: &Document) -> Roles {
    let mut roles = Roles::new();
    for (id, role) in document.objects.iter().filter_map(|(id, element)| Some((*id, role_of(element)?))) {
        match roles.get_mut(role) {
            Some(elements) => elements.push(id),
            None => drop(roles.insert(role.to_vec(), vec![id])),
        }
    }
    roles
}

/// The elements that have a role.
pub(super) fn with_role(roles: &Roles, name: &[u8]) -> impl Iterator<Item = ObjectId> {
    roles.get(name).into_iter().flatten().copied()
}

/// What stands in an element, or in the root of all, if it is an object of its own.
pub(super) fn kids(document: &Document, element: ObjectId) -> Vec<ObjectId> {
    let kids = document.get_dictionary(element).ok().and_then(|element| visit::get(element, b"K"));
    let Some(kids) = kids else { return Vec::new() };
    match document.dereference(kids) {
        Ok((_, Object::Array(kids))) => kids.iter().filter_map(|kid| kid.as_reference().ok()).collect(),
        _ => kids.as_reference().into_iter().collect(),
    }
}

/// The elements in reading order, each with its role and that of the one around it.
pub(super) fn elements<'a>(document: &'a Document) -> impl Iterator<Item = (ObjectId, &'a [u8], &'a [u8])> {
    let root = document.catalog().and_then(|catalog| catalog.get(b"StructTreeRoot")).and_then(Object::as_reference);
    let below = |element, role: &'a [u8]| kids(document, element).into_iter().rev().map(move |kid| (kid, role));
    let mut open: Vec<_> = root.into_iter().flat_map(|root| below(root, b"")).collect();
    let next = std::iter::from_fn(move || {
        loop {
            let (element, parent) = open.pop()?;
            if let Some(role) = role(document, element) {
                open.extend(below(element, role));
                return Some((element, role, parent));
            }
        }
    });
    next.take(MOST)
}

/// Names elements by their order: Chrome counts the nodes of all documents that a tab has seen.
pub(super) fn renumber(document: &mut Document) {
    let mut names = BTreeSet::new();
    for object in document.objects.values() {
        if let Ok(element) = object.as_dict()
            && let Some(Object::String(name, _)) = visit::get(element, b"ID")
            && element.has(b"S")
        {
            names.insert(name.clone());
        }
    }
    let names = names.into_iter().zip(1..).map(|(name, n)| (name, format!("node{n:08}").into_bytes())).collect();
    for object in document.objects.values_mut() {
        if let Object::Dictionary(dictionary) = object {
            rename(dictionary, &names);
        }
    }
}

/// Identifiers stand in elements, in what refers to them, and in the tree that indexes them.
fn rename(dictionary: &mut Dictionary, names: &BTreeMap<Vec<u8>, Vec<u8>>) {
    for (key, value) in dictionary.iter_mut() {
        match (key.as_slice(), value) {
            (b"ID", Object::String(name, _)) => replace(name, names),
            (b"Headers" | b"Names" | b"Limits", Object::Array(values)) => {
                for value in values {
                    if let Object::String(name, _) = value {
                        replace(name, names);
                    }
                }
            }
            (b"A" | b"IDTree", Object::Dictionary(inner)) => rename(inner, names),
            (b"A" | b"Kids", Object::Array(values)) => {
                values.iter_mut().filter_map(|value| value.as_dict_mut().ok()).for_each(|value| rename(value, names));
            }
            _ => {}
        }
    }
}

fn replace(name: &mut Vec<u8>, names: &BTreeMap<Vec<u8>, Vec<u8>>) {
    if let Some(new) = names.get(name) {
        name.clone_from(new);
    }
}
