//! What clap has to say, in French.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::args::Stop;

/// A request for help, or a mistake on the command line.
pub(crate) fn stop(error: &Error) -> Stop {
    let is_error = error.use_stderr();
    let text = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            error.render().to_string()
        }
        _ => format!("erreur : {}\n\nPour en savoir plus : livret --help", mistake(error)),
    };
    Stop { text, is_error }
}

fn mistake(error: &Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.last().cloned().unwrap_or_default(),
        _ => String::new(),
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("la commande « {} » n'existe pas", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument if !argument.starts_with('-') => format!("« {argument} » est de trop"),
        ErrorKind::UnknownArgument => format!("l'option « {argument} » n'existe pas"),
        ErrorKind::InvalidValue if value.is_empty() => format!("l'option « {argument} » demande une valeur"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let example = example(&argument).map(|e| format!(" ; par exemple {e}")).unwrap_or_default();
            format!("« {value} » n'est pas une valeur possible pour « {argument} »{example}")
        }
        ErrorKind::ArgumentConflict => {
            format!("l'option « {argument} » est donnée deux fois, ou en contredit une autre")
        }
        ErrorKind::MissingRequiredArgument => format!("il manque {argument}"),
        ErrorKind::MissingSubcommand => "il manque une commande".to_owned(),
        ErrorKind::InvalidUtf8 => "un argument n'est pas lisible".to_owned(),
        _ => error.to_string(),
    };
    let near =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].map(context).into_iter().find(|s| !s.is_empty());
    match near {
        Some(near) => format!("{message} ; vouliez-vous dire « {near} » ?"),
        None => message,
    }
}

fn example(argument: &str) -> Option<&'static str> {
    if argument == "<INTERPRÉTEUR>" {
        return Some("bash, zsh, fish, powershell ou elvish");
    }
    let option = |example: &&str| argument.starts_with(example.split(' ').next().unwrap_or_default());
    [
        "--format short (ou human, json, sarif)",
        "--jobs 2",
        "--shard 1/2",
        "--timeout 120 (de 1 à 3600)",
        "--evaluateurs 2 (de 1 à 9)",
    ]
    .into_iter()
    .find(option)
}
