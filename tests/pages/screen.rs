//! What a screen shows at once: candidats, a line each, filters, the way back from a livret and through it.

use super::browser::Browser;
use super::project::Project;

/// What is beyond the edge of its cell, and rows that are higher than a line.
const LINES: &str = "
    const rows = [...document.querySelectorAll('.session[open] tbody > tr')];
    const top = () => Math.max(...[...document.querySelectorAll('.filtres, .session[open] thead th')]
        .map(e => e.getBoundingClientRect()).filter(r => r.height && r.top < 200).map(r => r.bottom));
    const inView = tr => { const r = tr.getBoundingClientRect(); return r.top >= top() - 2 && r.bottom <= innerHeight; };
    const beyond = rows.flatMap(tr => [...tr.cells].filter(visible).flatMap(cell => {
        const right = cell.getBoundingClientRect().right;
        return [...cell.querySelectorAll('a, b, .etat, li, details > summary')].filter(visible)
            .filter(e => e.getBoundingClientRect().right > right + .5).map(e => e.textContent);
    }));
";

#[test]
fn a_desk_shows_many_candidats_a_line_each_and_keeps_the_filters() {
    let Some(browser) = Browser::new() else { return };
    let project = Project::two_hundred();
    for (width, height, least) in [(1366, 768, 12), (1280, 720, 12), (1220, 768, 8), (1920, 1080, 20)] {
        browser.screen_of(width, height, "light");
        browser.open(&project.page("index.html"), "");
        type Seen = (usize, usize, Vec<String>, bool, usize);
        let (seen, high, beyond, filters, later): Seen = browser.run(&format!(
            "{LINES}
             const seen = rows.filter(inView).length;
             // A name is shown whole, be it on two lines.
             const height = e => e.getBoundingClientRect().height;
             const high = rows.filter(tr => height(tr) > 40 && height(tr.querySelector('th span span')) < 30).length;
             rows[100].scrollIntoView();
             await new Promise(r => requestAnimationFrame(r));
             const filters = document.getElementById('filtres').getBoundingClientRect();
             return [seen, high, beyond, filters.top >= 0 && filters.bottom < 120, rows.filter(inView).length]"
        ));
        assert!(seen >= least, "{seen} candidats at {width} × {height}");
        assert_eq!((high, beyond), (0, Vec::new()), "at {width} × {height}");
        assert!(filters && later >= least, "{filters} {later} at {width} × {height}");
    }
}

#[test]
fn a_livret_leads_back_to_its_row_and_keeps_its_sommaire_in_view() {
    let Some(browser) = Browser::new() else { return };
    let (project, sample) = (Project::two_hundred(), Project::two_sessions());
    let livret = sample.page("candidats/2026-06/goncalves-theo/livret.html");
    let home = |browser: &Browser| -> String {
        browser.run("return document.querySelector('.barre .accueil').getAttribute('href')")
    };
    browser.screen_of(1366, 768, "light");
    browser.open(&livret, "");
    assert_eq!(home(&browser), "../../../index.html#2026-06/goncalves-theo");
    let sommaire: bool = browser.run(
        "document.getElementById('fiche-synthese').scrollIntoView();
         await new Promise(r => requestAnimationFrame(r));
         const r = document.querySelector('.sommaire').getBoundingClientRect();
         return r.top >= 0 && r.top < 120 && document.querySelector('.barre a[href*=fiche-synthese]') !== null",
    );
    assert!(sommaire, "the sommaire is not in view");
    let ids: Vec<String> = {
        browser.open(&project.page("index.html"), "");
        browser.run("return [...document.querySelectorAll('tbody > tr[id]')].map(tr => tr.id)")
    };
    browser.open(&project.page("index.html"), &format!("#{}", ids[150]));
    let there: bool = browser.run(&format!(
        "{LINES} await new Promise(r => requestAnimationFrame(r)); return inView(document.getElementById({:?}))",
        ids[150]
    ));
    assert!(there, "the row of {} is not in view", ids[150]);

    browser.screen_of(390, 844, "light");
    browser.open(&livret, "");
    let link: bool = browser.run(
        "document.getElementById('fiche-synthese').scrollIntoView();
         await new Promise(r => requestAnimationFrame(r));
         const r = document.querySelector('.vers-sommaire').getBoundingClientRect();
         return r.top > 0 && r.bottom < innerHeight && r.right <= innerWidth",
    );
    assert!(link, "no way to the sommaire on a phone");
    browser.open(&project.page("index.html"), "");
    let search: (f64, f64) = browser.run(&format!(
        "{LINES} rows[100].scrollIntoView(); await new Promise(r => requestAnimationFrame(r));
         const r = document.getElementById('f-recherche').getBoundingClientRect();
         return [r.top, document.getElementById('filtres').getBoundingClientRect().bottom]"
    ));
    assert!(search.0 >= 0.0 && search.1 < 180.0, "{search:?}");
}
