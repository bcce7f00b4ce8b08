//! Lists that YAML does not see: written with the dashes and bullets of a word processor, with a dash that sticks to
//! its word, or with nothing but lines or commas. What they are for YAML is one text.

use std::ops::Range;

use super::signs::is_gap;
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::source::{Span, Spanned};

/// What people and word processors put before the items of a list, the private sign of Word among them.
const BULLETS: [char; 16] = ['–', '—', '‒', '−', '•', '·', '▪', '■', '●', '○', '◦', '‣', '➢', '→', '✓', '\u{F0B7}'];

/// A text that may have been meant for a list.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    /// The sign before its first item, if one says so and not only that it goes over several lines: a bullet, or a dash
    /// that sticks to its word.
    pub sign: Option<char>,
    items: Vec<String>,
    /// What to write instead.
    list: String,
}

/// The width of the bullet that words begin with, if YAML takes it for one of them, and of the blanks behind it.
pub(crate) fn bullet(words: &str) -> Option<usize> {
    let sign = words.chars().next().filter(|c| BULLETS.contains(c))?;
    let rest = &words[sign.len_utf8()..];
    let gap = rest.len() - rest.trim_start_matches(is_gap).len();
    (gap > 0).then_some(sign.len_utf8() + gap)
}

/// A plain text of `yaml`, if it looks like a list.
pub(crate) fn listed(yaml: &str, at: &Range<usize>) -> Option<Box<Listed>> {
    let text = &yaml[at.clone()];
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let sign = lines().find_map(|line| {
        let tight = line.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        if tight || bullet(line).is_some() { line.chars().next() } else { None }
    });
    if sign.is_none() && !text.contains('\n') {
        return None;
    }
    let items: Vec<&str> = lines()
        .map(|item| &item[bullet(item).unwrap_or(0)..])
        .map(|item| item.strip_prefix('-').unwrap_or(item).trim_start())
        .collect();
    let before = yaml[..at.start].rsplit('\n').next().unwrap_or_default();
    let indent = |line: &str| line[..line.len() - line.trim_start().len()].to_owned();
    let joined = |set_off: &str| items.join(&format!("\n{set_off}- "));
    let list = match before.trim() {
        "" => format!("- {}", joined(before)),
        "-" => joined(&indent(before)),
        _ if items.len() == 1 => items.concat(),
        _ => {
            let set_off = indent(text.lines().nth(1).unwrap_or_default());
            format!("\n{set_off}- {}", joined(&set_off))
        }
    };
    let items = items.into_iter().map(str::to_owned).collect();
    Some(Box::new(Listed { sign, items, list }))
}

impl Listed {
    /// What was meant, each with the place of the whole.
    pub(crate) fn items(&self, place: Span) -> Vec<Spanned<String>> {
        self.items.iter().map(|item| Spanned::new(item.clone(), place)).collect()
    }

    /// What to say of it where a list is expected.
    pub(crate) fn diagnostic(&self, place: Span) -> Diagnostic {
        match self.sign {
            Some(',') => Diagnostic::new(Code::MauvaiseSorte, place, "une liste s'écrit entre crochets")
                .label("lu comme un seul mot")
                .help(format!("écrivez une liste : {}", self.list)),
            Some('-') => tight_dash(place),
            Some(sign) => other_bullet(place, sign),
            None => {
                Diagnostic::new(Code::TiretSansEspace, place, "il manque un tiret devant chaque élément de cette liste")
                    .label("lu comme un seul texte")
                    .help("commencez chaque ligne par un tiret et une espace : - Anne Le Goff")
            }
        }
        .correct(&self.list)
    }
}

/// « -Anne » is no item of a list for YAML.
pub(crate) fn tight_dash(place: Span) -> Diagnostic {
    Diagnostic::new(Code::TiretSansEspace, place, "un tiret n'est pas suivi d'une espace")
        .label("un tiret sans espace")
        .help("pour une liste, mettez une espace après chaque tiret : - Anne Le Goff")
}

pub(crate) fn other_bullet(place: Span, sign: char) -> Diagnostic {
    let message = format!("« {sign} » ne commence pas un élément de liste");
    let help = "dans un en-tête, un élément de liste commence par un tiret (celui du clavier, -) et une espace";
    Diagnostic::new(Code::TiretSansEspace, place, message).label("lu comme du texte").help(help)
}

/// Words that commas or semicolons part, as the list that they are.
pub(crate) fn in_one_line(text: &str) -> Option<Listed> {
    let items = text.split([',', ';']).map(str::trim).filter(|item| !item.is_empty());
    let items: Vec<String> = items.map(str::to_owned).collect();
    let list = format!("[{}]", items.join(", "));
    (items.len() > 1).then_some(Listed { sign: Some(','), items, list })
}
