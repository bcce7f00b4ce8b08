//! Whether a file is a picture that every browser shows whole: by its name, and by what is in it. A browser prints half
//! a picture, or nothing, without a word, and says that it could not show one only when all is printed. What is said
//! where a picture is named is left to [`super::markdown::files`].

mod raster;
mod svg;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::fingerprint::Fingerprint;

/// The endings of pictures.
pub const FORMATS: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// Whether a name is that of a picture.
pub fn is_named(path: &str) -> bool {
    extension(path).is_some_and(|extension| FORMATS.contains(&extension.as_str()))
}

/// Whether a name is that of an SVG, which is a text.
pub fn is_svg(path: &str) -> bool {
    extension(path).is_some_and(|extension| extension == "svg")
}

fn extension(path: &str) -> Option<String> {
    path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase())
}

/// What is wrong with the bytes of a file with the name of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    pub code: Code,
    /// What is wrong, after the picture's name.
    pub reason: String,
    /// The line of an SVG, from 1, and the bytes there.
    pub at: Option<(usize, Range<usize>)>,
    /// What else of the same.
    pub more: Vec<String>,
}

impl Flaw {
    fn none(reason: impl Into<String>) -> Self {
        Self {
            code: Code::PasUneImage,
            reason: format!("n'est pas une image : {}", reason.into()),
            at: None,
            more: Vec::new(),
        }
    }

    fn damaged(reason: &str) -> Self {
        Self {
            code: Code::ImageAbimee, reason: format!("est une image abîmée : {reason}"), at: None, more: Vec::new()
        }
    }

    /// The sentence about the picture of this path.
    pub fn message(&self, path: &str) -> String {
        let path = path.rsplit('/').next().unwrap_or(path);
        match (self.code, &self.at) {
            (Code::SvgQuiRenvoieAilleurs, Some((line, _))) => {
                format!("le SVG « {path} » a besoin de {} (ligne {line}), qui ne s'imprimera pas", self.reason)
            }
            _ => format!("« {path} » {}", self.reason),
        }
    }

    /// A diagnostic that says what else of the same there is.
    pub fn facts(&self, diagnostic: Diagnostic) -> Diagnostic {
        self.more.iter().fold(diagnostic, |diagnostic, other| diagnostic.fact(format!("il a aussi besoin de {other}")))
    }

    /// What to do.
    pub fn help(&self) -> &'static str {
        match self.code {
            Code::ImageAbimee if self.at.is_some() => {
                "corrigez le SVG à cette ligne, ou enregistrez le dessin de nouveau"
            }
            Code::ImageAbimee => {
                "reprenez le fichier d'origine : celui-ci a sans doute été mal copié ou mal téléchargé ; à défaut, \
                 ouvrez-le et enregistrez l'image de nouveau"
            }
            Code::ImageTropGrande => "réduisez-la dans un logiciel de dessin : 4000 points de large suffisent",
            Code::SvgQuiRenvoieAilleurs => {
                "intégrez dans le SVG ce qu'il va chercher (dans Inkscape : Extensions > Images > Incorporer), ou \
                 enregistrez le dessin en PNG"
            }
            Code::SvgSansTaille => "donnez à <svg> un viewBox, ou width et height en nombres",
            _ => "ouvrez le fichier dans un navigateur pour le voir, puis enregistrez l'image de nouveau",
        }
    }
}

/// What is wrong with the bytes of a file with such a name: nothing, if they are a picture.
pub fn flaws(path: &str, bytes: &[u8]) -> Vec<Flaw> {
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
    pub fn read_again(&mut self) {
        self.by_path.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
    }

    pub fn flaws(&self, path: &str, bytes: &[u8]) -> Flaws {
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
