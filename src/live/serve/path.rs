//! From the path of a URL to a file below the output folder, and to nothing else.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

/// Why there is no file for a path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It leads, or tries to lead, out of the output folder.
    Outside,
    Missing,
}

/// A file, or the folder that a URL should name with a slash at its end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    File(PathBuf),
    Folder,
}

/// The path of a URL without its escapes, from the output folder; that of a folder is its `index.html`.
///
/// # Errors
/// If it cannot name anything below a folder, on any system.
pub(crate) fn decode(path: &str) -> Result<String, Refused> {
    let path = percent_decode_str(path).decode_utf8().map_err(|_| Refused::Outside)?;
    let path = path.strip_prefix('/').ok_or(Refused::Outside)?;
    let forbidden = |c: char| matches!(c, '\\' | ':') || c.is_control();
    if path.contains(forbidden) || path.split('/').any(|part| part == ".." || part == ".") {
        return Err(Refused::Outside);
    }
    let folder = path.is_empty() || path.ends_with('/');
    Ok(if folder { format!("{path}index.html") } else { path.to_owned() })
}

/// The file of a decoded path. Hidden files are ours, and no pages.
///
/// # Errors
/// If it is not below the output folder, wherever links lead.
pub(crate) fn resolve(output: &Path, path: &str) -> Result<Found, Refused> {
    if path.split('/').any(|part| part.starts_with('.') || part.is_empty()) {
        return Err(Refused::Missing);
    }
    let output = output.canonicalize().map_err(|_| Refused::Missing)?;
    let file = output.join(path).canonicalize().map_err(|_| Refused::Missing)?;
    if !file.starts_with(&output) {
        return Err(Refused::Outside);
    }
    Ok(if file.is_dir() { Found::Folder } else { Found::File(file) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_once_and_never_lead_up() {
        assert_eq!(decode("/a%20b/%C3%A9.html").as_deref(), Ok("a b/é.html"));
        assert_eq!((decode("/").as_deref(), decode("/a/").as_deref()), (Ok("index.html"), Ok("a/index.html")));
        for bad in [
            "a",
            "/..",
            "/../x",
            "/a/../x",
            "/%2e%2e/x",
            "/a/%2E./x",
            "/..%2fx",
            "/a%5c..%5cx",
            "/C:/x",
            "/a%00",
            "/%ff",
        ] {
            assert_eq!(decode(bad), Err(Refused::Outside), "{bad}");
        }
        assert_eq!(decode("/%252e%252e/x").as_deref(), Ok("%2e%2e/x"));
    }

    #[test]
    fn only_files_of_the_output_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output");
        std::fs::create_dir_all(output.join("a")).unwrap();
        for path in ["secret", "output/a/b.html", "output/.livret.json"] {
            std::fs::write(folder.path().join(path), "x").unwrap();
        }
        assert!(matches!(resolve(&output, "a/b.html"), Ok(Found::File(_))));
        assert_eq!(resolve(&output, "a"), Ok(Found::Folder));
        assert_eq!(resolve(&output, ".livret.json"), Err(Refused::Missing));
        assert_eq!(resolve(&output, "/etc/passwd"), Err(Refused::Missing));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("secret"), output.join("link")).unwrap();
            std::os::unix::fs::symlink(output.join("a/b.html"), output.join("inside")).unwrap();
            assert_eq!(resolve(&output, "link"), Err(Refused::Outside));
            assert!(matches!(resolve(&output, "inside"), Ok(Found::File(_))));
        }
    }
}
