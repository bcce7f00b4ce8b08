//! A new référentiel and its blocs: the least that checks clean, with remarks that say what to write where. Remarks
//! stand in the front matter, the only place whose `#` is not printed.

use super::NewSource;
use super::yaml::block;
use crate::ground::paths::referentiel;
use crate::ground::text::fill;

/// What a new référentiel says of itself.
#[derive(Debug, Clone)]
pub(crate) struct NewReferentiel {
    pub id: String,
    pub version: String,
    pub titre: String,
    pub certification: String,
    pub rncp: Option<String>,
    /// From 1 to 9.
    pub evaluateurs: usize,
    pub blocs: Vec<NewBloc>,
}

#[derive(Debug, Clone)]
pub(crate) struct NewBloc {
    pub numero: u32,
    pub id: String,
    pub titre: String,
    /// The id of its first compétence, not used elsewhere in the référentiel.
    pub competence: String,
}

/// `content/referentiels/<id>/<version>`.
pub(crate) fn folder(id: &str, version: &str) -> String {
    referentiel(&format!("{id}/{version}"))
}

impl NewReferentiel {
    pub(crate) fn sources(&self) -> Vec<NewSource> {
        let folder = folder(&self.id, &self.version);
        let mut files = vec![
            NewSource::new(format!("{folder}/referentiel.md"), self.principal()),
            NewSource::new(format!("{folder}/note-aux-evaluateurs.md"), NOTE),
            NewSource::new(format!("{folder}/mode-d-emploi.md"), MODE_EMPLOI),
        ];
        files.extend(self.blocs.iter().map(|bloc| bloc.source(&self.id, &self.version)));
        files
    }

    fn principal(&self) -> String {
        let rncp = match &self.rncp {
            Some(rncp) => format!("rncp: {}", block(rncp)),
            None => "# rncp: RNCP00000    le numéro au répertoire national, s'il y en a un".to_owned(),
        };
        let (titre, certification) = (block(&self.titre), block(&self.certification));
        let evaluateurs = self.evaluateurs.to_string();
        fill(PRINCIPAL, |place| match place {
            "{titre}" => Some(&titre),
            "{certification}" => Some(&certification),
            "{rncp}" => Some(&rncp),
            "{evaluateurs}" => Some(&evaluateurs),
            _ => None,
        })
    }
}

impl NewBloc {
    /// The file, which is named after number and id.
    pub(crate) fn source(&self, referentiel: &str, version: &str) -> NewSource {
        let path = format!("{}/blocs/{}-{}.md", folder(referentiel, version), self.numero, self.id);
        let (titre, numero) = (block(&self.titre), self.numero.to_string());
        let competence = format!("{{#{}}}", self.competence);
        let text = fill(BLOC, |place| match place {
            "{titre}" => Some(&titre),
            "{numero}" => Some(&numero),
            "{#competence}" => Some(&competence),
            _ => None,
        });
        NewSource::new(path, text)
    }
}

const PRINCIPAL: &str = "\
---
titre: {titre}
# La sorte de certification, imprimée devant le titre : CQP, titre à finalité professionnelle…
certification: {certification}
{rncp}
# Combien d'évaluateurs signent.
evaluateurs: {evaluateurs}

# Les niveaux, dans l'ordre de leurs cases. Les fiches des candidats écrivent l'id, ou le code.
echelle:
  - id: acquis
    code: A
    nom: ACQUIS
    definition: le candidat réalise en autonomie ce qui est attendu.
  - id: non acquis
    code: NA
    nom: NON ACQUIS
    definition: le candidat ne réalise pas ce qui est attendu.

# Les voies vers la certification, et le titre du mode d'emploi qui vaut pour chacune.
parcours:
  - { id: complet, nom: Ensemble des blocs, blocs: tous, passage: jury }
  - { id: isole, nom: Bloc(s) isolé(s), blocs: choisis, passage: commission }

# Ce qui suit vaut pour tous les blocs ; chaque bloc peut le préciser.
# La grille et les commentaires suivent ce qui les précède, s'il y a la place ; « page » : ils commencent une page.
grille: suite
commentaires: suite

regles:
  evaluateurs_distincts: oui
  consensus: oui
  activites_exercees: oui
---
Ce livret réunit l'évaluation des compétences du candidat. Il est remis au jury ou à la commission.
";

const NOTE: &str = "\
# I. Note à l'attention des évaluateurs {#note}

L'évaluation se prépare avec le candidat, puis fait l'objet d'une restitution.

Elle repose sur **ce qui est observé**, à l'aide des critères de ce livret.
";

const MODE_EMPLOI: &str = "\
# III. L'évaluation des compétences {#evaluation}

## a. Mode d'emploi {#mode-d-emploi}

Chaque compétence est évaluée selon cette échelle :

[[echelle]]

### 1. Examen du dossier {#examen .page}

#### i. Devant un jury {#jury parcours=complet}

Le candidat présente son expérience, puis répond au jury.

#### ii. En commission {#commission parcours=isole}

Le dossier est examiné sans entretien.
";

const BLOC: &str = "\
---
titre: {titre}
# Ce que ce bloc demande de plus que le référentiel ; ôtez le dièse pour l'exiger :
# regles:
#   entretiens: { min: 3, max: 5 }
#   duree_max_jours: 7
#   commentaires: obligatoires
# Plus bas : d'abord les modalités, puis chaque activité (##) avec ses compétences (###) et leurs critères.
# L'identifiant d'une compétence, {#…}, ne change plus dès qu'un candidat est évalué.
---
## Modalités d'évaluation :

Les évaluateurs observent le candidat en situation de travail.

## Première activité du bloc {numero}

### Réaliser la première tâche du bloc {numero} {#competence}

- La tâche est réalisée dans le délai prévu
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::parse::filler::{FILLER, filler};

    #[test]
    fn filler_is_found_until_it_is_replaced() {
        let texts = [PRINCIPAL, NOTE, MODE_EMPLOI, BLOC];
        for words in FILLER {
            assert!(texts.iter().any(|text| text.contains(words)), "{words}");
        }
        assert_eq!(filler(BLOC).len(), 4);
        assert!(filler("- La tâche est réalisée dans les règles\n").is_empty());
        let text = "## Première activité du bloc 2\n";
        assert_eq!(filler(text).into_iter().map(|at| &text[at]).collect::<Vec<_>>(), ["Première activité du bloc 2"]);
    }

    #[test]
    fn a_title_that_looks_like_a_placeholder_stays_a_title() {
        let bloc =
            NewBloc { numero: 2, id: "a".into(), titre: "{competence} : {numero}".into(), competence: "a-1".into() };
        let text = String::from_utf8(bloc.source("r", "1").bytes).unwrap();
        assert!(text.starts_with("---\ntitre: \"{competence} : {numero}\"\n"), "{text}");
        assert!(text.contains("bloc 2 {#a-1}"), "{text}");
    }
}
