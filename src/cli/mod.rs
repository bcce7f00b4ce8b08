//! The command line: what can be asked, in French, turned once into a checked [`Config`] that all else reads.

mod args;
pub(crate) mod check;
pub(crate) mod doctor;
pub(crate) mod export;
mod fmt;
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
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::documents::build::select::{Only, Shard};
use crate::documents::print::PrintOptions;
use crate::ground::diagnostic::formats::Format;
use args::{ChromeArgs, ONLY, OutputArgs, wanted};
use format::FormatArgs;

pub(crate) use args::{OUTPUT, Stop};
pub(crate) use fmt::{FmtConfig, FmtInput};

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

#[derive(Debug, Subcommand)]
enum Command {
    /// Produire toutes les pages HTML et tous les PDF
    Build(BuildArgs),
    /// Vérifier tous les fichiers, sans rien écrire
    Check(check::CheckArgs),
    /// Produire à chaque enregistrement ce qu'il change, et le montrer dans le navigateur
    Watch(watch::WatchArgs),
    /// Montrer dans le navigateur ce qui est produit : l'index, ou le livret d'un candidat
    Open(open::OpenArgs),
    /// Réunir les PDF de tous les candidats d'une session en un seul, précédé d'une liste à cocher
    Bundle(BundleArgs),
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

#[derive(Debug, Args)]
struct BuildArgs {
    #[command(flatten)]
    folders: OutputArgs,
    /// Ne produire que les pages HTML
    #[arg(long)]
    no_pdf: bool,
    /// Ne produire que les documents dont la fiche (martin-claire), la session/fiche ou le chemin correspond : "martin*", "2026-06/*"
    #[arg(long, value_name = "MOTIF")]
    only: Option<String>,
    #[command(flatten)]
    chrome: ChromeArgs,
    /// Nombre de documents imprimés en même temps [d'ordinaire : selon les processeurs]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Tout refaire, même ce qui n'a pas changé
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    format: FormatArgs,
    /// Ne produire qu'une part des documents, par exemple 3/8 : la troisième de huit
    #[arg(long, value_name = "K/N", value_parser = shard)]
    shard: Option<Shard>,
    /// Temps accordé à l'impression d'un document, en secondes [d'ordinaire : 60]
    #[arg(long, value_name = "SECONDES", default_value = "60", hide_default_value = true, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
}

#[derive(Debug, Args)]
struct BundleArgs {
    /// Session, par son dossier dans content/candidats/
    #[arg(value_name = "SESSION")]
    session: String,
    #[command(flatten)]
    folders: OutputArgs,
    /// Documents à réunir : livret, fiche-synthese… [d'ordinaire : le premier du thème]
    #[arg(long, value_name = "DOCUMENT")]
    document: Option<String>,
    /// Pour imprimer recto verso : chaque candidat commence sur un recto
    #[arg(long)]
    duplex: bool,
    #[command(flatten)]
    chrome: ChromeArgs,
}

/// What was asked, checked.
#[derive(Debug)]
pub enum Config {
    Build(Box<BuildConfig>),
    Bundle(Box<BundleConfig>),
    Check(check::CheckArgs),
    Watch(Box<watch::WatchArgs>),
    Open(open::OpenArgs),
    /// The codes as they were written.
    Explain {
        codes: Vec<String>,
    },
    Init(init::InitArgs),
    New(new::NewArgs),
    Import(import::ImportArgs),
    Export(export::ExportArgs),
    Fmt(FmtConfig),
    Schema(schema::SchemaArgs),
    Lsp,
    Doctor(Box<doctor::DoctorArgs>),
    /// The script, to be shown.
    Completions(Vec<u8>),
    Man(shell::ManConfig),
}

impl Config {
    /// How diagnostics are to be shown.
    pub fn format(&self) -> Format {
        match self {
            Self::Build(config) => config.format,
            Self::Check(args) => args.format.format,
            _ => Format::Human,
        }
    }
}

#[derive(Debug)]
pub struct BuildConfig {
    pub directory: PathBuf,
    pub output: PathBuf,
    /// `None` for HTML only.
    pub print: Option<PrintOptions>,
    pub(crate) only: Option<Only>,
    /// Whether what is there already is made again.
    pub force: bool,
    pub(crate) shard: Option<Shard>,
    pub format: Format,
}

#[derive(Debug)]
pub struct BundleConfig {
    /// How the session's documents are built, and printed what stands before them.
    pub build: BuildConfig,
    pub print: PrintOptions,
    pub session: String,
    /// The id of a document of candidats; the theme's first if `None`.
    pub document: Option<String>,
    pub duplex: bool,
}

fn shard(text: &str) -> Result<Shard, String> {
    let parsed = text.split_once('/').and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
    match parsed {
        Some((index, of)) if (1..=of).contains(&index) => Ok(Shard { index, of }),
        _ => Err(String::new()),
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

/// Reads the command line.
///
/// # Errors
/// The help that was asked for, or what is wrong, in French.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Config, Stop> {
    let command = french(Cli::command());
    let matches = command.clone().try_get_matches_from(args);
    let cli = matches.and_then(|matches| Cli::from_arg_matches(&matches)).map_err(|error| messages::stop(&error))?;
    match cli.command {
        Command::Check(args) => args.checked().map(Config::Check),
        Command::Watch(args) => Ok(Config::Watch(Box::new(args))),
        Command::Open(args) => args.checked().map(Config::Open),
        Command::Explain { codes } => Ok(Config::Explain { codes }),
        Command::Build(args) => build(args).map(|config| Config::Build(Box::new(config))),
        Command::Bundle(args) => Ok(Config::Bundle(Box::new(bundle(args)))),
        Command::Init(args) => Ok(Config::Init(args)),
        Command::New(args) => Ok(Config::New(args)),
        Command::Import(args) => Ok(Config::Import(args)),
        Command::Export(args) => Ok(Config::Export(args)),
        Command::Fmt(args) => args.config().map(Config::Fmt),
        Command::Schema(args) => Ok(Config::Schema(args)),
        Command::Lsp { .. } => Ok(Config::Lsp),
        Command::Doctor(args) => Ok(Config::Doctor(Box::new(args))),
        Command::Completions(args) => Ok(Config::Completions(shell::completions(args.shell, command))),
        Command::Man(args) => shell::man(args, command).map(Config::Man),
    }
}

fn build(args: BuildArgs) -> Result<BuildConfig, Stop> {
    let only = wanted(args.only, ONLY)?;
    let print = PrintOptions { jobs: args.jobs, timeout: Duration::from_secs(args.timeout), ..args.chrome.options() };
    Ok(BuildConfig {
        directory: args.folders.directory().to_path_buf(),
        output: args.folders.output(),
        print: (!args.no_pdf).then_some(print),
        only,
        force: args.force,
        shard: args.shard,
        format: args.format.format,
    })
}

fn bundle(args: BundleArgs) -> BundleConfig {
    let print = args.chrome.options();
    BundleConfig {
        build: BuildConfig {
            directory: args.folders.directory().to_path_buf(),
            output: args.folders.output(),
            print: Some(print.clone()),
            only: None,
            force: false,
            shard: None,
            format: Format::Human,
        },
        print,
        session: args.session,
        document: args.document,
        duplex: args.duplex,
    }
}
