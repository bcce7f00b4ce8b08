//! A plan entry to HTML, through the theme's templates. Makes no file and prints nothing; what a template gets
//! wrong is a diagnostic with the template's line and the document being rendered.

pub(crate) mod assets;
pub(crate) mod context;
mod errors;
mod filters;
mod francais;
mod polices;
mod prose;
mod signes;
pub(crate) mod sommaire;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use tera::{Context, Tera, Value};

use crate::documents::plan::{Document, Sujet};
use crate::ground::diagnostic::{Diagnostic, Diagnostics};
use crate::ground::source::Sources;
use crate::ground::typographie::typographier;
use crate::judge::project::{Dossier, Project};
use crate::model::libelle::Civilite;
use assets::Assets;
use context::bordereau::Places;
use context::en_erreur::Anciens;
use context::referentiel::Textes;
use context::{Field, Libelles};
use polices::Polices;

/// The theme's templates, ready to render any document of the project.
#[derive(Clone)]
pub struct Renderer<'a> {
    pub(crate) project: &'a Project,
    pub(crate) documents: &'a [Document],
    pub(crate) sources: &'a Sources,
    templates: Templates,
    /// Whether pages refer to PDFs.
    pub(crate) with_pdf: bool,
    pub(crate) anciens: Anciens,
    /// Where the documents of the session stand that is bundled.
    places: Option<&'a Places<'a>>,
}

/// A theme, compiled. It stays good as long as nothing but candidats changes; cloning shares it.
#[derive(Clone)]
pub struct Templates {
    assets: Arc<Assets>,
    tera: Arc<Tera>,
    logo: Option<String>,
    polices: Arc<Polices>,
    /// The words of each référentiel, those of the theme alone last.
    libelles: Arc<Vec<Libelles>>,
    /// The same where they speak of a candidat: of a woman, of a man.
    accordes: Arc<Vec<[Libelles; 2]>>,
    /// The texts of each référentiel.
    textes: Arc<Vec<Textes>>,
}

impl Templates {
    /// Compiles the templates and reads the fonts. `None`, with diagnostics, if one of them is wrong.
    pub fn compile(project: &Project, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Self> {
        let assets = Arc::new(Assets::new(project.assets()));
        let mut tera = Tera::default();
        filters::register(&mut tera, &project.theme.nom, assets.clone());
        let templates: Vec<(&str, &str)> =
            project.theme.gabarits.iter().map(|(name, id)| (name.as_str(), sources.text(*id))).collect();
        if let Err(error) = tera.add_raw_templates(templates) {
            diagnostics.push(errors::diagnostic(&error, &project.theme, sources));
            return None;
        }
        let words = &project.theme.libelles;
        let all = || project.referentiels.iter().map(|r| &r.libelles);
        let none = BTreeMap::new();
        let libelles = all().chain([&none]).map(|own| context::libelles(words, own, None)).collect();
        let accordes =
            all().map(|own| Civilite::ALL.map(|civilite| context::libelles(words, own, Some(civilite)))).collect();
        let activites = project.theme.gabarits.values().any(|id| names(sources.text(*id), "activites"));
        let textes = Arc::new(project.referentiels.par_iter().map(|r| Textes::of(r, activites)).collect());
        let logo = project.logo_asset().map(ToOwned::to_owned);
        let polices = Arc::new(Polices::of(&project.theme, diagnostics)?);
        let (libelles, accordes) = (Arc::new(libelles), Arc::new(accordes));
        Some(Self { assets, tera: Arc::new(tera), logo, polices, libelles, accordes, textes })
    }
}

impl<'a> Renderer<'a> {
    /// Compiles the templates. `None`, with diagnostics, if one of them is wrong.
    pub fn new(
        project: &'a Project,
        documents: &'a [Document],
        sources: &'a Sources,
        with_pdf: bool,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let templates = Templates::compile(project, sources, diagnostics)?;
        Some(Self::with(templates, project, documents, sources, with_pdf))
    }

    /// Renders with templates that are compiled already.
    pub fn with(
        templates: Templates,
        project: &'a Project,
        documents: &'a [Document],
        sources: &'a Sources,
        with_pdf: bool,
    ) -> Self {
        Self { project, documents, sources, templates, with_pdf, anciens: Anciens::default(), places: None }
    }

    /// The index leads to these documents too.
    #[must_use]
    pub(crate) fn keeping(self, anciens: Anciens) -> Self {
        Self { anciens, ..self }
    }

    /// The document of a session tells these places.
    #[must_use]
    pub(crate) fn placing(self, places: &'a Places<'a>) -> Self {
        Self { places: Some(places), ..self }
    }

    /// The first font of a PDF that is none of the theme's.
    pub(crate) fn foreign_font<'f>(&self, fonts: impl IntoIterator<Item = &'f str>) -> Option<&'f str> {
        self.templates.polices.foreign(fonts)
    }

    /// The words of a référentiel's documents.
    pub(crate) fn libelles(&self, referentiel: usize) -> &Libelles {
        &self.templates.libelles[referentiel]
    }

    pub(crate) fn assets(&self) -> &Assets {
        &self.templates.assets
    }

    /// One document, its assets still tokens: see [`Assets::link`] and [`Assets::inline`].
    ///
    /// # Errors
    /// What is wrong in the template, as a diagnostic that names the document.
    pub fn render(&self, document: &Document) -> Result<String, Box<Diagnostic>> {
        let html = self.templates.tera.render(&document.gabarit, &self.context(document)).map_err(|error| {
            let diagnostic = errors::diagnostic(&error, &self.project.theme, self.sources);
            Box::new(diagnostic.fact(format!("document en cours : {}", document.html())))
        })?;
        if !document.pdf {
            return Ok(html);
        }
        // A page that is printed has a font for each of its signs.
        self.templates
            .polices
            .complete(html)
            .map_err(|signs| Box::new(signes::sans_police(&signs, document, self.project, self.sources)))
    }

    fn context(&self, document: &Document) -> Context {
        let Self { project, documents, with_pdf, .. } = self;
        let Templates { libelles, textes, .. } = &self.templates;
        // Of whose référentiel the texts and words are.
        let (words, parcours) = match document.sujet {
            Sujet::Projet | Sujet::Session(_) => (textes.len(), None),
            Sujet::Referentiel(i) => (i, None),
            Sujet::Candidat(i) => (project.candidat(i).referentiel, Some(project.candidat(i).parcours)),
        };
        let mots = self.mots(document, words);
        let mut all = vec![
            ("projet", context::projet(&project.projet, self.templates.logo.as_deref())),
            ("page", self.page(document)),
            ("libelles", mots.valeur.clone()),
        ];
        if let Some(textes) = textes.get(words) {
            all.extend([("referentiel", textes.referentiel(parcours)), ("grilles", textes.grilles.clone())]);
        }
        match document.sujet {
            Sujet::Projet => all.extend(context::index::index(project, documents, &self.anciens, libelles, *with_pdf)),
            Sujet::Referentiel(i) => {
                all.extend(context::livret::vierge(&project.referentiels[i], &textes[i], mots));
                all.extend(context::index::versions(project, i, documents, *with_pdf));
            }
            Sujet::Candidat(i) => {
                let Dossier { candidat, bilan, .. } = &*project.dossiers[i];
                let (r, t) = (&project.referentiels[words], &textes[words]);
                all.extend(context::livret::livret(candidat, bilan, r, t, mots));
                all.extend(context::index::liens_du_candidat(i, project, documents, mots, *with_pdf));
            }
            Sujet::Session(_) => {
                all.extend(self.places.iter().flat_map(|places| context::bordereau::bordereau(project, places, mots)));
            }
        }
        let mut context = Context::new();
        all.into_iter().for_each(|(name, value): Field| context.insert_value(name, value));
        context
    }

    /// The words of a document, those of a référentiel or the theme's alone; of a candidat, such as agree.
    fn mots(&self, document: &Document, words: usize) -> &Libelles {
        let of = if let Sujet::Candidat(i) = document.sujet { self.project.candidat(i).civilite } else { None };
        match Civilite::ALL.iter().position(|civilite| of == Some(*civilite)) {
            Some(at) => &self.templates.accordes[words][at],
            None => &self.templates.libelles[words],
        }
    }

    /// The page itself.
    fn page(&self, document: &Document) -> Value {
        let pdf = document.pdf.then(|| format!("{}.pdf", document.fichier));
        context::fields([
            ("titre", typographier(&document.titre).into()),
            ("auteur", typographier(&self.project.projet.organisme.nom).into()),
            ("racine", document.racine().into()),
            ("chemin", document.html().into()),
            ("pdf", pdf.filter(|_| self.with_pdf).into()),
            ("gabarit", document.gabarit.as_str().into()),
            // The document's id in the theme.
            ("document", document.id.as_str().into()),
        ])
    }
}

/// Whether a template has a word that is the name of a field, by itself.
fn names(gabarit: &str, field: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    gabarit.split(|c| !part(c)).any(|word| word == field)
}
