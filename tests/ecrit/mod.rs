//! What is written is what is shown: every word of a source is on a page, or a message names its line. Through the
//! library, with a theme that shows all there is.

mod ecrits;
mod entetes;
mod fuzz;
mod mots;
mod ordinaires;

use std::fs;
use std::path::Path;

use livret::documents::plan::{Sujet, plan};
use livret::documents::render::Renderer;
use livret::ground::diagnostic::{Diagnostic, Diagnostics, Severity, show};
use livret::ground::source::Sources;
use livret::judge::project::{Memory, Project};
use livret::model::referentiel::{Bloc, Referentiel};
use tempfile::TempDir;

use crate::support;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A project in a temporary folder.
pub struct Projet(TempDir);

/// What came of reading it.
pub struct Lu {
    pub sources: Sources,
    pub diagnostics: Diagnostics,
    /// The words of each page, by its path.
    pub pages: Vec<(String, Vec<String>)>,
}

impl Projet {
    /// The content of a project of the repository, with the theme that shows all.
    pub fn de(project: &str, referentiel: &str) -> Self {
        Self::sous(project, referentiel, "tests/ecrit/theme")
    }

    /// The content of a project, with a theme.
    pub fn sous(project: &str, referentiel: &str, theme: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        support::copy(&Path::new(ROOT).join(project).join("content"), &folder.path().join("content"));
        support::copy(&Path::new(ROOT).join(theme), &folder.path().join("themes/essai"));
        let projet = Self(folder);
        let organisme = "organisme:\n  nom: Commission d'essai\n  sigle: CE\n  entete: En-tête de la commission\n";
        let defauts = format!("theme: essai\ndefauts:\n  referentiel: {referentiel}\n  parcours: complet\n");
        projet.ecrit("livret.yaml", &format!("{organisme}{defauts}"));
        projet
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn ecrit(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Reads and renders it, with these texts in place of files.
    pub fn lit<'t>(&self, instead: impl IntoIterator<Item = (&'t str, &'t str)>) -> Lu {
        let mut memory = Memory::default();
        memory.overlay = instead.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let mut pages = Vec::new();
        if let Some(project) = Project::read_again(self.0.path(), &mut memory, &mut sources, &mut diagnostics)
            && let Some(documents) = plan(&project, &mut diagnostics)
            && let Some(renderer) = Renderer::new(&project, &documents, &sources, false, &mut diagnostics)
        {
            for document in &documents {
                let mut words = match renderer.render(document) {
                    Ok(html) => mots::montres(&html),
                    Err(diagnostic) => {
                        diagnostics.push(*diagnostic);
                        continue;
                    }
                };
                if let Sujet::Referentiel(i) = document.sujet {
                    words.extend(regles(&project.referentiels[i]));
                }
                pages.push((document.html(), words));
            }
        }
        Lu { sources, diagnostics, pages }
    }
}

/// The rules of each bloc, which no page shows.
fn regles(referentiel: &Referentiel) -> Vec<String> {
    let of =
        |bloc: &Bloc| [vec![format!("[regles {}]", bloc.numero)], mots::mots(&format!("{:?}", bloc.regles))].concat();
    referentiel.blocs.iter().flat_map(of).collect()
}

impl Lu {
    /// All that is said but of what is still to be filled in.
    pub fn said(&self) -> Vec<&Diagnostic> {
        let mut said = self.diagnostics.sorted(&self.sources);
        said.retain(|d| d.severity() != Severity::Note);
        said
    }

    /// The same as people see it.
    pub fn messages(&self) -> String {
        show::show(&self.said(), &self.sources, false)
    }

    pub fn page(&self, path: &str) -> &[String] {
        let page = self.pages.iter().find(|(own, _)| own == path);
        &page.unwrap_or_else(|| panic!("no page {path}: {}", self.messages())).1
    }
}
