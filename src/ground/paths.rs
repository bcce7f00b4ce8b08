//! The one grammar of paths: where sources stand below the project, where documents stand below the output, and which
//! names every disk can hold. All are relative, with `/`. It opens nothing; what a file says is for others.

pub(crate) mod copie;
pub mod role;

pub(crate) const PROJECT_FILE: &str = "livret.yaml";
pub(crate) const CONTENT: &str = "content";
pub(crate) const THEMES: &str = "themes";
/// Below the content, and in the output.
pub(crate) const CANDIDATS: &str = "candidats";
pub(crate) const REFERENTIELS: &str = "referentiels";
/// In the output: what the candidats of a session have together.
pub(crate) const SESSIONS: &str = "sessions";

/// Where pictures of the content stand among the assets of the output.
pub(crate) const CONTENT_ASSETS: &str = "contenu/";

/// A picture of the content among the assets.
pub(crate) fn asset(path: &str) -> String {
    format!("{CONTENT_ASSETS}{}", path.strip_prefix("content/").unwrap_or(path))
}

/// A candidat's file.
pub(crate) fn fiche(session: &str, id: &str) -> String {
    format!("{CONTENT}/{CANDIDATS}/{session}/{id}.md")
}

/// The session and the id of a candidat's file, as they are in its path; `None` if it is none.
pub(crate) fn session_and_id(path: &str) -> Option<(&str, &str)> {
    match path.strip_suffix(".md")?.split('/').collect::<Vec<_>>().as_slice() {
        [CONTENT, CANDIDATS, session, id] => Some((session, id)),
        _ => None,
    }
}

/// The folder of a référentiel's files; `chemin` is `id/version`.
pub(crate) fn referentiel(chemin: &str) -> String {
    format!("{CONTENT}/{REFERENTIELS}/{chemin}")
}

/// The folder of a référentiel's documents.
pub(crate) fn dossier_referentiel(chemin: &str) -> String {
    format!("{REFERENTIELS}/{chemin}")
}

/// The folder of what a session's candidats have together.
pub(crate) fn dossier_session(session: &str) -> String {
    format!("{SESSIONS}/{session}")
}

/// The folder of a candidat's documents.
pub(crate) fn dossier_candidat(session: &str, id: &str) -> String {
    format!("{CANDIDATS}/{session}/{id}")
}

/// A file in a folder, which may be none.
pub(crate) fn join(folder: &str, file: &str) -> String {
    if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") }
}

/// Whether a name can be one folder or file of the output on every system.
///
/// # Errors
/// The reason, in French, why it cannot.
pub(crate) fn check_name(name: &str) -> Result<(), &'static str> {
    const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];
    if name.is_empty() || name.chars().all(|c| c == '.') {
        return Err("il sortirait de son dossier");
    }
    if name.contains(['/', '\\']) {
        return Err("il contient une barre oblique, et sortirait de son dossier");
    }
    if name.contains(['<', '>', ':', '"', '|', '?', '*']) || name.chars().any(char::is_control) {
        return Err("il contient un signe que Windows refuse dans un nom de fichier");
    }
    if name.starts_with(' ') || name.ends_with(['.', ' ']) {
        return Err("il commence ou finit par une espace ou un point");
    }
    let lower = name.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    if RESERVED.contains(&stem) || port.is_some_and(|n| n.len() == 1 && n.parse::<u8>().is_ok()) {
        return Err("Windows réserve ce nom");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_the_folder_are_refused() {
        for bad in ["", ".", "..", "../x", "a/b", "a\\b", "a:b", "x.", " x", "NUL", "con.txt", "Com7", "a\nb"] {
            assert!(check_name(bad).is_err(), "{bad:?}");
        }
        for good in ["martin-claire", "comte", "commercial", "Lœuvre", "2026.06", "d'hervilly", "a b"] {
            assert!(check_name(good).is_ok(), "{good:?}");
        }
    }
}
