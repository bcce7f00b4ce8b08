//! What each file below `content/` is, from its path alone: référentiels, their blocs, candidats. A file whose
//! path means nothing is reported rather than passed over.

pub mod role;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::fold;
use crate::load::Files;
use crate::plan;
use crate::source::SourceId;

pub const CONTENT: &str = "content";
pub const THEMES: &str = "themes";

/// The files of one version of a référentiel, by path.
#[derive(Debug, Clone)]
pub struct ReferentielFiles {
    pub id: String,
    pub version: String,
    pub principal: String,
    pub note: Option<String>,
    pub mode_emploi: Option<String>,
    /// In the order of their numbers.
    pub blocs: Vec<BlocFile>,
    /// Whether every file could be read and has a name that says what it is.
    pub sound: bool,
}

/// `blocs/<numero>-<id>.md`.
#[derive(Debug, Clone)]
pub struct BlocFile {
    pub numero: u32,
    pub id: String,
    pub path: String,
}

/// `content/candidats/<session>/<candidat>.md`.
#[derive(Debug, Clone)]
pub struct CandidatFile {
    pub session: String,
    pub id: String,
    pub source: SourceId,
    pub path: String,
}

/// A fiche with mistakes, be it that it cannot be read at all: named wherever candidats are, and nothing of it is removed.
#[derive(Debug, Clone)]
pub struct CandidatEnErreur {
    pub session: String,
    pub id: String,
    pub path: String,
}

impl CandidatEnErreur {
    /// The fiche of a path that could not be read; `None` if it is none.
    pub fn unreadable(path: &str) -> Option<Self> {
        match path.strip_suffix(".md")?.split('/').collect::<Vec<_>>().as_slice() {
            [CONTENT, "candidats", session, id] => {
                Some(Self { session: (*session).to_owned(), id: (*id).to_owned(), path: path.to_owned() })
            }
            _ => None,
        }
    }
}

impl From<CandidatFile> for CandidatEnErreur {
    fn from(CandidatFile { session, id, path, .. }: CandidatFile) -> Self {
        Self { session, id, path }
    }
}

#[derive(Debug, Default)]
pub struct Layout {
    pub referentiels: Vec<ReferentielFiles>,
    /// `id/version` of those that lack their main file.
    pub incomplets: Vec<String>,
    pub candidats: Vec<CandidatFile>,
}

/// The texts of a référentiel, blocs aside.
const NAMED: [&str; 3] = ["referentiel", "note-aux-evaluateurs", "mode-d-emploi"];

/// Texts that people write and that are read only under the name « ….md ».
pub const WRITTEN: &[&str] = &["md", "markdown", "txt", "yaml", "yml", "doc", "docx", "odt"];

/// Sorts the texts below `content/` into what they are.
pub fn layout(files: &Files, diagnostics: &mut Diagnostics) -> Layout {
    let mut layout = Layout::default();
    let mut folders: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for path in files.texts.keys().chain(files.binaries.keys()).filter(|path| !path.ends_with(".md")) {
        let extension = path.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_lowercase());
        let ours = ["referentiels", "candidats"].iter().any(|f| path.starts_with(&format!("{CONTENT}/{f}/")));
        if ours && WRITTEN.contains(&extension.as_str()) {
            diagnostics.push(unread(path));
        }
    }
    for (path, &source) in files.texts.iter().filter(|(path, _)| path.ends_with(".md")) {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            [_, "candidats", session, file] => layout.candidats.push(CandidatFile {
                session: (*session).to_owned(),
                id: file.strip_suffix(".md").unwrap_or(file).to_owned(),
                source,
                path: path.clone(),
            }),
            [_, "referentiels", id, version, ..] if parts.len() > 4 => {
                folders.entry(((*id).to_owned(), (*version).to_owned())).or_default().push(path.clone())
            }
            [_, "referentiels" | "candidats", ..] => diagnostics.push(misplaced(path)),
            // Folders of one's own are for texts to include; a near miss of a known name is a slip.
            [_, other, ..] if nearest(other, ["referentiels", "candidats"]).is_some() => {
                diagnostics.push(misplaced(path));
            }
            _ => {}
        }
    }
    for path in &files.unreadable {
        if let [_, "referentiels", id, version, _, ..] = path.split('/').collect::<Vec<_>>().as_slice() {
            folders.entry(((*id).to_owned(), (*version).to_owned())).or_default();
        }
    }
    for ((id, version), paths) in folders {
        let chemin = format!("{id}/{version}");
        match referentiel(id, version, &paths, &files.unreadable, diagnostics) {
            Some(files) => layout.referentiels.push(files),
            None => layout.incomplets.push(chemin),
        }
    }
    layout
}

fn referentiel(
    id: String,
    version: String,
    paths: &[String],
    unreadable: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> Option<ReferentielFiles> {
    let folder = format!("{CONTENT}/referentiels/{id}/{version}");
    let find = |name: &str| {
        let path = format!("{folder}/{name}");
        paths.contains(&path).then_some(path)
    };
    let Some(principal) = find("referentiel.md") else {
        if unreadable.contains(&format!("{folder}/referentiel.md")) {
            return None;
        }
        diagnostics.push(
            Diagnostic::in_file(Code::ReferentielSansFichier, format!("{folder}/referentiel.md"), "ce fichier manque")
                .help("il dit ce qui est certifié : titre, échelle, parcours, règles"),
        );
        return None;
    };
    for (name, path) in NAMED.iter().flat_map(|name| paths.iter().map(move |path| (name, path))) {
        let stem = path.strip_prefix(&format!("{folder}/")).and_then(|file| file.strip_suffix(".md"));
        if let Some(stem) = stem.filter(|stem| !stem.contains('/') && !NAMED.contains(stem))
            && nearest(stem, NAMED) == Some(name)
            && find(&format!("{name}.md")).is_none()
        {
            diagnostics.push(
                Diagnostic::in_file(Code::FichierNonLu, path.clone(), "ce fichier n'est pas lu")
                    .help(format!("vouliez-vous le nommer « {name}.md » ?")),
            );
        }
    }
    let errors_before = diagnostics.errors();
    for name in [&id, &version] {
        if let Err(reason) = plan::check_name(name) {
            diagnostics.push(
                Diagnostic::in_file(
                    Code::NomImpossible,
                    principal.clone(),
                    format!("« {name} » ne peut pas nommer un dossier : {reason}"),
                )
                .help("renommez-le avec des lettres, des chiffres et des tirets"),
            );
        }
    }
    let mut blocs: Vec<BlocFile> = Vec::new();
    let prefix = format!("{folder}/blocs/");
    // By their names without « .md »: a copy, « 1-accueil - Copie.md », comes after what it was made from.
    let mut names: Vec<_> =
        paths.iter().filter_map(|path| Some((path.strip_prefix(&prefix)?.strip_suffix(".md")?, path))).collect();
    names.sort_unstable();
    for (name, path) in names {
        let parsed = name
            .split_once('-')
            .and_then(|(numero, id)| Some((numero.parse::<u32>().ok()?, id)))
            .filter(|(_, id)| !id.is_empty() && !id.contains('/'));
        let Some((numero, id)) = parsed else {
            diagnostics.push(
                Diagnostic::in_file(
                    Code::BlocMalNomme,
                    path.clone(),
                    "le nom de ce fichier ne donne pas le numéro du bloc",
                )
                .help("nommez-le numéro-identifiant.md, par exemple 1-accueil.md"),
            );
            continue;
        };
        if let Some(other) = blocs.iter().find(|b| b.numero == numero || fold::same(&b.id, id)) {
            let same = if other.numero == numero {
                format!("le numéro {numero}")
            } else {
                format!("l'identifiant « {id} »")
            };
            diagnostics.push(
                Diagnostic::in_file(
                    Code::BlocEnDouble,
                    path.clone(),
                    format!("ce bloc a {same}, comme « {} »", other.path),
                )
                .help("renommez l'un des deux fichiers, ou supprimez celui qui est de trop"),
            );
        }
        blocs.push(BlocFile { numero, id: id.to_owned(), path: path.clone() });
    }
    blocs.sort_by_key(|b| b.numero);
    let readable = !unreadable.iter().any(|path| path.starts_with(&format!("{folder}/")));
    if blocs.is_empty() && readable {
        diagnostics.push(
            Diagnostic::in_file(Code::ReferentielSansBloc, principal.clone(), "ce référentiel n'a aucun bloc")
                .help("créez blocs/1-….md dans le même dossier"),
        );
    }
    Some(ReferentielFiles {
        id,
        version,
        principal,
        note: find("note-aux-evaluateurs.md"),
        mode_emploi: find("mode-d-emploi.md"),
        blocs,
        sound: readable && diagnostics.errors() == errors_before,
    })
}

/// A project that certifies nothing: what it is for is missing, and nothing else would say so.
pub fn no_referentiel() -> Diagnostic {
    Diagnostic::in_file(
        Code::ProjetSansReferentiel,
        format!("{CONTENT}/referentiels"),
        "ce projet n'a aucun référentiel",
    )
    .help("créez content/referentiels/<id>/<version>/referentiel.md et ses blocs")
}

fn unread(path: &str) -> Diagnostic {
    Diagnostic::in_file(Code::FichierNonLu, path, "ce fichier n'est pas lu")
        .help("seuls les fichiers dont le nom finit par « .md » (en minuscules) sont lus ici")
}

fn misplaced(path: &str) -> Diagnostic {
    Diagnostic::in_file(Code::FichierMalPlace, path, "ce fichier n'appartient ni à un référentiel, ni à un candidat")
        .help("les places connues : content/referentiels/<id>/<version>/… et content/candidats/<session>/<candidat>.md")
}
