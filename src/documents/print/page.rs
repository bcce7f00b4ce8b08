//! What is asked of a page: to become the document, to wait until everything in it is there, to be
//! laid out by the theme's script, and to tell what is wrong with it. One evaluation for all that.

use std::sync::Arc;

use headless_chrome::protocol::cdp::Page::PrintToPDF;
use serde_json::{Value, json};

use super::error::{PrintError, Step};
use super::fonts::Font;

/// How the layout script is named in its own error messages.
const SCRIPT: &str = "mise-en-page.js";

/// The evaluation that loads a document. `fonts` are those it uses, `fresh` those of them that this
/// tab has not seen yet; a script that it has from the document before is not sent again.
pub(super) fn load(
    html: &str,
    fonts: &[Arc<Font>],
    fresh: &[&Arc<Font>],
    script: Option<&str>,
    has_script: bool,
) -> Value {
    let fresh: Vec<Value> =
        fresh.iter().map(|font| json!([font.key, font.family, font.data, font.descriptors])).collect();
    let keys: Vec<&str> = fonts.iter().map(|font| font.key.as_str()).collect();
    let script = match script {
        Some(_) if has_script => json!(true),
        script => json!(script.map(|text| format!("{text}\n//# sourceURL={SCRIPT}"))),
    };
    let expression =
        format!("({})({},{},{},{})", include_str!("page.js"), json!(html), json!(fresh), json!(keys), script);
    json!({
        "expression": expression,
        "silent": true,
        "returnByValue": true,
        "awaitPromise": true,
        "allowUnsafeEvalBlockedByCSP": true,
    })
}

/// What the evaluation found: what is to be remarked on the page and the marks that are seen there, or why it must not be
/// printed.
pub(super) fn outcome(result: &Value) -> Result<[Vec<String>; 2], PrintError> {
    let refused = |detail: &str| PrintError::Refused { step: Step::Load, detail: detail.to_owned() };
    if let Some(details) = result.get("exceptionDetails") {
        let detail = details["exception"]["description"].as_str().or(details["text"].as_str());
        return Err(refused(detail.unwrap_or_default()));
    }
    let value = &result["result"]["value"];
    if let Some(detail) = value["script"].as_str() {
        return Err(PrintError::Script { detail: detail.to_owned() });
    }
    let texts = |name: &str| {
        let text = |text: &Value| text.as_str().map_or_else(|| text.to_string(), str::to_owned);
        Some(value[name].as_array()?.iter().map(text).collect::<Vec<_>>())
    };
    let problems = texts("problems").ok_or_else(|| refused("réponse inattendue"))?;
    if !problems.is_empty() {
        return Err(PrintError::Page { problems });
    }
    Ok(["remarks", "notes"].map(|name| texts(name).unwrap_or_default()))
}

/// How the PDF is made.
pub(super) fn print() -> PrintToPDF {
    PrintToPDF {
        print_background: Some(true),
        prefer_css_page_size: Some(true),
        generate_tagged_pdf: Some(true),
        generate_document_outline: Some(true),
        ..PrintToPDF::default()
    }
}
