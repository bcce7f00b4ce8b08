//! Fiches that are there, and are no candidats all the same: a file that cannot be read, one in the wrong folder or
//! under a wrong ending. What was built from them stays until somebody has looked.

use std::collections::BTreeSet;

use crate::ground::fold::file_name;
use crate::ground::paths::{CANDIDATS, CONTENT};
use crate::sources::layout::Layout;
use crate::sources::load::Files;

/// What stays in the output.
#[derive(Debug, Default)]
pub(crate) struct Gardes {
    /// Folders of the output, each with a slash at its end.
    folders: Vec<String>,
    /// The ids of fiches that are not where they should be: of which session they are is not known.
    ids: BTreeSet<String>,
}

impl Gardes {
    pub(crate) fn of(content: &Files, layout: &Layout) -> Self {
        // Of a file that cannot be read nobody knows either whether it is in its place.
        let unread = content.unreadable.iter().filter_map(|path| path.rsplit('/').next()?.strip_suffix(".md"));
        let ids = layout.fiches_egarees.iter().map(String::as_str).chain(unread);
        Self {
            folders: content.unreadable.iter().map(|path| folder(path)).collect(),
            ids: ids.map(file_name).collect(),
        }
    }

    /// Whether a file of the output, or a folder with a slash at its end, stays.
    pub(crate) fn keeps(&self, path: &str) -> bool {
        let id = path.strip_prefix(CANDIDATS).and_then(|path| path.strip_prefix('/')?.split('/').nth(1));
        self.folders.iter().any(|folder| path.starts_with(folder))
            || id.is_some_and(|id| self.ids.contains(&file_name(id)))
    }
}

/// The folder of the output where the documents of a source are; of all that may be below a folder.
fn folder(path: &str) -> String {
    let inner = path.strip_prefix(CONTENT).unwrap_or(path).trim_start_matches('/');
    let inner = inner.strip_suffix(".md").unwrap_or(inner);
    let parts: Vec<&str> = inner.split('/').filter(|part| !part.is_empty()).take(3).collect();
    parts.iter().map(|part| format!("{part}/")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_or_lies_elsewhere_is_kept_and_nothing_else() {
        let mut files = Files::default();
        files.unreadable.extend(["content/candidats/s/a.md".to_owned(), "content/candidats/t".to_owned()]);
        let layout = Layout { fiches_egarees: BTreeSet::from(["Égare".to_owned()]), ..Layout::default() };
        let gardes = Gardes::of(&files, &layout);
        for (path, kept) in [
            ("candidats/s/a/livret.pdf", true),
            ("candidats/s/ab/livret.pdf", false),
            ("candidats/t/x/livret.pdf", true),
            ("candidats/u/égare/livret.pdf", true),
            ("candidats/s/photo/livret.pdf", false),
            ("candidats/u/a/livret.pdf", true),
            ("referentiels/a/1/index.html", false),
        ] {
            assert_eq!(gardes.keeps(path), kept, "{path}");
        }
    }

    #[test]
    fn a_content_that_cannot_be_read_keeps_everything() {
        let mut files = Files::default();
        files.unreadable.insert("content".to_owned());
        assert!(Gardes::of(&files, &Layout::default()).keeps("candidats/s/a/livret.pdf"));
    }
}
