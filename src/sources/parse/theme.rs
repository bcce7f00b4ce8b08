//! A theme's folder: `theme.yaml` (words, documents), templates, and everything else as assets. The words of a
//! référentiel, which stand in their place, are read here too.

use std::collections::BTreeMap;

use super::picture;
use super::yaml::fields::{Fields, entries, list, oui_non, text, texts};
use super::yaml::{self, Kind, Node};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::paths::THEMES;
use crate::ground::police;
use crate::ground::source::{Sources, Spanned};
use crate::model::libelle::Libelle;
use crate::model::theme::{Polices, Portee, Theme, TypeDocument};
use crate::sources::keys;
use crate::sources::load::Files;

/// Reads the theme that the project names. `None`, with diagnostics, if it cannot be used.
pub fn theme(
    name: &Spanned<String>,
    files: Files,
    themes: &[String],
    sources: &Sources,
    d: &mut Diagnostics,
) -> Option<Theme> {
    let folder = format!("{THEMES}/{}/", name.value);
    let path = format!("{folder}theme.yaml");
    if files.unreadable.contains(&path) {
        return None;
    }
    let Some(&main) = files.texts.get(&path) else {
        let message = format!("le thème « {} » n'existe pas", name.value);
        let diagnostic = Diagnostic::new(Code::ThemeInconnu, name.span, message);
        let diagnostic = diagnostic.label(format!("il n'y a pas de fichier {path}"));
        return d.refuse(diagnostic.suggest(&name.value, themes.iter().map(String::as_str)));
    };
    let errors_before = d.errors();
    let node = yaml::parse(sources, main, 0..sources.text(main).len(), d)?;
    let mut fields = Fields::of(&node, &keys::THEME, d)?;
    let libelles = fields.take("libelles", libelles, d);
    let documents = fields.take("documents", documents, d);
    let polices = fields.take("polices", polices, d);
    let script = fields.take("mise_en_page", text, d);
    fields.finish(d);

    let nom = name.value.clone();
    let mut theme = Theme { nom, libelles: libelles?, documents: documents?, polices, ..Theme::default() };
    for (path, id) in &files.texts {
        let (inner, text) = (path[folder.len()..].to_owned(), sources.text(*id));
        if inner.ends_with(".html") {
            theme.gabarits.insert(inner, *id);
        } else if script.as_ref().is_some_and(|s| s.value == inner) {
            theme.mise_en_page = Some(text.to_owned());
        } else if [".css", ".js"].iter().any(|e| inner.ends_with(e)) || picture::is_svg(&inner) {
            theme.assets.insert(inner, text.as_bytes().to_vec());
        }
    }
    theme.assets.extend(files.binaries.into_iter().map(|(path, bytes)| (path[folder.len()..].to_owned(), bytes)));
    let absent = |code: Code, what: &str, name: &Spanned<String>| {
        let message = format!("le {what} « {} » n'existe pas dans le thème", name.value);
        Diagnostic::new(code, name.span, message).label("introuvable")
    };
    for police in theme.polices.iter().flat_map(|p| &p.secours) {
        let message = match theme.assets.get(&police.value) {
            None => format!("le fichier « {} » n'existe pas dans le thème", police.value),
            Some(bytes) if police::police(bytes).is_none() => format!("« {} » n'est pas une police", police.value),
            Some(_) => continue,
        };
        let fonts = theme.assets.keys().map(String::as_str).filter(|path| path.starts_with("fonts/"));
        let diagnostic = Diagnostic::new(Code::PoliceInutilisable, police.span, message);
        d.push(diagnostic.label("ni .woff2, ni .woff, ni .ttf, ni .otf").suggest(&police.value, fonts));
    }
    if let Some(script) = script.filter(|_| theme.mise_en_page.is_none()) {
        let diagnostic = absent(Code::ScriptAbsent, "fichier", &script);
        d.push(diagnostic.help("corrigez son nom, ou supprimez la clé « mise_en_page »"));
    }
    let gabarits = theme.documents.iter().map(|document| &document.gabarit);
    for gabarit in gabarits.filter(|gabarit| !theme.gabarits.contains_key(&gabarit.value)) {
        let known = theme.gabarits.keys().map(String::as_str);
        d.push(absent(Code::GabaritAbsent, "gabarit", gabarit).suggest(&gabarit.value, known));
    }
    (d.errors() == errors_before && files.unreadable.is_empty()).then_some(theme)
}

fn polices(node: &Node, _: &str, d: &mut Diagnostics) -> Option<Polices> {
    Fields::read(node, &keys::POLICES, d, |fields, d| {
        let (famille, secours) = (fields.text("famille", d), fields.take("secours", texts, d));
        Some(Polices { famille: famille?, secours: secours? })
    })
}

/// Whether a document shows results: only one of a candidat has any.
fn resultats(node: &Node, portee: Option<Portee>, d: &mut Diagnostics) -> bool {
    let resultats = oui_non(node, "resultats", d) == Some(true);
    if resultats && portee.is_some_and(|portee| portee != Portee::Candidat) {
        let message = "« resultats: oui » ne va qu'à un document de portée « candidat »";
        let diagnostic = Diagnostic::new(Code::ValeurInconnue, node.span, message);
        let diagnostic = diagnostic.label("ce document n'est pas celui d'un candidat");
        d.push(diagnostic.help("retirez « resultats », ou corrigez « portee »"));
    }
    resultats
}

fn documents(node: &Node, _: &str, d: &mut Diagnostics) -> Option<Vec<TypeDocument>> {
    let all = Fields::read_each(node, &keys::DOCUMENT, d, |fields, d| {
        let id = fields.take("id", text, d);
        let portee = fields.word("portee", d).map(|word| match word {
            "projet" => Portee::Projet,
            "referentiel" => Portee::Referentiel,
            "candidat" => Portee::Candidat,
            _ => Portee::Session,
        });
        let gabarit = fields.take("gabarit", text, d);
        let fichier = fields.text("fichier", d);
        let pdf = fields.take("pdf", oui_non, d).unwrap_or(false);
        let resultats = fields.node("resultats").is_some_and(|node| resultats(node, portee, d));
        let titre = fields.text("titre", d);
        let (id, portee, gabarit) = (id?, portee?, gabarit?);
        let fichier = fichier.unwrap_or_else(|| id.value.clone());
        let titre = titre.unwrap_or_else(|| id.value.clone());
        Some(TypeDocument { id, portee, gabarit, fichier, pdf, resultats, titre })
    });
    if list(node).is_empty() {
        let help = "écrivez un document par ligne : - { id: livret, portee: candidat, gabarit: livret.html }";
        let message = "ce thème n'a aucun document";
        d.push(Diagnostic::new(Code::ThemeSansDocument, node.span, message).help(help));
    }
    Some(all)
}

/// Words under their keys, each with the place of its key: one text each, or one for a woman, one for a man, and one
/// where that is not said.
type Libelles = BTreeMap<String, Spanned<Libelle>>;

pub(crate) fn libelles(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Libelles> {
    let mut all = Libelles::new();
    for (key, value) in entries(node, field, d)? {
        if let Some(libelle) = libelle(value, &key.value, d) {
            all.insert(key.value.clone(), Spanned::new(libelle, key.span));
        }
    }
    Some(all)
}

fn libelle(node: &Node, key: &str, d: &mut Diagnostics) -> Option<Libelle> {
    if !matches!(node.kind, Kind::Map(_)) {
        return text(node, key, d).map(|words| Libelle { neutre: words.value, accorde: None });
    }
    Fields::read(node, &keys::LIBELLE, d, |fields, d| {
        let [m, f, x] = ["m", "f", "x"].map(|name| fields.text(name, d));
        Some(Libelle { neutre: x?, accorde: Some([f?, m?]) })
    })
}
