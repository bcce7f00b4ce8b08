//! What the terminal was told already: a mistake that stays is not said again at every save.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::ground::diagnostic::{Diagnostic, Severity, show};
use crate::ground::source::Sources;
use crate::ground::terminal::Terminal;

/// More at once would hide where they begin.
const MANY: usize = 20;

#[derive(Default)]
pub(crate) struct Said {
    texts: BTreeSet<String>,
    errors: usize,
}

impl Said {
    /// Shows what is new among all diagnostics of now. Returns whether there is anything new, and how it went on with
    /// the errors, for the line below.
    pub(crate) fn say(
        &mut self,
        diagnostics: &[&Diagnostic],
        sources: &Sources,
        terminal: &Terminal,
    ) -> (bool, Option<String>) {
        let all: Vec<(String, Severity)> =
            diagnostics.iter().map(|d| (show::show(&[d], sources, terminal.styled()), d.severity())).collect();
        let mut fresh: Vec<&(String, Severity)> = all.iter().filter(|(text, _)| !self.texts.contains(text)).collect();
        // The gravest stand last, where they are seen, and of many they alone are shown.
        fresh.sort_by_key(|(_, severity)| Reverse(*severity));
        let others = fresh.len().saturating_sub(MANY);
        if others > 0 {
            terminal.error(&format!("… et {others} autres messages : « livret check » les montre tous\n\n"));
        }
        for (text, _) in fresh.into_iter().skip(others) {
            terminal.error(text);
        }
        let errors = all.iter().filter(|(_, severity)| *severity == Severity::Error).count();
        let before = std::mem::replace(&mut self.errors, errors);
        let texts: BTreeSet<String> = all.into_iter().map(|(text, _)| text).collect();
        let news = texts != self.texts;
        self.texts = texts;
        let errors = match (before, errors) {
            (0, 0) => None,
            (_, 0) => Some("plus d'erreur".to_owned()),
            (_, 1) => Some("1 erreur".to_owned()),
            (_, n) => Some(format!("{n} erreurs")),
        };
        (news, errors)
    }
}
