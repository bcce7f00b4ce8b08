//! `livret new`: what is not given here is asked on a terminal. Values are checked where they are asked.

use clap::{Args, Subcommand};

use super::args::{ProjectArgs, TEMPLATE};

#[derive(Debug, Args)]
#[command(subcommand_help_heading = "Commandes", subcommand_value_name = "COMMANDE", disable_help_subcommand = true)]
pub struct NewArgs {
    #[command(subcommand)]
    pub(crate) what: New,
}

#[derive(Debug, Subcommand)]
pub(crate) enum New {
    /// Créer un référentiel, ou une nouvelle version d'un autre (--de)
    #[command(help_template = TEMPLATE, disable_help_flag = true)]
    Referentiel(NewReferentielArgs),
    /// Ajouter un bloc à un référentiel
    #[command(help_template = TEMPLATE, disable_help_flag = true)]
    Bloc(NewBlocArgs),
    /// Créer la fiche d'un candidat
    #[command(help_template = TEMPLATE, disable_help_flag = true)]
    Candidat(NewCandidatArgs),
}

#[derive(Debug, Args)]
pub(crate) struct NewReferentielArgs {
    /// Ses deux dossiers, par exemple charge-accueil/2027
    #[arg(value_name = "ID/VERSION", help_heading = "Arguments")]
    pub chemin: Option<String>,
    #[command(flatten)]
    pub project: ProjectArgs,
    /// Copier cette version d'un référentiel, par exemple charge-accueil/2024
    #[arg(long, value_name = "ID/VERSION", conflicts_with_all = ["titre", "certification", "rncp", "evaluateurs", "blocs"], help_heading = "Options")]
    pub de: Option<String>,
    /// Nom de la certification
    #[arg(long, value_name = "TITRE", help_heading = "Options")]
    pub titre: Option<String>,
    /// Sa sorte, imprimée devant le titre [d'ordinaire : CQP]
    #[arg(long, value_name = "SORTE", help_heading = "Options")]
    pub certification: Option<String>,
    /// Numéro au répertoire national
    #[arg(long, value_name = "NUMÉRO", help_heading = "Options")]
    pub rncp: Option<String>,
    /// Combien d'évaluateurs signent [d'ordinaire : 2]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=9), help_heading = "Options")]
    pub evaluateurs: Option<u8>,
    /// Titre d'un bloc ; à répéter pour chacun, dans l'ordre
    #[arg(long = "bloc", value_name = "TITRE", help_heading = "Options")]
    pub blocs: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct NewBlocArgs {
    /// Le référentiel, par exemple charge-accueil/2024
    #[arg(value_name = "ID/VERSION", help_heading = "Arguments")]
    pub referentiel: Option<String>,
    /// Identifiant du bloc [d'ordinaire : fait du titre]
    #[arg(value_name = "BLOC", help_heading = "Arguments")]
    pub id: Option<String>,
    #[command(flatten)]
    pub project: ProjectArgs,
    /// Titre du bloc
    #[arg(long, value_name = "TITRE", help_heading = "Options")]
    pub titre: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct NewCandidatArgs {
    /// Session, par exemple 2026-06
    #[arg(value_name = "SESSION", help_heading = "Arguments")]
    pub session: Option<String>,
    #[command(flatten)]
    pub project: ProjectArgs,
    /// Nom
    #[arg(long, value_name = "NOM", help_heading = "Options")]
    pub nom: Option<String>,
    /// Prénom
    #[arg(long, value_name = "PRÉNOM", help_heading = "Options")]
    pub prenom: Option<String>,
    /// Entreprise
    #[arg(long, value_name = "ENTREPRISE", help_heading = "Options")]
    pub entreprise: Option<String>,
    /// Référentiel [d'ordinaire : le défaut de livret.yaml]
    #[arg(long, value_name = "ID/VERSION", help_heading = "Options")]
    pub referentiel: Option<String>,
    /// Parcours [d'ordinaire : le défaut de livret.yaml]
    #[arg(long, value_name = "PARCOURS", help_heading = "Options")]
    pub parcours: Option<String>,
    /// Blocs présentés, pour un parcours dont les blocs sont choisis : accueil,commercial
    #[arg(long, value_name = "BLOCS", value_delimiter = ',', help_heading = "Options")]
    pub blocs: Vec<String>,
    /// Un évaluateur : "Anne Le Goff, responsable d'agence" ; à répéter pour chacun
    #[arg(long = "evaluateur", value_name = "NOM, FONCTION", help_heading = "Options")]
    pub evaluateurs: Vec<String>,
    /// Nom du fichier, pour un homonyme [d'ordinaire : fait du nom et du prénom]
    #[arg(long, value_name = "ID", help_heading = "Options")]
    pub id: Option<String>,
}
