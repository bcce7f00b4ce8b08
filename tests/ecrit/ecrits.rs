//! What a source writes, line by line, by an extraction of its own: nothing of the program's readers is used, so that
//! they cannot agree on a mistake. It strips only the syntax that the guide teaches.

use super::entetes::entete;
use super::mots::{is_invisible, mots, mots_joints};

/// What one line writes, and where it has to be shown.
#[derive(Debug, Default)]
pub struct Ecrit {
    /// Counted from 1; the last one too, where braces stay open over several lines.
    pub line: usize,
    pub last: usize,
    pub place: Place,
    pub words: Vec<String>,
    /// The same, if stars inside a word are emphasis.
    pub joints: Option<Vec<String>>,
}

/// Where a line's words are shown.
#[derive(Debug, Default, PartialEq)]
pub enum Place {
    /// In the part of the page after this mark, after what was found there before.
    Apres(String),
    /// Anywhere in that part.
    Dans(String),
    /// The result of a compétence: what comes right after its mark.
    Resultat(String),
    /// Anywhere on the page.
    Page,
    /// Nowhere: a message has to say that.
    #[default]
    Message,
}

/// The kinds of files.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sorte {
    Projet,
    Fiche,
    Bloc,
    Texte(&'static str),
}

/// The ids of blocs that comments may name.
const BLOCS: &[&str] = &["accueil", "suivi", "culture", "animation", "organisation", "commercial"];

/// What a file writes.
pub fn ecrits(sorte: Sorte, path: &str, text: &str) -> Vec<Ecrit> {
    let lines: Vec<&str> = text.trim_start_matches('\u{FEFF}').lines().collect();
    let mut all = Vec::new();
    let numero = path.rsplit('/').next().and_then(|file| file.split('-').next()).unwrap_or_default();
    let end = match sorte {
        Sorte::Projet => lines.len(),
        // A file without a sound front matter is refused or is text from its first line on.
        _ if lines.first().is_none_or(|first| first.trim_end() != "---") => 0,
        _ => lines.iter().skip(1).position(|line| line.trim_end() == "---").map_or(lines.len(), |at| at + 1),
    };
    entete(sorte, numero, &lines[..end], &mut all);
    let mut place = match sorte {
        Sorte::Projet => return all,
        Sorte::Fiche => None,
        Sorte::Bloc => Some(format!("[bloc {numero}]")),
        Sorte::Texte(mark) => Some(format!("[{mark}]")),
    };
    let start = if end == 0 { 0 } else { (end + 1).min(lines.len()) };
    for (i, line) in lines.iter().enumerate().skip(start) {
        let line_place = |place: &Option<String>| place.clone().map_or(Place::Message, Place::Apres);
        let push = |all: &mut Vec<Ecrit>, place, text: &str| {
            let words = mots(text);
            if !words.is_empty() {
                let joints = Some(mots_joints(text)).filter(|joints| *joints != words);
                all.push(Ecrit { line: i + 1, last: i + 1, place, words, joints });
            }
        };
        match titre(line, sorte) {
            Titre::Aucun => push(&mut all, line_place(&place), &corps(line)),
            Titre::Vrai(words) if sorte == Sorte::Fiche => {
                let id = words.to_lowercase();
                let id = id.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
                if !BLOCS.contains(&id.as_str()) {
                    push(&mut all, Place::Message, line);
                }
                place = Some(format!("[{id} commentaires]"));
            }
            Titre::Vrai(words) => push(&mut all, line_place(&place), &corps(without_braces(words))),
            Titre::Manque => push(&mut all, Place::Message, line),
        }
    }
    all
}

enum Titre<'a> {
    Aucun,
    Vrai(&'a str),
    /// Hashes that a person meant as a title's and that are none.
    Manque,
}

fn titre(line: &str, sorte: Sorte) -> Titre<'_> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let hashes = line[indent..].len() - line[indent..].trim_start_matches('#').len();
    let after = &line[indent + hashes..];
    if indent < 4 && (1..7).contains(&hashes) && (after.is_empty() || after.starts_with([' ', '\t'])) {
        return Titre::Vrai(after.trim_matches(|c: char| c.is_whitespace() || is_invisible(c)));
    }
    let nothing = |c: char| c.is_whitespace() || is_invisible(c) || c == '\\';
    let mut meant = line.trim_start_matches(nothing);
    while let Some(rest) = ["- ", "* ", "+ ", ">"].iter().find_map(|sign| meant.strip_prefix(sign)) {
        meant = rest.trim_start_matches(nothing);
    }
    let words = meant.trim_start_matches('#');
    let hashes = meant.len() - words.len();
    let id = words.trim_matches(nothing).to_lowercase();
    match hashes {
        2..7 if words.contains(char::is_alphanumeric) => Titre::Manque,
        1 if sorte == Sorte::Fiche && BLOCS.contains(&id.as_str()) => Titre::Manque,
        _ => Titre::Aucun,
    }
}

/// A heading without its indications, nor hashes at its end.
fn without_braces(heading: &str) -> &str {
    let cut = heading.rfind('{').filter(|_| heading.ends_with('}'));
    let words = cut.map_or(heading, |at| &heading[..at]).trim_end();
    let open = words.trim_end_matches('#');
    if open.ends_with(' ') { open } else { words }
}

/// A line of text without a list's sign, and with a link's or a picture's words alone.
fn corps(line: &str) -> String {
    let nothing = |c: char| c.is_whitespace() || is_invisible(c);
    let mut words = line.trim_matches(nothing);
    while let Some(rest) = ["- ", "* ", "+ "].iter().find_map(|sign| words.strip_prefix(sign)) {
        words = rest.trim_start_matches(nothing);
    }
    if ["-", "*", "+", "[[echelle]]"].contains(&words) {
        return String::new();
    }
    // A backslash before a sign that would be read as one.
    let escaped = words.strip_prefix('\\').filter(|rest| rest.starts_with(['-', '#']));
    let mut text = escaped.unwrap_or(words).to_owned();
    for sign in ["*", "_", "[", "]", "|"] {
        text = text.replace(&format!("\\{sign}"), sign);
    }
    while let Some(at) = text.find("](") {
        let Some(end) = text[at..].find(')') else { break };
        let to = text[at + 2..at + end].to_owned();
        let leads = ["https://", "http://", "mailto:"].iter().any(|scheme| to.starts_with(scheme));
        if !leads || to.contains(|c: char| c.is_whitespace() || c == '(') || !text[..at].contains('[') {
            break;
        }
        text.replace_range(at..=at + end, "");
    }
    text
}
