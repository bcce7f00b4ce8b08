//! Names of the places that links lead to, which are the ids of the page: PDF/A knows none longer than 127 bytes, and a
//! bundle puts a few signs before each.

use lopdf::{Dictionary, Document};

use super::visit;
use crate::ground::fingerprint::Fingerprint;

const LONGEST: usize = 100;
/// What is kept of a longer one, before the fingerprint of the whole.
const KEPT: usize = 80;

/// Shortens the names that are too long, where they are given and where they are used.
pub(super) fn shorten(document: &mut Document) {
    if !visit::destinations(document).is_some_and(|names| names.iter().any(|(name, _)| name.len() > LONGEST)) {
        return;
    }
    visit::dictionaries(document, &mut |dictionary| {
        if let Some(name) = visit::destination(dictionary) {
            *name = short(name);
        }
        if dictionary.iter().any(|(name, _)| name.len() > LONGEST) {
            let renamed = dictionary.iter().map(|(name, value)| (short(name), value.clone()));
            *dictionary = Dictionary::from_iter(renamed);
        }
    });
}

fn short(name: &[u8]) -> Vec<u8> {
    if name.len() <= LONGEST {
        return name.to_vec();
    }
    let kept = String::from_utf8_lossy(&name[..KEPT]).trim_end_matches('\u{fffd}').to_owned();
    format!("{kept}-{:.16}", Fingerprint::of(name).to_string()).into_bytes()
}

#[cfg(test)]
mod tests {
    use lopdf::{Object, dictionary};

    use super::*;

    #[test]
    fn long_names_are_shortened_wherever_they_stand() {
        let (long, other) = ("é".repeat(90), format!("{}x", "é".repeat(90)));
        let mut document = Document::new();
        let mut places = dictionary! { "note" => 1 };
        places.set(long.clone(), 2);
        places.set(other.clone(), 3);
        let places = document.add_object(places);
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Dests" => places });
        document.trailer.set("Root", catalog);
        let link = document.add_object(dictionary! { "Dest" => Object::Name(other.clone().into_bytes()) });
        let action = dictionary! { "S" => "GoTo", "D" => Object::Name(other.clone().into_bytes()) };
        let action = document.add_object(dictionary! { "A" => action });
        let foreign = dictionary! { "S" => "GoToR", "D" => Object::Name(other.clone().into_bytes()) };
        let foreign = document.add_object(foreign);
        shorten(&mut document);
        let places = document.get_dictionary(places).unwrap();
        assert!(places.len() == 3 && places.iter().all(|(name, _)| name.len() <= LONGEST));
        assert!(places.iter().all(|(name, _)| std::str::from_utf8(name).is_ok()));
        let name = document.get_dictionary(link).and_then(|link| link.get(b"Dest")).and_then(Object::as_name).unwrap();
        assert_eq!(places.get(name).and_then(Object::as_i64).unwrap(), 3);
        let action = document.get_dictionary(action).and_then(|link| link.get(b"A")).and_then(Object::as_dict).unwrap();
        assert_eq!(action.get(b"D").and_then(Object::as_name).unwrap(), name);
        let foreign = document.get_dictionary(foreign).and_then(|action| action.get(b"D")).unwrap();
        assert_eq!(foreign.as_name().unwrap(), other.as_bytes(), "a place in another file");
    }
}
