//! Answers in the forms of the protocol.

use serde_json::{Value, json};

use super::project::Open;
use super::question::{Proposal, Question};
use super::text;

/// The protocol's number of what completes a key.
const PROPERTY: u8 = 10;
/// Of what completes a value.
const ENUM_MEMBER: u8 = 20;

/// What may be written at a place.
pub(crate) fn completion(question: &Question, _: &Open, shown: &str) -> Option<Value> {
    let item = |(at, proposal): (usize, Proposal)| {
        let mut item = json!({
            "label": proposal.label,
            "kind": if proposal.is_key { PROPERTY } else { ENUM_MEMBER },
        });
        if !proposal.documentation.is_empty() {
            item["documentation"] = proposal.documentation.into();
        }
        // In our order: that of a file, or of the scale.
        item["sortText"] = format!("{at:04}").into();
        item["textEdit"] = text::edit(text::range(shown, proposal.range), &proposal.insert);
        item
    };
    Some(question.proposals().into_iter().enumerate().map(item).collect())
}

/// What the word at a place means.
pub(crate) fn hover(question: &Question, _: &Open, shown: &str) -> Option<Value> {
    let (range, meaning) = question.meaning()?;
    let contents = json!({ "kind": "markdown", "value": meaning });
    Some(json!({ "contents": contents, "range": text::range(shown, range) }))
}

/// Where the word at a place is defined.
pub(crate) fn definition(question: &Question, project: &Open, _: &str) -> Option<Value> {
    let defined = question.definition()?;
    Some(project.location(&defined.path, defined.range))
}
