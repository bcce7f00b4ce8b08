//! All candidats of a project, read side by side: each file stands alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::en_erreur::{CandidatEnErreur, Personne};
use super::tirets::tirets;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fingerprint::Fingerprint;
use crate::ground::fold;
use crate::ground::paths;
use crate::judge::check::{self, Bilan};
use crate::judge::link::{self, Referentiels};
use crate::model::candidat::Candidat;
use crate::model::projet::Defauts;
use crate::sources::layout::{self, CandidatFile};
use crate::sources::parse::candidat::fiche;
use crate::sources::parse::markdown::files::Context;

/// A candidat with all that was made of the file.
#[derive(Debug)]
pub struct Dossier {
    pub candidat: Candidat,
    /// The state of the livret.
    pub(crate) bilan: Bilan,
    /// Of the file.
    pub empreinte: Fingerprint,
}

impl Dossier {
    /// Whether it was made of this text.
    pub(crate) fn is_of(&self, text: &str) -> bool {
        self.empreinte == Fingerprint::of(text.as_bytes())
    }
}

/// The candidats of a project.
#[derive(Default)]
pub(crate) struct Candidats {
    pub sound: Vec<Arc<Dossier>>,
    pub broken: Vec<CandidatEnErreur>,
}

/// What was understood of each candidat's file, by path.
pub(crate) type Memory = BTreeMap<String, Arc<Understood>>;

/// One candidat's file, as long as neither it nor what it refers to changes.
pub(crate) struct Understood {
    /// What it was understood from: its text, and all that it refers to.
    from: [Fingerprint; 2],
    linked: Option<Arc<Dossier>>,
    /// Who it is about, and which référentiel with mistakes it names.
    personne: Personne,
    referentiel: Option<String>,
    diagnostics: Diagnostics,
}

/// Reads, links and judges every candidat that is not remembered. `shared` stands for all that they refer to.
pub(crate) fn candidats(
    files: Vec<CandidatFile>,
    context: &Context,
    referentiels: &Referentiels,
    defauts: Option<&Defauts>,
    shared: &Fingerprint,
    memory: &mut Memory,
    diagnostics: &mut Diagnostics,
) -> Candidats {
    let doubles = doubles(&files, diagnostics);
    let understand = |file: &CandidatFile| {
        let from = [Fingerprint::of(context.sources.text(file.source).as_bytes()), shared.clone()];
        if let Some(known) = memory.get(&file.path).filter(|known| known.from == from) {
            return Arc::clone(known);
        }
        let mut own = Diagnostics::default();
        let fiche = fiche(file, context, &mut own);
        if fiche.is_none() {
            tirets(referentiels.all, context.sources, &mut own);
        }
        let personne = fiche.as_ref().map(|f| Personne { nom: f.nom.clone(), prenom: f.prenom.clone() });
        let personne = personne.unwrap_or_default().or_lines_of(context.sources.text(file.source));
        let referentiel = fiche.as_ref().and_then(|fiche| referentiels.en_erreur(fiche, defauts));
        let linked = fiche.and_then(|fiche| link::candidat(fiche, referentiels, defauts, &mut own));
        let linked = linked.and_then(|candidat| {
            let bilan = check::candidat(&candidat, &referentiels.all[candidat.referentiel], &mut own)?;
            Some(Arc::new(Dossier { candidat, bilan, empreinte: from[0].clone() }))
        });
        Arc::new(Understood { from, linked, personne, referentiel, diagnostics: own })
    };
    let read: Vec<_> = files.par_iter().map(understand).collect();
    *memory = files.iter().zip(&read).map(|(file, read)| (file.path.clone(), Arc::clone(read))).collect();
    let mut all = Candidats::default();
    for ((file, double), read) in files.into_iter().zip(doubles).zip(read) {
        diagnostics.append(read.diagnostics.clone());
        match &read.linked {
            Some(dossier) if !double => all.sound.push(Arc::clone(dossier)),
            _ => all.broken.push(CandidatEnErreur::new(file, read.personne.clone(), read.referentiel.clone())),
        }
    }
    all
}

/// Which candidats would be written where another one is, or outside the output.
fn doubles<'f>(files: &'f [CandidatFile], diagnostics: &mut Diagnostics) -> Vec<bool> {
    let mut seen: BTreeMap<String, &CandidatFile> = BTreeMap::new();
    let mut sessions: BTreeMap<String, &str> = BTreeMap::new();
    let mut confused: BTreeSet<&str> = BTreeSet::new();
    let double = |file: &'f CandidatFile| {
        let first = *sessions.entry(fold::key(&file.session)).or_insert(&file.session);
        if first != file.session {
            if confused.insert(&file.session) {
                let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
                diagnostics.push(layout::confondus(folder, first, "dossier de session"));
            }
            return true;
        }
        if let Some(wrong) = layout::impossible([&file.session, &file.id], &file.path).next() {
            diagnostics.push(wrong);
            return true;
        }
        let folder = paths::dossier_candidat(&file.session, &file.id);
        let Some(first) = seen.insert(fold::file_name(&folder), file) else { return false };
        let message = format!("ce candidat s'écrirait dans le même dossier que {}", first.path);
        diagnostics.push(
            Diagnostic::in_file(Code::MemeDossier, &file.path, message)
                .help("renommez l'un des deux : seules la casse ou la composition des accents les distinguent"),
        );
        true
    };
    files.iter().map(double).collect()
}
