//! `--format`, for the commands whose diagnostics other programs may want to read.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use crate::ground::diagnostic::formats::Format;

#[derive(Debug, Default, Args)]
pub(crate) struct FormatArgs {
    /// Forme des messages : human (à lire), short (une ligne chacun, pour un éditeur), json ou sarif (pour un programme)
    #[arg(
        long,
        value_name = "FORME",
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true,
        value_parser = PossibleValuesParser::new(Format::NAMES.map(|(name, _)| name)).map(|name| named(&name))
    )]
    pub format: Format,
}

fn named(name: &str) -> Format {
    Format::NAMES.iter().find(|(known, _)| *known == name).map(|(_, format)| *format).unwrap_or_default()
}
