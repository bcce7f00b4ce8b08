//! Why a disk refuses something, in French.

use std::fmt;
use std::io::ErrorKind;

/// A reason in French: libraries have errors of their own, in English.
#[derive(Debug)]
pub(crate) struct Reason(pub String);

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Reason {}

/// A link that leads to itself; the standard library has no name for it yet.
pub(crate) fn is_loop(error: &std::io::Error) -> bool {
    let number = if cfg!(target_os = "linux") { 40 } else { 62 };
    cfg!(unix) && error.raw_os_error() == Some(number)
}

pub(crate) const UNKNOWN: &str = "le disque le refuse";

/// What the disk answered, in French.
pub(crate) fn disk_reason(error: &std::io::Error) -> String {
    if let Some(Reason(own)) = error.get_ref().and_then(|error| error.downcast_ref()) {
        return own.clone();
    }
    match error.kind() {
        ErrorKind::NotFound => "il n'existe pas",
        ErrorKind::PermissionDenied => "vous n'en avez pas le droit",
        ErrorKind::AlreadyExists => "un fichier porte déjà ce nom",
        ErrorKind::NotADirectory => "un fichier se trouve là où il faudrait un dossier",
        ErrorKind::IsADirectory => "un dossier porte déjà ce nom",
        ErrorKind::FileTooLarge => "il est trop grand",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "le disque est plein",
        ErrorKind::ReadOnlyFilesystem => "ce disque ne peut pas être écrit",
        ErrorKind::InvalidFilename => "son nom n'est pas permis sur ce disque",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy | ErrorKind::AddrInUse => {
            "un autre programme s'en sert"
        }
        ErrorKind::OutOfMemory => "la mémoire manque",
        ErrorKind::TimedOut | ErrorKind::StaleNetworkFileHandle => "le disque du réseau ne répond pas",
        _ if cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24)) => "trop de fichiers sont ouverts à la fois",
        _ if is_loop(error) => "un raccourci y tourne en rond",
        _ => match error.raw_os_error() {
            Some(number) => return format!("{UNKNOWN} (erreur {number} du système)"),
            None => UNKNOWN,
        },
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_french_whoever_gives_them() {
        let nowhere = tempfile::tempdir_in("/nulle-part").unwrap_err();
        assert_eq!(disk_reason(&nowhere), "il n'existe pas");
        assert_eq!(disk_reason(&std::io::Error::from_raw_os_error(5)), "le disque le refuse (erreur 5 du système)");
        assert_eq!(
            disk_reason(&crate::sources::load::read(std::path::Path::new("/"), 1).unwrap_err()),
            "c'est un dossier"
        );
        assert_eq!(disk_reason(&std::io::Error::other("whatever")), UNKNOWN);
    }
}
