//! What a header writes, line by line: an extraction of its own, as that of texts.

use jiff::civil::Date;
use livret::ground::typographie::periode;

use super::ecrits::{Ecrit, Place, Sorte};
use super::mots::{is_invisible, mots};

/// Keys whose values are printed as they are written.
const TEXTES: [&str; 12] = [
    "nom",
    "prenom",
    "entreprise",
    "fonction",
    "lieu",
    "duree",
    "titre",
    "certification",
    "rncp",
    "definition",
    "sigle",
    "entete",
];

/// The levels of all projects that are tried: id, code.
const NIVEAUX: [(&str, &str); 2] = [("acquis", "a"), ("non acquis", "na")];

/// What the lines of a header write. `numero` is a bloc's.
pub fn entete(sorte: Sorte, numero: &str, lines: &[&str], all: &mut Vec<Ecrit>) {
    let mut reader = Reader { sorte, numero, bloc: String::new(), resultats: None, regles: None };
    let mut next = 0;
    while next < lines.len() {
        let first = next;
        let mut written = lines[first].to_owned();
        let open = |text: &str| {
            let value = text.split_once(": ").map_or(text, |(_, value)| value);
            [text, value].iter().any(|text| text.trim_start().trim_start_matches("- ").starts_with('{'))
                && text.matches('{').count() > text.matches('}').count()
        };
        while open(&written) && next + 1 < lines.len() {
            next += 1;
            written = format!("{written} {}", lines[next].trim());
        }
        next += 1;
        let found = reader.read(&written).into_iter().filter(|(_, words)| !words.is_empty());
        all.extend(found.map(|(place, words)| Ecrit { line: first + 1, last: next, place, words, joints: None }));
    }
}

struct Reader<'a> {
    sorte: Sorte,
    numero: &'a str,
    /// Whose evaluation it is.
    bloc: String,
    /// The margins of the keys that are open.
    resultats: Option<usize>,
    regles: Option<usize>,
}

/// A line: `key: value`, `key: { key: value, … }`, `{ key: value, … }`.
struct Ligne {
    outer: Option<String>,
    pairs: Vec<(String, String)>,
}

impl Reader<'_> {
    fn read(&mut self, line: &str) -> Vec<(Place, Vec<String>)> {
        let trimmed = line.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let margin = line.len() - line.trim_start().len();
        let content = trimmed.strip_prefix("- ").unwrap_or(trimmed).trim_start();
        // Remarks; a hash and a word behind a dash are none.
        if trimmed.is_empty() || trimmed == "---" || trimmed.starts_with('#') || content.starts_with("# ") {
            return Vec::new();
        }
        self.resultats = self.resultats.filter(|at| margin > *at);
        self.regles = self.regles.filter(|at| margin > *at);
        let Some(line) = ligne(content) else {
            // Of a text that goes on, or a slip.
            return vec![(Place::Page, mots(&value(content)))];
        };
        let pairs = &line.pairs;
        let first = line.outer.as_deref().or_else(|| pairs.first().map(|(key, _)| key.as_str())).unwrap_or_default();
        if self.resultats.is_some() {
            return self.resultat(first, pairs).into_iter().collect();
        }
        if self.regles.is_some() {
            return self.regle(first, pairs).into_iter().collect();
        }
        if line.outer.is_none() && pairs.iter().all(|(_, value)| value.is_empty()) {
            match first {
                "resultats" => self.resultats = Some(margin),
                "regles" => self.regles = Some(margin),
                _ if (1..4).contains(&margin) => self.bloc = first.to_lowercase(),
                _ => {}
            }
            return Vec::new();
        }
        if self.sorte == Sorte::Fiche && first == "dates" {
            return vec![self.dates(pairs)];
        }
        // The names of parcours are on the pages of their candidats alone.
        if pairs.iter().any(|(key, _)| ["passage", "blocs"].contains(&key.as_str())) {
            return Vec::new();
        }
        pairs.iter().filter_map(|(key, value)| Some((self.place(key, value)?, mots(value)))).collect()
    }

    fn place(&self, key: &str, value: &str) -> Option<Place> {
        let bloc = || Place::Dans(format!("[{}]", self.bloc));
        match (self.sorte, key) {
            _ if TEXTES.contains(&key) => Some(Place::Page),
            (Sorte::Fiche, "entretiens") => Some(bloc()),
            (Sorte::Fiche, "activites_exercees") if ["oui", "non"].contains(&value) => Some(bloc()),
            (Sorte::Fiche, "parcours") => Some(Place::Resultat("[parcours]".to_owned())),
            (Sorte::Texte("objet"), "evaluateurs") => Some(Place::Resultat("[evaluateurs]".to_owned())),
            _ => None,
        }
    }

    fn dates(&self, pairs: &[(String, String)]) -> (Place, Vec<String>) {
        let days: Option<Vec<Date>> = pairs.iter().map(|(_, value)| value.parse().ok()).collect();
        let said = days.and_then(|days| Some(periode(*days.first()?, *days.last()?)));
        match said {
            Some(said) => (Place::Dans(format!("[{}]", self.bloc)), mots(&said)),
            None => (Place::Message, vec!["?".to_owned()]),
        }
    }

    /// One level, or the same of each évaluateur; the opinion of one of them alone ticks nothing.
    fn resultat(&self, competence: &str, pairs: &[(String, String)]) -> Option<(Place, Vec<String>)> {
        if matches!(pairs, [(key, _)] if key.starts_with("evaluateur_")) {
            return None;
        }
        let level = |written: &str| {
            let written = written.to_lowercase();
            NIVEAUX.iter().find(|(id, code)| [*id, *code].contains(&written.as_str())).map(|(id, _)| *id)
        };
        let mut levels = pairs.iter().map(|(_, value)| value).filter(|value| !value.is_empty());
        let first = level(levels.next()?);
        let same = levels.all(|other| level(other) == first);
        let place = first.map_or(Place::Message, |_| Place::Resultat(format!("[{} {competence}]", self.bloc)));
        same.then(|| (place, mots(first.unwrap_or("?"))))
    }

    /// A rule as its model is written out.
    fn regle(&self, key: &str, pairs: &[(String, String)]) -> Option<(Place, Vec<String>)> {
        let values: Vec<&str> = pairs.iter().map(|(_, value)| value.as_str()).collect();
        let meant = match (key, values.as_slice()) {
            (_, [""]) => return None,
            ("entretiens", [n]) => format!("entretiens Bornes {n} {n}"),
            ("entretiens", [min, max]) => format!("entretiens Bornes {min} {max}"),
            ("duree_max_jours", [n]) => format!("duree max jours Bornes {n} {n}"),
            ("commentaires", [how]) => format!("commentaires Mot {how}"),
            (_, [how]) => format!("{key} Oui {}", *how == "oui"),
            _ => return Some((Place::Message, vec!["?".to_owned()])),
        };
        let bloc = if self.sorte == Sorte::Bloc { self.numero } else { "1" };
        Some((Place::Dans(format!("[regles {bloc}]")), mots(&meant)))
    }
}

/// `None` if it is none.
fn ligne(content: &str) -> Option<Ligne> {
    if let Some(inside) = braced(content) {
        return Some(Ligne { outer: None, pairs: flow(inside)? });
    }
    if content.ends_with(':') && !content.contains(": ") {
        return Some(Ligne { outer: None, pairs: vec![(content.trim_end_matches(':').to_owned(), String::new())] });
    }
    let (key, written) = pair(content)?;
    match braced(&written) {
        Some(inside) => Some(Ligne { outer: Some(key), pairs: flow(inside)? }),
        None => Some(Ligne { outer: None, pairs: vec![(key, value(&written))] }),
    }
}

fn pair(part: &str) -> Option<(String, String)> {
    let is_key = |key: &str| {
        !key.is_empty() && key.trim_start_matches('\\').chars().all(|c| c.is_alphanumeric() || "_- ".contains(c))
    };
    let (key, rest) = part.trim_start().trim_start_matches("? ").split_once(':')?;
    (is_key(key.trim()) && (rest.is_empty() || rest.starts_with([' ', '\t'])))
        .then(|| (key.trim().to_owned(), rest.trim().to_owned()))
}

/// A key alone has no value.
fn flow(inside: &str) -> Option<Vec<(String, String)>> {
    let entry = |part: &String| match pair(part) {
        Some((key, written)) => Some((key, value(&written))),
        None => Some((part.trim().to_owned(), String::new())).filter(|(key, _)| key.chars().all(char::is_alphanumeric)),
    };
    morceaux(inside).iter().map(entry).collect()
}

fn braced(text: &str) -> Option<&str> {
    let inside = text.trim().strip_prefix('{')?;
    inside.strip_suffix('}').or_else(|| without_remark(inside).trim_end().strip_suffix('}'))
}

/// What stands between commas, those between quotes aside.
fn morceaux(inside: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    for c in inside.chars() {
        match (c, quote) {
            ('"' | '\'', None) if parts.last().is_none_or(|part| part.ends_with(' ')) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (',', None) => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(c);
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// Without a remark behind it: hashes between blanks.
fn without_remark(text: &str) -> &str {
    let is_one = |at: usize| {
        let words = text[at + 1..].trim_start_matches('#');
        words.is_empty() || words.starts_with(' ')
    };
    text.match_indices(" #").find(|(at, _)| is_one(*at)).map_or(text, |(at, _)| &text[..at])
}

/// A value without its quotes and the remark behind it.
fn value(written: &str) -> String {
    let written = written.trim();
    for quote in ['"', '\''] {
        let inside = written.strip_prefix(quote).and_then(|rest| without_remark(rest).trim_end().strip_suffix(quote));
        match inside {
            Some(inside) if quote == '"' => return inside.replace("\\\"", "\"").replace("\\\\", "\\"),
            Some(inside) => return inside.replace("''", "'"),
            None => {}
        }
    }
    if written.starts_with('#') && without_remark(&format!(" {written}")).is_empty() {
        return String::new();
    }
    let plain = without_remark(written).trim();
    if matches!(plain, "|" | ">" | "|-" | ">-" | "[]" | "{}") { String::new() } else { plain.to_owned() }
}
