//! `livret completions` and `livret man`: what was made from the command line's definition, shown or written.

use super::{Ended, Outcome, outcome, refused};
use crate::cli::definition;
use crate::cli::shell::{self, CompletionsArgs, MARK, ManArgs};
use crate::documents::write::{self, Kept};
use crate::ground::terminal::Terminal;
use crate::ground::text::count;

pub fn completions(args: &CompletionsArgs, terminal: &Terminal) -> Outcome {
    terminal.bytes(&shell::completions(args.shell, definition()));
    Outcome::Done
}

pub fn man(args: &ManArgs, terminal: &Terminal) -> Outcome {
    outcome(manual(args, terminal), terminal)
}

fn manual(args: &ManArgs, terminal: &Terminal) -> Result<Outcome, Ended> {
    let pages = shell::pages(definition());
    let Some(folder) = &args.directory else {
        let page = match &args.command {
            None => pages.first(),
            Some(wanted) => pages.iter().skip(1).find(|(name, ..)| name == wanted),
        };
        let unknown =
            |name: &str| format!("la commande « {name} » n'existe pas\n\nPour en savoir plus : livret --help");
        let (.., page) = page.ok_or_else(|| refused(unknown(args.command.as_deref().unwrap_or_default()), ""))?;
        terminal.bytes(page.as_bytes());
        return Ok(Outcome::Done);
    };
    let mut outcome = Outcome::Done;
    for (_, file, page) in &pages {
        let trouble = match write::own_file(folder, file, page, Some(MARK)) {
            Ok(Kept::Written | Kept::Same) => continue,
            Ok(Kept::Theirs) => "n'est pas de livret, et reste tel quel ; choisissez un autre dossier".to_owned(),
            Err(error) => format!("ne peut pas être écrit : {error}"),
        };
        terminal.error(&format!("erreur : « {} » {trouble}\n", folder.join(file).display()));
        outcome = Outcome::Impossible;
    }
    if outcome == Outcome::Done {
        terminal.line(&format!("{} dans {}", count(pages.len(), "page(s) de manuel"), folder.display()));
    }
    Ok(outcome)
}
