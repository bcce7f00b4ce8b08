//! What is known of a project from its last reading: the schemas of its files, and where its référentiels define
//! what candidats' files name. A référentiel that is being changed, and has mistakes for a moment, stays known.

use std::collections::BTreeMap;

use serde_json::Value;

use super::text::{self, Range};
use crate::authoring::schema::project::{of_referentiel, schema};
use crate::authoring::schema::{Kind, walk};
use crate::ground::fingerprint::Fingerprint;
use crate::ground::fold;
use crate::ground::paths;
use crate::ground::source::{Sources, Span};
use crate::judge::project::Project;
use crate::model::referentiel::Bloc;

pub(crate) struct Known {
    schemas: BTreeMap<Kind, Value>,
    pub referentiels: BTreeMap<String, KnownReferentiel>,
    /// The référentiel of candidats' files that name none.
    pub default: Option<String>,
    read: Option<Fingerprint>,
}

/// One référentiel.
pub(crate) struct KnownReferentiel {
    /// What holds for its candidats beyond what holds for all.
    pub schema: Value,
    pub main: Defined,
    pub parcours: BTreeMap<String, Defined>,
    pub blocs: BTreeMap<String, Defined>,
    /// By bloc.
    pub competences: BTreeMap<String, BTreeMap<String, Defined>>,
}

/// A place in a file of the project.
#[derive(Debug, Clone)]
pub(crate) struct Defined {
    pub path: String,
    pub range: Range,
}

impl Default for Known {
    /// What holds in every project.
    fn default() -> Self {
        let schemas = Kind::ALL.into_iter().map(|kind| (kind, kind.schema())).collect();
        Self { schemas, referentiels: BTreeMap::new(), default: None, read: None }
    }
}

impl Known {
    /// Takes over what a reading found.
    pub(crate) fn update(&mut self, project: &Project, sources: &Sources) {
        // All but the candidats, who define nothing.
        if self.read.as_ref() == Some(&project.empreinte) {
            return;
        }
        self.read = Some(project.empreinte.clone());
        self.default = project.projet.defauts.referentiel.as_ref().map(|r| r.value.clone());
        self.schemas = Kind::ALL.into_iter().map(|kind| (kind, schema(kind, project))).collect();
        self.referentiels.retain(|chemin, _| project.referentiels_en_erreur.contains(chemin));
        for r in project.referentiels.iter() {
            let place = |span: Span| {
                let source = sources.get(span.source);
                Defined { path: source.path.clone(), range: text::range(&source.text, span.range()) }
            };
            let top = |bloc: &Bloc| Defined { path: place(bloc.titre_span).path, range: Range::default() };
            let own = |bloc: &Bloc| bloc.competences().map(|c| (c.id().to_owned(), place(c.span))).collect();
            let known = KnownReferentiel {
                schema: of_referentiel(r, &project.projet.defauts),
                main: Defined { path: paths::referentiel(&r.chemin()) + "/referentiel.md", range: Range::default() },
                parcours: r.parcours.iter().map(|p| (p.id.value.clone(), place(p.id.span))).collect(),
                blocs: r.blocs.iter().map(|bloc| (bloc.id.clone(), top(bloc))).collect(),
                competences: r.blocs.iter().map(|bloc| (bloc.id.clone(), own(bloc))).collect(),
            };
            self.referentiels.insert(r.chemin(), known);
        }
    }

    /// The schemas that hold for a file; `referentiel` is the one that a candidat's file names.
    pub(crate) fn schemas(&self, kind: Kind, referentiel: Option<&str>) -> Vec<&Value> {
        let general = self.schemas.get(&kind);
        let own = (kind == Kind::Candidat).then(|| self.referentiel(referentiel)).flatten();
        general.into_iter().chain(own.map(|r| &r.schema)).collect()
    }

    /// The référentiel of this name, or the default one.
    pub(crate) fn referentiel(&self, name: Option<&str>) -> Option<&KnownReferentiel> {
        find(&self.referentiels, name.or(self.default.as_deref())?)
    }
}

/// What is known by a name, however it is spelled.
pub(crate) fn find<'k, T>(known: &'k BTreeMap<String, T>, name: &str) -> Option<&'k T> {
    known.get(name).or_else(|| known.values().nth(fold::find(name, known.keys().map(String::as_str))?))
}

impl KnownReferentiel {
    /// The ids of its blocs, each with its title.
    pub(crate) fn blocs(&self) -> Vec<(String, String)> {
        let blocs = walk::at(&[&self.schema], &[walk::Step::Key("evaluations".to_owned())]);
        let title = |id: &String| blocs[0]["properties"][id]["description"].as_str().unwrap_or_default().to_owned();
        walk::keys(&blocs).into_iter().map(|id| (id.clone(), title(&id))).collect()
    }
}
