//! What can go wrong while printing, in the user's words, each with a way out.

use std::{fmt, path::PathBuf, time::Duration};

use crate::ground::diagnostic::{Code, Diagnostic, Place};

/// The oldest Chrome whose `@page` margin boxes print.
pub(crate) const OLDEST_CHROME: u32 = 131;

/// What was being done when it went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Starting Chrome, or opening a tab in it.
    Start,
    /// Loading the page, its fonts and images, and laying it out.
    Load,
    /// Making the PDF.
    Print,
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Start => "au démarrage de Chrome",
            Self::Load => "au chargement de la page",
            Self::Print => "à l'impression",
        })
    }
}

/// Why nothing, or one document, could not be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrintError {
    /// No Chrome was found on this machine.
    NotFound,
    /// The Chrome that was asked for is not a program that can be run.
    NotExecutable { path: PathBuf, detail: String },
    /// Chrome's version prints no `@page` margin boxes.
    TooOld { version: String },
    /// Chrome ended or stayed silent before it could be used; `detail` is what it said last.
    CannotStart { path: PathBuf, detail: String },
    /// Chrome's profile cannot be made.
    NoFolder { folder: PathBuf, detail: String },
    /// The remote browser does not answer as one.
    Unreachable { address: String, detail: String },
    /// The program is being stopped.
    Cancelled,
    /// The document took longer than its deadline.
    Timeout { step: Step, limit: Duration },
    /// The page itself is not fit to be printed: a font, an image, text that would be cut…
    Page { problems: Vec<String> },
    /// The theme's layout script failed.
    Script { detail: String },
    /// Chrome refused to do its part.
    Refused { step: Step, detail: String },
    /// The tab crashed, more than once.
    Crashed { step: Step },
    /// The connection to Chrome broke, more than once.
    Lost { step: Step, detail: String },
}

impl PrintError {
    /// Whether this means that nothing at all can be printed, rather than not this document.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        matches!(
            self,
            Self::NotFound
                | Self::NotExecutable { .. }
                | Self::TooOld { .. }
                | Self::CannotStart { .. }
                | Self::NoFolder { .. }
                | Self::Unreachable { .. }
                | Self::Cancelled
        )
    }
}

const INSTALL: &str = "\
installez-le :
Debian, Ubuntu : sudo apt install chromium-headless-shell (ou chromium)
Fedora : sudo dnf install chromium-headless (ou chromium)
macOS : brew install --cask google-chrome
Windows : winget install Google.Chrome
S'il est installé ailleurs, indiquez-le avec --chrome CHEMIN";

impl PrintError {
    /// This error as a diagnostic, about a document if it is about one.
    #[must_use]
    pub(crate) fn diagnostic(&self, document: Option<&str>) -> Diagnostic {
        let (code, message, help) = self.words();
        let facts = match self {
            Self::Page { problems } => problems.clone(),
            Self::Script { detail } => vec![detail.clone()],
            Self::CannotStart { detail, .. } | Self::Refused { detail, .. } | Self::Lost { detail, .. }
                if !detail.is_empty() =>
            {
                vec![format!("Chrome a dit :\n{detail}")]
            }
            _ => Vec::new(),
        };
        let place = document.map_or(Place::Nowhere, |path| Place::File(path.to_owned()));
        facts.into_iter().fold(Diagnostic::new(code, place, message), Diagnostic::fact).help(help)
    }

    /// What went wrong, in one sentence without a final point, and what to do.
    fn words(&self) -> (Code, String, &'static str) {
        match self {
            Self::NotFound => (
                Code::ChromeAbsent,
                "aucun Chrome n'a été trouvé sur cette machine, il est nécessaire pour faire les PDF".to_owned(),
                INSTALL,
            ),
            Self::NotExecutable { path, detail } => (
                Code::ChromeNonExecutable,
                format!("« {} » ne peut pas être lancé : {detail}", path.display()),
                "donnez à --chrome le chemin d'un Chrome ou d'un Chromium, ou laissez livret le chercher",
            ),
            Self::TooOld { version } => (
                Code::ChromeTropAncien,
                format!("ce Chrome est trop ancien ({version}) : il faut au moins la version {OLDEST_CHROME}"),
                "mettez-le à jour, ou indiquez-en un autre avec --chrome CHEMIN",
            ),
            Self::CannotStart { path, detail } => {
                let help = if detail.is_empty() {
                    "est-ce bien un Chrome ? Essayez-le à la main avec --headless --dump-dom about:blank"
                } else if detail.contains("sandbox") {
                    "son bac à sable ne fonctionne pas ici (conteneur, droits) : corrigez cela, ou ajoutez --no-sandbox si vous avez confiance dans les sources"
                } else {
                    "essayez-le à la main, ou indiquez-en un autre avec --chrome CHEMIN"
                };
                (Code::ChromeNeDemarrePas, format!("« {} » n'a pas démarré", path.display()), help)
            }
            Self::NoFolder { folder, detail } => (
                Code::DossierTemporaire,
                format!("le dossier temporaire « {} » ne peut pas être employé : {detail}", folder.display()),
                "créez-le, libérez de la place, ou indiquez-en un autre par la variable TMPDIR (TEMP sous Windows)",
            ),
            Self::Unreachable { address, detail } => (
                Code::ChromeDistantMuet,
                format!("le Chrome distant « {address} » ne répond pas : {detail}"),
                "vérifiez qu'il tourne encore, et l'adresse : ws://…, celle que Chrome affiche après « DevTools listening on »",
            ),
            Self::Cancelled => (
                Code::Interrompu,
                "l'impression a été interrompue".to_owned(),
                "ce qui est imprimé est gardé ; relancez pour faire le reste",
            ),
            Self::Timeout { step, limit } => (
                Code::DelaiDepasse,
                format!("délai de {} s dépassé {step}", limit.as_secs()),
                "augmentez-le avec --timeout si le document est très long ou la machine très chargée",
            ),
            Self::Page { .. } => (
                Code::PageNonImprimable,
                "la page ne peut pas être imprimée telle quelle".to_owned(),
                "raccourcissez ou corrigez ce qui est nommé ; si tous les documents sont touchés, c'est le thème",
            ),
            Self::Script { .. } => (
                Code::ScriptQuiEchoue,
                "le script de mise en page du thème a échoué".to_owned(),
                "corrigez-le, ou retirez « mise_en_page » de theme.yaml",
            ),
            Self::Refused { step, .. } => (
                Code::ChromeRefuse,
                format!("Chrome a refusé {step}"),
                "relancez ; si cela se reproduit, essayez un autre Chrome avec --chrome CHEMIN",
            ),
            Self::Crashed { step } => (
                Code::OngletArrete,
                format!("l'onglet de Chrome s'est arrêté {step}, plusieurs fois (mémoire insuffisante ?)"),
                "relancez avec moins de documents à la fois : --jobs 1",
            ),
            Self::Lost { step, .. } => (
                Code::ConnexionPerdue,
                format!("la connexion à Chrome a été perdue {step}, plusieurs fois"),
                "relancez, au besoin avec --jobs 1",
            ),
        }
    }
}

impl fmt::Display for PrintError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic { message, notes, help, .. } = self.diagnostic(None);
        out.write_str(&message)?;
        notes.iter().chain(&help).try_for_each(|line| write!(out, "\n{line}"))
    }
}

impl std::error::Error for PrintError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_chrome_says_how_to_install_it_everywhere() {
        let message = PrintError::NotFound.to_string();
        assert!(message.contains("\nDebian"), "{message}");
        for system in ["Debian", "Fedora", "macOS", "Windows"] {
            assert!(message.contains(system), "{system} is missing");
        }
    }

    /// One error of every kind.
    fn all() -> Vec<PrintError> {
        let (step, detail, path) = (Step::Load, "détail".to_owned(), PathBuf::from("chrome"));
        vec![
            PrintError::NotFound,
            PrintError::NotExecutable { path: path.clone(), detail: detail.clone() },
            PrintError::TooOld { version: "120".to_owned() },
            PrintError::CannotStart { path: path.clone(), detail: detail.clone() },
            PrintError::NoFolder { folder: path, detail: detail.clone() },
            PrintError::Unreachable { address: "ws://x".to_owned(), detail: detail.clone() },
            PrintError::Cancelled,
            PrintError::Timeout { step, limit: Duration::from_secs(60) },
            PrintError::Page { problems: vec![detail.clone()] },
            PrintError::Script { detail: detail.clone() },
            PrintError::Refused { step, detail: detail.clone() },
            PrintError::Crashed { step },
            PrintError::Lost { step, detail },
        ]
    }

    #[test]
    fn every_error_has_a_code_of_its_own_and_says_what_to_do_and_what_is_known() {
        let codes: std::collections::BTreeSet<Code> = all().iter().map(|e| e.diagnostic(None).code).collect();
        assert_eq!(codes.len(), all().len());
        for error in all() {
            let diagnostic = error.diagnostic(Some("livret.pdf"));
            assert!(diagnostic.help.is_some(), "{error:?}");
            let said = format!("{} {}", diagnostic.message, diagnostic.notes.join(" "));
            assert_eq!(format!("{error:?}").contains("détail"), said.contains("détail"), "{error:?}: {said}");
        }
    }

    #[test]
    fn only_errors_of_the_browser_are_fatal() {
        assert!(PrintError::NotFound.is_fatal());
        assert!(!PrintError::Crashed { step: Step::Print }.is_fatal());
        assert!(!PrintError::Page { problems: vec![] }.is_fatal());
    }
}
