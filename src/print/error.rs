//! What can go wrong while printing, in the user's words, each with a way out.

use std::{fmt, path::PathBuf, time::Duration};

use super::OLDEST_CHROME;

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
                | Self::Unreachable { .. }
                | Self::Cancelled
        )
    }
}

const INSTALL: &str = "\
\x20 Debian, Ubuntu : sudo apt install chromium-headless-shell (ou chromium)
  Fedora : sudo dnf install chromium-headless (ou chromium)
  macOS : brew install --cask google-chrome
  Windows : winget install Google.Chrome
S'il est installé ailleurs, indiquez-le avec --chrome CHEMIN.";

impl fmt::Display for PrintError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => write!(
                out,
                "aucun Chrome n'a été trouvé sur cette machine, il est nécessaire pour faire les PDF. Pour l'installer :\n{INSTALL}"
            ),
            Self::NotExecutable { path, detail } => write!(
                out,
                "« {} » ne peut pas être lancé ({detail}). Donnez à --chrome le chemin d'un Chrome ou d'un Chromium, ou laissez livret le chercher. Pour l'installer :\n{INSTALL}",
                path.display()
            ),
            Self::TooOld { version } => write!(
                out,
                "ce Chrome est trop ancien ({version}) : il faut au moins la version {OLDEST_CHROME}. Mettez-le à jour, ou indiquez-en un autre avec --chrome CHEMIN."
            ),
            Self::CannotStart { path, detail } => {
                write!(out, "« {} » n'a pas démarré", path.display())?;
                if detail.is_empty() {
                    out.write_str(
                        ". Est-ce bien un Chrome ? Essayez-le à la main avec --headless --dump-dom about:blank.",
                    )
                } else if detail.contains("--no-sandbox") || detail.contains("sandbox") {
                    write!(
                        out,
                        " : son bac à sable ne fonctionne pas ici (conteneur, droits). Corrigez cela, ou ajoutez --no-sandbox si vous avez confiance dans les sources. Chrome a dit :\n{detail}"
                    )
                } else {
                    write!(
                        out,
                        ". Essayez-le à la main, ou indiquez-en un autre avec --chrome CHEMIN. Il a dit :\n{detail}"
                    )
                }
            }
            Self::Unreachable { address, detail } => write!(
                out,
                "le Chrome distant « {address} » ne répond pas ({detail}). Vérifiez l'adresse (ws://…, celle que Chrome affiche après « DevTools listening on ») et qu'il tourne encore."
            ),
            Self::Cancelled => out.write_str("interrompu"),
            Self::Timeout { step, limit } => write!(
                out,
                "délai de {} s dépassé {step}. Augmentez-le avec --timeout si le document est très long ou la machine très chargée.",
                limit.as_secs()
            ),
            Self::Page { problems } => {
                out.write_str("la page ne peut pas être imprimée telle quelle :")?;
                problems.iter().try_for_each(|problem| write!(out, "\n  - {problem}"))
            }
            Self::Script { detail } => write!(
                out,
                "le script de mise en page du thème a échoué : {detail}. Corrigez-le, ou retirez « mise_en_page » de theme.yaml."
            ),
            Self::Refused { step, detail } => write!(
                out,
                "Chrome a refusé {step} : {detail}. Relancez ; si cela se reproduit, essayez un autre Chrome avec --chrome CHEMIN."
            ),
            Self::Crashed { step } => write!(
                out,
                "l'onglet de Chrome s'est arrêté {step}, plusieurs fois (mémoire insuffisante ?). Relancez avec moins de documents à la fois : --jobs 1."
            ),
            Self::Lost { step, detail } => write!(
                out,
                "la connexion à Chrome a été perdue {step}, plusieurs fois ({detail}). Relancez, au besoin avec --jobs 1."
            ),
        }
    }
}

impl std::error::Error for PrintError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_chrome_says_how_to_install_it_everywhere() {
        let message = PrintError::NotFound.to_string();
        assert!(message.contains("\n  Debian"), "{message}");
        for system in ["Debian", "Fedora", "macOS", "Windows"] {
            assert!(message.contains(system), "{system} is missing");
        }
    }

    #[test]
    fn only_errors_of_the_browser_are_fatal() {
        assert!(PrintError::NotFound.is_fatal());
        assert!(!PrintError::Crashed { step: Step::Print }.is_fatal());
        assert!(!PrintError::Page { problems: vec![] }.is_fatal());
    }
}
