//! Why a PDF could not be finished, in the user's words.

use crate::ground::diagnostic::{Code, Diagnostic};

/// Why a PDF cannot be finished: it is damaged, or not what Chrome makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinishError(pub(super) String);

impl FinishError {
    /// What is wrong with the file, without advice.
    pub(crate) fn detail(&self) -> &str {
        &self.0
    }

    /// This error as a diagnostic about a document.
    #[must_use]
    pub(crate) fn diagnostic(&self, document: &str) -> Diagnostic {
        let message = format!("le PDF reçu de Chrome est inutilisable : {}", self.0);
        Diagnostic::in_file(Code::PdfInutilisable, document, message)
            .help("relancez ; si cela se reproduit, essayez un autre Chrome avec --chrome CHEMIN")
    }
}

impl From<lopdf::Error> for FinishError {
    fn from(error: lopdf::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<&str> for FinishError {
    fn from(detail: &str) -> Self {
        Self(detail.to_owned())
    }
}
