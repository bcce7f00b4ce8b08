//! The user's browser: it is asked to show a page, and what it does with that nobody learns.

use std::error::Error as _;
use std::ffi::OsStr;

/// Shows a page, by its address or as a file.
///
/// # Errors
/// Why no browser can be asked, in a few words.
pub(crate) fn open(page: impl AsRef<OsStr>) -> Result<(), String> {
    if !has_screen(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        return Err("il n'y a pas d'écran ici, et BROWSER ne nomme pas de programme".to_owned());
    }
    // What the library says itself is English; below it is the system's reason.
    opener::open_browser(page).map_err(|error| error.source().map_or_else(|| error.to_string(), ToString::to_string))
}

/// Whether a window can be shown. The system's own way of opening pages would fail without a word.
fn has_screen(is_set: impl Fn(&str) -> bool) -> bool {
    let always = cfg!(any(windows, target_os = "macos"));
    always || ["BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].into_iter().any(is_set)
}
