//! The file of a candidat: its text, in the order of keys that people know, its name, and whether it stands the
//! program's own checks.

use super::NewSource;
use super::yaml::{block, flow};
use crate::ground::diagnostic::{Diagnostic, Severity};
use crate::ground::fold::slug;
use crate::ground::paths;
use crate::ground::source::Sources;
use crate::judge::project::Project;
use crate::model::libelle::Civilite;
use crate::model::referentiel::{Parcours, Referentiel};

/// What a new candidat's file says. Texts are of one line, none is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewCandidat {
    pub nom: String,
    pub prenom: String,
    pub civilite: Option<Civilite>,
    pub entreprise: Option<String>,
    /// `id/version`.
    pub referentiel: String,
    pub parcours: String,
    /// Ids; empty for a parcours that presents all.
    pub blocs: Vec<String>,
    pub(crate) evaluateurs: Vec<NewEvaluateur>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct NewEvaluateur {
    /// The id of a role that has a name.
    pub role: Option<String>,
    pub nom: String,
    pub fonction: Option<String>,
}

/// A mistake that the file would contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// The key that it is about, `evaluateurs` with its number from 1.
    pub key: String,
    pub numero: usize,
    pub message: String,
    pub help: Option<String>,
}

impl NewCandidat {
    /// Somebody on a parcours of a référentiel.
    pub(crate) fn of(referentiel: &Referentiel, parcours: &Parcours) -> Self {
        Self { referentiel: referentiel.chemin(), parcours: parcours.id.value.clone(), ..Self::default() }
    }

    pub(crate) fn nom_complet(&self) -> String {
        format!("{} {}", self.prenom, self.nom)
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut text = String::from("---\n");
        for (key, value) in [
            ("nom", Some(self.nom.as_str())),
            ("prenom", Some(&self.prenom)),
            ("civilite", self.civilite.map(Civilite::mot)),
            ("entreprise", self.entreprise.as_deref()),
            ("referentiel", Some(&self.referentiel)),
            ("parcours", Some(&self.parcours)),
        ] {
            text.extend(value.map(|value| format!("{key}: {}\n", block(value))));
        }
        if !self.blocs.is_empty() {
            let blocs: Vec<_> = self.blocs.iter().map(|b| flow(b)).collect();
            text.push_str(&format!("blocs: [{}]\n", blocs.join(", ")));
        }
        if !self.evaluateurs.is_empty() {
            text.push_str("evaluateurs:\n");
        }
        for evaluateur in &self.evaluateurs {
            let role = evaluateur.role.as_ref().map(|role| format!("role: {}, ", flow(role))).unwrap_or_default();
            let fonction = evaluateur.fonction.as_ref().map(|f| format!(", fonction: {}", flow(f))).unwrap_or_default();
            text.push_str(&format!("  - {{ {role}nom: {}{fonction} }}\n", flow(&evaluateur.nom)));
        }
        text + "---\n"
    }

    /// The file to write.
    pub(crate) fn source(&self, session: &str, id: &str) -> NewSource {
        NewSource::new(paths::fiche(session, id), self.text())
    }

    /// What the program's own checks would say against this file.
    pub(crate) fn mistakes(&self, session: &str, id: &str, project: &Project) -> Vec<Mistake> {
        let mut sources = Sources::default();
        let source = sources.add(paths::fiche(session, id), self.text());
        let (_, diagnostics) = project.fiche_seule((session, id), source, &sources);
        diagnostics.sorted(&sources).into_iter().filter_map(|d| self.mistake(d, &sources)).collect()
    }

    fn mistake(&self, diagnostic: &Diagnostic, sources: &Sources) -> Option<Mistake> {
        if diagnostic.severity() > Severity::Warning {
            return None;
        }
        let line = diagnostic.line(sources).unwrap_or(1);
        let text = self.text();
        let written = text.lines().nth(line - 1).unwrap_or_default();
        let before = text.lines().take(line).filter(|l| l.starts_with("  - ")).count();
        let (key, numero) = match written.strip_prefix("  - ") {
            Some(_) => ("evaluateurs", before),
            None => (written.split(':').next().unwrap_or_default(), 0),
        };
        Some(Mistake {
            key: key.to_owned(),
            numero,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
        })
    }
}

/// More letters than the name of a file should have: systems stop at 255 bytes.
pub(crate) const LONGEST_NAME: usize = 120;

/// The name of a candidat's file: « martin-claire ». Letters that have no plain Latin form stay as they are.
pub(crate) fn file_id(nom: &str, prenom: &str) -> String {
    slug(&format!("{nom} {prenom}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_as_a_person_writes_it() {
        let candidat = NewCandidat {
            nom: "Le Bihan-Prigent".into(),
            prenom: "Marie-Ange".into(),
            civilite: Some(Civilite::M),
            entreprise: Some("Mutuelle : l'Argoat".into()),
            referentiel: "charge-accueil/2024".into(),
            parcours: "isole".into(),
            blocs: vec!["accueil".into(), "commercial".into()],
            evaluateurs: vec![
                NewEvaluateur {
                    role: None,
                    nom: "Soazig Kermarrec".into(),
                    fonction: Some("Formatrice, organisme habilité".into()),
                },
                NewEvaluateur { role: None, nom: "Philippe Delaunay".into(), fonction: None },
            ],
        };
        assert_eq!(
            candidat.text(),
            "---\nnom: Le Bihan-Prigent\nprenom: Marie-Ange\ncivilite: M.\nentreprise: \"Mutuelle : l'Argoat\"\n\
             referentiel: charge-accueil/2024\nparcours: isole\nblocs: [accueil, commercial]\nevaluateurs:\n  \
             - { nom: Soazig Kermarrec, fonction: \"Formatrice, organisme habilité\" }\n  \
             - { nom: Philippe Delaunay }\n---\n"
        );
    }

    #[test]
    fn file_names_are_plain_where_they_can_be() {
        assert_eq!(file_id("D'Hervilly", "Benoît"), "d-hervilly-benoit");
        assert_eq!(file_id("Łukaszewicz", "Søren"), "lukaszewicz-soren");
        assert_eq!(file_id("王", "伟"), "王-伟");
        assert_eq!(file_id("Иванов", "Ivan"), "иванов-ivan");
        assert_eq!(file_id("-", "#"), "");
    }
}
