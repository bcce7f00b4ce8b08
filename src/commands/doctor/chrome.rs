//! Chrome: found, new enough, and really printing, with the fonts of the theme, what an archive takes.

use crate::ground::text::count;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::finding::Finding;
use super::project::kind_of_font;
use crate::documents::finish::{Metadata, finish};
use crate::documents::print::{Engine, OLDEST_CHROME, PrintError, PrintJob, PrintOptions, Printed};
use crate::ground::terminal::Terminal;

pub(crate) fn examine(options: PrintOptions, fonts: &[(String, Vec<u8>)], terminal: &Terminal) -> Vec<Finding> {
    let engine = match Engine::start(options) {
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
        Ok(_) => Finding::fine("impression", format!("une page d'essai est imprimée, en {took} s")),
        Err(error) => Finding::broken("impression", error.to_string()),
    });
    if !fonts.is_empty() {
        match print(&engine, page(fonts)) {
            Ok(printed) => {
                let read = format!("{} par Chrome", count(fonts.len(), "police(s) lue(s)"));
                findings.extend([Finding::fine("polices", read), archive(&printed)]);
            }
            Err(error) => findings.push(
                Finding::broken("polices", error.to_string())
                    .advice("remettez le fichier de cette police, tel qu'il était livré avec le thème"),
            ),
        }
    }
    findings
}

/// Whether the page of all fonts follows the standards that each PDF is held to.
fn archive(printed: &Printed) -> Finding {
    let metadata = Metadata { title: "Essai".to_owned(), ..Metadata::default() };
    match finish(printed, &metadata) {
        Ok(finished) if finished.unclaimed.is_empty() => Finding::fine(
            "archivage",
            "les PDF suivent PDF/A-2a (à conserver) et PDF/UA-1 (à écouter) ; veraPDF, gratuit, le vérifie",
        ),
        Ok(finished) => Finding::look("archivage", finished.unclaimed.join("\n"))
            .advice("corrigez le thème : « livret explain E724 » dit comment"),
        Err(error) => Finding::broken("archivage", error.diagnostic("essai.pdf").message),
    }
}

fn print(engine: &Engine, html: String) -> Result<Printed, PrintError> {
    let html = format!("<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><title>Essai</title>{html}</html>");
    engine.printer().print(&PrintJob { html, ..PrintJob::default() })
}

/// A page that shows a word in each font, with letters of the others where it has none.
fn page(fonts: &[(String, Vec<u8>)]) -> String {
    let name = |path: &str| path.replace(|c: char| !c.is_alphanumeric() && c != '.' && c != '-', "_");
    let all: Vec<String> = fonts.iter().map(|(path, _)| format!("\"{}\"", name(path))).collect();
    let all = all.join(",");
    let face = |(path, bytes): &(String, Vec<u8>)| {
        let (kind, name, data) = (kind_of_font(path).unwrap_or_default(), name(path), STANDARD.encode(bytes));
        format!(
            "<style>@font-face{{font-family:\"{name}\";src:url(data:font/{kind};base64,{data})}}</style><p style='font-family:\"{name}\",{all}'>Essai</p>"
        )
    };
    fonts.iter().map(face).collect()
}
