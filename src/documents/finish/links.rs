//! Says where links lead, for those who cannot see: the heading they go to, and its page.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::metadata::text;
use super::visit;

/// A place in the document: a page and how high on it.
type Place = (ObjectId, f32);

/// Where headings are is only known to about this many points.
const TOLERANCE: f32 = 3.0;

/// Describes every link that does not describe itself.
pub(super) fn describe(document: &mut Document) {
    let pages: BTreeMap<ObjectId, usize> = document.page_iter().zip(1..).collect();
    let headings = headings(document);
    let undescribed = |(id, object): (&ObjectId, &Object)| {
        let link =
            object.as_dict().ok().filter(|link| visit::is(link, b"Subtype", b"Link") && !link.has(b"Contents"))?;
        Some((*id, target(document, link)?))
    };
    let links: Vec<(ObjectId, Target)> = document.objects.iter().filter_map(undescribed).collect();
    let places = links.iter().filter_map(|(_, target)| match target {
        Target::Place(place) => Some(*place),
        Target::Address(_) => None,
    });
    let margin = margin(&places.collect::<Vec<_>>(), &headings);
    for (id, target) in links {
        let description = match target {
            Target::Address(address) => address,
            Target::Place(place) => {
                let Some(number) = pages.get(&place.0) else { continue };
                let title = heading(place, &headings, margin);
                title.map_or_else(|| format!("page {number}"), |title| format!("{title}, page {number}"))
            }
        };
        visit::set(document, id, "Contents", text(&description));
    }
}

enum Target {
    Address(String),
    Place(Place),
}

fn target(document: &Document, link: &Dictionary) -> Option<Target> {
    if let Ok(destination) = link.get_deref(b"Dest", document) {
        return place(document, destination).map(Target::Place);
    }
    let action = link.get_deref(b"A", document).and_then(Object::as_dict).ok()?;
    let address = action.get_deref(b"URI", document).and_then(Object::as_str).ok()?;
    Some(Target::Address(String::from_utf8_lossy(address).into_owned()))
}

/// How much higher links lead than where their headings are: Chrome forgets the page's margin. It is
/// the distance that most pairs of a link and a heading have in common.
fn margin(places: &[Place], headings: &[(Place, String)]) -> f32 {
    let distances: Vec<f32> = places
        .iter()
        .flat_map(|place| headings.iter().filter(|(at, _)| at.0 == place.0).map(|(at, _)| place.1 - at.1))
        .collect();
    let agreeing = |distance: &f32| distances.iter().filter(|other| (*other - distance).abs() < TOLERANCE).count();
    distances.iter().max_by_key(|distance| agreeing(distance)).copied().unwrap_or_default()
}

/// The heading that a link leads to, if that is certain.
fn heading(place: Place, headings: &[(Place, String)], margin: f32) -> Option<&str> {
    let distance = |at: &Place| (place.1 - margin - at.1).abs();
    let own = headings.iter().filter(|(at, _)| at.0 == place.0);
    let nearest = own.min_by(|(a, _), (b, _)| distance(a).total_cmp(&distance(b)))?;
    (distance(&nearest.0) < TOLERANCE).then_some(&nearest.1)
}

/// A destination: a name, or a page and coordinates.
fn place(document: &Document, destination: &Object) -> Option<Place> {
    let parts = match destination {
        Object::Array(parts) => parts,
        Object::Name(name) => {
            let named = visit::destinations(document)?.get_deref(name, document).ok()?;
            named.as_array().ok()?
        }
        _ => return None,
    };
    let height = parts.get(3).and_then(|height| height.as_float().ok()).unwrap_or(f32::MAX);
    Some((parts.first()?.as_reference().ok()?, height))
}

/// The places and titles of the outline.
fn headings(document: &Document) -> Vec<(Place, String)> {
    let heading = |object: &Object| {
        let item = object.as_dict().ok().filter(|item| visit::get(item, b"Parent").is_some())?;
        Some((place(document, item.get_deref(b"Dest", document).ok()?)?, visit::text(document, item, b"Title")?))
    };
    document.objects.values().filter_map(heading).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_described_by_its_heading_only_if_that_is_certain() {
        let (one, two) = ((1, 0), (2, 0));
        let headings: Vec<(Place, String)> =
            [(one, 530.0), (one, 497.0), (one, 440.0), (two, 535.0)].map(|at| (at, at.1.to_string())).to_vec();
        let places = [(one, 589.0), (one, 556.5), (one, 498.5), (two, 594.0)];
        let margin = margin(&places, &headings);
        let found = places.map(|place| heading(place, &headings, margin));
        assert_eq!(found, [Some("530"), Some("497"), Some("440"), Some("535")]);
        assert_eq!(heading((one, 300.0), &headings, margin), None);
        assert_eq!(heading(((3, 0), 594.0), &headings, margin), None);
    }
}
