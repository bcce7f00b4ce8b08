//! Whether two texts say the same: compared as they are read and printed, not as they are written.

use pulldown_cmark::Event;

use super::change::Wording;
use crate::ground::diagnostic::Diagnostics;
use crate::ground::source::Sources;
use crate::ground::typographie::typographier;
use crate::sources::keys::{Group, Shape};
use crate::sources::parse::markdown::Reading;
use crate::sources::parse::yaml::fields;
use crate::sources::parse::yaml::{self, Kind, Node};

/// Whether front matter that was read as `before` is now written as `after`, the order of keys aside.
pub(crate) fn front(before: &Node, after: &str, known: &'static Group, wording: Wording) -> bool {
    let mut sources = Sources::default();
    let id = sources.add("", after);
    let read = yaml::parse(&sources, id, 0..after.len(), &mut Diagnostics::default());
    read.is_some_and(|read| map(before, &read, known, wording))
}

fn map(a: &Node, b: &Node, known: &'static Group, wording: Wording) -> bool {
    let (Kind::Map(first), Kind::Map(second)) = (&a.kind, &b.kind) else { return value(a, b, None, wording) };
    first.len() == second.len()
        && first.iter().all(|(key, one)| {
            let shape = known.key(&key.value).map(|k| &k.shape);
            second
                .iter()
                .find(|(k, _)| k.value == key.value)
                .is_some_and(|(_, other)| value(one, other, shape, wording))
        })
}

/// `shape` is `None` below keys that are not known.
fn value(a: &Node, b: &Node, shape: Option<&'static Shape>, wording: Wording) -> bool {
    let shape = shape.map(|shape| shape.of(matches!(a.kind, Kind::Map(_))));
    match (&a.kind, &b.kind) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Text(one), Kind::Text(other)) => match shape {
            Some(Shape::Text) => words(one.trim(), wording) == words(other.trim(), wording),
            Some(Shape::List(_, inner)) => value(a, b, Some(inner), wording),
            Some(Shape::Day) if day(one).is_some() => day(one) == day(other),
            Some(_) => one.trim_end() == other.trim_end(),
            None => one == other,
        },
        (Kind::List(first), Kind::List(second)) => {
            let inner = if let Some(Shape::List(_, inner)) = shape { Some(*inner) } else { None };
            first.len() == second.len() && first.iter().zip(second).all(|(a, b)| value(a, b, inner, wording))
        }
        (Kind::Map(first), Kind::Map(second)) => match shape {
            Some(Shape::Map(known) | Shape::Either(_, known)) => map(a, b, known, wording),
            Some(Shape::List(_, inner)) => value(a, b, Some(inner), wording),
            Some(Shape::Own(inner)) => in_order(first, second, |a, b| value(a, b, Some(inner), wording)),
            _ => in_order(first, second, |a, b| value(a, b, None, wording)),
        },
        _ => false,
    }
}

type Entry = (crate::ground::source::Spanned<String>, Node);

fn in_order(first: &[Entry], second: &[Entry], same: impl Fn(&Node, &Node) -> bool) -> bool {
    first.len() == second.len() && first.iter().zip(second).all(|(a, b)| a.0.value == b.0.value && same(&a.1, &b.1))
}

fn day(text: &str) -> Option<jiff::civil::Date> {
    fields::day(text.trim_end())
}

/// A text as it is printed; of one's own, without the spaces that may have been forgotten.
fn words(text: &str, wording: Wording) -> String {
    let set = typographier(text);
    if wording == Wording::Official {
        return set;
    }
    let mut out = String::with_capacity(set.len());
    let mut chars = set.chars().peekable();
    while let Some(c) = chars.next() {
        let beside_a_sign = matches!(chars.peek(), Some(':' | ';' | '?' | '!' | '»')) || out.ends_with('«');
        if c != '\u{202F}' || !beside_a_sign {
            out.push(c);
        }
    }
    out
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
    use crate::sources::keys::CANDIDAT;

    fn same_front(before: &str, after: &str, wording: Wording) -> bool {
        let mut sources = Sources::default();
        let id = sources.add("", before);
        let node = yaml::parse(&sources, id, 0..before.len(), &mut Diagnostics::default()).unwrap();
        front(&node, after, &CANDIDAT, wording)
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
