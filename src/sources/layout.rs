//! What each file below `content/` is, from its path alone: référentiels, their blocs, candidats. A file whose
//! path means nothing is reported rather than passed over ([`egare`]).

pub(crate) mod egare;

use std::collections::{BTreeMap, BTreeSet};

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::paths::{self, CONTENT, REFERENTIELS, check_name, copie};
use crate::ground::source::{SourceId, Sources};
use crate::sources::load::Files;
use egare::egares;

/// The files of one version of a référentiel, by path.
#[derive(Debug, Clone)]
pub struct ReferentielFiles {
    pub id: String,
    pub version: String,
    pub principal: String,
    pub note: Option<String>,
    pub mode_emploi: Option<String>,
    /// In the order of their numbers.
    pub(crate) blocs: Vec<BlocFile>,
    /// Whether every file could be read and has a name that says what it is.
    pub sound: bool,
}

/// `blocs/<numero>-<id>.md`.
#[derive(Debug, Clone)]
pub(crate) struct BlocFile {
    pub numero: u32,
    pub id: String,
    pub path: String,
}

/// `content/candidats/<session>/<candidat>.md`.
#[derive(Debug, Clone)]
pub struct CandidatFile {
    pub session: String,
    pub id: String,
    pub(crate) source: SourceId,
    pub path: String,
}

#[derive(Debug, Default)]
pub struct Layout {
    pub referentiels: Vec<ReferentielFiles>,
    /// `id/version` of those that lack their main file.
    pub incomplets: Vec<String>,
    pub candidats: Vec<CandidatFile>,
    /// The names of files that may be candidats' and are not where these are read.
    pub fiches_egarees: BTreeSet<String>,
}

/// Sorts the texts below `content/` into what they are.
pub fn layout(files: &Files, sources: &Sources, diagnostics: &mut Diagnostics) -> Layout {
    let mut layout = Layout { fiches_egarees: egares(files, sources, diagnostics), ..Layout::default() };
    let mut folders: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let texts = files.texts.iter().map(|(path, source)| (path, Some(*source)));
    for (path, source) in texts.chain(files.unreadable.iter().map(|path| (path, None))) {
        if let (Some((session, id)), Some(source)) = (paths::session_and_id(path), source) {
            let (session, id) = (fold::nfc(session).into_owned(), fold::nfc(id).into_owned());
            layout.candidats.push(CandidatFile { session, id, source, path: path.clone() });
        } else if let [_, REFERENTIELS, id, version, _, ..] = path.split('/').collect::<Vec<_>>().as_slice() {
            let paths = folders.entry(((*id).to_owned(), (*version).to_owned())).or_default();
            paths.extend(source.filter(|_| path.ends_with(".md")).map(|_| path.clone()));
        }
    }
    // By their names without « .md »: a copy, « x (1).md », comes after what it was made from.
    layout.candidats.sort_by(|a, b| (&a.session, &a.id, &a.path).cmp(&(&b.session, &b.id, &b.path)));
    let mut seen: Vec<&(String, String)> = Vec::new();
    for (name @ (id, version), paths) in &folders {
        let other = seen.iter().find(|(other, v)| fold::same(other, id) && (other != id || fold::same(v, version)));
        if let Some((other, v)) = other {
            let folder = paths::referentiel(&format!("{id}/{version}"));
            diagnostics.push(confondus(&folder, &format!("{other}/{v}"), "référentiel"));
        }
        match referentiel(id, version, paths, &files.unreadable, diagnostics) {
            Some(found) => {
                layout.referentiels.push(ReferentielFiles { sound: found.sound && other.is_none(), ..found });
            }
            None => layout.incomplets.push(format!("{}/{}", fold::nfc(id), fold::nfc(version))),
        }
        seen.push(name);
    }
    layout
}

/// Two folders whose names mean one thing.
pub(crate) fn confondus(folder: &str, first: &str, what: &str) -> Diagnostic {
    let message = format!("ce dossier et « {first} » sont le même {what} sous deux noms");
    Diagnostic::in_file(Code::DossiersConfondus, folder, message)
        .help("gardez un seul nom : ni la casse, ni les accents, ni les tirets ne les distinguent")
}

/// What is said in a file of those names that are none for a folder of the output.
pub(crate) fn impossible(names: [&str; 2], path: &str) -> impl Iterator<Item = Diagnostic> {
    names.into_iter().filter_map(move |name| {
        let message = format!("« {name} » ne peut pas nommer un dossier : {}", check_name(name).err()?);
        let diagnostic = Diagnostic::in_file(Code::NomImpossible, path, message);
        Some(diagnostic.help("renommez-le avec des lettres, des chiffres et des tirets"))
    })
}

fn referentiel(
    id: &str,
    version: &str,
    paths: &[String],
    unreadable: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> Option<ReferentielFiles> {
    let folder = paths::referentiel(&format!("{id}/{version}"));
    let find = |name: &str| Some(format!("{folder}/{name}")).filter(|path| paths.contains(path));
    let principal = format!("{folder}/referentiel.md");
    if unreadable.contains(&principal) {
        return None;
    }
    if !paths.contains(&principal) {
        let diagnostic = Diagnostic::in_file(Code::ReferentielSansFichier, principal, "ce fichier manque");
        return diagnostics.refuse(diagnostic.help("il dit ce qui est certifié : titre, échelle, parcours, règles"));
    }
    let errors_before = diagnostics.errors();
    diagnostics.extend(impossible([id, version], &principal));
    let mut blocs: Vec<BlocFile> = Vec::new();
    let prefix = format!("{folder}/blocs/");
    // By their names without « .md »: a copy, « 1-accueil - Copie.md », comes after what it was made from.
    let mut names: Vec<_> =
        paths.iter().filter_map(|path| Some((path.strip_prefix(&prefix)?.strip_suffix(".md")?, path))).collect();
    names.sort_unstable();
    for (name, path) in names {
        let parsed = name.split_once('-').and_then(|(numero, id)| Some((digits(numero)?, fold::nfc(id))));
        let parsed = parsed.filter(|(_, id)| check_name(id).is_ok() && !id.contains(['#', '`', '[', ']', '{', '}']));
        let wrong = |code: Code, message: &str, help: &str| {
            Diagnostic::in_file(code, path, message).help(copie_de(name, &blocs).unwrap_or_else(|| help.to_owned()))
        };
        let Some((numero, id)) = parsed else {
            let help = "nommez-le numéro-identifiant.md, avec des lettres, des chiffres et des tirets, par exemple 1-accueil.md";
            diagnostics.push(wrong(Code::BlocMalNomme, "le nom de ce fichier ne donne pas le numéro du bloc", help));
            continue;
        };
        if let Some(other) = blocs.iter().find(|b| b.numero == numero || fold::same(&b.id, &id)) {
            let same_id = || format!("l'identifiant « {id} »");
            let same = if other.numero == numero { format!("le numéro {numero}") } else { same_id() };
            let message = format!("ce bloc a {same}, comme « {} »", other.path);
            let help = "renommez l'un des deux fichiers, ou supprimez celui qui est de trop";
            diagnostics.push(wrong(Code::BlocEnDouble, &message, help));
        }
        blocs.push(BlocFile { numero, id: id.into_owned(), path: path.clone() });
    }
    blocs.sort_by_key(|b| b.numero);
    let readable = !unreadable.iter().any(|path| path.starts_with(&format!("{folder}/")));
    if blocs.is_empty() && readable {
        let diagnostic = Diagnostic::in_file(Code::ReferentielSansBloc, &principal, "ce référentiel n'a aucun bloc");
        diagnostics.push(diagnostic.help("créez blocs/1-….md dans le même dossier"));
    }
    Some(ReferentielFiles {
        id: fold::nfc(id).into_owned(),
        version: fold::nfc(version).into_owned(),
        principal,
        note: find("note-aux-evaluateurs.md"),
        mode_emploi: find("mode-d-emploi.md"),
        blocs,
        sound: readable && diagnostics.errors() == errors_before,
    })
}

fn digits(numero: &str) -> Option<u32> {
    numero.bytes().all(|b| b.is_ascii_digit()).then(|| numero.parse().ok()).flatten()
}

/// What to do with the copy of a bloc, by its name.
fn copie_de(name: &str, blocs: &[BlocFile]) -> Option<String> {
    let original = format!("/{}.md", copie::original(name)?);
    let bloc = blocs.iter().find(|b| b.path.ends_with(&original))?;
    Some(format!("c'est une copie de « {} » : supprimez-la", &bloc.path))
}

/// A project that certifies nothing: what it is for is missing, and nothing else would say so.
pub(crate) fn no_referentiel() -> Diagnostic {
    let folder = format!("{CONTENT}/{REFERENTIELS}");
    Diagnostic::in_file(Code::ProjetSansReferentiel, folder, "ce projet n'a aucun référentiel")
        .help("créez content/referentiels/<id>/<version>/referentiel.md et ses blocs")
}
