//! Whether a file is a picture that every browser shows whole: by its name, and by what is in it. A browser prints half
//! a picture, or nothing, without a word, and says that it could not show one only when all is printed. What is said
//! where a picture is named is left to [`super::markdown::files`].

mod flaw;
mod raster;
mod svg;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use crate::ground::fingerprint::Fingerprint;

pub(crate) use flaw::Flaw;

/// The endings of pictures.
pub(crate) const FORMATS: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// Whether a name is that of a picture.
pub(crate) fn is_named(path: &str) -> bool {
    extension(path).is_some_and(|extension| FORMATS.contains(&extension.as_str()))
}

/// Whether a name is that of an SVG, which is a text.
pub(crate) fn is_svg(path: &str) -> bool {
    extension(path).is_some_and(|extension| extension == "svg")
}

fn extension(path: &str) -> Option<String> {
    path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase())
}

/// What is wrong with the bytes of a file with such a name: nothing, if they are a picture.
pub(crate) fn flaws(path: &str, bytes: &[u8]) -> Vec<Flaw> {
    if bytes.is_empty() {
        return vec![Flaw::none("le fichier est vide")];
    }
    if is_svg(path) {
        return svg::flaws(String::from_utf8_lossy(bytes).trim_start_matches('\u{FEFF}'));
    }
    raster::flaw(bytes).into_iter().collect()
}

type Flaws = Arc<[Flaw]>;

/// The pictures that were looked at: each once, however many places name it, and again only if its bytes change.
#[derive(Debug, Default)]
pub struct Pictures {
    by_path: Mutex<BTreeMap<String, Arc<OnceLock<Flaws>>>>,
    by_content: Mutex<BTreeMap<Fingerprint, Flaws>>,
}

impl Pictures {
    /// To be said when files are read anew: what stands at a path may be another picture now.
    pub(crate) fn read_again(&mut self) {
        self.by_path.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
    }

    pub(crate) fn flaws(&self, path: &str, bytes: &[u8]) -> Flaws {
        let cell = Arc::clone(self.by_path.lock().expect("no panic while held").entry(path.to_owned()).or_default());
        let look = || {
            let content = Fingerprint::of(bytes);
            let known = self.by_content.lock().expect("no panic while held").get(&content).cloned();
            known.unwrap_or_else(|| {
                let found: Flaws = flaws(path, bytes).into();
                self.by_content.lock().expect("no panic while held").insert(content, Arc::clone(&found));
                found
            })
        };
        Arc::clone(cell.get_or_init(look))
    }
}

#[cfg(test)]
mod tests;
