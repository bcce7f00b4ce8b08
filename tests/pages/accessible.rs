//! axe-core on every kind of page, light and dark, on a desk and on a phone, where nothing runs off the side.
//! axe-core is put at target/checkers/axe.min.js by scripts/checkers.sh; without it this test says so and is skipped,
//! unless LIVRET_TEST_AXE=required.

use std::fs;
use std::path::Path;

use super::browser::Browser;
use super::project::Project;

const PAGES: [&str; 4] = [
    "index.html",
    "referentiels/charge-accueil/2024/index.html",
    "candidats/2026-06/goncalves-theo/livret.html",
    "candidats/2026-06/goncalves-theo/fiche-synthese.html",
];

#[test]
fn axe_finds_nothing_by_day() {
    axe_finds_nothing("light");
}

#[test]
fn axe_finds_nothing_by_night() {
    axe_finds_nothing("dark");
}

fn axe_finds_nothing(scheme: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/checkers/axe.min.js");
    let Ok(axe) = fs::read_to_string(&path) else {
        assert!(std::env::var("LIVRET_TEST_AXE").is_err(), "axe-core is missing: scripts/checkers.sh axe");
        eprintln!("skipped: no axe-core, scripts/checkers.sh axe installs it");
        return;
    };
    let Some(browser) = Browser::new() else { return };
    let project = Project::two_sessions();
    for page in PAGES {
        browser.open(&project.page(page), "");
        // Everything unfolded; the library once for each page.
        browser.run::<()>(&format!(
            "{axe}; for (const d of document.querySelectorAll('details')) d.open = true; return null"
        ));
        for width in [1280, 360] {
            browser.screen(width, scheme);
            let (found, checked, wide): (Vec<String>, usize, u32) = browser.run(
                "const result = await axe.run(document, { resultTypes: ['violations'], preload: false });
                 return [
                     result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary}`)),
                     result.passes.length,
                     document.documentElement.scrollWidth,
                 ]",
            );
            assert!(found.is_empty(), "{page}, {width} px, {scheme}:\n{}", found.join("\n"));
            assert!(checked > 10, "{page}: only {checked} rules were checked");
            assert!(wide <= width, "{page} is {wide} px wide on a screen of {width}");
        }
    }
}
