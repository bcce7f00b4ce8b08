//! The files that a text may refer to: pictures, and texts to include. Each must be one below `content/`.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::ground::diagnostic::nearest::nearest;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{SourceId, Sources, Span};
use crate::sources::parse::picture::{self, Flaw, Pictures};

/// What Markdown may refer to: the files below `content/`, by their path from the project's root.
pub struct Context<'a> {
    pub sources: &'a Sources,
    pub texts: &'a BTreeMap<String, SourceId>,
    pub binaries: &'a BTreeMap<String, Vec<u8>>,
    pub pictures: &'a Pictures,
}

/// The path of a picture from the project's root; a diagnostic if there is no such file.
pub(crate) fn shown(url: &str, span: Span, context: &Context, d: &mut Diagnostics) -> Option<String> {
    let from = &context.sources.get(span.source).path;
    // Editors write « plan%20du%20site.png » for « plan du site.png ».
    let decoded = percent_decode_str(url).decode_utf8_lossy();
    let found = [url, &*decoded].iter().filter_map(|u| resolve(from, u)).find_map(|path| picture_at(path, context));
    if let Some((path, bytes, text)) = found {
        let flaws = context.pictures.flaws(&path, bytes);
        d.extend(flaws.iter().map(|flaw| flawed(&path, flaw, span, text)));
        return Some(path);
    }
    let (code, message, label) = match resolve(from, url) {
        None => (Code::ImageHorsDuContenu, format!("l'image « {url} » n'est pas dans content/"), "hors de content/"),
        Some(path) if !picture::is_named(&path) => {
            (Code::PasUneImage, format!("« {url} » n'est pas une image"), "format inconnu")
        }
        Some(_) => (Code::ImageIntrouvable, format!("l'image « {url} » n'existe pas"), "image introuvable"),
    };
    let pictures = context.binaries.keys().chain(context.texts.keys()).filter(|p| picture::is_named(p));
    let relatives: Vec<String> = pictures.map(|p| relative(from, p)).collect();
    let diagnostic = Diagnostic::new(code, span, message).label(label);
    d.refuse(match nearest(&decoded, relatives.iter().map(String::as_str)) {
        Some(near) => {
            // A path with spaces would have to be written otherwise.
            let at = context.sources.part(span, url).filter(|_| !near.contains(' '));
            diagnostic.help(format!("vouliez-vous dire « {near} » ?")).correct_if(at, near)
        }
        None => diagnostic.help(format!(
            "posez l'image dans content/ (formats : {}) et donnez son chemin à partir de ce fichier",
            picture::FORMATS.join(", ")
        )),
    })
}

/// The picture at a path, whichever way its accents are composed: its own path, its bytes, and its text if it is one.
fn picture_at<'a>(path: String, context: &Context<'a>) -> Option<(String, &'a [u8], Option<SourceId>)> {
    let at = |path: &String| {
        let text = context.texts.get(path).copied();
        let bytes = text.map(|id| context.sources.text(id).as_bytes());
        Some((path.clone(), bytes.or_else(|| context.binaries.get(path).map(Vec::as_slice))?, text))
    };
    if !picture::is_named(&path) {
        return None;
    }
    at(&path).or_else(|| {
        let composed: String = path.nfc().collect();
        let mut all = context.binaries.keys().chain(context.texts.keys());
        at(all.find(|other| !other.is_ascii() && other.nfc().eq(composed.chars()))?)
    })
}

/// What is wrong with a picture, at a place that names it; `text` is the picture's own, if it has one.
pub(crate) fn flawed(path: &str, flaw: &Flaw, span: Span, text: Option<SourceId>) -> Diagnostic {
    let diagnostic = Diagnostic::new(flaw.code, span, flaw.message(path)).label("cette image").about(path);
    let inside = text.zip(flaw.at.as_ref()).map(|(text, (_, at))| Span::new(text, at.clone()));
    let diagnostic = inside.into_iter().fold(diagnostic, |diagnostic, at| diagnostic.related(at, "ici"));
    flaw.facts(diagnostic).help(flaw.help())
}

/// The way from one file to another, both from the root.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let mut folder: Vec<&str> = from.split('/').collect();
    folder.pop();
    let to: Vec<&str> = to.split('/').collect();
    let common = folder.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    "../".repeat(folder.len() - common) + &to[common..].join("/")
}

/// A path relative to the file that names it, as a path from the root; `None` if it leaves `content/`.
pub(crate) fn resolve(from: &str, to: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if to.starts_with('/') || to.contains(['\\', ':']) {
        return None;
    }
    for part in to.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (parts.first() == Some(&"content")).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{relative, resolve};

    #[test]
    fn paths_stay_inside_content() {
        let from = "content/referentiels/a/1/blocs/1-x.md";
        assert_eq!(resolve(from, "../img/a.png").as_deref(), Some("content/referentiels/a/1/img/a.png"));
        assert_eq!(relative(from, "content/referentiels/a/1/img/a.png"), "../img/a.png");
        assert_eq!(relative("content/a.md", "content/b.png"), "b.png");
        for out in ["../../../../../livret.yaml", "/etc/passwd", "..\\x", "C:x", "file:///x"] {
            assert_eq!(resolve(from, out), None, "{out}");
        }
    }
}
