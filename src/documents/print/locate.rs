//! Where Chrome is: on the `PATH`, in the places where installers put it, or at a remote address.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::error::PrintError;

/// The Chrome to print with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChromeLocation {
    /// The first one found on this machine.
    Auto,
    /// This executable, as a path or as a name on the `PATH`.
    Path(PathBuf),
    /// One that runs already, at the address of its `DevTools` socket (`ws://…`).
    Remote(String),
}

/// Headless shells first: they start faster and bring no windows.
const NAMES: [&str; 11] = [
    "chromium-headless-shell",
    "chrome-headless-shell",
    "headless_shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "msedge",
];

const PLACES: &[&str] = if cfg!(target_os = "macos") {
    &[
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ]
} else if cfg!(windows) {
    &[
        r"Google\Chrome\Application\chrome.exe",
        r"Chromium\Application\chrome.exe",
        r"Microsoft\Edge\Application\msedge.exe",
    ]
} else {
    &["/usr/lib64/chromium-browser/headless_shell", "/opt/google/chrome/chrome", "/snap/bin/chromium"]
};

/// The executable that `location` names. `Remote` has none.
///
/// # Errors
/// If it is not there, or nothing that can be run.
pub fn executable(location: &ChromeLocation) -> Result<PathBuf, PrintError> {
    match location {
        ChromeLocation::Path(path) => named(path),
        _ => NAMES
            .iter()
            .find_map(|name| on_path(OsStr::new(name)))
            .or_else(|| places().find(|place| place.is_file()))
            .ok_or(PrintError::NotFound),
    }
}

fn named(path: &Path) -> Result<PathBuf, PrintError> {
    if path.components().count() == 1
        && let Some(found) = on_path(path.as_os_str())
    {
        return Ok(found);
    }
    let refused = |detail: &str| PrintError::NotExecutable { path: path.to_owned(), detail: detail.to_owned() };
    match path.metadata() {
        Ok(data) if data.is_dir() => Err(refused("c'est un dossier")),
        Ok(_) if !is_executable(path) => Err(refused("ce n'est pas un programme")),
        // A relative path would be looked up on the PATH without its separator.
        Ok(_) => Ok(path.canonicalize().unwrap_or_else(|_| path.to_owned())),
        Err(_) => Err(refused("il n'existe pas")),
    }
}

fn on_path(name: &OsStr) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .filter(|folder| folder.is_absolute())
        .map(|folder| {
            let mut path = folder.join(name);
            if cfg!(windows) {
                path.set_extension("exe");
            }
            path
        })
        .find(|path| is_executable(path))
}

fn places() -> impl Iterator<Item = PathBuf> {
    let roots: Vec<PathBuf> = if cfg!(windows) {
        ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"]
            .iter()
            .filter_map(|name| env::var_os(name).map(PathBuf::from))
            .collect()
    } else {
        vec![PathBuf::from("/")]
    };
    roots.into_iter().flat_map(|root| PLACES.iter().map(move |place| root.join(place)))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_run_is_refused_with_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("chrome");
        let detail = |path: &Path| match named(path) {
            Err(PrintError::NotExecutable { detail, .. }) => detail,
            other => panic!("{other:?}"),
        };
        assert_eq!(detail(&file), "il n'existe pas");
        assert_eq!(detail(folder.path()), "c'est un dossier");
        #[cfg(unix)]
        {
            std::fs::write(&file, "text").unwrap();
            assert_eq!(detail(&file), "ce n'est pas un programme");
        }
    }
}
