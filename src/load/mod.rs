//! Reads a project's files, each once: the only module that reads the disk (and the environment). Texts become sources, pictures and
//! fonts stay bytes; what cannot be read is a diagnostic, and the rest is read all the same.
//! What the files mean is left to [`crate::parse`].

mod seen;
mod text;

pub use seen::{Seen, Stamp, stamps};

use std::collections::{BTreeMap, BTreeSet};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::fingerprint::Fingerprint;
use crate::source::{SourceId, Sources};

/// The files below one folder, by their path from the project's root, with `/` on every system.
#[derive(Debug, Default)]
pub struct Files {
    pub texts: BTreeMap<String, SourceId>,
    pub binaries: BTreeMap<String, Vec<u8>>,
    /// Those that are there but could not be read: reported already.
    pub unreadable: BTreeSet<String>,
}

/// Texts that stand in for files, by path from the project's root: what an editor shows and has not saved yet.
pub type Overlay = BTreeMap<String, String>;

/// The file that makes a folder a project.
pub const PROJECT_FILE: &str = "livret.yaml";

/// Extensions that are text to us; all else is bytes.
const TEXT: &[&str] = &["md", "yaml", "yml", "html", "css", "js", "svg", "txt"];

/// The folder of the project that a file belongs to: the nearest one above it with a livret.yaml.
pub fn project_root(file: &Path) -> Option<PathBuf> {
    file.ancestors().skip(1).find(|folder| folder.join(PROJECT_FILE).is_file()).map(Path::to_path_buf)
}

/// Reads the project's own file, or reports why it cannot be read.
pub fn project_file(
    root: &Path,
    overlay: &Overlay,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<SourceId> {
    let shown = overlay.get(PROJECT_FILE).map(|text| text.as_bytes().to_vec());
    match shown.map_or_else(|| std::fs::read(root.join(PROJECT_FILE)), Ok) {
        Ok(bytes) => text::decode(PROJECT_FILE, &bytes, sources, diagnostics),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            diagnostics.push(
                Diagnostic::in_file(
                    Code::ProjetAbsent,
                    PROJECT_FILE,
                    "ce dossier n'est pas un projet : ce fichier n'y est pas",
                )
                .help("placez-vous dans le dossier du projet, ou donnez-le avec -C DOSSIER ; pour créer un projet : livret init DOSSIER"),
            );
            None
        }
        Err(error) => {
            diagnostics.push(unreadable(PROJECT_FILE, &error));
            None
        }
    }
}

/// Whether there is such a file or folder below the root.
pub fn exists(root: &Path, path: &str) -> bool {
    root.join(path).exists()
}

/// Reads one binary file below the root.
pub fn binary_file(root: &Path, path: &str) -> Option<Vec<u8>> {
    std::fs::read(root.join(path)).ok()
}

/// The bytes of the standard input, to its end.
///
/// # Errors
/// Those of the system.
pub fn standard_input() -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of bytes that came from elsewhere than the disk; a diagnostic if they are none.
pub fn text(path: &str, bytes: &[u8], sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<SourceId> {
    text::decode(path, bytes, sources, diagnostics)
}

/// Where a file or a folder that the user named is, from the project's root; named from there or from where the
/// program runs. `None` if it is outside of the project; empty for the root itself.
///
/// # Errors
/// Those of the disk, above all if it is in neither place.
pub fn inside(root: &Path, named: &Path) -> std::io::Result<Option<String>> {
    let real = named.canonicalize().or_else(|_| root.join(named).canonicalize())?;
    let real_root = root.canonicalize()?;
    Ok(real.starts_with(&real_root).then(|| shown(&real_root, &real)))
}

/// Reads a file given on the command line.
///
/// # Errors
/// Those of the disk, and [`ErrorKind::FileTooLarge`] beyond `most` bytes.
pub fn given_file(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Every file below `folder` as it is, hidden ones aside, by its path from there. Empty if there is no such folder.
///
/// # Errors
/// If anything cannot be read.
pub fn exact_folder(root: &Path, folder: &str) -> std::io::Result<BTreeMap<String, Vec<u8>>> {
    let start = root.join(folder);
    let mut files = BTreeMap::new();
    if !start.is_dir() {
        return Ok(files);
    }
    let walk = WalkDir::new(&start)
        .into_iter()
        .filter_entry(|e| e.depth() == 0 || !e.file_name().to_string_lossy().starts_with('.'));
    for entry in walk {
        let entry = entry?;
        if entry.path().is_file() {
            files.insert(shown(&start, entry.path()), std::fs::read(entry.path())?);
        }
    }
    Ok(files)
}

/// Reads everything below `folder`, hidden files and editors' backups aside. A folder that does not exist is empty.
pub fn folder(
    root: &Path,
    folder: &str,
    overlay: &Overlay,
    seen: &mut Seen,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Files {
    let mut files = Files::default();
    let start = root.join(folder);
    let prefix = format!("{folder}/");
    for (path, text) in overlay.iter().filter(|(path, _)| path.starts_with(&prefix) && is_text(path)) {
        match text::decode(path, text.as_bytes(), sources, diagnostics) {
            Some(id) => drop(files.texts.insert(path.clone(), id)),
            None => drop(files.unreadable.insert(path.clone())),
        }
    }
    if !start.is_dir() {
        return files;
    }
    let real_root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let mut walk = WalkDir::new(&start).follow_links(true).sort_by_file_name().into_iter().filter_entry(wanted);
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = shown(root, error.path().unwrap_or(&start));
                files.unreadable.insert(path.clone());
                diagnostics.push(Diagnostic::in_file(
                    Code::DossierIllisible,
                    path,
                    format!("ce dossier ne peut pas être lu : {}", reason(&error)),
                ));
                continue;
            }
        };
        let path = shown(root, entry.path());
        if entry.path_is_symlink() && !entry.path().canonicalize().is_ok_and(|real| real.starts_with(&real_root)) {
            files.unreadable.insert(path.clone());
            diagnostics.push(
                Diagnostic::in_file(Code::RaccourciHorsDuProjet, path, "ce raccourci mène hors du projet")
                    .help("copiez dans le projet ce qu'il désigne"),
            );
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        if !entry.file_type().is_file() || files.texts.contains_key(&path) || files.unreadable.contains(&path) {
            continue;
        }
        match seen.read(entry.path()) {
            Ok(bytes) if is_text(&path) => match text::decode(&path, &bytes, sources, diagnostics) {
                Some(id) => drop(files.texts.insert(path, id)),
                None => drop(files.unreadable.insert(path)),
            },
            Ok(bytes) => {
                files.binaries.insert(path, bytes.to_vec());
            }
            Err(error) => {
                diagnostics.push(unreadable(&path, &error));
                files.unreadable.insert(path);
            }
        }
    }
    files
}

fn wanted(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !passed_over(&entry.file_name().to_string_lossy())
}

/// Whether a file or folder of this name is none of the project's: hidden, or what an editor leaves beside a file.
pub fn passed_over(name: &str) -> bool {
    name.starts_with(['.', '#']) || name.starts_with("~$") || name.ends_with('~')
}

fn is_text(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| TEXT.contains(&extension))
}

/// A path as it is shown and compared: from the root, with `/`.
fn shown(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn unreadable(path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::in_file(
        Code::FichierIllisible,
        path,
        format!("ce fichier ne peut pas être lu : {}", disk_reason(error)),
    )
}

/// What the disk answered, in French where it is known what it means.
pub fn disk_reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "il n'existe pas",
        ErrorKind::PermissionDenied => "vous n'en avez pas le droit",
        ErrorKind::AlreadyExists => "un fichier porte déjà ce nom",
        ErrorKind::NotADirectory => "un fichier se trouve là où il faudrait un dossier",
        ErrorKind::IsADirectory => "un dossier porte déjà ce nom",
        ErrorKind::FileTooLarge => "il est trop grand",
        ErrorKind::StorageFull => "le disque est plein",
        ErrorKind::ReadOnlyFilesystem => "ce disque ne peut pas être écrit",
        ErrorKind::InvalidFilename => "son nom n'est pas permis sur ce disque",
        _ => return error.to_string(),
    }
    .to_owned()
}

fn reason(error: &walkdir::Error) -> String {
    if error.loop_ancestor().is_some() {
        "un raccourci tourne en rond".to_owned()
    } else {
        error.io_error().map_or_else(|| error.to_string(), disk_reason)
    }
}

/// The names of the folders directly below `folder`, sorted.
pub fn subfolders(root: &Path, folder: &str) -> Vec<String> {
    WalkDir::new(root.join(folder))
        .min_depth(1)
        .max_depth(1)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|e| e.file_type().is_dir())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect()
}

/// The fingerprint of this program: another one may write other bytes.
pub fn program() -> Fingerprint {
    static PROGRAM: OnceLock<Fingerprint> = OnceLock::new();
    let read = || std::env::current_exe().and_then(std::fs::read).unwrap_or_default();
    PROGRAM.get_or_init(|| Fingerprint::of(&read())).clone()
}

/// `SOURCE_DATE_EPOCH`, the date that reproducible builds give their results, in seconds since 1970.
pub fn source_date() -> Option<i64> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()
}
