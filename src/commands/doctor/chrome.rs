//! Chrome: found, new enough, and really printing, with the fonts of the theme.

use crate::ground::text::count;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::finding::Finding;
use super::project::kind_of_font;
use crate::documents::print::{Engine, OLDEST_CHROME, PrintError, PrintJob, PrintOptions};
use crate::ground::terminal::Terminal;

pub(crate) fn examine(options: &PrintOptions, fonts: &[(String, Vec<u8>)], terminal: &Terminal) -> Vec<Finding> {
    let engine = match Engine::start(options.clone()) {
        Ok(engine) => engine,
        // The way out is part of the message.
        Err(error) => return vec![Finding::broken("Chrome", error.to_string())],
    };
    let place = engine.executable().map_or_else(|| "distant".to_owned(), |path| path.display().to_string());
    let mut findings =
        vec![Finding::fine("Chrome", format!("{} ({place}) ; il faut au moins {OLDEST_CHROME}", engine.version()))];
    findings.extend(engine.warnings().iter().map(|warning| Finding::look("Chrome", warning.message.clone())));
    let started = terminal.seconds();
    let printed = print(&engine, "<p>Essai</p>".to_owned());
    let took = format!("{:.1}", terminal.seconds() - started).replace('.', ",");
    findings.push(match printed {
        Ok(()) => Finding::fine("impression", format!("une page d'essai est imprimée, en {took} s")),
        Err(error) => Finding::broken("impression", error.to_string()),
    });
    if !fonts.is_empty() {
        findings.push(match print(&engine, page(fonts)) {
            Ok(()) => Finding::fine("polices", format!("{} par Chrome", count(fonts.len(), "police(s) lue(s)"))),
            Err(error) => Finding::broken("polices", error.to_string())
                .advice("remettez le fichier de cette police, tel qu'il était livré avec le thème"),
        });
    }
    findings
}

fn print(engine: &Engine, html: String) -> Result<(), PrintError> {
    let html = format!("<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><title>Essai</title>{html}</html>");
    engine.printer().print(&PrintJob { html, script: None }).map(drop)
}

/// A page that shows a word in each font.
fn page(fonts: &[(String, Vec<u8>)]) -> String {
    let face = |(path, bytes): &(String, Vec<u8>)| {
        let kind = kind_of_font(path).unwrap_or_default();
        let name = path.replace(|c: char| !c.is_alphanumeric() && c != '.' && c != '-', "_");
        let data = STANDARD.encode(bytes);
        format!(
            "<style>@font-face{{font-family:\"{name}\";src:url(data:font/{kind};base64,{data})}}</style><p style='font-family:\"{name}\"'>Essai</p>"
        )
    };
    fonts.iter().map(face).collect()
}
