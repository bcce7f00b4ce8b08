//! `livret completions` and `livret man`: what was made from the command line's definition, shown or written.

use super::Outcome;
use crate::cli::shell::{MARK, ManConfig};
use crate::documents::write::{self, Kept};
use crate::ground::terminal::Terminal;
use crate::ground::text::count;

pub fn completions(script: &[u8], terminal: &Terminal) -> Outcome {
    terminal.bytes(script);
    Outcome::Done
}

pub fn man(config: &ManConfig, terminal: &Terminal) -> Outcome {
    let (folder, pages) = match config {
        ManConfig::Page(page) => {
            terminal.bytes(page.as_bytes());
            return Outcome::Done;
        }
        ManConfig::All(folder, pages) => (folder, pages),
    };
    let mut outcome = Outcome::Done;
    for (name, page) in pages {
        match write::own_file(folder, name, page, Some(MARK)) {
            Ok(Kept::Written | Kept::Same) => continue,
            Ok(Kept::Theirs) => terminal.error(&format!(
                "erreur : « {} » n'est pas de livret, et reste tel quel ; choisissez un autre dossier\n",
                folder.join(name).display()
            )),
            Err(error) => {
                terminal
                    .error(&format!("erreur : « {} » ne peut pas être écrit : {error}\n", folder.join(name).display()));
            }
        }
        outcome = Outcome::Impossible;
    }
    if outcome == Outcome::Done {
        terminal.line(&format!("{} dans {}", count(pages.len(), "page(s) de manuel"), folder.display()));
    }
    outcome
}
