//! What a column's title means, as people write it, whatever the case, the accents and the order of words. A title is
//! known only if every word of it is: « Tuteur en entreprise » names no employer.

use crate::ground::fold::slug;
use crate::ground::text::is_among;

/// What a column says of each candidat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Nom,
    Prenom,
    /// Both in one cell: nobody can tell where one ends.
    NomComplet,
    Civilite,
    Entreprise,
    Session,
    Referentiel,
    Version,
    Parcours,
    Blocs,
    EvaluateurNom(usize),
    EvaluateurPrenom(usize),
    EvaluateurFonction(usize),
}

impl Field {
    pub(crate) fn label(self) -> String {
        match self {
            Self::Nom => "nom".into(),
            Self::Prenom => "prénom".into(),
            Self::NomComplet => "nom et prénom".into(),
            Self::Civilite => "civilité".into(),
            Self::Entreprise => "entreprise".into(),
            Self::Session => "session".into(),
            Self::Referentiel => "référentiel".into(),
            Self::Version => "version".into(),
            Self::Parcours => "parcours".into(),
            Self::Blocs => "blocs".into(),
            Self::EvaluateurNom(n) => format!("évaluateur {n}"),
            Self::EvaluateurPrenom(n) => format!("prénom de l'évaluateur {n}"),
            Self::EvaluateurFonction(n) => format!("fonction de l'évaluateur {n}"),
        }
    }
}

/// Words that say nothing about what is in the column.
pub(crate) const EMPTY: &str = "a au aux d de des du en et l la le les n no numero obligatoire ou s son votre";
const PERSON: &str = "candidat candidats candidate candidates e stagiaire apprenant salarie participant";

/// Fields whose titles have one word that tells, and others that may stand beside it.
const KNOWN: &[(Field, &str, &str)] = &[
    (
        Field::Entreprise,
        "entreprise structure employeur employeuse societe etablissement organisme mutuelle",
        "nom raison sociale denomination accueil actuel actuelle adherente adherent",
    ),
    (Field::Session, "session sessions", "date jury examen evaluation certification mois annee nom cqp visee prevue"),
    (Field::Version, "version millesime", "referentiel certification cqp"),
    (
        Field::Referentiel,
        "referentiel certification cqp diplome",
        "vise visee prepare preparee presente presentee choisi choisie titre intitule nom",
    ),
    (Field::Parcours, "parcours voie", "choisi choisie vise type certification acces cqp"),
    (Field::Blocs, "bloc blocs", "presente presentes vise vises choisi choisis competences evalues"),
];

/// What a title means, and whether it can mean nothing else.
pub(crate) fn field(title: &str) -> Option<(Field, bool)> {
    if title.chars().count() > 60 {
        return None;
    }
    let words = slug(title);
    let all: Vec<&str> = words.split('-').filter(|w| !is_among(w, EMPTY) && !w.is_empty()).collect();
    let own: Vec<&str> = all.iter().copied().filter(|w| !is_among(w, PERSON)).collect();
    if own.iter().any(|w| w.starts_with("evaluateur") || w.starts_with("evaluatrice")) {
        return evaluateur(&own).map(|field| (field, true));
    }
    let strong = |field| Some((field, true));
    match own.as_slice() {
        [] if !all.is_empty() => Some((Field::NomComplet, false)),
        ["nom", "naissance" | "patronymique"] | ["nom", "jeune", "fille"] => Some((Field::Nom, false)),
        ["nom"] | ["noms"] | ["nom", "famille" | "usage" | "usuel" | "marital"] => strong(Field::Nom),
        ["prenom"] | ["prenoms"] | ["prenom", "usuel" | "usage"] => strong(Field::Prenom),
        ["nom" | "noms", "prenom" | "prenoms"] | ["prenom" | "prenoms", "nom" | "noms"] => strong(Field::NomComplet),
        ["civilite"] | ["civilites"] => strong(Field::Civilite),
        ["raison", "sociale"] => strong(Field::Entreprise),
        _ => {
            let fits = |(_, telling, beside): &&(Field, &str, &str)| {
                own.iter().any(|w| is_among(w, telling))
                    && own.iter().all(|w| is_among(w, telling) || is_among(w, beside))
            };
            KNOWN.iter().find(fits).and_then(|(field, ..)| strong(*field))
        }
    }
}

/// The field that a title names without meaning it: « Tuteur en entreprise », « Nombre de sessions ».
pub(crate) fn alluded(title: &str) -> Option<Field> {
    let words = slug(title);
    let has = |known: &str| words.split('-').any(|w| is_among(w, known));
    match words.contains("evaluateur") || words.contains("evaluatrice") {
        true => Some(Field::EvaluateurNom(1)),
        false => KNOWN.iter().find(|(_, telling, _)| has(telling)).map(|(field, ..)| *field),
    }
}

/// « Fonction évaluateur 1 », « Évaluateur n° 2 (nom) », « 2e évaluateur ».
fn evaluateur(words: &[&str]) -> Option<Field> {
    const ORDINALS: [&str; 3] =
        ["premier premiere 1er 1ere", "second seconde deuxieme 2e 2nd 2nde 2eme", "troisieme 3e 3eme"];
    let (mut number, mut nom, mut prenom, mut fonction) = (None, false, false, false);
    for word in words {
        let own =
            ["evaluateurs", "evaluatrices", "evaluateur", "evaluatrice"].iter().find_map(|e| word.strip_prefix(e));
        match own.unwrap_or(word) {
            "" => {}
            "nom" | "noms" => nom = true,
            "prenom" | "prenoms" => prenom = true,
            "fonction" | "qualite" | "poste" | "metier" | "titre" => fonction = true,
            word => {
                let ordinal = ORDINALS.iter().position(|words| is_among(word, words)).map(|at| at + 1);
                // « Date », « Entreprise », « Avis »: of an évaluateur, but not who he is.
                let digits = word.trim_start_matches(['n', 'o']);
                let found =
                    ordinal.or_else(|| digits.parse().ok()).filter(|n| (1..=9).contains(n) && number.is_none())?;
                number = Some(found);
            }
        }
    }
    let number = number.unwrap_or(1);
    Some(match (fonction, prenom && !nom) {
        (true, _) => Field::EvaluateurFonction(number),
        (false, true) => Field::EvaluateurPrenom(number),
        (false, false) => Field::EvaluateurNom(number),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_matched_as_people_write_them() {
        let of = |title| field(title).map(|(field, _)| field);
        for (title, expected) in [
            ("NOM", Field::Nom),
            ("Nom du candidat *", Field::Nom),
            ("Nom du·de la candidat·e", Field::Nom),
            ("Nom d'usage", Field::Nom),
            ("Nom de naissance", Field::Nom),
            ("prénoms", Field::Prenom),
            ("Prenom du stagiaire", Field::Prenom),
            ("Nom et prénom", Field::NomComplet),
            ("Candidat", Field::NomComplet),
            ("Employeur", Field::Entreprise),
            ("Nom de l'employeur", Field::Entreprise),
            ("Entreprise d'accueil", Field::Entreprise),
            ("Structure employeuse", Field::Entreprise),
            ("Entreprise / Organisme", Field::Entreprise),
            ("Raison sociale", Field::Entreprise),
            ("Session de jury", Field::Session),
            ("Date de session", Field::Session),
            ("Référentiel", Field::Referentiel),
            ("Certification visée", Field::Referentiel),
            ("Version du référentiel", Field::Version),
            ("Bloc(s)", Field::Blocs),
            ("Blocs de compétences", Field::Blocs),
            ("Évaluateur 1", Field::EvaluateurNom(1)),
            ("Evaluateur n°2", Field::EvaluateurNom(2)),
            ("Evaluateur nº2", Field::EvaluateurNom(2)),
            ("2e évaluateur (nom et prénom)", Field::EvaluateurNom(2)),
            ("Fonction évaluateur 1", Field::EvaluateurFonction(1)),
            ("Évaluatrice 2 - qualité", Field::EvaluateurFonction(2)),
            ("Prénom évaluateur2", Field::EvaluateurPrenom(2)),
        ] {
            assert_eq!(of(title), Some(expected), "{title}");
        }
    }

    #[test]
    fn titles_that_name_another_thing_are_not_taken_for_it() {
        for (other, alludes) in [
            ("Date de naissance", false),
            ("Nom du tuteur", false),
            ("N°", false),
            ("Téléphone", false),
            ("SIRET", false),
            ("Bloc 1", true),
            ("Ville de l'entreprise", true),
            ("Tuteur en entreprise", true),
            ("Organisme de formation", true),
            ("Secteur de l'entreprise", true),
            ("Responsable structure", true),
            ("Taille de la société", true),
            ("Interlocuteur employeur", true),
            ("Effectif entreprise", true),
            ("Nombre de sessions", true),
            ("Lieu de la session", true),
            ("Dernier diplôme obtenu", true),
            ("Parcours professionnel", true),
            ("Courriel évaluateur 1", true),
            ("Entreprise évaluateur 1", true),
            ("Avis de l'évaluateur 2", true),
        ] {
            assert_eq!(field(other), None, "{other}");
            assert_eq!(alluded(other).is_some(), alludes, "{other}");
        }
    }
}
