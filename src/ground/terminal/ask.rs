//! Questions, where a person sits before the terminal; elsewhere nothing is ever asked.

use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicBool, Ordering};

use dialoguer::console::Term;
use dialoguer::theme::ColorfulTheme;
use dialoguer::{Input, MultiSelect, Select};

use super::Terminal;
use crate::ground::stop;

/// The person gave up: Ctrl-C, Escape, end of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GivenUp;

static ASKING: AtomicBool = AtomicBool::new(false);
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Ctrl-C. While a question stands it ends the program; lists hide the cursor, which must come back.
pub fn interrupt() {
    INTERRUPTED.store(true, Ordering::SeqCst);
    if ASKING.load(Ordering::SeqCst) {
        let _ = Term::stderr().show_cursor();
        eprintln!();
        std::process::exit(stop::STATUS);
    }
}

/// Whether Ctrl-C was pressed.
pub(crate) fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

fn asking<T>(ask: impl FnOnce() -> dialoguer::Result<T>) -> Result<T, GivenUp> {
    if interrupted() {
        return Err(GivenUp);
    }
    ASKING.store(true, Ordering::SeqCst);
    let answer = ask();
    ASKING.store(false, Ordering::SeqCst);
    answer.map_err(|_| {
        let _ = Term::stderr().show_cursor();
        eprintln!();
        GivenUp
    })
}

impl Terminal {
    /// Whether a person can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// Asks for a text until `check` takes it.
    ///
    /// # Errors
    /// If the person gives up.
    pub(crate) fn ask(
        &self,
        question: &str,
        default: Option<&str>,
        check: impl Fn(&str) -> Result<(), String>,
    ) -> Result<String, GivenUp> {
        let theme = ColorfulTheme::default();
        let mut input = Input::<String>::with_theme(&theme)
            .with_prompt(question)
            .allow_empty(true)
            .validate_with(move |text: &String| check(text.trim()));
        if let Some(default) = default {
            input = input.default(default.to_owned());
        }
        asking(|| input.interact_text()).map(|text| text.trim().to_owned())
    }

    /// Asks for one of several, by its index.
    ///
    /// # Errors
    /// If the person gives up.
    pub(crate) fn choose(&self, question: &str, items: &[String], default: usize) -> Result<usize, GivenUp> {
        let theme = ColorfulTheme::default();
        let select = Select::with_theme(&theme).with_prompt(question).items(items).default(default);
        asking(|| select.interact_opt())?.ok_or(GivenUp)
    }

    /// Asks for some of several, by their indices.
    ///
    /// # Errors
    /// If the person gives up.
    pub(crate) fn choose_several(&self, question: &str, items: &[String]) -> Result<Vec<usize>, GivenUp> {
        let theme = ColorfulTheme::default();
        let question = format!("{question} (espace pour cocher, Entrée pour finir)");
        let select = MultiSelect::with_theme(&theme).with_prompt(question).items(items);
        asking(|| select.interact_opt())?.ok_or(GivenUp)
    }

    /// Asks for a yes; everything else is a no.
    pub(crate) fn confirm(&self, question: &str) -> bool {
        let answer = self.ask(&format!("{question} [o/N]"), None, |_| Ok(()));
        answer.is_ok_and(|text| matches!(text.to_lowercase().as_str(), "o" | "oui"))
    }
}
