//! A whole project, read, linked and judged: the recipe of the steps before rendering. All mistakes of all files
//! are collected; what is sound is kept.

mod candidats;
mod en_erreur;
mod files;
mod gardes;
mod memory;
mod seule;
mod tirets;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::ground::diagnostic::Diagnostics;
use crate::ground::fingerprint::{Fingerprint, Parts};
use crate::ground::paths::{self, CONTENT, REFERENTIELS};
use crate::ground::source::{SourceId, Sources};
use crate::judge::check;
use crate::judge::link::Referentiels;
use crate::model::candidat::Candidat;
use crate::model::projet::Projet;
use crate::model::referentiel::Referentiel;
use crate::model::theme::Theme;
use crate::sources::layout::{self, Layout};
use crate::sources::load::{self, Files};
use crate::sources::parse::markdown::files::Context;
use crate::sources::parse::{projet, referentiel};

pub(crate) use candidats::Dossier;
pub(crate) use en_erreur::{CandidatEnErreur, Faute, Fautes};
pub(crate) use gardes::Gardes;
pub use memory::Memory;
use memory::Understood;

/// What the sources of a project mean.
pub struct Project {
    pub(crate) projet: Projet,
    pub(crate) theme: Theme,
    pub referentiels: Arc<Vec<Referentiel>>,
    /// `id/version` of those whose files have mistakes.
    pub referentiels_en_erreur: Vec<String>,
    pub dossiers: Vec<Arc<Dossier>>,
    /// The fingerprint of everything else: project, theme, référentiels, pictures.
    pub empreinte: Fingerprint,
    /// Those whose files have mistakes: named on the index, but not built.
    pub(crate) candidats_en_erreur: Vec<CandidatEnErreur>,
    /// What their mistakes are, and those of référentiels.
    pub(crate) fautes: Fautes,
    /// Of which fiches the documents stay, though they could not be read as such.
    pub(crate) gardes: Gardes,
    /// The logo's path among the assets, and its bytes.
    logo: Option<(String, Vec<u8>)>,
    /// Pictures below `content/`, by path from the root.
    pictures: BTreeMap<String, Vec<u8>>,
}

/// Remarks on texts that are printed as they stand.
fn advice(
    content: &Files,
    referentiels: &[Referentiel],
    candidats: &[&Candidat],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    for r in referentiels {
        let own = texts_below(content, &format!("{REFERENTIELS}/{}/", r.chemin()));
        check::citations(r, &own, sources, diagnostics);
    }
    check::textes(&texts_below(content, ""), sources, diagnostics);
    check::commentaires(candidats, &texts_below(content, &format!("{REFERENTIELS}/")), sources, diagnostics);
}

/// The Markdown files of the content below a folder.
fn texts_below(content: &Files, folder: &str) -> Vec<SourceId> {
    let prefix = format!("{CONTENT}/{folder}");
    let below = content.texts.iter().filter(|(path, _)| path.starts_with(&prefix) && path.ends_with(".md"));
    below.map(|(_, id)| *id).collect()
}

impl Project {
    /// Reads a project. `None`, with diagnostics, if nothing at all can be built from it.
    pub fn read(root: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Self> {
        Self::read_again(root, &mut Memory::default(), sources, diagnostics)
    }

    /// The same for a project that was read before. A memory and its sources belong together, and to one project.
    pub fn read_again(
        root: &Path,
        memory: &mut Memory,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut parts = Parts::default();
        let main = load::project_file(root, &memory.overlay, sources, diagnostics);
        let projet = main.and_then(|id| {
            parts.add(sources.text(id));
            projet::projet(sources, id, diagnostics)
        });
        let Memory { overlay, seen, .. } = &mut *memory;
        let content = load::folder(root, CONTENT, overlay, seen, sources, diagnostics);
        memory.pictures.read_again();
        let theme = projet.as_ref().and_then(|p| files::read_theme(root, p, memory, sources, &mut parts, diagnostics));
        memory.seen.forget_unused();
        let logo = projet.as_ref().and_then(|p| files::read_logo(root, p, &memory.pictures, diagnostics));
        parts.add(logo.as_ref().map_or(&[][..], |(_, bytes)| bytes));

        let layout = layout::layout(&content, sources, diagnostics);
        layout::egare::beside_content(&load::subfolders(root, ""), diagnostics);
        let gardes = Gardes::of(&content, &layout);
        let own: BTreeSet<&str> = layout.candidats.iter().map(|c| c.path.as_str()).collect();
        files::add(&content, |path| !own.contains(path), sources, &mut parts);
        let mut shared = Parts::default();
        shared.add(main.map_or("", |id| sources.text(id)));
        files::add(&content, |path| !own.contains(path), sources, &mut shared);
        for path in &content.unreadable {
            shared.add(path);
        }
        let shared = shared.fingerprint();
        let context =
            Context { sources, texts: &content.texts, binaries: &content.binaries, pictures: &memory.pictures };
        let known = memory.referentiels.take().filter(|known| known.empreinte == shared);
        let understood = known.unwrap_or_else(|| understand(&layout, &context, shared.clone()));
        let understood = &*memory.referentiels.insert(understood);
        diagnostics.append(understood.diagnostics.clone());
        let (referentiels, broken) = (&understood.sound, &understood.broken);
        if projet.is_some() && layout.referentiels.is_empty() && broken.is_empty() {
            diagnostics.push(layout::no_referentiel());
        }
        check::versions(referentiels, diagnostics);
        if let Some(theme) = &theme {
            check::libelles(theme, referentiels, sources, diagnostics);
        }
        let defauts = projet.as_ref().map(|p| &p.defauts);
        let known = Referentiels { all: referentiels, broken };
        if let Some(defauts) = defauts {
            known.defaut(defauts, diagnostics);
        }
        let mut candidats = candidats::candidats(
            layout.candidats,
            &context,
            &known,
            defauts,
            &shared,
            &mut memory.candidats,
            diagnostics,
        );
        let sound: Vec<&Candidat> = candidats.sound.iter().map(|dossier| &dossier.candidat).collect();
        check::doublons(&sound, diagnostics);
        if !memory.without_advice {
            advice(&content, referentiels, &sound, sources, diagnostics);
        }
        candidats.broken.extend(content.unreadable.iter().filter_map(|path| CandidatEnErreur::unreadable(path)));
        let mut fautes = Fautes::of(diagnostics, sources, &understood.fautes);
        for chemin in broken {
            if let Some(id) = content.texts.get(&(paths::referentiel(chemin) + "/referentiel.md")) {
                fautes.entitle(chemin, sources.text(*id));
            }
        }
        let pictures = files::pictures(content, sources);
        Some(Self {
            projet: projet?,
            theme: theme?,
            referentiels: Arc::clone(referentiels),
            referentiels_en_erreur: broken.clone(),
            dossiers: candidats.sound,
            empreinte: parts.fingerprint(),
            candidats_en_erreur: candidats.broken,
            fautes,
            gardes,
            logo,
            pictures,
        })
    }

    pub(crate) fn candidat(&self, i: usize) -> &Candidat {
        &self.dossiers[i].candidat
    }

    /// Those that are sound, in the order of their ids.
    pub fn candidats(&self) -> impl ExactSizeIterator<Item = &Candidat> + Clone {
        self.dossiers.iter().map(|dossier| &dossier.candidat)
    }

    /// The names of all sessions, of those too that no candidat can be built of.
    pub(crate) fn sessions(&self) -> BTreeSet<&str> {
        let sound = self.candidats().map(|c| c.session.as_str());
        sound.chain(self.candidats_en_erreur.iter().map(|c| c.session.as_str())).collect()
    }

    /// The logo's path among the assets.
    pub(crate) fn logo_asset(&self) -> Option<&str> {
        self.logo.as_ref().map(|(path, _)| path.as_str())
    }

    /// The paths of the content's pictures among the assets.
    pub(crate) fn pictures(&self) -> impl Iterator<Item = String> {
        self.pictures.keys().map(|path| paths::asset(path))
    }

    /// Every file that pages may refer to, by its path below the output's assets folder.
    pub(crate) fn assets(&self) -> BTreeMap<String, Vec<u8>> {
        let theme = self.theme.assets.iter().map(|(path, bytes)| (format!("{}/{path}", self.theme.nom), bytes.clone()));
        let pictures = self.pictures.iter().map(|(path, bytes)| (paths::asset(path), bytes.clone()));
        theme.chain(pictures).chain(self.logo.clone()).collect()
    }
}

/// Reads every référentiel from the files that the layout names.
fn understand(layout: &Layout, context: &Context, empreinte: Fingerprint) -> Understood {
    let mut diagnostics = Diagnostics::default();
    let (mut sound, mut broken, mut fautes) = (Vec::new(), layout.incomplets.clone(), BTreeMap::new());
    for files in &layout.referentiels {
        let mut own = Diagnostics::default();
        let read = referentiel::referentiel(files, context, &mut own).filter(|r| {
            check::regles(r, &mut own);
            check::referentiel(r, &mut own);
            own.errors() == 0
        });
        match read {
            Some(r) => sound.push(r),
            None => {
                let chemin = format!("{}/{}", files.id, files.version);
                fautes.extend(Faute::first(&own, context.sources).map(|faute| (chemin.clone(), faute)));
                broken.push(chemin);
            }
        }
        diagnostics.append(own);
    }
    Understood { empreinte, sound: Arc::new(sound), broken, fautes, diagnostics }
}
