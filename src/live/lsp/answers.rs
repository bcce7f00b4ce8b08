//! Answers in the forms of the protocol.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, GotoDefinitionResponse, Hover,
    HoverContents, MarkupContent, MarkupKind, TextEdit,
};
use serde::Serialize;
use serde_json::Value;

use super::project::Open;
use super::question::Question;
use super::text;

/// What may be written at a place.
pub(crate) fn completion(question: &Question, _: &Open, shown: &str) -> Option<Value> {
    let item = |(at, proposal): (usize, super::question::Proposal)| {
        let edit = TextEdit { range: text::range(shown, proposal.range), new_text: proposal.insert };
        CompletionItem {
            label: proposal.label,
            kind: Some(if proposal.is_key { CompletionItemKind::PROPERTY } else { CompletionItemKind::ENUM_MEMBER }),
            documentation: (!proposal.documentation.is_empty())
                .then_some(Documentation::String(proposal.documentation)),
            // In our order: that of a file, or of the scale.
            sort_text: Some(format!("{at:04}")),
            text_edit: Some(CompletionTextEdit::Edit(edit)),
            ..CompletionItem::default()
        }
    };
    value(question.proposals().into_iter().enumerate().map(item).collect::<Vec<_>>())
}

/// What the word at a place means.
pub(crate) fn hover(question: &Question, _: &Open, shown: &str) -> Option<Value> {
    let (range, meaning) = question.meaning()?;
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value: meaning });
    value(Hover { contents, range: Some(text::range(shown, range)) })
}

/// Where the word at a place is defined.
pub(crate) fn definition(question: &Question, project: &Open, _: &str) -> Option<Value> {
    value(GotoDefinitionResponse::Scalar(project.location(question.definition()?)?))
}

fn value(answer: impl Serialize) -> Option<Value> {
    serde_json::to_value(answer).ok()
}
