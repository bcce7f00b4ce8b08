//! What new files hold until somebody writes his own words (`author` writes them): still there, it is to be said.

use std::ops::Range;

use crate::ground::fold::slug;
use crate::ground::source::place_of;

/// The beginnings of lines that hold a place until somebody writes his own. Texts that may well stay are none.
pub(crate) const FILLER: [&str; 5] = [
    "Le candidat présente son expérience, puis répond au jury.",
    "Les évaluateurs observent le candidat en situation de travail.",
    "Première activité du bloc",
    "Réaliser la première tâche du bloc",
    "La tâche est réalisée dans le délai prévu",
];

/// The lines of a text that are still as a new file has them, without what marks them.
pub(crate) fn filler(text: &str) -> Vec<Range<usize>> {
    let lines = text.lines().map(|line| line.trim_end().trim_start_matches(|c: char| !c.is_alphabetic()));
    let is_filler = |words: &&str| FILLER.iter().any(|filler| slug(words).starts_with(&slug(filler)));
    lines.filter(is_filler).map(|words| place_of(words, text)).collect()
}
