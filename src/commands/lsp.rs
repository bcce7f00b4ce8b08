//! `livret lsp`: the language server, for editors.

use super::Outcome;
use crate::ground::terminal::Terminal;
use crate::live::lsp;

pub fn run(terminal: &Terminal) -> Outcome {
    if terminal.typed() {
        terminal
            .error("« livret lsp » est lancé par un éditeur de texte, et ne sert pas ici : Ctrl-C pour l'arrêter.\n");
    }
    match lsp::serve() {
        Ok(true) => Outcome::Done,
        // The editor was killed, or did not take leave.
        Ok(false) => Outcome::Mistakes,
        Err(error) => {
            terminal.error(&format!("erreur : {error}\n"));
            Outcome::Impossible
        }
    }
}
