//! What is wrong with a picture, and how it is said.

use std::ops::Range;

use crate::ground::diagnostic::{Code, Diagnostic};

/// What is wrong with the bytes of a file with the name of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub code: Code,
    /// What is wrong, after the picture's name.
    pub reason: String,
    /// The line of an SVG, from 1, and the bytes there.
    pub at: Option<(usize, Range<usize>)>,
    /// What else of the same.
    pub more: Vec<String>,
}

impl Flaw {
    pub(crate) fn new(code: Code, reason: String) -> Self {
        Self { code, reason, at: None, more: Vec::new() }
    }

    pub(crate) fn none(reason: &str) -> Self {
        Self::new(Code::PasUneImage, format!("n'est pas une image : {reason}"))
    }

    pub(crate) fn damaged(reason: &str) -> Self {
        Self::new(Code::ImageAbimee, format!("est une image abîmée : {reason}"))
    }

    /// The sentence about the picture of this path.
    pub(crate) fn message(&self, path: &str) -> String {
        let path = path.rsplit('/').next().unwrap_or(path);
        match (self.code, &self.at) {
            (Code::SvgQuiRenvoieAilleurs, Some((line, _))) => {
                format!("le SVG « {path} » a besoin de {} (ligne {line}), qui ne s'imprimera pas", self.reason)
            }
            _ => format!("« {path} » {}", self.reason),
        }
    }

    /// A diagnostic that says what else of the same there is.
    pub(crate) fn facts(&self, diagnostic: Diagnostic) -> Diagnostic {
        self.more.iter().fold(diagnostic, |diagnostic, other| diagnostic.fact(format!("il a aussi besoin de {other}")))
    }

    /// What to do.
    pub(crate) fn help(&self) -> &'static str {
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
