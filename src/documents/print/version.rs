//! Which Chrome would print, without starting it as a browser: what was printed already depends on it.

use std::process::Command;

use super::chrome::Chrome;
use super::error::PrintError;
use super::locate::{self, ChromeLocation};

/// The version of the Chrome that would print: « 156.0.8078.79 ».
///
/// # Errors
/// If there is none.
pub fn version(location: &ChromeLocation) -> Result<String, PrintError> {
    if let ChromeLocation::Remote(address) = location {
        return Ok(number(&Chrome::remote(address)?.version));
    }
    let path = locate::executable(location)?;
    let failed = |detail: String| PrintError::NotExecutable { path: path.clone(), detail };
    if cfg!(windows) {
        // Chrome for Windows does not answer, it opens a window.
        return Err(failed("version inconnue".to_owned()));
    }
    let output = Command::new(&path).arg("--version").output().map_err(|error| failed(error.to_string()))?;
    Ok(number(&String::from_utf8_lossy(&output.stdout)))
}

/// The number in « HeadlessChrome/156.0.8078.79 » or « Chromium 156.0.8078.79 built on Debian ».
pub(super) fn number(text: &str) -> String {
    let is_version = |word: &&str| word.contains('.') && word.starts_with(|c: char| c.is_ascii_digit());
    text.split([' ', '/', '\n']).find(is_version).unwrap_or(text.trim()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn both_ways_of_saying_a_version_agree() {
        assert_eq!(number("HeadlessChrome/156.0.8078.79"), "156.0.8078.79");
        assert_eq!(number("Chromium 156.0.8078.79 built on Debian GNU/Linux 12\n"), "156.0.8078.79");
        assert_eq!(number("autre\n"), "autre");
    }
}
