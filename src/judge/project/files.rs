//! The files of a project beside its texts: theme, logo, pictures.

use std::collections::BTreeMap;
use std::path::Path;

use super::memory::Memory;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::ground::fingerprint::Parts;
use crate::ground::paths::{THEMES, check_name};
use crate::ground::source::{Sources, Span, Spanned};
use crate::model::projet::Projet;
use crate::model::theme::Theme;
use crate::sources::load::{self, Files};
use crate::sources::parse::markdown::files::flawed;
use crate::sources::parse::picture::{self, Pictures};
use crate::sources::parse::theme;

/// Reads the theme that the project names, and adds all its files to the fingerprint.
pub(crate) fn read_theme(
    root: &Path,
    projet: &Projet,
    memory: &mut Memory,
    sources: &mut Sources,
    parts: &mut Parts,
    diagnostics: &mut Diagnostics,
) -> Option<Theme> {
    let name = &projet.theme;
    if let Err(reason) = check_name(&name.value) {
        let message = format!("« {} » ne peut pas être un thème : {reason}", name.value);
        return diagnostics.refuse(Diagnostic::new(Code::NomImpossible, name.span, message));
    }
    let themes = load::subfolders(root, THEMES);
    let Memory { overlay, seen, pictures, .. } = memory;
    let files = load::folder(root, &format!("{THEMES}/{}", name.value), overlay, seen, sources, diagnostics);
    add(&files, |_| true, sources, parts);
    look_at(&files, pictures, sources, diagnostics);
    theme::theme(name, files, &themes, sources, diagnostics)
}

/// Reads the logo; its path among the assets, and its bytes. It is looked at as strictly as any picture.
pub(crate) fn read_logo(
    root: &Path,
    projet: &Projet,
    pictures: &Pictures,
    diagnostics: &mut Diagnostics,
) -> Option<(String, Vec<u8>)> {
    let Spanned { value: path, span } = projet.organisme.logo.as_ref()?;
    let inside = !path.starts_with('/') && !path.split('/').any(|p| p == "..") && !path.contains(['\\', ':']);
    let read = if inside { load::named_file(root, path) } else { Err(None) };
    let wrong = match read {
        Ok(_) if !picture::is_named(path) => {
            let formats = picture::FORMATS.join(", ");
            Diagnostic::new(Code::PasUneImage, *span, format!("« {path} » n'est pas une image"))
                .label("format inconnu")
                .help(format!("donnez le chemin d'une image (formats : {formats})"))
        }
        Ok(bytes) => {
            let before = diagnostics.errors();
            let flaws = pictures.flaws(path, &bytes);
            diagnostics.extend(flaws.iter().map(|flaw| flawed(path, flaw, *span, None)));
            return (diagnostics.errors() == before).then(|| (format!("projet/{path}"), bytes));
        }
        Err(Some(diagnostic)) => *diagnostic,
        Err(None) => Diagnostic::new(Code::ImageIntrouvable, *span, format!("l'image « {path} » n'existe pas"))
            .label("image introuvable")
            .help("donnez son chemin à partir du dossier du projet"),
    };
    diagnostics.refuse(wrong)
}

/// Looks at the pictures among the files of a theme.
fn look_at(files: &Files, pictures: &Pictures, sources: &Sources, diagnostics: &mut Diagnostics) {
    for (path, bytes, text) in files.all(sources).filter(|(path, ..)| picture::is_named(path)) {
        for flaw in &*pictures.flaws(path, bytes) {
            let span = text.zip(flaw.at.as_ref()).map(|(id, (_, at))| Span::new(id, at.clone()));
            let place = span.map_or_else(|| Place::File(path.to_owned()), Place::Span);
            diagnostics.push(flaw.facts(Diagnostic::new(flaw.code, place, flaw.message(path))).help(flaw.help()));
        }
    }
}

/// The pictures among the files of the content.
pub(crate) fn pictures(content: Files, sources: &Sources) -> BTreeMap<String, Vec<u8>> {
    let svg = content.texts.iter().filter(|(path, _)| picture::is_svg(path));
    let svg = svg.map(|(path, id)| (path.clone(), sources.text(*id).as_bytes().to_vec()));
    content.binaries.into_iter().chain(svg).collect()
}

/// Adds the files that `which` wants to a fingerprint.
pub(crate) fn add(files: &Files, which: impl Fn(&str) -> bool, sources: &Sources, parts: &mut Parts) {
    for (path, bytes, _) in files.all(sources).filter(|(path, ..)| which(path)) {
        parts.add(path).add(bytes);
    }
}
