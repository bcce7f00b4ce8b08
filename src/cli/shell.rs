//! What helps in a terminal: `livret completions` and `livret man`, both made from the definition of the command line.

use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;

use super::args::Stop;

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// L'interpréteur de commandes : bash, zsh, fish, powershell ou elvish
    #[arg(value_name = "INTERPRÉTEUR", hide_possible_values = true)]
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// La commande dont on veut la page [d'ordinaire : celle de livret]
    #[arg(value_name = "COMMANDE")]
    command: Option<String>,
    /// Écrire toutes les pages dans ce dossier, au lieu d'en afficher une
    #[arg(long = "dir", value_name = "DOSSIER", conflicts_with = "command")]
    directory: Option<PathBuf>,
}

/// The manual, made.
#[derive(Debug)]
pub enum ManConfig {
    /// One page, to be shown.
    Page(String),
    /// All of them, by file name, and where to write them.
    All(PathBuf, Vec<(String, String)>),
}

/// The script that a shell reads.
pub(crate) fn completions(shell: Shell, mut cli: Command) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli, "livret", &mut script);
    script
}

/// Makes the pages that are asked for.
///
/// # Errors
/// If there is no such command.
pub(crate) fn man(args: ManArgs, mut cli: Command) -> Result<ManConfig, Stop> {
    cli.build();
    let commands: Vec<_> = cli.get_subcommands().filter(|c| !c.is_hide_set()).cloned().collect();
    if let Some(directory) = args.directory {
        let pages = std::iter::once(cli.clone()).chain(commands);
        let named = pages.map(|command| (clap_mangen::Man::new(command.clone()).get_filename(), page_of(command)));
        return Ok(ManConfig::All(directory, named.collect()));
    }
    let command = match &args.command {
        None => cli.clone(),
        Some(name) => commands.into_iter().find(|c| c.get_name() == name).ok_or_else(|| {
            Stop::error(&format!("la commande « {name} » n'existe pas\n\nPour en savoir plus : livret --help"))
        })?,
    };
    Ok(ManConfig::Page(page_of(command)))
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
