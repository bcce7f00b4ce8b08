//! Documents that no source asks for any more: those of a candidat who left, of a version that was removed.

use super::Tally;
use super::select::in_shard;
use crate::cli::Shard;
use crate::layout::CONTENT;
use crate::plan::{Document, dossier_candidat};
use crate::project::Project;
use crate::record::Record;
use crate::write::Output;

/// Removes what the record knows and the plan does not. Documents of sources with mistakes stay: they are the last
/// good ones. A file that somebody changed stays, and is forgotten.
pub fn remove(
    record: &mut Record,
    documents: &[Document],
    shard: Option<Shard>,
    project: &Project,
    output: &Output,
    tally: &mut Tally,
) {
    let planned: std::collections::BTreeSet<String> = documents.iter().map(Document::html).collect();
    let mut kept: Vec<String> =
        project.candidats_en_erreur.iter().map(|c| dossier_candidat(&c.session, &c.id) + "/").collect();
    // A folder that cannot be read hides all that is in it.
    let inner = |path: &String| path.strip_prefix(CONTENT).map(|inner| inner.trim_start_matches('/').to_owned());
    kept.extend(project.illisibles.iter().filter_map(inner));
    kept.extend(project.referentiels_en_erreur.iter().map(|r| format!("referentiels/{r}/")));
    record.documents.retain(|path, entry| {
        let dossier = path.rsplit_once('/').map_or("", |(dossier, _)| dossier);
        let stays = planned.contains(path) || kept.iter().any(|k| path.starts_with(k));
        if stays || !in_shard(dossier, shard) {
            return true;
        }
        let mut removed = output.remove(path, &entry.html);
        if let Some(pdf) = &entry.pdf {
            removed |= output.remove(&pdf.path, &pdf.bytes);
        }
        tally.removed += usize::from(removed);
        false
    });
    record.bundles.retain(|path, bundle| {
        if project.sessions().contains(bundle.session.as_str()) || !in_shard(path, shard) {
            return true;
        }
        tally.removed += usize::from(output.remove(path, &bundle.bytes));
        false
    });
}
