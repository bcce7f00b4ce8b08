//! Page numbers in a printed sommaire. Chrome knows no `target-counter`: a document is printed, the pages of its
//! headings are read from the PDF, and it is printed again with their numbers, until they agree. Candidats of one
//! référentiel mostly share their pages, so the numbers of the last document are tried first and usually hold.
//! Templates leave a place for each number: `<span data-page-de="id"></span>`.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::ground::html::tags_with;

/// The page of each heading, by its id.
pub(crate) type PageNumbers = BTreeMap<String, usize>;

/// The ids whose pages a document shows.
pub(crate) fn ids(html: &str) -> Vec<&str> {
    places(html).map(|(id, _)| id).collect()
}

/// The document with the numbers that are known in their places.
pub(crate) fn fill(html: &str, pages: &PageNumbers) -> String {
    let (mut out, mut kept) = (String::with_capacity(html.len() + 64), 0);
    for (id, at) in places(html).filter(|(_, at)| html[*at..].starts_with("</")) {
        let number = pages.get(id).map(ToString::to_string).unwrap_or_default();
        out.extend([&html[kept..at], &number]);
        kept = at;
    }
    out + &html[kept..]
}

/// The places that were left, and whose pages they are to show.
fn places(html: &str) -> impl Iterator<Item = (&str, usize)> {
    tags_with(html, "data-page-de").map(|(tag, id)| (id.value, tag.end))
}

/// What the last documents of each kind had.
pub(crate) type Numbers = Mutex<BTreeMap<String, PageNumbers>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_to_their_places_and_nowhere_else() {
        let html = "<span data-page-de=\"a\"></span> data-page-de=b <span class=\"x\" data-page-de=\"c\"></span>";
        assert_eq!(ids(html), ["a", "c"]);
        let pages = PageNumbers::from([("a".to_owned(), 12)]);
        let filled = fill(html, &pages);
        assert_eq!(
            filled,
            "<span data-page-de=\"a\">12</span> data-page-de=b <span class=\"x\" data-page-de=\"c\"></span>"
        );
    }
}
