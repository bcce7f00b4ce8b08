//! Which documents a build is asked for: all, those of `--only`, those of a shard. The index always comes along.

use globset::{Glob, GlobMatcher};

use crate::documents::plan::{Document, Sujet};
use crate::ground::diagnostic::nearest::nearest;
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::fingerprint::Fingerprint;
use crate::ground::fold::{letters, slug};
use crate::judge::project::Project;

/// Which documents are wanted.
#[derive(Debug)]
pub(crate) struct Only {
    pub pattern: String,
    matcher: GlobMatcher,
}

impl Only {
    /// What somebody asked for. `None` if it is no pattern.
    pub(crate) fn new(pattern: String) -> Option<Self> {
        Some(Self { matcher: Glob::new(&letters(&pattern)).ok()?.compile_matcher(), pattern })
    }

    /// One path, in which `*` alone is a pattern. `None` if it cannot be one.
    pub(crate) fn path(parts: &[&str]) -> Option<Self> {
        let part = |part: &&str| if *part == "*" { (*part).to_owned() } else { globset::escape(part) };
        let pattern = parts.iter().map(part).collect::<Vec<_>>().join("/");
        Self::new(pattern)
    }

    /// Whether one of a document's names matches, however it is spelled.
    pub(crate) fn matches(&self, names: &[impl AsRef<str>]) -> bool {
        names.iter().any(|name| self.matcher.is_match(&*letters(name.as_ref())))
    }
}

/// One of several equal shares of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shard {
    /// From 1 to `of`.
    pub index: u64,
    pub of: u64,
}

/// The documents asked for. `None` if `--only` matches nothing.
pub(crate) fn select<'a>(
    documents: &'a [Document],
    only: Option<&Only>,
    shard: Option<Shard>,
    project: &Project,
) -> Option<Vec<&'a Document>> {
    let wanted = |d: &&Document| only.is_none_or(|only| matches(only, d, project));
    let matching: Vec<&Document> = documents.iter().filter(wanted).collect();
    if only.is_some() && matching.iter().all(|d| d.sujet == Sujet::Projet) {
        return None;
    }
    Some(matching.into_iter().filter(|d| in_shard(&d.dossier, shard)).collect())
}

/// Whether one of a document's names is asked for; the index always is.
pub(crate) fn matches(only: &Only, d: &Document, project: &Project) -> bool {
    d.sujet == Sujet::Projet || only.matches(&names(d, project))
}

/// What a document can be asked for by: its paths, and whose it is.
pub(crate) fn names(d: &Document, project: &Project) -> Vec<String> {
    let html = d.html();
    let mut names = vec![html.trim_end_matches(".html").to_owned(), html];
    names.extend(d.pdf());
    match d.sujet {
        Sujet::Projet => {}
        Sujet::Session(i) => names.extend(project.sessions().into_iter().nth(i).map(ToOwned::to_owned)),
        Sujet::Referentiel(i) => names.push(project.referentiels[i].chemin()),
        Sujet::Candidat(i) => {
            let c = project.candidat(i);
            names.extend([format!("{}/{}", c.session, c.id), c.id.clone(), c.session.clone()]);
        }
    }
    names
}

/// Whether the documents of a folder belong to a shard: by the hash of its path, so that a document stays in its
/// shard whatever becomes of the others, and all documents of a candidat stay together.
pub(crate) fn in_shard(dossier: &str, shard: Option<Shard>) -> bool {
    match shard {
        Some(shard) if !dossier.is_empty() => {
            Fingerprint::of(dossier.as_bytes()).number() % shard.of == shard.index - 1
        }
        _ => true,
    }
}

/// Nothing is called so. `option` is what stands before the pattern where it is typed.
pub(crate) fn nothing_matches(option: &str, pattern: &str, project: &Project) -> Diagnostic {
    let message = format!("aucun document ne correspond à {option}« {pattern} »");
    let diagnostic = Diagnostic::general(Code::RienNeCorrespond, message);
    let words = slug(pattern);
    let ids = || project.candidats().map(|c| c.id.as_str());
    let near = ids().find(|id| !words.is_empty() && id.contains(&words)).or_else(|| nearest(&words, ids()));
    diagnostic.help(match near {
        Some(id) => format!("vouliez-vous dire {option}{id} ? Le motif est comparé au nom de la fiche"),
        None => "le motif est comparé au nom de la fiche ; l'astérisque remplace une suite de lettres : \"*martin*\""
            .to_owned(),
    })
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
