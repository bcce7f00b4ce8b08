//! Whether two texts say the same: compared as they are read and printed, not as they are written.

use pulldown_cmark::Event;

use super::change::Wording;
use super::front::iso_day;
use crate::ground::diagnostic::Diagnostics;
use crate::ground::source::Spanned;
use crate::ground::typographie::typographier;
use crate::sources::keys::Shape;
use crate::sources::parse::markdown::Reading;
use crate::sources::parse::yaml::{Kind, Node, fields};

/// What a value says, however it is written.
#[derive(PartialEq)]
pub(crate) enum Said {
    Nothing,
    Text(String),
    List(Vec<Said>),
    Map(Vec<(String, Said)>),
}

/// What front matter says, the order of known keys aside. Keys given twice are told: nobody knows which of the two
/// values is meant, nor which should come first. `shape` is `None` below keys that are not known.
pub(crate) fn said(node: &Node, shape: Option<&Shape>, wording: Wording, d: &mut Diagnostics) -> Said {
    let shape = shape.map(|shape| shape.of(matches!(node.kind, Kind::Map(_))));
    match (&node.kind, shape) {
        (Kind::Text(_) | Kind::Map(_), Some(Shape::List(_, item))) => said(node, Some(item), wording, d),
        (Kind::Null, _) => Said::Nothing,
        (Kind::Text(text), Some(Shape::Text)) => Said::Text(words(text.trim(), wording)),
        (Kind::Text(text), Some(Shape::Day)) => Said::Text(iso_day(text.trim_end())),
        (Kind::Text(text), Some(_)) => Said::Text(text.trim_end().to_owned()),
        (Kind::Text(text), None) => Said::Text(text.clone()),
        (Kind::List(items), shape) => {
            let inner = shape.and_then(|shape| shape.below(""));
            Said::List(items.iter().map(|item| said(item, inner, wording, d)).collect())
        }
        (Kind::Map(_), shape) => {
            let entries = fields::entries(node, "", d).unwrap_or_default();
            let below = |key: &str| shape.and_then(|shape| shape.below(key));
            let own = |(key, value): &(Spanned<String>, Node)| {
                (key.value.clone(), said(value, below(&key.value), wording, d))
            };
            let mut all: Vec<_> = entries.iter().map(own).collect();
            if let Some(Shape::Map(_)) = shape {
                all.sort_by(|(a, _), (b, _)| a.cmp(b));
            }
            Said::Map(all)
        }
    }
}

/// A text as it is printed; of one's own, without the spaces that may have been forgotten.
fn words(text: &str, wording: Wording) -> String {
    let set = typographier(text);
    if wording == Wording::Official {
        return set;
    }
    let before = |set: String, sign: &str| set.replace(&format!("\u{202F}{sign}"), sign);
    [":", ";", "?", "!", "»"].into_iter().fold(set, before).replace("«\u{202F}", "«")
}

/// Whether two Markdown texts are printed the same.
pub(crate) fn body(before: &str, after: &str, wording: Wording) -> bool {
    let (first, second) = (Reading::new(before), Reading::new(after));
    before == after || events(&first, wording).eq(events(&second, wording))
}

fn events(reading: &Reading, wording: Wording) -> impl Iterator<Item = Event<'_>> {
    reading.events().map(move |(event, _)| match event {
        Event::Text(text) => Event::Text(words(&text, wording).into()),
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::source::Sources;
    use crate::sources::keys::CANDIDAT;
    use crate::sources::parse::yaml;

    fn same_front(before: &str, after: &str, wording: Wording) -> bool {
        let [before, after] = [before, after].map(|text| {
            let mut sources = Sources::default();
            let (id, mut d) = (sources.add("", text), Diagnostics::default());
            yaml::parse(&sources, id, 0..text.len(), &mut d)
                .map(|node| said(&node, Some(&Shape::Map(&CANDIDAT)), wording, &mut d))
        });
        before.is_some() && before == after
    }

    #[test]
    fn what_is_said_otherwise_is_seen() {
        for (before, after) in [
            ("nom: A\nprenom: B\n", "nom: A\n"),
            ("nom: A\n", "nom: a\n"),
            ("nom: L’eau\n", "nom: L eau\n"),
            ("referentiel: l’eau\n", "referentiel: l'eau\n"),
            ("entreprise: \"null\"\n", "entreprise: null\n"),
            ("blocs: [a, b]\n", "blocs: [b, a]\n"),
            ("inconnue: { a: 1, b: 2 }\n", "inconnue: { b: 2, a: 1 }\n"),
            ("evaluations: { a: { dates: 02/03/2026 } }\n", "evaluations: { a: { dates: 2026-02-03 } }\n"),
            ("nom: A\n", "nom: [\n"),
        ] {
            assert!(!same_front(before, after, Wording::Own), "{before} {after}");
        }
        for (before, after) in
            [("a b", "a  b"), ("l'eau", "l eau"), ("**a**", "*a*"), ("a  \nb", "a\nb"), ("a !", "a ! b")]
        {
            assert!(!body(before, after, Wording::Own), "{before} {after}");
        }
        assert!(!body("a!", "a !", Wording::Official) && !same_front("nom: a!", "nom: a !", Wording::Official));
    }

    #[test]
    fn what_is_written_otherwise_is_the_same() {
        let before = "prenom: 'L’eau!'\nevaluations: { a: { dates: 02/03/2026 } }\nnom: \"B\"\n";
        let after = "nom: B\nprenom: L'eau !\nevaluations: { a: { dates: 2026-03-02 } }\n";
        assert!(same_front(before, after, Wording::Own));
        assert!(body("L’eau«a»: b  ", "L'eau« a » : b", Wording::Own));
        assert!(body("L’eau\u{A0}: b", "L'eau : b", Wording::Official));
    }
}
