//! Which documents a build is asked for: all, those of `--only`, those of a shard. The index always comes along.

use crate::cli::{BuildConfig, Only, Shard};
use crate::documents::plan::{Document, Sujet};
use crate::ground::fingerprint::Fingerprint;
use crate::judge::project::Project;

/// The documents asked for. `None` if `--only` matches nothing.
pub fn select<'a>(documents: &'a [Document], config: &BuildConfig, project: &Project) -> Option<Vec<&'a Document>> {
    let wanted = |d: &&Document| config.only.as_ref().is_none_or(|only| matches(only, d, project));
    let matching: Vec<&Document> = documents.iter().filter(wanted).collect();
    if config.only.is_some() && matching.iter().all(|d| d.sujet == Sujet::Projet) {
        return None;
    }
    Some(matching.into_iter().filter(|d| in_shard(&d.dossier, config.shard)).collect())
}

/// Whether one of a document's names is asked for; the index always is.
pub fn matches(only: &Only, d: &Document, project: &Project) -> bool {
    d.sujet == Sujet::Projet || only.matches(&names(d, project))
}

/// What a document can be asked for by: its paths, and whose it is.
pub fn names(d: &Document, project: &Project) -> Vec<String> {
    let html = d.html();
    let mut names = vec![html.trim_end_matches(".html").to_owned(), html];
    names.extend(d.pdf());
    match d.sujet {
        Sujet::Projet => {}
        Sujet::Referentiel(i) => names.push(project.referentiels[i].chemin()),
        Sujet::Candidat(i) => {
            let c = &project.candidats[i];
            names.extend([format!("{}/{}", c.session, c.id), c.id.clone(), c.session.clone()]);
        }
    }
    names
}

/// Whether the documents of a folder belong to a shard: by the hash of its path, so that a document stays in its
/// shard whatever becomes of the others, and all documents of a candidat stay together.
pub fn in_shard(dossier: &str, shard: Option<Shard>) -> bool {
    match shard {
        Some(shard) if !dossier.is_empty() => {
            Fingerprint::of(dossier.as_bytes()).number() % shard.of == shard.index - 1
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_balanced_and_share_out_everything_once() {
        let folders: Vec<String> = (0..8000).map(|i| format!("candidats/2026-06/c-{i}")).collect();
        let mut sizes = [0; 8];
        for folder in &folders {
            let owners: Vec<u64> = (1..=8).filter(|&index| in_shard(folder, Some(Shard { index, of: 8 }))).collect();
            assert_eq!(owners.len(), 1);
            sizes[owners[0] as usize - 1] += 1;
        }
        assert!(sizes.iter().all(|size| (850..1150).contains(size)), "{sizes:?}");
    }
}
