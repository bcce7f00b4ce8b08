//! The end of every import: whether to write is asked, then file after file is written, until Ctrl-C. What is written,
//! and what is said of it all, is left to each kind of import.

use crate::commands::Outcome;
use crate::ground::stop;
use crate::ground::terminal::{Terminal, ask};
use crate::ground::text::count;

/// How many files were written, and how many could not be.
pub(super) struct Written {
    pub written: usize,
    failed: usize,
}

impl Written {
    /// Says what comes next, and how the command ends; `complete` if nothing failed.
    pub(super) fn end(&self, complete: Outcome, terminal: &Terminal) -> Outcome {
        if self.written > 0 {
            terminal.line("\nEnsuite : livret check, puis livret build");
        }
        match self.failed {
            0 => complete,
            _ if self.written == 0 => Outcome::Impossible,
            _ => Outcome::Mistakes,
        }
    }
}

/// Whether these files may be written; `verb` says what is done to them: « Écrire ». `unwritten` is how the command ends
/// for who says no.
///
/// # Errors
/// How it ends, if they may not.
pub(super) fn may_write(
    oui: bool,
    (verb, these): (&str, &str),
    unwritten: Outcome,
    terminal: &Terminal,
) -> Result<(), Outcome> {
    if oui {
        return Ok(());
    }
    if !terminal.can_ask() {
        terminal.error(&format!("Rien n'est écrit. Pour {} {these} : --oui\n", verb.to_lowercase()));
        return Err(Outcome::Impossible);
    }
    if terminal.confirm(&format!("{verb} {these} ?")) {
        return Ok(());
    }
    terminal.line("Rien n'est écrit.");
    Err(if ask::interrupted() { Outcome::Impossible } else { unwritten })
}

/// Writes all files, those after one that cannot be written too. `done` counts them: « fiche(s) écrite(s) ».
///
/// # Errors
/// How the command ends, if it is interrupted.
pub(super) fn write_all<T>(
    files: &[T],
    done: &str,
    write: impl Fn(&T) -> Result<(), String>,
    terminal: &Terminal,
) -> Result<Written, Outcome> {
    // Between two files it looks whether it is to end, and says how far it came.
    stop::ends_by_itself();
    let mut all = Written { written: 0, failed: 0 };
    for file in files {
        if ask::interrupted() {
            terminal
                .line(&format!("Interrompu : {}. Relancez la même commande pour la suite.", count(all.written, done)));
            return Err(Outcome::Mistakes);
        }
        match write(file) {
            Ok(()) => all.written += 1,
            Err(error) => {
                all.failed += 1;
                terminal.error(&format!("erreur : {error}\n"));
            }
        }
    }
    Ok(all)
}
