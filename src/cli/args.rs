//! What several commands take, and what is said instead of running one.

use std::path::PathBuf;

use clap::Args;
use globset::{Glob, GlobMatcher};

use crate::documents::print::ChromeLocation;
use crate::ground::fold::letters;

/// The output folder in a project, where no other one is asked for.
pub const OUTPUT: &str = "output";

pub const TEMPLATE: &str = "{about}\n\nUtilisation : {usage}\n\n{all-args}{after-help}";

#[derive(Debug, Args)]
pub struct ProjectArgs {
    /// Dossier du projet, celui de livret.yaml
    #[arg(
        short = 'C',
        value_name = "DOSSIER",
        default_value = ".",
        hide_default_value = true,
        help_heading = "Options"
    )]
    pub directory: PathBuf,
}

/// Which documents are wanted.
#[derive(Debug)]
pub struct Only {
    pub pattern: String,
    matcher: GlobMatcher,
}

impl Only {
    /// What somebody asked for with `--only`.
    pub fn pattern(pattern: String) -> Result<Self, Stop> {
        Self::new(pattern, "--only \"martin*\"")
    }

    /// What somebody asked for, as the example shows.
    pub fn new(pattern: String, example: &str) -> Result<Self, Stop> {
        match Glob::new(&letters(&pattern)) {
            Ok(glob) => Ok(Self { pattern, matcher: glob.compile_matcher() }),
            Err(_) => {
                let text = format!("erreur : « {pattern} » n'est pas un motif ; par exemple : {example}");
                Err(Stop { text, is_error: true })
            }
        }
    }

    /// One path, in which `*` alone is a pattern. `None` if it cannot be one.
    pub fn path(parts: &[&str]) -> Option<Self> {
        let part = |part: &&str| if *part == "*" { (*part).to_owned() } else { globset::escape(part) };
        let pattern = parts.iter().map(part).collect::<Vec<_>>().join("/");
        Some(Self { matcher: Glob::new(&letters(&pattern)).ok()?.compile_matcher(), pattern })
    }

    /// Whether one of a document's names matches, however it is spelled.
    pub fn matches(&self, names: &[impl AsRef<str>]) -> bool {
        names.iter().any(|name| self.matcher.is_match(&*letters(name.as_ref())))
    }
}

/// What to show instead of doing anything.
#[derive(Debug)]
pub struct Stop {
    pub text: String,
    /// Help and version are no errors.
    pub is_error: bool,
}

pub fn chrome(location: Option<String>) -> ChromeLocation {
    match location {
        None => ChromeLocation::Auto,
        Some(address) if address.starts_with("ws://") || address.starts_with("wss://") => {
            ChromeLocation::Remote(address)
        }
        Some(path) => ChromeLocation::Path(path.into()),
    }
}
