//! `livret new`: what is not given here is asked on a terminal. Values are checked where they are asked.

use clap::{Args, Subcommand};

use super::args::ProjectArgs;

#[derive(Debug, Args)]
pub struct NewArgs {
    #[command(subcommand)]
    pub(crate) what: New,
}

#[derive(Debug, Subcommand)]
pub(crate) enum New {
    /// Créer un référentiel, ou une nouvelle version d'un autre (--de)
    Referentiel(NewReferentielArgs),
    /// Ajouter un bloc à un référentiel
    Bloc(NewBlocArgs),
    /// Créer la fiche d'un candidat
    Candidat(NewCandidatArgs),
}

#[derive(Debug, Args)]
pub(crate) struct NewReferentielArgs {
    /// Ses deux dossiers, par exemple charge-accueil/2027
    #[arg(value_name = "ID/VERSION")]
    pub chemin: Option<String>,
    #[command(flatten)]
    pub project: ProjectArgs,
    /// Copier cette version d'un référentiel, par exemple charge-accueil/2024
    #[arg(long, value_name = "ID/VERSION", conflicts_with_all = ["titre", "certification", "rncp", "evaluateurs", "blocs"])]
    pub de: Option<String>,
    /// Nom de la certification
    #[arg(long, value_name = "TITRE")]
    pub titre: Option<String>,
    /// Sa sorte, imprimée devant le titre [d'ordinaire : CQP]
    #[arg(long, value_name = "SORTE")]
    pub certification: Option<String>,
    /// Numéro au répertoire national
    #[arg(long, value_name = "NUMÉRO")]
    pub rncp: Option<String>,
    /// Combien d'évaluateurs signent [d'ordinaire : 2]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=9))]
    pub evaluateurs: Option<u8>,
    /// Titre d'un bloc ; à répéter pour chacun, dans l'ordre
    #[arg(long = "bloc", value_name = "TITRE")]
    pub blocs: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct NewBlocArgs {
    /// Le référentiel, par exemple charge-accueil/2024
    #[arg(value_name = "ID/VERSION")]
    pub referentiel: Option<String>,
    /// Identifiant du bloc [d'ordinaire : fait du titre]
    #[arg(value_name = "BLOC")]
    pub id: Option<String>,
    #[command(flatten)]
    pub project: ProjectArgs,
    /// Titre du bloc
    #[arg(long, value_name = "TITRE")]
    pub titre: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct NewCandidatArgs {
    /// Session, par exemple 2026-06
    #[arg(value_name = "SESSION")]
    pub session: Option<String>,
    #[command(flatten)]
    pub project: ProjectArgs,
    /// Nom
    #[arg(long, value_name = "NOM")]
    pub nom: Option<String>,
    /// Prénom
    #[arg(long, value_name = "PRÉNOM")]
    pub prenom: Option<String>,
    /// Entreprise
    #[arg(long, value_name = "ENTREPRISE")]
    pub entreprise: Option<String>,
    /// Référentiel [d'ordinaire : le défaut de livret.yaml]
    #[arg(long, value_name = "ID/VERSION")]
    pub referentiel: Option<String>,
    /// Parcours [d'ordinaire : le défaut de livret.yaml]
    #[arg(long, value_name = "PARCOURS")]
    pub parcours: Option<String>,
    /// Blocs présentés, pour un parcours dont les blocs sont choisis : accueil,commercial
    #[arg(long, value_name = "BLOCS", value_delimiter = ',')]
    pub blocs: Vec<String>,
    /// Un évaluateur : "Anne Le Goff, responsable d'agence" ; à répéter pour chacun
    #[arg(long = "evaluateur", value_name = "NOM, FONCTION")]
    pub evaluateurs: Vec<String>,
    /// Nom du fichier, pour un homonyme [d'ordinaire : fait du nom et du prénom]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
}
