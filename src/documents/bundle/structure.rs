//! The structure that screen readers follow, of many documents as one: a root, a document, and in it one part for each
//! of them. Keys and identifiers, which every document counts from the start, are counted on from one to the next.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::documents::finish::{text, visit};

#[derive(Default)]
pub(crate) struct Structure {
    root: ObjectId,
    document: ObjectId,
    parts: Vec<Object>,
    /// Leaves of the tree that leads from keys to elements, one for each document.
    parents: Vec<Object>,
    next_key: i64,
    /// Leaves of the tree that leads from identifiers to elements.
    identifiers: Vec<Object>,
    roles: Dictionary,
}

/// What everything inside a document is shifted by.
pub(crate) struct Shift {
    key: i64,
    prefix: String,
}

impl Structure {
    pub(crate) fn new(bundle: &mut Document) -> Self {
        Self { root: bundle.new_object_id(), document: bundle.new_object_id(), ..Self::default() }
    }

    /// Adds the structure of a document. `None` if it has none, or one that is not understood.
    pub(crate) fn add(&mut self, part: &mut Document, number: usize, title: Option<&str>) -> Option<Shift> {
        let shift = Shift { key: self.next_key, prefix: format!("{number:05}-") };
        let tree = part.catalog().ok()?.get_deref(b"StructTreeRoot", part).and_then(Object::as_dict).ok()?.clone();
        if tree.has(b"ClassMap") || tree.has(b"Namespaces") {
            return None;
        }
        let mut roles = self.roles.clone();
        if let Ok(own) = tree.get_deref(b"RoleMap", part).and_then(Object::as_dict) {
            for (name, role) in own.iter() {
                if roles.get(name).is_ok_and(|known| known != role) {
                    return None;
                }
                roles.set(name.clone(), role.clone());
            }
        }
        let mut next_key = tree.get(b"ParentTreeNextKey").and_then(Object::as_i64).unwrap_or_default();
        let mut numbers = Vec::new();
        for (key, element) in visit::tree(part, tree.get(b"ParentTree").ok()?, b"Nums")? {
            let key = key.as_i64().ok().filter(|key| (0..1 << 31).contains(key))?;
            next_key = next_key.max(key + 1);
            numbers.extend([(key + shift.key).into(), element]);
        }
        let mut names = Vec::new();
        if let Ok(tree) = tree.get(b"IDTree") {
            for (name, element) in visit::tree(part, tree, b"Names")? {
                names.extend([shift.identifier(name.as_str().ok()?), element]);
            }
        }
        let element = self.part(part, tree.get(b"K").ok()?, title)?;

        // All is understood: from here on nothing can fail.
        self.parts.push(element.into());
        self.roles = roles;
        self.next_key = shift.key + next_key.clamp(0, 1 << 31);
        self.parents.extend(leaf(part, "Nums", numbers));
        self.identifiers.extend(leaf(part, "Names", names));
        Some(shift)
    }

    /// What of the last document belongs to the structure.
    pub(crate) fn last(&self) -> impl Iterator<Item = ObjectId> {
        let last = [&self.parts, &self.parents, &self.identifiers].into_iter().filter_map(|all| all.last());
        last.filter_map(|object| object.as_reference().ok())
    }

    /// The element of a document in the bundle: its own « Document », which becomes a part of the whole.
    fn part(&self, part: &mut Document, kids: &Object, title: Option<&str>) -> Option<ObjectId> {
        let kids = match part.dereference(kids).ok()?.1 {
            Object::Array(kids) => kids.clone(),
            _ => vec![kids.clone()],
        };
        let kids: Vec<ObjectId> = kids.iter().map(Object::as_reference).collect::<Result<_, _>>().ok()?;
        let is_document = |id: &ObjectId| part.get_dictionary(*id).is_ok_and(|e| visit::is(e, b"S", b"Document"));
        let element = match kids[..] {
            [only] if is_document(&only) => only,
            _ => {
                let kids_of = kids.iter().map(|kid| (*kid).into()).collect::<Vec<Object>>();
                let element = part.add_object(dictionary! { "Type" => "StructElem", "K" => kids_of });
                for kid in kids {
                    part.get_dictionary_mut(kid).ok()?.set("P", element);
                }
                element
            }
        };
        let dictionary = part.get_dictionary_mut(element).ok()?;
        dictionary.set("S", "Part");
        dictionary.set("P", self.document);
        if let Some(title) = title {
            dictionary.set("T", text(title));
        }
        Some(element)
    }

    /// Hands the structure to the bundle.
    pub(crate) fn close(self, bundle: &mut Document) {
        let element = dictionary! { "Type" => "StructElem", "S" => "Document", "P" => self.root, "K" => self.parts };
        bundle.set_object(self.document, element);
        let parents = bundle.add_object(dictionary! { "Kids" => self.parents });
        let mut root = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => self.document,
            "ParentTree" => parents,
            "ParentTreeNextKey" => self.next_key,
        };
        if !self.identifiers.is_empty() {
            root.set("IDTree", bundle.add_object(dictionary! { "Kids" => self.identifiers }));
        }
        if !self.roles.is_empty() {
            root.set("RoleMap", self.roles);
        }
        bundle.set_object(self.root, root);
        if let Ok(catalog) = bundle.catalog_mut() {
            catalog.set("StructTreeRoot", self.root);
            catalog.set("MarkInfo", dictionary! { "Marked" => true });
        }
    }
}

/// The leaf of a tree with these pairs, if there are any.
fn leaf(part: &mut Document, name: &str, pairs: Vec<Object>) -> Option<Object> {
    let limits = vec![pairs.first()?.clone(), pairs.iter().nth_back(1)?.clone()];
    Some(part.add_object(dictionary! { "Limits" => limits, name => pairs }).into())
}

impl Shift {
    /// Shifts what one dictionary says: keys of pages and links, identifiers of elements and who refers to them.
    pub(crate) fn apply(&self, dictionary: &mut Dictionary) {
        let is_element = dictionary.has(b"S");
        for (name, value) in dictionary.iter_mut() {
            match (name.as_slice(), value) {
                (b"StructParent" | b"StructParents", Object::Integer(key)) => *key = key.saturating_add(self.key),
                (b"ID", value @ Object::String(..)) if is_element => {
                    *value = self.identifier(value.as_str().unwrap_or_default());
                }
                (b"Headers", Object::Array(names)) => {
                    for name in names.iter_mut() {
                        if let Object::String(text, _) = name {
                            *name = self.identifier(text);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn identifier(&self, name: &[u8]) -> Object {
        Object::string_literal([self.prefix.as_bytes(), name].concat())
    }
}
