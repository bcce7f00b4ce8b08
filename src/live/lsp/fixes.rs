//! What is known to be meant, offered as a change: travels with each diagnostic, and comes back when the editor asks.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::text::{self, Document, Range};
use crate::ground::diagnostic::Diagnostic;
use crate::ground::source::Sources;

/// The kind of changes that are offered.
pub(crate) const KIND: &str = "quickfix";

/// What an editor asks of a place.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    pub text_document: Document,
    context: Context,
}

#[derive(Deserialize)]
struct Context {
    /// As they were sent.
    diagnostics: Vec<Value>,
    only: Option<Vec<String>>,
}

/// A text to write instead of another, in the file of its diagnostic.
#[derive(Serialize, Deserialize)]
struct Fix {
    range: Range,
    old: String,
    new: String,
}

/// What an editor keeps with a diagnostic, to give it back when it asks for changes.
pub(crate) fn data(diagnostic: &Diagnostic, sources: &Sources) -> Option<Value> {
    let (span, new) = diagnostic.correction(sources)?;
    let source = sources.get(span.source);
    let old = source.text.get(span.range())?.to_owned();
    let fix = Fix { range: text::range(&source.text, span.range()), old, new };
    (source.path == diagnostic.path(sources)).then(|| serde_json::to_value(fix).ok())?
}

/// The changes for the diagnostics that an editor asks about, of a file that it shows so. One whose text was changed
/// since is left out: it will be asked about anew.
pub(crate) fn actions(asked: Asked, shown: &str) -> Value {
    // An editor that tidies up while saving asks for other kinds: nothing is written unasked.
    if asked.context.only.is_some_and(|kinds| !kinds.iter().any(|kind| kind == KIND)) {
        return json!([]);
    }
    let uri = asked.text_document.uri;
    let action = |diagnostic: Value| {
        let fix = Fix::deserialize(diagnostic.get("data")?).ok()?;
        let (start, end) = (text::offset(shown, fix.range.start), text::offset(shown, fix.range.end));
        if shown.get(start..end)? != fix.old {
            return None;
        }
        let title = match (fix.old.trim(), fix.new.trim()) {
            ("", new) => format!("Écrire « {new} »"),
            (old, "") => format!("Supprimer « {old} »"),
            (old, new) => format!("Remplacer « {old} » par « {new} »"),
        };
        Some(json!({
            "title": title.split('\n').next(),
            "kind": KIND,
            "diagnostics": [diagnostic],
            "edit": { "changes": { &uri: [text::edit(fix.range, &fix.new)] } },
            "isPreferred": true,
        }))
    };
    asked.context.diagnostics.into_iter().filter_map(action).collect()
}
