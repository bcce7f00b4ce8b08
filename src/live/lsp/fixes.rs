//! What is known to be meant, offered as a change: travels with each diagnostic, and comes back when the editor asks.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOptions, CodeActionOrCommand, CodeActionParams, CodeActionProviderCapability,
    Range, TextEdit, WorkspaceEdit,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::text;
use crate::ground::diagnostic::Diagnostic;
use crate::ground::source::Sources;

/// A text to write instead of another, in the file of its diagnostic.
#[derive(Serialize, Deserialize)]
struct Fix {
    range: Range,
    old: String,
    new: String,
}

pub(crate) fn capability() -> CodeActionProviderCapability {
    CodeActionProviderCapability::Options(CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
        ..CodeActionOptions::default()
    })
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
pub(crate) fn actions(params: CodeActionParams, shown: &str) -> Vec<CodeActionOrCommand> {
    let asked = params.context.only.unwrap_or_else(|| vec![CodeActionKind::QUICKFIX]);
    // An editor that tidies up while saving asks for other kinds: nothing is written unasked.
    if !asked.contains(&CodeActionKind::QUICKFIX) {
        return Vec::new();
    }
    let uri = params.text_document.uri;
    let action = |diagnostic: lsp_types::Diagnostic| {
        let fix: Fix = serde_json::from_value(diagnostic.data.clone()?).ok()?;
        let (start, end) = (text::offset(shown, fix.range.start), text::offset(shown, fix.range.end));
        if shown.get(start..end)? != fix.old {
            return None;
        }
        let title = match (fix.old.trim(), fix.new.trim()) {
            ("", new) => format!("Écrire « {new} »"),
            (old, "") => format!("Supprimer « {old} »"),
            (old, new) => format!("Remplacer « {old} » par « {new} »"),
        };
        let edit = TextEdit { range: fix.range, new_text: fix.new };
        #[expect(clippy::mutable_key_type)] // The protocol's type has addresses for keys; nothing changes them.
        let changes = HashMap::from([(uri.clone(), vec![edit])]);
        Some(CodeActionOrCommand::CodeAction(CodeAction {
            title: title.split('\n').next().unwrap_or_default().to_owned(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic]),
            edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
            is_preferred: Some(true),
            ..CodeAction::default()
        }))
    };
    params.context.diagnostics.into_iter().filter_map(action).collect()
}
