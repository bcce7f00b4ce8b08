//! The command line: what can be asked, in French, checked once; all else reads the arguments as they are declared here.

mod args;
pub(crate) mod build;
pub(crate) mod bundle;
pub(crate) mod check;
pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod fmt;
mod format;
pub(crate) mod import;
pub(crate) mod init;
mod messages;
pub(crate) mod new;
pub(crate) mod open;
pub(crate) mod schema;
pub(crate) mod shell;
pub(crate) mod watch;

use std::ffi::OsString;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::ground::diagnostic::formats::Format;

pub(crate) use args::{OUTPUT, Stop};

#[derive(Debug, Parser)]
#[command(
    name = "livret",
    version,
    about = "Des livrets d'évaluation à imprimer et à signer, à partir de fichiers Markdown et YAML",
    disable_help_flag = true,
    disable_version_flag = true,
    after_help = "Codes de sortie : 0, tout est fait ; 1, des fichiers contiennent des erreurs (le reste est fait) ; 2, le programme n'a pas pu travailler (pas de Chrome, dossier de sortie interdit)."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct Common {
    /// Afficher cette aide
    #[arg(short = 'h', long, action = clap::ArgAction::Help, global = true, display_order = 998)]
    help: Option<bool>,
    /// Afficher la version
    #[arg(short = 'V', long, action = clap::ArgAction::Version, display_order = 999)]
    version: Option<bool>,
}

/// What can be asked.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Produire toutes les pages HTML et tous les PDF
    Build(Box<build::BuildArgs>),
    /// Vérifier tous les fichiers, sans rien écrire
    Check(check::CheckArgs),
    /// Produire à chaque enregistrement ce qu'il change, et le montrer dans le navigateur
    Watch(watch::WatchArgs),
    /// Montrer dans le navigateur ce qui est produit : l'index, ou le livret d'un candidat
    Open(open::OpenArgs),
    /// Réunir les PDF de tous les candidats d'une session en un seul, précédé d'une liste à cocher
    Bundle(bundle::BundleArgs),
    /// Expliquer les codes des messages, avec un exemple de chacun
    Explain {
        /// Codes à expliquer, par exemple E409 [sans code : la liste de tous]
        #[arg(value_name = "CODE")]
        codes: Vec<String>,
    },
    /// Créer un petit projet prêt à l'emploi
    Init(init::InitArgs),
    /// Créer un référentiel, un bloc, la fiche d'un candidat
    New(new::NewArgs),
    /// Faire les fiches des candidats d'après une liste, Excel ou CSV ; reprendre les résultats d'un tableau exporté
    Import(import::ImportArgs),
    /// Écrire les résultats d'une session dans un tableau à remplir, que « livret import » reprend
    Export(export::ExportArgs),
    /// Mettre en forme les fichiers du projet : ordre des clés, guillemets, dates, apostrophes et espaces
    Fmt(fmt::FmtArgs),
    /// Écrire les schémas par lesquels un éditeur de texte propose et explique ce qui peut s'écrire
    Schema(schema::SchemaArgs),
    /// Aider un éditeur de texte pendant que l'on écrit (c'est l'éditeur qui lance cette commande)
    Lsp {
        /// Many editors add it by themselves; there is no other way.
        #[arg(long, hide = true)]
        stdio: bool,
    },
    /// Examiner la machine et le projet : Chrome, polices, droits, disque
    Doctor(doctor::DoctorArgs),
    /// Afficher de quoi compléter les commandes livret par la touche Tab
    Completions(shell::CompletionsArgs),
    /// Afficher le manuel, à lire avec « man »
    Man(shell::ManArgs),
}

impl Command {
    /// How diagnostics are to be shown.
    pub fn format(&self) -> Format {
        match self {
            Self::Build(args) => args.format.format,
            Self::Check(args) => args.format.format,
            _ => Format::Human,
        }
    }
}

const TEMPLATE: &str = "{about}\n\nUtilisation : {usage}\n\n{all-args}{after-help}";

/// A command with all that is below it, as French help.
fn french(command: clap::Command) -> clap::Command {
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Commandes")
        .subcommand_value_name("COMMANDE")
        .disable_help_subcommand(true)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "Arguments" } else { "Options" };
            arg.help_heading(heading)
        })
        .mut_subcommands(french)
}

/// All that can be asked, as French help.
pub(crate) fn definition() -> clap::Command {
    french(Cli::command())
}

/// Reads the command line.
///
/// # Errors
/// The help that was asked for, or what is wrong, in French.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, Stop> {
    let matches = definition().try_get_matches_from(args);
    let cli = matches.and_then(|matches| Cli::from_arg_matches(&matches)).map_err(|error| messages::stop(&error))?;
    match cli.command {
        Command::Build(args) => Ok(Command::Build(Box::new(args.checked()?))),
        Command::Check(args) => Ok(Command::Check(args.checked()?)),
        Command::Open(args) => Ok(Command::Open(args.checked()?)),
        command => Ok(command),
    }
}
