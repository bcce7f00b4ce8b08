//! What is asked of a page: to become the document, to wait until everything in it is there, to be
//! laid out by the theme's script, and to tell what is wrong with it. One evaluation for all that.

use headless_chrome::protocol::cdp::{Page::PrintToPDF, Runtime};
use serde_json::{Value, json};

use super::{
    error::{PrintError, Step},
    fonts::Font,
};

/// How the layout script is named in its own error messages.
const SCRIPT: &str = "mise-en-page.js";

/// The evaluation that loads a document. `fonts` are those it uses, `fresh` those of them that this
/// tab has not seen yet.
pub(super) fn load(html: &str, fonts: &[Font], fresh: &[&Font], script: Option<&str>) -> Runtime::Evaluate {
    let fresh: Vec<Value> =
        fresh.iter().map(|font| json!([font.key, font.family, font.data, font.descriptors])).collect();
    let keys: Vec<&str> = fonts.iter().map(|font| font.key.as_str()).collect();
    let script = script.map(|text| format!("{text}\n//# sourceURL={SCRIPT}"));
    let expression =
        format!("({})({},{},{},{})", include_str!("page.js"), json!(html), json!(fresh), json!(keys), json!(script));
    Runtime::Evaluate {
        expression,
        object_group: None,
        include_command_line_api: None,
        silent: Some(true),
        context_id: None,
        return_by_value: Some(true),
        generate_preview: None,
        user_gesture: None,
        await_promise: Some(true),
        throw_on_side_effect: None,
        timeout: None,
        disable_breaks: None,
        repl_mode: None,
        allow_unsafe_eval_blocked_by_csp: Some(true),
        unique_context_id: None,
        serialization_options: None,
    }
}

/// What the evaluation found: what is to be remarked on the page, or why it must not be printed.
pub(super) fn outcome(result: Runtime::EvaluateReturnObject) -> Result<Vec<String>, PrintError> {
    let refused = |detail: String| PrintError::Refused { step: Step::Load, detail };
    if let Some(details) = result.exception_details {
        let detail = details.exception.and_then(|error| error.description).unwrap_or(details.text);
        return Err(refused(detail));
    }
    let value = result.result.value.unwrap_or_default();
    if let Some(detail) = value["script"].as_str() {
        return Err(PrintError::Script { detail: detail.to_owned() });
    }
    let texts = |name: &str| {
        let text = |text: &Value| text.as_str().map_or_else(|| text.to_string(), str::to_owned);
        Some(value[name].as_array()?.iter().map(text).collect::<Vec<_>>())
    };
    let problems = texts("problems").ok_or_else(|| refused("réponse inattendue".to_owned()))?;
    if problems.is_empty() { Ok(texts("remarks").unwrap_or_default()) } else { Err(PrintError::Page { problems }) }
}

/// The call that makes the PDF.
pub(super) fn print() -> PrintToPDF {
    PrintToPDF {
        print_background: Some(true),
        prefer_css_page_size: Some(true),
        generate_tagged_pdf: Some(true),
        generate_document_outline: Some(true),
        ..PrintToPDF::default()
    }
}
