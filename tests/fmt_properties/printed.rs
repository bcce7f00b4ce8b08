//! What is printed of a fiche or a bloc is the same before and after: whole projects, read and rendered by the library, with
//! every blank and invisible sign of Unicode wherever one can stand, and words that YAML takes for something else.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use livret::documents::plan::{Sujet, plan};
use livret::documents::render::{Renderer, Templates};
use livret::ground::diagnostic::{Diagnostics, Severity};
use livret::ground::fingerprint::Fingerprint;
use livret::ground::paths::role::Role;
use livret::ground::source::Sources;
use livret::judge::project::{Memory, Project};
use proptest::prelude::*;
use proptest::sample::select;
use tempfile::TempDir;

use super::{cases, formatted, twice_is_once};
use crate::support;

const CANDIDAT: &str = "content/candidats/2026-06/bernard-paul.md";
const BLOC: &str = "content/referentiels/essai/2025/blocs/1-accueil.md";

/// Unicode's blanks but for line ends, and the signs that nobody sees.
const INVISIBLE: &[char] = &[
    ' ', '\t', '\u{A0}', '\u{1680}', '\u{2000}', '\u{2001}', '\u{2002}', '\u{2003}', '\u{2004}', '\u{2005}',
    '\u{2006}', '\u{2007}', '\u{2008}', '\u{2009}', '\u{200A}', '\u{2028}', '\u{2029}', '\u{202F}', '\u{205F}',
    '\u{3000}', '\u{AD}', '\u{180E}', '\u{200B}', '\u{200C}', '\u{200D}', '\u{200E}', '\u{200F}', '\u{202A}',
    '\u{202E}', '\u{2060}', '\u{2066}', '\u{2069}', '\u{FEFF}',
];

/// Words, and what YAML, Markdown or a spreadsheet could take for something else than words.
const WORDS: &[&str] = &[
    "Petit",
    "l’eau",
    "l'eau",
    "“Co”",
    "« Co »",
    "«Co»",
    "Bravo!",
    "Bravo\u{202F}!",
    "5\u{A0}%",
    "Null",
    "null",
    "~",
    "oui",
    "No",
    "true",
    "1e3",
    "0x1F",
    "1_000",
    "010",
    "12:30",
    ".inf",
    "- x",
    "-x",
    "-",
    "?",
    "? x",
    "#2",
    "a #2",
    "&Co",
    "& Co",
    "*",
    "!Nouveau",
    "%",
    "@",
    "`x`",
    "a: b",
    "a:",
    ":",
    "{x}",
    "[x]",
    "a, b",
    "|",
    ">",
    "2026-03-02",
    "02/03/2026",
    "2/3/2026",
    "acquis",
    "A",
    "e\u{301}cole",
    "É",
    "é:",
    "x:\u{A0}y",
    "&nbsp;",
    "<b>",
    "\\",
    "'",
    "''",
    "**x**",
    "_x_",
    "---",
    "...",
    "# x",
    "\u{1F393}",
];

/// A word with an invisible sign before, inside or behind.
fn odd() -> impl Strategy<Value = String> {
    let sign = || prop_oneof![2 => Just(String::new()), 3 => select(INVISIBLE).prop_map(String::from)];
    (sign(), select(WORDS), sign(), prop::option::of(select(WORDS)), sign()).prop_map(
        |(before, word, inside, second, after)| {
            format!("{before}{word}{}{after}", second.map_or(String::new(), |second| inside + second))
        },
    )
}

/// A value of a key, in one of the ways that YAML has.
fn value(margin: &'static str) -> impl Strategy<Value = String> {
    (odd(), odd(), 0..10u8).prop_map(move |(one, other, how)| match how {
        0 | 1 => format!("'{}'", one.replace('\'', "''")),
        2 | 3 => format!("\"{}\"", one.replace(['"', '\\'], "")),
        4 => format!("|\n{margin}  {one}\n{margin}  {other}"),
        5 => format!(">-\n{margin}  {one}\n\n{margin}  {other}"),
        6 => format!("{one}\n{margin}  {other}"),
        7 => format!("{one} # {other}"),
        _ => one,
    })
}

/// The end of a line: nothing, or what nobody sees.
fn end() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just(String::new()), 1 => select(INVISIBLE).prop_map(String::from), 1 => Just(" # x’y ".to_owned())]
}

/// A fiche of the base project with such values. Often YAML or the program refuses it; that is as well.
fn fiche() -> impl Strategy<Value = String> {
    // Half of them have one odd value, for what is refused as a whole tells nothing of its parts.
    let front = [
        ("nom: ", "Bernard", ""),
        ("prenom: ", "Paul", ""),
        ("entreprise: ", "Mairie", ""),
        ("evaluateurs:\n  - nom: ", "Anne Le Goff", "    "),
        ("    fonction: ", "Formatrice", "    "),
        ("  - ", "Karim Benali", "  "),
        ("evaluations:\n  accueil:\n    dates: ", "2026-03-02", "    "),
        ("    lieu: ", "Brest", "    "),
        ("    entretiens: ", "4", "    "),
        ("    duree: ", "2 h", "    "),
        ("    resultats:\n      relation: ", "acquis", "      "),
        ("      informations: ", "{ evaluateur_1: acquis, evaluateur_2: A }", "      "),
    ];
    let values: Vec<_> = front.iter().map(|(_, usual, margin)| (Just(*usual), value(margin), end())).collect();
    (values, 0..24usize, body(), any::<bool>()).prop_map(move |(values, which, body, ends)| {
        let mut lines = String::new();
        for (i, ((key, _, _), (usual, odd, end))) in front.iter().zip(&values).enumerate() {
            let value = if i == which % 12 || (which >= 18 && i % 3 == 0) { odd.as_str() } else { usual };
            let end = if ends && !value.contains('\n') { end } else { "" };
            lines.extend([key, value, end, "\n"]);
        }
        format!("---\n{lines}---\n{body}")
    })
}

/// What a line may begin and end with, as far as Markdown knows.
const STARTS: &[&str] = &[
    "",
    "",
    "",
    "- ",
    "  - ",
    "* ",
    "1. ",
    "   ",
    "    ",
    "> ",
    "| a | b |\n|---|---|\n| ",
    "### ",
    "– ",
    "• ",
    "3) ",
];
const ENDS: &[&str] =
    &["", "", "", "  ", "\\", " |", "\n", "\u{A0}", "\n\u{A0}\n", "\n\u{200B}\n", "\n---\n", "\n===\n"];

/// Comments on both blocs, of lines that each may be anything that Markdown knows.
fn body() -> impl Strategy<Value = String> {
    let line = (select(STARTS).prop_map(str::to_owned), odd(), odd(), select(ENDS).prop_map(str::to_owned));
    let lines = prop::collection::vec(line, 0..5);
    (lines, end()).prop_map(|(lines, end)| {
        let lines: String =
            lines.iter().map(|(start, one, other, end)| format!("{start}{one} {other}{end}\n")).collect();
        format!("## accueil{}\n\n{lines}", if end.contains('#') { "" } else { &end })
    })
}

/// The first bloc of the base project with such words.
fn bloc() -> impl Strategy<Value = String> {
    let lines = || {
        let line = (select(STARTS), odd(), odd(), select(ENDS));
        let line = line.prop_map(|(start, one, other, end)| format!("{start}{one} {other}{end}\n"));
        prop::collection::vec(line, 0..3).prop_map(|lines| lines.concat())
    };
    (value(""), end(), odd(), odd(), lines(), lines(), lines()).prop_map(
        |(titre, end, activite, competence, modalites, first, second)| {
            format!(
                "---\ntitre: {titre}\nregles:{end}\n  commentaires: facultatifs{end}\n---\n## Modalités\n\n{modalites}\n\
                 ## Recueil {activite}\n\n### Établir {competence} {{#relation}}\n\n- Un critère.\n{first}\n\
                 ### Recueillir {{#informations}}{end}\n\n- Un autre.\n{second}"
            )
        },
    )
}

/// A project in memory, of which one file changes.
struct Press {
    folder: TempDir,
    memory: Memory,
    sources: Sources,
    /// The theme, and what it was compiled from.
    templates: Option<(Fingerprint, Templates)>,
}

impl Press {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        support::copy(Path::new(support::BASE), folder.path());
        let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/officiel");
        support::copy(&theme, &folder.path().join("themes/officiel"));
        let main = fs::read_to_string(folder.path().join("livret.yaml")).unwrap();
        fs::write(folder.path().join("livret.yaml"), main.replace("theme: mini", "theme: officiel")).unwrap();
        Self { folder, memory: Memory::without_advice(), sources: Sources::default(), templates: None }
    }

    /// The documents of the candidat and of the référentiel; the codes of the mistakes if there is nothing to print.
    fn pages(&mut self, path: &str, text: &str) -> Result<BTreeMap<String, String>, Vec<&'static str>> {
        self.memory.overlay = [(path.to_owned(), text.to_owned())].into();
        let mut said = Diagnostics::default();
        let project = Project::read_again(self.folder.path(), &mut self.memory, &mut self.sources, &mut said).unwrap();
        let documents = plan(&project, &mut said).unwrap();
        if project.dossiers.is_empty() {
            let sorted = said.sorted(&self.sources);
            let errors = sorted.iter().filter(|d| d.severity() == Severity::Error);
            return Err(errors.map(|d| d.code.as_str()).collect());
        }
        if self.templates.as_ref().is_none_or(|(from, _)| *from != project.empreinte) {
            let templates = Templates::compile(&project, &self.sources, &mut said).unwrap();
            self.templates = Some((project.empreinte.clone(), templates));
        }
        let templates = self.templates.as_ref().unwrap().1.clone();
        let renderer = Renderer::with(templates, &project, &documents, &self.sources, false);
        let own = documents.iter().filter(|document| document.sujet != Sujet::Projet);
        // A sign that no font has is a mistake too.
        let page = |html| move |page| (html, page);
        own.map(|document| renderer.render(document).map(page(document.html())).map_err(|d| vec![d.code.as_str()]))
            .collect()
    }
}

/// A page without the spaces that may have been forgotten, which are added; nor the names in its running footers, whose
/// signs are written by numbers.
fn words(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let lines = page.split_inclusive('\n').filter(|line| !line.contains("{ content: "));
    let mut chars = lines.flat_map(str::chars).peekable();
    while let Some(c) = chars.next() {
        let beside_a_sign = matches!(chars.peek(), Some(':' | ';' | '?' | '!' | '»')) || out.ends_with('«');
        if c != '\u{202F}' || !beside_a_sign {
            out.push(c);
        }
    }
    out
}

thread_local! {
    static PRESS: RefCell<Press> = RefCell::new(Press::new());
}

/// Compares what is printed of two writings of a file; `read` takes from a page what may differ.
fn is_printed_the_same(path: &str, text: &str, read: fn(&str) -> String) {
    let Some(made) = formatted(Role::of(path).unwrap(), text).filter(|made| made != text) else { return };
    PRESS.with_borrow_mut(|press| match (press.pages(path, text), press.pages(path, &made)) {
        (Ok(before), Ok(after)) => {
            for (page, before) in &before {
                let (before, after) = (read(before), read(&after[page]));
                let differ = before.lines().zip(after.lines()).find(|(a, b)| a != b);
                assert!(before == after, "{page} is printed otherwise:\n{text}\n{made}\n{differ:?}\n{text:?}");
            }
        }
        (Ok(_), Err(codes)) => panic!("{codes:?} after:\n{text}\n{made}\n{text:?}"),
        (Err(_), _) => {}
    });
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_fiche_is_printed_as_before(fiche in fiche()) {
        twice_is_once(Role::Candidat, &fiche);
        is_printed_the_same(CANDIDAT, &fiche, words);
    }
}

proptest! {
    // Each makes the theme anew.
    #![proptest_config(ProptestConfig { cases: cases().cases / 5, ..cases() })]

    #[test]
    fn a_bloc_is_printed_as_before(bloc in bloc()) {
        twice_is_once(Role::Bloc, &bloc);
        is_printed_the_same(BLOC, &bloc, str::to_owned);
    }
}
