//! `livret lsp`: the language server, for editors.

use super::{Outcome, outcome, refused};
use crate::ground::terminal::Terminal;
use crate::live::lsp;

pub fn run(terminal: &Terminal) -> Outcome {
    if terminal.typed() {
        terminal
            .error("« livret lsp » est lancé par un éditeur de texte, et ne sert pas ici : Ctrl-C pour l'arrêter.\n");
    }
    // An editor that was killed does not take leave.
    let done = lsp::serve().map(|polite| if polite { Outcome::Done } else { Outcome::Mistakes });
    outcome(done.map_err(|error| refused(error, "")), terminal)
}
