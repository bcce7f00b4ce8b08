//! Printing with a real Chrome: what the engine promises whatever the page, the theme or the system does to it.
//! Without a Chrome on this machine each test says so and passes.

use std::{
    net::TcpListener,
    sync::Arc,
    time::{Duration, Instant},
};

use livret::documents::{
    finish::{Metadata, finish, inspect},
    print::{ChromePrinter, PrintError, PrintJob, PrintOptions, Printed, Step},
};

use crate::chrome::{engine, engine_with};

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline' data:; font-src data:; img-src data:";

fn job(body: &str) -> PrintJob {
    let html = format!(
        "<!doctype html><html lang=fr><head><meta charset=utf-8>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"><title>Essai</title>\
         <style>@page {{ size: A4 landscape; @bottom-right {{ content: counter(page) }} }}</style></head><body>{body}"
    );
    PrintJob { html, ..PrintJob::default() }
}

fn scripted(body: &str, script: &str) -> PrintJob {
    PrintJob { script: Some(Arc::from(script)), ..job(body) }
}

fn problems(result: Result<Printed, PrintError>) -> Vec<String> {
    match result {
        Err(PrintError::Page { problems }) => problems,
        other => panic!("{:?}", other.map(|pdf| pdf.len())),
    }
}

#[test]
fn a_page_becomes_a_tagged_pdf_of_its_size() {
    let Some(engine) = engine() else { return };
    let pdf = engine.printer().print(&job("<h1>Un</h1><div style='break-before: page'>Deux</div>")).unwrap();
    let facts = inspect(&pdf).unwrap();
    assert_eq!(facts.pages.len(), 2);
    assert!(facts.pages.iter().all(|page| page.is(841.89, 595.28)), "{:?}", facts.pages);
    assert!(facts.tagged);
    assert_eq!(facts.title.as_deref(), Some("Essai"));
}

#[test]
fn a_document_is_the_same_whichever_was_printed_before() {
    let Some(engine) = engine() else { return };
    let metadata = Metadata { title: "Essai".to_owned(), ..Metadata::default() };
    let table = "<table><thead><tr><th>A<th>B</thead><tr><td>1<td>2</table>";
    let bytes =
        |printer: &mut ChromePrinter, job: &PrintJob| finish(&printer.print(job).unwrap(), &metadata).unwrap().bytes;
    let (mut one, mut other) = (engine.printer(), engine.printer());
    let first = bytes(&mut one, &job(table));
    let loud = "<style>body { color: red; zoom: 2 }</style><title>Autre</title>".to_owned() + table;
    bytes(&mut other, &scripted(&loud, "document.body.append('x'); document.title = 'y'; window.z = 1"));
    bytes(&mut other, &job(&table.repeat(50)));
    assert!(first == bytes(&mut other, &job(table)));
}

#[test]
fn a_policy_does_not_outlive_its_document() {
    let Some(engine) = engine() else { return };
    let mut printer = engine.printer();
    let strict = job("<p>x").html.replace(POLICY, "default-src 'none'");
    printer.print(&PrintJob { html: strict, ..job("") }).unwrap();
    let script = "return [getComputedStyle(document.querySelector('p')).color]";
    let found = problems(printer.print(&scripted("<style>p { color: red }</style><p>x", script)));
    assert_eq!(found, ["rgb(255, 0, 0)"]);
}

#[test]
fn nothing_in_a_page_runs_and_no_request_leaves() {
    let Some(engine) = engine() else { return };
    let canary = TcpListener::bind("127.0.0.1:0").unwrap();
    canary.set_nonblocking(true).unwrap();
    let url = format!("http://{}", canary.local_addr().unwrap());
    let body = format!(
        "<p>x</p><script>document.querySelector('p').textContent = 'EVIL'; fetch('{url}')</script>\
         <p onclick=1><svg onload=\"document.title='EVIL'\"></svg><iframe src='{url}'></iframe>\
         <link rel=stylesheet href='{url}/a.css'><style>@import '{url}/b.css'; p {{ background: url({url}/c.png) }}</style>\
         <object data='{url}'></object><link rel=preconnect href='{url}'><link rel=dns-prefetch href='{url}'>"
    );
    let script = "return [document.querySelector('p').textContent, document.title]";
    // Without its own policy too: the engine does not rely on it.
    for policy in [POLICY, "img-src data:"] {
        let job = scripted(&body, script);
        let job = PrintJob { html: job.html.replace(POLICY, policy), ..job };
        match engine.printer().print(&job) {
            Err(PrintError::Page { problems }) => assert_eq!(problems, ["x", "Essai"]),
            other => panic!("{:?}", other.map(|pdf| pdf.len())),
        }
    }
    assert!(canary.accept().is_err(), "a request left");
}

#[test]
fn a_page_that_leads_elsewhere_is_refused() {
    let Some(engine) = engine() else { return };
    let mut printer = engine.printer();
    let found = problems(printer.print(&job("<meta http-equiv=refresh content='0; url=http://127.0.0.1:9'>")));
    assert!(found[0].contains("refresh"), "{found:?}");
    assert_eq!(inspect(&printer.print(&job("<p>x")).unwrap()).unwrap().title.as_deref(), Some("Essai"));
}

#[test]
fn an_image_or_font_that_does_not_load_is_named() {
    let Some(engine) = engine() else { return };
    let mut printer = engine.printer();
    let body = "<img alt='Logo de la branche' src='data:image/png;base64,AAAA'><img src='http://127.0.0.1:9/x.png'>\
                <img alt=bon src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/></svg>\">";
    let found = problems(printer.print(&job(body)));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("Logo de la branche") && found[1].contains("x.png"), "{found:?}");
    for source in
        ["url(data:font/woff2;base64,AAAA)", "url(data:font/woff2;base64,AAAA), url(data:font/woff;base64,AAAA)"]
    {
        let body = format!(
            "<style>@font-face {{ font-family: Carlito; src: {source} }} p {{ font-family: Carlito }}</style><p>x"
        );
        let found = problems(printer.print(&job(&body)));
        assert!(found.len() == 1 && found[0].contains("Carlito"), "{found:?}");
    }
    assert!(printer.print(&job("<p>x")).is_ok());
}

#[test]
fn what_the_layout_script_says_stops_the_print() {
    let Some(engine) = engine() else { return };
    let mut printer = engine.printer();
    let found = problems(printer.print(&scripted("<p>x", "await document.fonts.ready; return ['texte coupé']")));
    assert_eq!(found, ["texte coupé"]);
    let failed = |printer: &mut ChromePrinter, script: &str| match printer.print(&scripted("<p>x", script)) {
        Err(PrintError::Script { detail }) => detail,
        other => panic!("{:?}", other.map(|pdf| pdf.len())),
    };
    assert!(failed(&mut printer, "const a = 1;\nnull.x").contains("ligne 2"));
    assert!(failed(&mut printer, "const a = ;").contains("SyntaxError"));
    assert!(failed(&mut printer, "}); alert(1); (() => {").contains("SyntaxError"));
    let pdf = printer.print(&scripted("<p>x", "document.body.innerHTML = '<p>a</p>'.repeat(200); return []")).unwrap();
    assert!(inspect(&pdf).unwrap().pages.len() > 1);
}

#[test]
fn a_page_that_hangs_costs_its_deadline_and_nothing_more() {
    let timeout = Duration::from_secs(3);
    let Some(engine) = engine_with(PrintOptions { timeout, ..PrintOptions::default() }) else { return };
    let mut printer = engine.printer();
    let begun = Instant::now();
    let error = printer.print(&scripted("<p>x", "for (;;);")).unwrap_err();
    assert_eq!(error, PrintError::Timeout { step: Step::Load, limit: timeout });
    assert!(begun.elapsed() < timeout * 2, "{:?}", begun.elapsed());
    let error = printer.print(&scripted("<p>x", "await new Promise(() => {})")).unwrap_err();
    assert_eq!(error, PrintError::Timeout { step: Step::Load, limit: timeout });
    assert!(printer.print(&job("<p>x")).is_ok());
}
