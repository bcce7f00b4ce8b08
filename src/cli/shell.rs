//! What helps in a terminal: `livret completions` and `livret man`, both made from the definition of the command line.

use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// L'interpréteur de commandes : bash, zsh, fish, powershell ou elvish
    #[arg(value_name = "INTERPRÉTEUR", hide_possible_values = true)]
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub struct ManArgs {
    /// La commande dont on veut la page [d'ordinaire : celle de livret]
    #[arg(value_name = "COMMANDE")]
    pub command: Option<String>,
    /// Écrire toutes les pages dans ce dossier, au lieu d'en afficher une
    #[arg(long = "dir", value_name = "DOSSIER", conflicts_with = "command")]
    pub directory: Option<PathBuf>,
}

/// The script that a shell reads.
pub(crate) fn completions(shell: Shell, mut cli: Command) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli, "livret", &mut script);
    script
}

/// The pages of the manual, with the names of their commands and files: first that of all, then those of each command.
pub(crate) fn pages(mut cli: Command) -> Vec<(String, String, String)> {
    cli.build();
    let commands: Vec<_> = cli.get_subcommands().filter(|c| !c.is_hide_set()).cloned().collect();
    let page = |command: Command| {
        let file = clap_mangen::Man::new(command.clone()).get_filename();
        (command.get_name().to_owned(), file, page_of(command))
    };
    std::iter::once(cli).chain(commands).map(page).collect()
}

/// What marks our pages in a folder of others.
pub(crate) const MARK: &str = ".\\\" Écrit par « livret man ».";

/// The library knows English headings only.
const HEADINGS: [(&str, &str); 4] =
    [("NAME", "NOM"), ("EXTRA", "REMARQUE"), ("Commandes", "COMMANDES"), ("AUTHORS", "AUTEURS")];

fn page_of(command: Command) -> String {
    let mut page = Vec::new();
    // Writing into memory does not fail.
    let _ = clap_mangen::Man::new(command).manual("Manuel de livret").render(&mut page);
    let page = String::from_utf8_lossy(&page);
    let line = |line: &str| match HEADINGS.iter().find(|(english, _)| line == format!(".SH {english}")) {
        Some((_, french)) => format!(".SH {french}\n"),
        None => format!("{line}\n"),
    };
    format!("{MARK}\n{}", page.lines().map(line).collect::<String>())
}
