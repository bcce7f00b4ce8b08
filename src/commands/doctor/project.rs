//! The project: whether there is one, how large it is, whether its files and fonts are sound.

use std::path::Path;

use super::finding::{Finding, shown};
use crate::documents::plan::plan;
use crate::ground::diagnostic::Diagnostics;
use crate::ground::paths::PROJECT_FILE;
use crate::ground::source::Sources;
use crate::ground::text::count;
use crate::judge::project::Project;
use crate::sources::load;

/// What is known of the project.
#[derive(Default)]
pub(crate) struct Examined {
    pub findings: Vec<Finding>,
    /// How many documents it makes.
    pub documents: usize,
    /// The fonts of its theme: path in the theme, bytes.
    pub fonts: Vec<(String, Vec<u8>)>,
}

pub(crate) fn examine(directory: &Path) -> Examined {
    if load::project_root(&directory.join(PROJECT_FILE)).is_none_or(|root| root != directory) {
        let text = format!("{} n'est pas un projet : livret.yaml n'y est pas", shown(directory));
        let advice = "placez-vous dans le dossier d'un projet, ou donnez-le avec -C DOSSIER ; « livret init DOSSIER » en crée un";
        return Examined { findings: vec![Finding::look("projet", text).advice(advice)], ..Examined::default() };
    }
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let project = Project::read(directory, &mut sources, &mut diagnostics);
    let Some(project) = project else {
        let text = format!("il ne peut pas être lu ({})", count(diagnostics.errors(), "erreur(s)"));
        let finding = Finding::mistakes("projet", text).advice("« livret check » dit quoi, où et que faire");
        return Examined { findings: vec![finding], ..Examined::default() };
    };
    let documents = plan(&project, &mut diagnostics).map_or(0, |documents| documents.len());
    let size = format!(
        "{}, {}, {}",
        count(project.referentiels.len() + project.referentiels_en_erreur.len(), "référentiel(s)"),
        count(project.dossiers.len() + project.candidats_en_erreur.len(), "candidat(s)"),
        count(documents, "document(s) à faire"),
    );
    let (errors, warnings) = (diagnostics.errors(), diagnostics.warnings());
    let finding = if errors > 0 {
        let text = format!("{size} ; {}", count(errors, "erreur(s)"));
        Finding::mistakes("projet", text).advice("« livret check » dit quoi, où et que faire")
    } else if warnings > 0 {
        let text = format!("{size} ; {}", count(warnings, "avertissement(s)"));
        Finding::look("projet", text).advice("« livret check » les montre")
    } else {
        Finding::fine("projet", size)
    };
    let fonts: Vec<_> = project.theme.assets.into_iter().filter(|(path, _)| kind_of_font(path).is_some()).collect();
    Examined { findings: vec![finding, theme(&project.theme.nom, &fonts)], documents, fonts }
}

fn theme(nom: &str, fonts: &[(String, Vec<u8>)]) -> Finding {
    let broken: Vec<&str> = fonts.iter().filter(|font| !is_font(font)).map(|(path, _)| path.as_str()).collect();
    if !broken.is_empty() {
        let advice = "remettez ces fichiers, tels qu'ils étaient livrés avec le thème";
        return Finding::broken("thème", format!("« {nom} » : {} n'est pas une police", broken.join(", ")))
            .advice(advice);
    }
    if fonts.is_empty() {
        return Finding::look("thème", format!("« {nom} » n'a aucune police : les pages dépendent de la machine"))
            .advice("ajoutez au thème les polices qu'il emploie");
    }
    Finding::fine("thème", format!("« {nom} », {}", count(fonts.len(), "police(s)")))
}

/// The ending of a font's name.
pub(crate) fn kind_of_font(path: &str) -> Option<&str> {
    let (_, ending) = path.rsplit_once('.')?;
    ["woff2", "woff", "ttf", "otf"].contains(&ending).then_some(ending)
}

/// Whether a file starts as fonts do.
fn is_font((_, bytes): &&(String, Vec<u8>)) -> bool {
    [&b"wOF2"[..], b"wOFF", b"OTTO", b"true", b"\0\x01\0\0"].iter().any(|start| bytes.starts_with(start))
}
