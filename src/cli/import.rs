//! `livret import`.

use std::path::PathBuf;

use clap::Args;

use super::args::ProjectArgs;

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// La liste : classeur Excel (.xlsx) ou texte (.csv) ; ou le tableau de résultats que « livret export » a écrit
    #[arg(value_name = "FICHIER")]
    pub file: PathBuf,
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Session des lignes qui n'en disent pas, par exemple 2026-06
    #[arg(long, value_name = "SESSION")]
    pub session: Option<String>,
    /// Référentiel des lignes qui n'en disent pas [d'ordinaire : le défaut de livret.yaml]
    #[arg(long, value_name = "ID/VERSION")]
    pub referentiel: Option<String>,
    /// Feuille du classeur [d'ordinaire : la première qui a une colonne Nom et une colonne Prénom]
    #[arg(long, value_name = "FEUILLE")]
    pub feuille: Option<String>,
    /// Écrire les fiches sans demander
    #[arg(long)]
    pub oui: bool,
}
