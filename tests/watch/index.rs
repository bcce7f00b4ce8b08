//! The official theme's list of candidats while files change: what the reader searches, sorts and unfolds stays, and
//! the page is the one that a fresh load would show.

use std::fs;
use std::path::Path;

use super::Watched;
use super::browser::{BAR, Reader};
use crate::support;

const SESSION: &str = "content/candidats/2026-06";

fn watched() -> Watched {
    let folder = tempfile::tempdir().unwrap();
    for part in ["content", "themes", "livret.yaml", "logo.svg"] {
        support::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(part), &folder.path().join(part));
    }
    let older = folder.path().join("content/candidats/2025-12");
    fs::create_dir_all(&older).unwrap();
    fs::write(older.join("perrin.md"), candidat("Perrin", "Zoé")).unwrap();
    let watched = Watched::spawn(folder, &["watch", "--port", "0", "--no-pdf"]);
    watched.shows("index.html", "Perrin");
    watched
}

fn candidat(nom: &str, prenom: &str) -> String {
    format!("---\nnom: {nom}\nprenom: {prenom}\nreferentiel: charge-accueil/2024\n---\n")
}

/// The page but for what the preview adds to it.
fn text(reader: &Reader) -> String {
    reader.value("document.body.outerHTML + document.title").as_str().unwrap_or_default().to_owned()
}

const ROWS: &str = "[...document.querySelectorAll('.candidats tbody > tr')].filter((tr) => tr.checkVisibility()).map((tr) => tr.cells[0].innerText)";

/// Changes a field as a hand would.
fn set(reader: &Reader, id: &str, value: &str) {
    reader.value(&format!(
        "((f) => {{ f.focus(); f.value = '{value}'; f.dispatchEvent(new Event('input', {{ bubbles: true }})); }})(document.getElementById('{id}'))"
    ));
}

#[test]
fn the_view_stays_and_the_page_is_that_of_a_fresh_load() {
    let watched = watched();
    let Some(reader) = Reader::open(watched.port, "") else { return };
    let same = |what: &str| {
        let hash = reader.value("location.hash");
        let fresh = Reader::open(watched.port, &format!("index.html{}", hash.as_str().unwrap())).unwrap();
        let (page, fresh) = (text(&reader), text(&fresh));
        let at = page.chars().zip(fresh.chars()).take_while(|(a, b)| a == b).count().saturating_sub(80);
        let part = |text: &str| text.chars().skip(at).take(240).collect::<String>();
        assert!(page == fresh, "{what}, here:\n{}\nin a fresh load:\n{}", part(&page), part(&fresh));
        assert_eq!(reader.value("window.mark"), 1, "{what}: the page was loaded anew");
    };
    reader.value("(window.mark = 1, document.querySelectorAll('.session')[1].querySelector('summary').click())");
    let saved = |from: &str, to: &str| {
        watched.edit(&format!("{SESSION}/martin-claire.md"), &format!("nom: {from}"), &format!("nom: {to}"));
        let expression = "document.body.textContent";
        reader.until("the new name", expression, |text| text.as_str().unwrap().contains(to));
    };
    // The list as it opens, one session folded by hand: it stays so.
    saved("Martin", "Martinez");
    assert_eq!(reader.value("document.querySelectorAll('.session')[1].open"), false);
    reader.value("document.querySelectorAll('.session')[1].querySelector('summary').click()");
    same("a name, no filter");
    // Searched, sorted, scrolled, the cursor in the field.
    set(&reader, "f-tri", "avancement");
    set(&reader, "f-recherche", "mar");
    let rows = reader.value(ROWS);
    assert!(rows.to_string().contains("Martinez") && !rows.to_string().contains("Perrin"), "{rows}");
    saved("Martinez", "Martineau");
    assert_eq!(reader.value(ROWS).to_string(), rows.to_string().replace("Martinez", "Martineau"));
    assert_eq!(
        reader.value("[document.activeElement.id, document.activeElement.value]"),
        serde_json::json!(["f-recherche", "mar"])
    );
    same("a name, searched and sorted");
    // A name that is not what is searched for any more.
    saved("Martineau", "Dupont");
    assert!(!reader.value(ROWS).to_string().contains("Dupont"));
    same("a name that is no longer found");
    // A session is chosen, and another comes before it: the choice stays.
    set(&reader, "f-recherche", "");
    set(&reader, "f-session", "2025-12");
    let newer = watched.path("content/candidats/2026-09");
    fs::create_dir_all(&newer).unwrap();
    fs::write(newer.join("roux.md"), candidat("Roux", "Ali")).unwrap();
    reader.until("the new session", "document.body.textContent", |text| text.as_str().unwrap().contains("Roux"));
    assert_eq!(reader.value("document.getElementById('f-session').value"), "2025-12");
    assert!(reader.value(ROWS).to_string().contains("Perrin"));
    same("another session");
    // The session that is chosen goes: all is shown.
    fs::remove_file(watched.path("content/candidats/2025-12/perrin.md")).unwrap();
    reader.until("no Perrin", "document.body.textContent", |text| !text.as_str().unwrap().contains("Perrin"));
    assert_eq!(
        reader.value("[document.getElementById('f-session').value, location.hash]"),
        serde_json::json!(["", "#tri=avancement"])
    );
    same("the chosen session gone");
    reader.value("document.getElementById('f-effacer').click()");
    same("all cleared");
    assert_eq!(reader.value(&format!("{BAR}.querySelector('[role=status]').textContent")), "À jour");
}

#[test]
fn another_script_is_run_by_loading_the_page_anew() {
    let watched = watched();
    let Some(reader) = Reader::open(watched.port, "") else { return };
    set(&reader, "f-recherche", "mar");
    reader.value("window.mark = 1");
    watched.edit("themes/officiel/index.js", "\"use strict\";", "\"use strict\"; window.other = 1;");
    reader.until("the other script", "window.other", |v| *v == 1);
    assert_eq!(reader.value("window.mark ?? 0"), 0);
    reader.until("what was searched", "document.getElementById('f-recherche').value", |v| *v == "mar");
}

#[test]
fn a_change_is_found_in_the_text_where_it_is_sure() {
    let watched = watched();
    let Some(reader) = Reader::open(watched.port, "") else { return };
    let script = include_str!("../../src/live/serve/apercu/differences.js");
    // What differs if the page's text is changed so: the elements and what they become, or null.
    let found = |change: &str| {
        reader.value(&format!(
            "(() => {{ {script}
               const request = new XMLHttpRequest();
               request.open('GET', location.pathname, false);
               request.send();
               const old = bare(request.responseText);
               const rows = old.match(/<tr data-etat.*?<\\/tr>\\n/gs);
               const next = (({change})(old, rows));
               if (next === old) return 'nothing was changed';
               return differences(old, next)?.map(([shown, becomes]) => [shown.localName, becomes.localName, becomes.textContent.trim().slice(0, 9)]);
             }})()"
        ))
    };
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let name = "(old) => old.replace('<b>Martin<', '<b>Martinez<')";
    assert_eq!(found(name), json(r#"[["b", "b", "Martinez"]]"#));
    let two = "(old) => old.replace('<b>Martin<', '<b>Martinez<').replace('--n:2;', '--n:3;')";
    assert_eq!(found(two), json(r#"[["i", "i", ""], ["b", "b", "Martinez"]]"#));
    let attribute = "(old) => old.replace('<tr data-etat=\"desaccord\"', '<tr data-etat=\"pret\"')";
    assert_eq!(found(attribute), json(r#"[["tr", "tr", "Gonçalves"]]"#));
    let moved = "(old, rows) => old.replace(rows[4], '').replace(rows[1], rows[4] + rows[1])";
    assert_eq!(found(moved), json(r#"[["tbody", "tbody", "D’Hervill"]]"#));
    let gone = "(old, rows) => old.replace(rows[2], '')";
    assert_eq!(found(gone), json(r#"[["tbody", "tbody", "D’Hervill"]]"#));
    // What cannot be told for sure: a tag that is not closed, the head together with the body, another page altogether.
    for unsure in [
        "(old) => old.replace('<b>Martin<', '<b><u>Martin<')",
        "(old) => old.replace('<title>', '<title>x').replace('<b>Martin<', '<b>Martinez<').replace('</body>', '\\n</body>')",
        "(old) => old.replace(/<b>/g, '<i>').replace(/<.b>/g, '</i>').replace('<title>', '\\n<title>')",
        "() => ''",
    ] {
        assert_eq!(found(unsure), serde_json::Value::Null, "{unsure}");
    }
}
