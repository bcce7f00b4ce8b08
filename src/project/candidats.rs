//! All candidats of a project, read side by side: each file stands alone.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Candidats;
use crate::check;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::fingerprint::Fingerprint;
use crate::layout::CandidatFile;
use crate::link::{self, Referentiels};
use crate::model::projet::Defauts;
use crate::parse::candidat::fiche;
use crate::parse::markdown::html::Context;
use crate::plan;

/// Reads, links and judges every candidat.
pub fn candidats(
    files: Vec<CandidatFile>,
    context: &Context,
    referentiels: &Referentiels,
    defauts: Option<&Defauts>,
    diagnostics: &mut Diagnostics,
) -> Candidats {
    let doubles = doubles(&files, diagnostics);
    let read: Vec<_> = files
        .par_iter()
        .map(|file| {
            let mut own = Diagnostics::default();
            let linked = fiche(file, context, &mut own)
                .and_then(|fiche| link::candidat(fiche, referentiels, defauts, &mut own))
                .and_then(|c| {
                    let bilan = check::candidat(&c, &referentiels.all[c.referentiel], &mut own)?;
                    Some((c, bilan, Fingerprint::of(context.sources.text(file.source).as_bytes())))
                });
            (linked, own)
        })
        .collect();
    let mut all = Candidats::default();
    for ((file, double), (linked, own)) in files.into_iter().zip(doubles).zip(read) {
        diagnostics.append(own);
        match linked {
            Some((candidat, bilan, fingerprint)) if !double => {
                all.sound.push(candidat);
                all.bilans.push(bilan);
                all.fingerprints.push(fingerprint);
            }
            _ => all.broken.push(file),
        }
    }
    all
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
                        Diagnostic::in_file(
                            Code::NomImpossible,
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
                Diagnostic::in_file(
                    Code::MemeDossier,
                    file.path.clone(),
                    format!("ce candidat s'écrirait dans le même dossier que {}", first.path),
                )
                .help("renommez l'un des deux : seules la casse ou la composition des accents les distinguent"),
            );
            true
        })
        .collect()
}
