//! Values out of a YAML tree: each reader says what it expects, reports what it finds instead, and goes on, so
//! that one run tells every mistake of a file. Unknown keys are those that nobody asked for.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Kind, Node, named, wrong_type};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Span, Spanned};
use crate::typographie::sans_encre;

/// The keys of one map, taken one by one.
pub struct Fields<'a> {
    /// What the map describes, for messages: « la fiche d'un candidat ».
    what: &'a str,
    span: Span,
    entries: &'a [(Spanned<String>, Node)],
    asked: Vec<&'static str>,
    missing: Vec<(&'static str, Diagnostic)>,
}

/// Reads one value of a field, or reports why it cannot.
pub type Reader<T> = fn(&Node, &str, &mut Diagnostics) -> Option<T>;

impl<'a> Fields<'a> {
    /// The keys of `node`; `None`, with a diagnostic, if it is no map. Keys given twice are reported here.
    pub fn of(node: &'a Node, what: &'a str, diagnostics: &mut Diagnostics) -> Option<Self> {
        let entries: &[_] = match &node.kind {
            Kind::Map(entries) => entries,
            Kind::Null => &[],
            _ => {
                diagnostics.push(
                    wrong_type(node, what, "un groupe de clés")
                        .help("écrivez ses clés une par ligne, décalées, ou entre accolades : { clé: valeur }"),
                );
                return None;
            }
        };
        for (i, (key, _)) in entries.iter().enumerate() {
            if let Some((first, _)) = entries[..i].iter().find(|(k, _)| k.value == key.value) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::CleEnDouble,
                        key.span,
                        format!("la clé « {} » est donnée deux fois", key.value),
                    )
                    .label("deuxième fois")
                    .related(first.span, "première fois")
                    .help("gardez l'une des deux"),
                );
            }
        }
        Some(Self { what, span: node.span, entries, asked: Vec::new(), missing: Vec::new() })
    }

    /// Where to point when something is missing: the first key, or the map itself.
    pub fn span(&self) -> Span {
        self.entries.first().map_or(self.span, |(key, _)| key.span)
    }

    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        #[cfg(test)]
        asked::note(self.what, key, false);
        let node = self.entries.iter().find(|(k, _)| k.value == key).map(|(_, node)| node)?;
        (!matches!(node.kind, Kind::Null)).then_some(node)
    }

    pub fn optional<T>(&mut self, key: &'static str, read: Reader<T>, d: &mut Diagnostics) -> Option<T> {
        self.node(key).and_then(|node| read(node, key, d))
    }

    pub fn required<T>(&mut self, key: &'static str, read: Reader<T>, d: &mut Diagnostics) -> Option<T> {
        #[cfg(test)]
        asked::note(self.what, key, true);
        if let Some(node) = self.node(key) {
            return read(node, key, d);
        }
        let (code, span, message) = match self.entries.iter().find(|(k, _)| k.value == key) {
            Some((k, _)) => (Code::CleSansValeur, k.span, format!("la clé « {key} » n'a pas de valeur")),
            None => (Code::CleAbsente, self.span(), format!("il manque la clé « {key} » dans {}", named(self.what))),
        };
        let missing = Diagnostic::new(code, span, message).help(format!("ajoutez une ligne « {key}: … »"));
        self.missing.push((key, missing));
        None
    }

    /// Every key and value, for maps whose keys are the user's own.
    pub fn entries(&self) -> &'a [(Spanned<String>, Node)] {
        self.entries
    }

    /// Reports the keys that are missing, and those that nobody asked for, each with the nearest known one.
    pub fn finish(self, diagnostics: &mut Diagnostics) {
        let Self { what, entries, asked, missing, .. } = self;
        let unknown = || entries.iter().enumerate().filter(|(_, (key, _))| !asked.contains(&key.value.as_str()));
        let meant: Vec<&str> =
            unknown().filter_map(|(_, (key, _))| nearest(&key.value, asked.iter().copied())).collect();
        // A slip in a key is one mistake: its unknown spelling is reported, with the missing key as the way out.
        let slip = |key: &&str, code: Code| code == Code::CleAbsente && meant.contains(key);
        let missing = missing.into_iter().filter(|(key, missing)| !slip(key, missing.code));
        missing.for_each(|(_, missing)| diagnostics.push(missing));
        for (i, (key, value)) in unknown() {
            let message = format!("la clé « {} » est inconnue dans {}", key.value, named(what));
            let mut diagnostic = Diagnostic::new(Code::CleInconnue, key.span, message)
                .label("clé inconnue")
                .suggest(&key.value, asked.iter().copied());
            // « { fonction: Formatrice, organisme } »: right after a comma, and without a value.
            let before = i.checked_sub(1).map(|i| entries[i].1.span.end);
            if matches!(value.kind, Kind::Null)
                && before.and_then(|end| key.span.start.checked_sub(end)).is_some_and(|gap| (1..=2).contains(&gap))
            {
                diagnostic = diagnostic
                    .fact("une virgule qui fait partie d'une valeur demande des guillemets autour de celle-ci");
            }
            diagnostics.push(diagnostic);
        }
    }
}

/// A text, in one piece, without blanks around it.
pub fn text(node: &Node, field: &str, diagnostics: &mut Diagnostics) -> Option<Spanned<String>> {
    match &node.kind {
        // Files with such characters are refused when read; here they come from escapes, "\x01".
        Kind::Text(value) if value.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')) => {
            diagnostics.push(
                Diagnostic::new(
                    Code::CaractereInvisible,
                    node.span,
                    format!("« {field} » contient un caractère invisible (de commande)"),
                )
                .help("effacez la barre oblique inverse et ce qui la suit, ou doublez la barre"),
            );
            None
        }
        Kind::Text(value) if !value.chars().all(sans_encre) => Some(Spanned::new(value.trim().to_owned(), node.span)),
        Kind::Text(_) => {
            // Nothing, or signs that leave nothing on the paper.
            diagnostics.push(
                Diagnostic::new(Code::CleSansValeur, node.span, format!("« {field} » est vide"))
                    .help("écrivez une valeur, ou supprimez la ligne"),
            );
            None
        }
        _ => {
            diagnostics.push(
                wrong_type(node, field, "un texte")
                    .help("un texte qui contient « : » ou commence par un signe se met entre guillemets"),
            );
            None
        }
    }
}

/// `oui` or `non` (also `true`, `false`).
pub fn oui_non(node: &Node, field: &str, diagnostics: &mut Diagnostics) -> Option<bool> {
    if let Kind::Text(value) = &node.kind {
        match value.to_lowercase().as_str() {
            "oui" | "true" | "vrai" => return Some(true),
            "non" | "false" | "faux" => return Some(false),
            _ => {}
        }
    }
    choice(node, field, &[("oui", true), ("non", false)], diagnostics)
}

/// One of a few words.
pub fn choice<T: Copy>(node: &Node, field: &str, choices: &[(&str, T)], diagnostics: &mut Diagnostics) -> Option<T> {
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    if let Kind::Text(value) = &node.kind {
        if let Some((_, meant)) = choices.iter().find(|(word, _)| word == value) {
            return Some(*meant);
        }
        let message = format!("« {field} » doit être {}, et non « {} »", or(&words), short(value));
        let diagnostic = Diagnostic::new(Code::ValeurInconnue, node.span, message).label("valeur inconnue");
        diagnostics.push(diagnostic.suggest(value, words));
    } else {
        diagnostics.push(wrong_type(node, field, &or(&words)));
    }
    None
}

/// « a », « b » ou « c ».
fn or(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("« {word} »")).collect();
    match quoted.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} ou {last}", first.join(", ")),
        _ => quoted.join(""),
    }
}

/// A whole number, zero or more.
pub fn number(node: &Node, field: &str, diagnostics: &mut Diagnostics) -> Option<Spanned<u32>> {
    if let Kind::Text(value) = &node.kind
        && let Ok(number) = value.parse()
    {
        return Some(Spanned::new(number, node.span));
    }
    diagnostics.push(
        Diagnostic::new(Code::PasUnNombre, node.span, format!("« {field} » doit être un nombre entier"))
            .label("attendu : un nombre entier, par exemple 4"),
    );
    None
}

/// How a day may be written, the guide's way first.
const DATE_FORMATS: [&str; 2] = ["%Y-%m-%d", "%d/%m/%Y"];

/// The years that an evaluation can be of. « 3/11/26 » would be read as the year 26.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// A day as people write it. `None` if it is none, or one of another century.
pub fn day(value: &str) -> Option<Date> {
    let date = DATE_FORMATS.iter().find_map(|format| Date::strptime(format, value).ok())?;
    YEARS.contains(&date.year()).then_some(date)
}

/// A day of the calendar, `2026-03-02` or, as people write it, `02/03/2026`.
pub fn date(node: &Node, field: &str, diagnostics: &mut Diagnostics) -> Option<Spanned<Date>> {
    const HELP: &str =
        "écrivez année-mois-jour ou jour/mois/année, l'année sur quatre chiffres : 2026-03-02, 02/03/2026";
    let Kind::Text(value) = &node.kind else {
        diagnostics.push(wrong_type(node, field, "une date").help(HELP));
        return None;
    };
    if let Some(date) = day(value) {
        return Some(Spanned::new(date, node.span));
    }
    diagnostics.push(
        Diagnostic::new(
            Code::DateImpossible,
            node.span,
            format!("« {} » n'est pas une date du calendrier (clé « {field} »)", short(value)),
        )
        .label("date impossible")
        .help(HELP),
    );
    None
}

/// The start of a value, for messages.
fn short(value: &str) -> String {
    let start: String = value.chars().take(40).collect();
    if start.len() < value.len() { start + "…" } else { start }
}

/// A list; a value standing alone is a list of one.
pub fn list(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::List(items) => items,
        Kind::Null => &[],
        _ => std::slice::from_ref(node),
    }
}

/// A list of texts.
pub fn texts(node: &Node, field: &str, diagnostics: &mut Diagnostics) -> Option<Vec<Spanned<String>>> {
    Some(list(node).iter().filter_map(|item| text(item, field, diagnostics)).collect())
}

/// A map of texts under keys of the user's own.
pub fn text_map(node: &Node, field: &str, diagnostics: &mut Diagnostics) -> Option<BTreeMap<String, String>> {
    let fields = Fields::of(node, field, diagnostics)?;
    let mut map = BTreeMap::new();
    for (key, value) in fields.entries() {
        if let Some(value) = text(value, &key.value, diagnostics) {
            map.insert(key.value.clone(), value.value);
        }
    }
    Some(map)
}

/// Every key that a reader asked for while tests ran, to be held against the schemas.
#[cfg(test)]
pub mod asked {
    use std::collections::BTreeSet;
    use std::sync::Mutex;

    /// What the group of keys is called, the key, whether it is required.
    pub type Key = (String, String, bool);

    static ASKED: Mutex<BTreeSet<Key>> = Mutex::new(BTreeSet::new());

    pub fn note(what: &str, key: &str, required: bool) {
        ASKED.lock().unwrap().insert((what.to_owned(), key.to_owned(), required));
    }

    pub fn all() -> BTreeSet<Key> {
        ASKED.lock().unwrap().clone()
    }
}
