//! One thing that was examined, and how it is.

use std::path::Path;

/// How a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    Fine,
    /// Works, but somebody should look.
    Look,
    /// The files of the project contain mistakes.
    Mistakes,
    /// Something that printing needs is missing.
    Broken,
}

/// One line of the report.
pub(crate) struct Finding {
    pub state: State,
    pub what: &'static str,
    pub text: String,
    /// What to do.
    pub advice: Option<String>,
}

impl Finding {
    fn new(state: State, what: &'static str, text: impl Into<String>) -> Self {
        Self { state, what, text: text.into(), advice: None }
    }

    pub(crate) fn fine(what: &'static str, text: impl Into<String>) -> Self {
        Self::new(State::Fine, what, text)
    }

    pub(crate) fn look(what: &'static str, text: impl Into<String>) -> Self {
        Self::new(State::Look, what, text)
    }

    pub(crate) fn mistakes(what: &'static str, text: impl Into<String>) -> Self {
        Self::new(State::Mistakes, what, text)
    }

    pub(crate) fn broken(what: &'static str, text: impl Into<String>) -> Self {
        Self::new(State::Broken, what, text)
    }

    pub(crate) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

/// « 340 Mo », « 12 Go ».
pub(crate) fn size(bytes: u64) -> String {
    let millions = bytes / 1_000_000;
    if millions >= 10_000 { format!("{} Go", millions / 1000) } else { format!("{millions} Mo") }
}

pub(crate) fn shown(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()).display().to_string()
}
