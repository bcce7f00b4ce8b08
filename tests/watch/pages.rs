//! What an open page does when files change: follows, stays where it is, shows mistakes, shows printed pages.

use std::fs;

use super::browser::{BAR, Reader};
use super::{CANDIDAT, LIVRET, Watched};

/// A livret that is long enough to be scrolled, with a part that can be opened.
fn long(watched: &std::path::Path) {
    let template = watched.join("themes/mini/livret.html");
    let text = fs::read_to_string(&template).unwrap();
    let lines: String = (0..150).map(|i| format!("<p id=\"l{i}\">Ligne {i}</p>\n")).collect();
    let parts = format!("<details id=\"d\"><summary>Plus</summary>…</details>\n{lines}");
    fs::write(template, text.replacen("</h1>\n", &format!("</h1>\n{parts}"), 1)).unwrap();
}

#[test]
fn a_save_is_on_the_open_page_where_it_was_scrolled() {
    let watched = Watched::start_with(&["--no-pdf"], long);
    let Some(reader) = Reader::open(watched.port, LIVRET) else { return };
    // A mark that a reload would lose.
    reader.value("(window.mark = 1, document.getElementById('d').open = true, scrollTo(0, 1500), scrollY)");
    watched.edit(CANDIDAT, "nom: Bernard", "nom: Bernardin");
    reader.until("the new title", "document.title", |title| title.as_str().is_some_and(|t| t.contains("Bernardin")));
    reader.shows("Paul Bernardin");
    assert_eq!(
        reader.value("[scrollY, window.mark, document.getElementById('d').open]"),
        serde_json::json!([1500, 1, true])
    );
    // A style: the same page, another look.
    let css = watched.read("themes/mini/mini.css");
    fs::write(watched.path("themes/mini/mini.css"), css + "\nh1 { color: rgb(1, 2, 3); }\n").unwrap();
    reader.until("the new colour", "getComputedStyle(document.querySelector('h1')).color", |c| *c == "rgb(1, 2, 3)");
    assert_eq!(reader.value("[scrollY, window.mark]"), serde_json::json!([1500, 1]));
    assert!(!watched.read(&format!("output/{LIVRET}")).contains("apercu"), "nothing is added on the disk");
}

#[test]
fn a_mistake_is_over_the_last_good_page_and_goes_when_it_is_mended() {
    let watched = Watched::start(&["--no-pdf"]);
    let Some(reader) = Reader::open(watched.port, LIVRET) else { return };
    reader.value("window.mark = 1");
    let good = watched.read(CANDIDAT);
    fs::write(watched.path(CANDIDAT), good.replacen("nom: Bernard", "nom: Bernard\nnomm: Paul", 1)).unwrap();
    let shown = reader.mistakes("the mistake", |text| !text.is_empty());
    for part in ["nomm", &format!("{CANDIDAT}, ligne "), "Que faire"] {
        assert!(shown.contains(part), "no « {part} » in:\n{shown}");
    }
    reader.shows("Paul Bernard");
    assert_eq!(
        reader.value(&format!("{BAR}.querySelector('[role=status]').textContent")),
        "Dernier contenu sans erreur"
    );
    // Then the theme, too: a candidat's page is told of both.
    watched.edit("themes/mini/livret.html", "{{ etat.nom }}", "{{ etat.nom }");
    reader.mistakes("the theme's mistake", |text| text.contains("themes/mini/livret.html, ligne "));
    watched.edit("themes/mini/livret.html", "{{ etat.nom }", "{{ etat.nom }} !");
    fs::write(watched.path(CANDIDAT), good).unwrap();
    reader.mistakes("no mistake", str::is_empty);
    reader.shows("!");
    assert_eq!(reader.value("window.mark"), 1, "the page was never loaded anew");
    assert!(watched.said().contains("plus d'erreur"), "{}", watched.said());
}

#[test]
fn a_page_with_scripts_of_its_own_is_loaded_anew_as_it_was() {
    let script = "<input id=\"q\"><script>document.getElementById('q').addEventListener('input', (e) => { document.title = e.target.value; });</script>";
    let watched = Watched::start_with(&["--no-pdf"], |path| {
        let template = path.join("themes/mini/index.html");
        let text = fs::read_to_string(&template).unwrap();
        let lines: String = (0..100).map(|i| format!("<p>Ligne {i}</p>\n")).collect();
        fs::write(
            template,
            text.replacen("{% endblock corps %}", &format!("{script}\n{lines}{{% endblock corps %}}"), 1),
        )
        .unwrap();
    });
    let Some(reader) = Reader::open(watched.port, "") else { return };
    reader.value("(document.getElementById('q').value = 'paul', scrollTo(0, 700), 0)");
    watched.edit(CANDIDAT, "nom: Bernard", "nom: Bernardin");
    reader.shows("Paul Bernardin");
    reader.until("the typed word and what the page made of it", "document.title", |title| title == "paul");
    reader.until("the place", "[document.getElementById('q').value, scrollY]", |v| {
        *v == serde_json::json!(["paul", 700])
    });
}

#[test]
fn a_livret_is_shown_as_the_pages_that_are_printed() {
    let watched = Watched::start(&[]);
    let Some(reader) = Reader::open(watched.port, LIVRET) else { return };
    reader.value(&format!("({BAR}.querySelectorAll('.vues button')[1].click(), 0)"));
    let images =
        format!("[...{BAR}.querySelectorAll('.pages img')].map((i) => i.complete && i.naturalWidth > 0 && i.alt)");
    let shown = reader.until("the printed pages", &images, |all| {
        all.as_array().is_some_and(|all| {
            !all.is_empty() && all.iter().all(|alt| alt.as_str().is_some_and(|alt| alt.starts_with("Page ")))
        })
    });
    let pdf = lopdf::Document::load(watched.output(LIVRET).with_extension("pdf")).unwrap();
    assert_eq!(shown.as_array().unwrap().len(), pdf.get_pages().len());
    let source = format!("{BAR}.querySelector('.pages img').src");
    let before = reader.value(&source);
    watched.edit(CANDIDAT, "nom: Bernard", "nom: Bernardin");
    reader.until("the new pages", &source, |source| *source != before && !source.is_null());
    assert_eq!(reader.value("getComputedStyle(document.body).display"), "none");
    reader.value(&format!("({BAR}.querySelector('.vues button').click(), 0)"));
    reader.shows("Paul Bernardin");
    if let Ok(path) = std::env::var("LIVRET_TEST_SCREENSHOT") {
        reader.screenshot(&path);
    }
}
