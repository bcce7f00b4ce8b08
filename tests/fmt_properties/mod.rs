//! What `livret fmt` promises of any text: no panic, nothing that it has to take back, twice is as good as once, and
//! what is printed stays the same. LIVRET_TEST_LONG=1 tries ten thousand texts of each kind.

mod printed;

use livret::authoring::fmt::format;
use livret::ground::diagnostic::Diagnostics;
use livret::ground::paths::role::Role;
use livret::ground::source::Sources;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use crate::mutation::{mutated, mutation, sample};

const ROLES: [Role; 6] = [Role::Projet, Role::Referentiel, Role::Bloc, Role::Prose, Role::Inclus, Role::Candidat];

fn cases() -> ProptestConfig {
    let long = std::env::var("LIVRET_TEST_LONG").is_ok_and(|v| v == "1");
    ProptestConfig { cases: if long { 10_000 } else { 150 }, failure_persistence: None, ..ProptestConfig::default() }
}

/// The text formatted; `None` if it has mistakes. Panics if the result would have said something else.
fn formatted(role: Role, text: &str) -> Option<String> {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let id = sources.add("x.md", text);
    let made = format(role, &sources, id, &mut diagnostics);
    let said = diagnostics.sorted(&sources);
    assert!(!said.iter().any(|d| d.message.contains("mis en forme")), "{role:?}: a fault of ours: {text:?}");
    made.map(|made| made.text)
}

fn twice_is_once(role: Role, text: &str) {
    if let Some(once) = formatted(role, text) {
        assert_eq!(formatted(role, &once).as_deref(), Some(once.as_str()), "{role:?}: {text:?}");
    }
}

/// Pieces that Markdown, YAML and French typography care about.
const PIECES: &[&str] = &[
    "a",
    "l",
    "é",
    "mot",
    "12",
    "'",
    "\u{2019}",
    "\"",
    " ",
    " ",
    "  ",
    "\u{A0}",
    "\u{202F}",
    ":",
    ": ",
    ";",
    "?",
    "!",
    "«",
    "»",
    "%",
    "#",
    "# ",
    "## ",
    "-",
    "- ",
    "* ",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "[",
    "]",
    "[[",
    "]]",
    "(",
    ")",
    "{",
    "}",
    "{#id .page}",
    "<",
    ">",
    "> ",
    "<b>",
    "<div>\n",
    "|",
    "|---|\n",
    "&",
    "&amp;",
    "&nbsp;",
    "\\",
    "https://a.fr/?b=1;",
    "\n",
    "\n",
    "\n\n",
    "\t",
    "    ",
    ",",
    ".",
    "…",
    "1. ",
    "---\n",
    "[a]: /x \"t\"\n",
    "![i](x.png)",
    "[a](b)",
    "===\n",
    "02/03/2026",
    "null",
    "~",
    "|\n  ",
    ">\n  ",
    "''",
    "&a ",
    "*a",
    "!!str ",
    "? ",
    "nom: ",
    "prenom: ",
];

fn anything() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// A value, written in one of the ways that YAML has.
fn value() -> impl Strategy<Value = String> {
    let words = "[a-zé0-9][a-zé '’:;!?«»\u{A0}%,#/-]{0,12}";
    let plain = "[a-zé][a-zé '’!\u{A0}%-]{0,10}[a-zé]";
    prop_oneof![
        4 => plain.prop_map(|text| text),
        2 => words.prop_map(|text| format!("\"{text}\"")),
        2 => words.prop_map(|text| format!("'{}'", text.replace('\'', "''"))),
        1 => select(&["02/03/2026", "'2026-3-2'", "\"3\"", "'oui'", "null", "~", "", "true", "\"no\"", "'1.5'", "\"a\\tb\""][..])
            .prop_map(str::to_owned),
        1 => words.prop_map(|text| format!("|\n          {text}  \n          # x\n\n          y’z")),
        1 => words.prop_map(|text| format!("\"{text}\n          {text}\"")),
    ]
}

/// What may stand around a key: comments and empty lines above, a comment behind.
fn around() -> impl Strategy<Value = (&'static str, &'static str)> {
    (
        select(&["", "", "", "# commentaire\n", "\n", "\n# commentaire\n# commentaire\n", "# commentaire\n\n"][..]),
        select(&["", "", "  # commentaire", "   "][..]),
    )
}

/// A map in block notation of some of these keys, in any order.
fn block(keys: &'static [&'static str], indent: usize) -> impl Strategy<Value = String> {
    let entry = (value(), around());
    let entries = (subsequence(keys, 0..=keys.len()).prop_shuffle(), prop::collection::vec(entry, keys.len()));
    entries.prop_map(move |(keys, entries)| {
        let margin = " ".repeat(indent);
        let line = |(key, (value, (above, behind))): (&&str, &(String, (&str, &str)))| {
            let above = above.replace('#', &format!("{margin}#"));
            let behind = if value.contains('\n') { "" } else { behind };
            format!("{above}{margin}{key}: {value}{behind}\n")
        };
        keys.iter().zip(&entries).map(line).collect()
    })
}

fn flow(keys: &'static [&'static str]) -> impl Strategy<Value = String> {
    let value = "[a-zé0-9]{1,5}|'[a-z’, ]{1,5}'|\"[a-z: ]{1,5}\"|";
    (subsequence(keys, 1..=keys.len()).prop_shuffle(), prop::collection::vec(value, keys.len())).prop_map(
        |(keys, values)| {
            let entries: Vec<_> = keys.iter().zip(values).map(|(key, value)| format!("{key}: {value}")).collect();
            format!("{{ {} }}", entries.join(", "))
        },
    )
}

/// The front matter of a candidat, its parts in any order.
fn front() -> impl Strategy<Value = String> {
    let facts = block(&["nom", "prenom", "entreprise", "referentiel", "parcours", "inconnue"], 0);
    let people = prop::collection::vec(flow(&["nom", "fonction"]).prop_map(|map| format!("  - {map}\n")), 0..3);
    let written = block(&["nom", "fonction"], 4).prop_filter("a key first", |map| map.starts_with("    "));
    let people =
        prop_oneof![people.prop_map(|people| people.concat()), written.prop_map(|map| format!("  - {}", &map[4..])),];
    let days = prop_oneof![flow(&["du", "au"]), Just("02/03/2026".to_owned())];
    let facts_of_bloc = block(&["lieu", "entretiens", "duree", "activites_exercees", "autre"], 4);
    let evaluation = (facts_of_bloc, days, flow(&["evaluateur_1", "evaluateur_2"]), any::<bool>()).prop_map(
        |(facts, days, avis, first)| {
            let dates = format!("    dates: {days}\n    resultats:\n      b: {avis}\n      a: acquis\n");
            if first { format!("{dates}{facts}") } else { format!("{facts}{dates}") }
        },
    );
    (facts, people, evaluation, any::<[bool; 2]>()).prop_map(|(facts, people, evaluation, [first, second])| {
        let people = format!("evaluateurs:\n{people}");
        let evaluations = format!("evaluations:\n  accueil:\n{evaluation}");
        let rest = if second { format!("{people}{evaluations}") } else { format!("{evaluations}{people}") };
        if first { format!("{rest}{facts}") } else { format!("{facts}{rest}") }
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_text(text in anything(), role in select(&ROLES[..])) {
        twice_is_once(role, &text);
    }

    #[test]
    fn any_body(text in anything(), role in select(&[Role::Candidat, Role::Bloc][..])) {
        twice_is_once(role, &format!("---\nnom: x\n---\n{text}"));
    }

    #[test]
    fn any_front_matter(text in anything()) {
        twice_is_once(Role::Candidat, &format!("---\n{text}\n---\n"));
    }

    #[test]
    fn any_candidat(front in front(), body in anything()) {
        twice_is_once(Role::Candidat, &format!("---\n{front}---\n{body}"));
    }

    #[test]
    fn real_files_mutated(which in any::<Index>(), mutations in prop::collection::vec(mutation(), 1..6)) {
        let all = sample();
        let sources: Vec<_> = all.iter().filter_map(|(path, text)| Some((Role::of(path)?, text))).collect();
        let (role, text) = sources[which.index(sources.len())];
        let text = mutations.iter().fold(text.clone(), |text, mutation| mutated(&text, mutation));
        twice_is_once(role, &text);
    }

    #[test]
    fn every_line_of_a_candidat_is_kept(front in front()) {
        let text = format!("---\n{front}---\n");
        if let Some(made) = formatted(Role::Candidat, &text) {
            let comments = |text: &str| text.matches("# commentaire").count();
            let lines = |text: &str| text.trim_end().lines().count();
            assert_eq!((comments(&made), lines(&made)), (comments(&text), lines(&text)), "{text}\n{made}");
        }
    }
}
