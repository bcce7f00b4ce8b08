//! Reads a project's files, each once: the only module that reads the disk (and the environment). Texts become sources, pictures and
//! fonts stay bytes; what cannot be read is a diagnostic, and the rest is read all the same.
//! What the files mean is left to [`crate::sources::parse`].

mod file;
mod seen;
mod text;

pub(crate) use file::{MOST, only_file, passed_over, read};
pub(crate) use seen::{Seen, Stamp, stamps};
pub(crate) use text::{text, with_line_ends};

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use walkdir::{DirEntry, WalkDir};

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fingerprint::Fingerprint;
use crate::ground::paths::PROJECT_FILE;
use crate::ground::reason::{self, UNKNOWN, disk_reason};
use crate::ground::source::{SourceId, Sources};

/// The files below one folder, by their path from the project's root, with `/` on every system.
#[derive(Debug, Default)]
pub struct Files {
    pub texts: BTreeMap<String, SourceId>,
    pub binaries: BTreeMap<String, Vec<u8>>,
    /// Those that are there but could not be read: reported already.
    pub unreadable: BTreeSet<String>,
}

impl Files {
    /// All of them with their bytes: first the texts, each with its source.
    pub(crate) fn all<'a>(
        &'a self,
        sources: &'a Sources,
    ) -> impl Iterator<Item = (&'a str, &'a [u8], Option<SourceId>)> {
        let texts = self.texts.iter().map(|(path, id)| (path.as_str(), sources.text(*id).as_bytes(), Some(*id)));
        texts.chain(self.binaries.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice(), None)))
    }

    fn read(&mut self, path: &str, bytes: &[u8], sources: &mut Sources, diagnostics: &mut Diagnostics) {
        match text(path, bytes, sources, diagnostics) {
            Some(id) => drop(self.texts.insert(path.to_owned(), id)),
            None => drop(self.unreadable.insert(path.to_owned())),
        }
    }

    fn refuse(&mut self, path: &str, why: Diagnostic, diagnostics: &mut Diagnostics) {
        diagnostics.push(why);
        self.unreadable.insert(path.to_owned());
    }
}

/// Texts that stand in for files, by path from the project's root: what an editor shows and has not saved yet.
pub(crate) type Overlay = BTreeMap<String, String>;

/// Extensions that are text to us; all else is bytes.
const TEXT: &[&str] = &["md", "yaml", "yml", "html", "css", "js", "svg", "txt"];

/// The folder of the project that a file belongs to: the nearest one above it with a livret.yaml.
pub(crate) fn project_root(file: &Path) -> Option<PathBuf> {
    file.ancestors().skip(1).find(|folder| folder.join(PROJECT_FILE).is_file()).map(Path::to_path_buf)
}

/// Reads the project's own file, or reports why it cannot be read.
pub(crate) fn project_file(
    root: &Path,
    overlay: &Overlay,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<SourceId> {
    let path = root.join(PROJECT_FILE);
    let read = match overlay.get(PROJECT_FILE) {
        Some(shown) => Ok(shown.as_bytes().to_vec()),
        None if leads_out(root, &path) => return diagnostics.refuse(outside(PROJECT_FILE)),
        None => read(&path, MOST),
    };
    match read {
        Ok(bytes) => text(PROJECT_FILE, &bytes, sources, diagnostics),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let message = "ce dossier n'est pas un projet : ce fichier n'y est pas";
            let help = "placez-vous dans le dossier du projet, ou donnez-le avec -C DOSSIER ; pour créer un projet : livret init DOSSIER";
            diagnostics.refuse(Diagnostic::in_file(Code::ProjetAbsent, PROJECT_FILE, message).help(help))
        }
        Err(error) => diagnostics.refuse(unreadable(PROJECT_FILE, &error)),
    }
}

/// Whether there is such a file or folder below the root.
pub(crate) fn exists(root: &Path, path: &str) -> bool {
    root.join(path).exists()
}

/// Reads one binary file below the root.
pub(crate) fn binary_file(root: &Path, path: &str) -> Option<Vec<u8>> {
    read(&root.join(path), MOST).ok()
}

/// Reads one file that the project names, by its path from the root.
///
/// # Errors
/// What is wrong with it: it is not there, it lies outside of the project, it cannot be read.
pub(crate) fn named_file(root: &Path, path: &str) -> Result<Vec<u8>, Option<Box<Diagnostic>>> {
    let target = root.join(path);
    if target.symlink_metadata().is_err() {
        return Err(None);
    }
    if leads_out(root, &target) {
        return Err(Some(Box::new(outside(path))));
    }
    read(&target, MOST).map_err(|error| Some(Box::new(unreadable(path, &error))))
}

/// Whether links on its way lead out of the project.
fn leads_out(root: &Path, path: &Path) -> bool {
    let real = |path: &Path| path.canonicalize();
    matches!((real(root), real(path)), (Ok(root), Ok(path)) if !path.starts_with(&root))
}

fn outside(path: &str) -> Diagnostic {
    Diagnostic::in_file(Code::RaccourciHorsDuProjet, path, "ce raccourci mène hors du projet")
        .help("copiez dans le projet ce qu'il désigne")
}

/// The bytes of the standard input, to its end.
///
/// # Errors
/// Those of the system; also if it is larger than a source may be.
pub(crate) fn standard_input() -> std::io::Result<Vec<u8>> {
    file::limited(std::io::stdin().lock(), MOST)
}

/// Where a file or a folder that the user named is, from the project's root; named from there or from where the
/// program runs. `None` if it is outside of the project; empty for the root itself.
///
/// # Errors
/// Those of the disk, above all if it is in neither place.
pub(crate) fn inside(root: &Path, named: &Path) -> std::io::Result<Option<String>> {
    let real = named.canonicalize().or_else(|_| root.join(named).canonicalize())?;
    let real_root = root.canonicalize()?;
    Ok(real.starts_with(&real_root).then(|| shown(&real_root, &real)))
}

/// Every file below `folder` as it is, hidden ones aside, by its path from there. Empty if there is no such folder.
///
/// # Errors
/// If anything cannot be read.
pub(crate) fn exact_folder(root: &Path, folder: &str) -> std::io::Result<BTreeMap<String, Vec<u8>>> {
    let start = root.join(folder);
    let mut files = BTreeMap::new();
    if !start.is_dir() {
        return Ok(files);
    }
    let seen = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    for entry in WalkDir::new(&start).into_iter().filter_entry(seen) {
        let entry = entry?;
        if entry.path().is_file() {
            files.insert(shown(&start, entry.path()), read(entry.path(), u64::MAX)?);
        }
    }
    Ok(files)
}

/// Reads everything below `folder`, hidden files and editors' backups aside. A folder that does not exist is empty.
pub(crate) fn folder(
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
        match file::at_most(text.len() as u64, MOST) {
            Ok(()) => files.read(path, text.as_bytes(), sources, diagnostics),
            Err(error) => files.refuse(path, unreadable(path, &error), diagnostics),
        }
    }
    if start.symlink_metadata().is_err() {
        return files;
    }
    // Said of the folder itself where it, or one above it, is a link.
    if leads_out(root, &start) {
        files.refuse(folder, outside(folder), diagnostics);
        return files;
    }
    if start.exists() && !start.is_dir() {
        let message = "ce dossier ne peut pas être lu : c'est un fichier, et non un dossier";
        diagnostics.push(Diagnostic::in_file(Code::DossierIllisible, folder, message));
        return files;
    }
    let mut walk = WalkDir::new(&start).follow_links(true).sort_by_file_name().into_iter().filter_entry(file::wanted);
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(&start);
                files.refuse(&shown(root, path), unwalkable(root, path, &error), diagnostics);
                continue;
            }
        };
        let path = shown(root, entry.path());
        let refused = if entry.file_name().to_str().is_none() {
            let help = "renommez-le : il vient sans doute d'une vieille archive, ses accents sont perdus";
            Some(Diagnostic::in_file(Code::NomImpossible, &path, "ce nom n'est pas écrit en UTF-8").help(help))
        } else {
            (entry.path_is_symlink() && leads_out(root, entry.path())).then(|| outside(&path))
        };
        if let Some(refused) = refused {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            files.refuse(&path, refused, diagnostics);
            continue;
        }
        if entry.file_type().is_dir() || files.texts.contains_key(&path) || files.unreadable.contains(&path) {
            continue;
        }
        match seen.read(entry.path()) {
            Ok(bytes) if is_text(&path) => files.read(&path, &bytes, sources, diagnostics),
            Ok(bytes) => drop(files.binaries.insert(path, bytes.to_vec())),
            Err(error) => files.refuse(&path, unreadable(&path, &error), diagnostics),
        }
    }
    files
}

fn is_text(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| TEXT.contains(&end) || end.eq_ignore_ascii_case("svg"))
}

/// A path as it is shown and compared: from the root, with `/`.
fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).iter().map(name).collect::<Vec<_>>().join("/")
}

/// A name in letters; bytes that are none stay apart from one another.
fn name(part: &OsStr) -> String {
    let mut name = String::new();
    for chunk in part.as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| name.push_str(&format!("\\x{byte:02X}")));
    }
    name
}

fn unreadable(path: &str, error: &std::io::Error) -> Diagnostic {
    let message = format!("ce fichier ne peut pas être lu : {}", disk_reason(error));
    Diagnostic::in_file(Code::FichierIllisible, path, message)
}

/// What is said of a place that a walk could not enter: a folder, or a link that leads to nothing.
fn unwalkable(root: &Path, path: &Path, error: &walkdir::Error) -> Diagnostic {
    let (shown, is_link) = (shown(root, path), path.is_symlink());
    if error.loop_ancestor().is_none() && !is_link {
        let reason = error.io_error().map_or_else(|| UNKNOWN.to_owned(), disk_reason);
        let message = format!("ce dossier ne peut pas être lu : {reason}");
        return Diagnostic::in_file(Code::DossierIllisible, shown, message);
    }
    let reason = match error.io_error() {
        Some(error) if error.kind() == ErrorKind::NotFound => "ce qu'il désigne n'existe pas".to_owned(),
        Some(error) if !reason::is_loop(error) => disk_reason(error),
        _ => "il tourne en rond".to_owned(),
    };
    // What leads nowhere is a file as far as anybody knows.
    let code = if error.loop_ancestor().is_some() { Code::DossierIllisible } else { Code::FichierIllisible };
    Diagnostic::in_file(code, shown, format!("ce raccourci ne peut pas être suivi : {reason}"))
        .help("supprimez-le, ou mettez à sa place ce qu'il devait désigner")
}

/// The folders of the project that hold what links to files lead to: those that are one of these paths, or below.
pub(crate) fn linked_folders<'a>(root: &'a Path, paths: impl Iterator<Item = &'a Path>) -> BTreeSet<PathBuf> {
    let starts = paths.map(|path| root.join(path));
    let entries =
        starts.flat_map(|start| WalkDir::new(start).follow_links(true).into_iter().filter_entry(file::wanted));
    let links = entries.flatten().filter(|entry| entry.path_is_symlink() && entry.file_type().is_file());
    let mut folders = BTreeSet::new();
    for mut path in links.map(DirEntry::into_path) {
        // One link may lead to the next.
        for _ in 0..LINKS {
            let Ok(target) = path.read_link() else { break };
            path = path.parent().unwrap_or(root).join(target);
            let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
            folders.extend(folder.filter(|folder| folder.starts_with(root)));
        }
    }
    folders
}

/// How many links may lead to one another, as systems have it.
const LINKS: usize = 40;

/// The names of the folders directly below `folder`, sorted.
pub(crate) fn subfolders(root: &Path, folder: &str) -> Vec<String> {
    let entries = WalkDir::new(root.join(folder)).min_depth(1).max_depth(1).sort_by_file_name().into_iter().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_dir());
    folders.map(|folder| folder.file_name().to_string_lossy().into_owned()).collect()
}

/// The fingerprint of this program: another one may write other bytes.
pub(crate) fn program() -> Fingerprint {
    static PROGRAM: OnceLock<Fingerprint> = OnceLock::new();
    let read = || std::env::current_exe().and_then(std::fs::File::open).and_then(Fingerprint::of_all);
    PROGRAM.get_or_init(|| read().unwrap_or_else(|_| Fingerprint::of(&[]))).clone()
}

/// `SOURCE_DATE_EPOCH`, the date that reproducible builds give their results, in seconds since 1970.
pub(crate) fn source_date() -> Option<i64> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()
}
