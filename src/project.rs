//! A whole project, read, linked and judged: the recipe of the steps before rendering. All mistakes of all files
//! are collected; what is sound is kept.

use std::collections::BTreeMap;
use std::path::Path;

use crate::check::{self, Bilan};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::layout::{self, CONTENT, CandidatFile, THEMES};
use crate::link::{self, Referentiels};
use crate::load::{self, Files, PROJECT_FILE};
use crate::model::candidat::Candidat;
use crate::model::projet::Projet;
use crate::model::referentiel::Referentiel;
use crate::model::theme::Theme;
use crate::parse::markdown::html::{CONTENT_ASSETS, Context};
use crate::parse::{candidat, projet, referentiel, theme};
use crate::plan;
use crate::source::Sources;

/// What the sources of a project mean.
pub struct Project {
    pub projet: Projet,
    pub theme: Theme,
    pub referentiels: Vec<Referentiel>,
    pub candidats: Vec<Candidat>,
    /// The state of each candidat's livret, in the same order.
    pub bilans: Vec<Bilan>,
    /// Those whose files have mistakes: named on the index, but not built.
    pub candidats_en_erreur: Vec<CandidatFile>,
    /// The logo's file, by its path from the root.
    logo: Option<(String, Vec<u8>)>,
    /// Pictures below `content/`, by path from the root.
    pictures: BTreeMap<String, Vec<u8>>,
}

impl Project {
    /// Reads a project. `None`, with diagnostics, if nothing at all can be built from it.
    pub fn read(root: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Self> {
        let main = load::text_file(root, PROJECT_FILE, sources, diagnostics);
        let projet = main.and_then(|id| projet::projet(sources, id, diagnostics));
        let content = load::folder(root, CONTENT, sources, diagnostics);
        let theme = projet.as_ref().and_then(|p| read_theme(root, p, sources, diagnostics));
        let logo = projet.as_ref().and_then(|p| read_logo(root, p, diagnostics));

        let layout = layout::layout(&content.texts, diagnostics);
        let context = Context { sources, texts: &content.texts, binaries: &content.binaries };
        let mut referentiels = Vec::new();
        let mut broken = Vec::new();
        for files in &layout.referentiels {
            match referentiel::referentiel(files, &context, diagnostics) {
                Some(r) => {
                    check::referentiel(&r, diagnostics);
                    referentiels.push(r);
                }
                None => broken.push(format!("{}/{}", files.id, files.version)),
            }
        }
        let defauts = projet.as_ref().map(|p| p.defauts.clone()).unwrap_or_default();
        let known = Referentiels { all: &referentiels, broken };
        let (mut candidats, mut bilans, mut candidats_en_erreur) = (Vec::new(), Vec::new(), Vec::new());
        let doubles = doubles(&layout.candidats, diagnostics);
        for (file, double) in layout.candidats.into_iter().zip(doubles) {
            let linked = candidat::fiche(&file, &context, diagnostics)
                .and_then(|fiche| link::candidat(fiche, &known, &defauts, diagnostics))
                .and_then(|c| {
                    let bilan = check::candidat(&c, &referentiels[c.referentiel], diagnostics)?;
                    Some((c, bilan))
                });
            match linked {
                Some((candidat, bilan)) if !double => {
                    candidats.push(candidat);
                    bilans.push(bilan);
                }
                _ => candidats_en_erreur.push(file),
            }
        }
        let pictures = pictures(content, sources);
        Some(Self {
            projet: projet?,
            theme: theme?,
            referentiels,
            candidats,
            bilans,
            candidats_en_erreur,
            logo,
            pictures,
        })
    }

    /// The logo's path among the assets.
    pub fn logo_asset(&self) -> Option<&str> {
        self.logo.as_ref().map(|(path, _)| path.as_str())
    }

    /// Every file that pages may refer to, by its path below the output's assets folder.
    pub fn assets(&self) -> BTreeMap<String, Vec<u8>> {
        let theme = self.theme.assets.iter().map(|(path, bytes)| (format!("{}/{path}", self.theme.nom), bytes.clone()));
        let pictures = self.pictures.iter().map(|(path, bytes)| {
            let inner = path.strip_prefix("content/").unwrap_or(path);
            (format!("{CONTENT_ASSETS}{inner}"), bytes.clone())
        });
        theme.chain(pictures).chain(self.logo.clone()).collect()
    }
}

fn read_theme(root: &Path, projet: &Projet, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Theme> {
    let name = &projet.theme;
    if let Err(reason) = plan::check_name(&name.value) {
        diagnostics
            .push(Diagnostic::error(name.span, format!("« {} » ne peut pas être un thème : {reason}", name.value)));
        return None;
    }
    let themes = load::subfolders(root, THEMES);
    let files = load::folder(root, &format!("{THEMES}/{}", name.value), sources, diagnostics);
    theme::theme(name, files, &themes, sources, diagnostics)
}

fn read_logo(root: &Path, projet: &Projet, diagnostics: &mut Diagnostics) -> Option<(String, Vec<u8>)> {
    let logo = projet.organisme.logo.as_ref()?;
    let inside =
        !logo.value.starts_with('/') && !logo.value.split('/').any(|p| p == "..") && !logo.value.contains(['\\', ':']);
    let bytes = inside.then(|| load::binary_file(root, &logo.value)).flatten();
    if bytes.is_none() {
        diagnostics.push(
            Diagnostic::error(logo.span, format!("l'image « {} » n'existe pas", logo.value))
                .label("image introuvable")
                .help("donnez son chemin à partir du dossier du projet"),
        );
    }
    Some((format!("projet/{}", logo.value), bytes?))
}

/// Which candidats would be written where another one is, or outside the output.
fn doubles(files: &[CandidatFile], diagnostics: &mut Diagnostics) -> Vec<bool> {
    let mut seen: BTreeMap<String, &CandidatFile> = BTreeMap::new();
    files
        .iter()
        .map(|file| {
            for name in [&file.session, &file.id] {
                if let Err(reason) = plan::check_name(name) {
                    diagnostics.push(
                        Diagnostic::file_error(
                            file.path.clone(),
                            format!("« {name} » ne peut pas nommer un dossier : {reason}"),
                        )
                        .help("renommez-le avec des lettres, des chiffres et des tirets"),
                    );
                    return true;
                }
            }
            let folder = plan::dossier_candidat(&file.session, &file.id);
            let Some(first) = seen.insert(plan::fold(&folder), file) else { return false };
            diagnostics.push(
                Diagnostic::file_error(
                    file.path.clone(),
                    format!("ce candidat s'écrirait dans le même dossier que {}", first.path),
                )
                .help("renommez l'un des deux : seules la casse ou la composition des accents les distinguent"),
            );
            true
        })
        .collect()
}

/// The pictures among the files of the content.
fn pictures(content: Files, sources: &Sources) -> BTreeMap<String, Vec<u8>> {
    let svg = content
        .texts
        .iter()
        .filter(|(path, _)| path.ends_with(".svg"))
        .map(|(path, id)| (path.clone(), sources.text(*id).as_bytes().to_vec()));
    content.binaries.into_iter().chain(svg.collect::<Vec<_>>()).collect()
}
