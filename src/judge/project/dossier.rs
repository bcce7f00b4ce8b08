//! A candidat with all that was made of the file.

use crate::ground::fingerprint::Fingerprint;
use crate::judge::check::Bilan;
use crate::model::candidat::Candidat;

#[derive(Debug)]
pub struct Dossier {
    pub candidat: Candidat,
    /// The state of the livret.
    pub(crate) bilan: Bilan,
    /// Of the file.
    pub empreinte: Fingerprint,
}
