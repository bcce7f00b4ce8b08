//! The invented branches of `examples/`: each with another form of grille, checked, printed, and their PDFs compared as
//! words, page by page, with what was read and kept.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use snapbox::{Assert, Data};

use crate::printed::{Printed, sample};
use crate::project::livret;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A blank livret and those of candidats of each form.
const SHOWN: [&str; 9] = [
    "referentiels/maintenance-cycles/2026/livret-vierge",
    "referentiels/aide-cuisine/2026/livret-vierge",
    "referentiels/animation-nature/2026/livret-vierge",
    "candidats/2026-11/besson-ali/livret",
    "candidats/2026-11/nedelec-lise/livret",
    "candidats/2026-11/leroux-ana/livret",
    "candidats/2026-11/morvan-ilan/livret",
    "candidats/2026-11/kone-salif/fiche-synthese",
    "candidats/2026-11/cornec-jade/fiche-synthese",
];

#[test]
fn each_form_is_printed_as_it_was_read() {
    if sample().is_none() {
        return;
    }
    let root = Path::new(ROOT);
    let folder = tempfile::tempdir().unwrap();
    crate::support::copy(&root.join("examples"), folder.path());
    crate::support::copy(&root.join("themes/officiel"), &folder.path().join("themes/officiel"));
    livret(folder.path(), &["check"]);
    livret(folder.path(), &["build"]);
    let assert = Assert::new().action_env("SNAPSHOTS");
    for document in SHOWN {
        let printed = Printed::read(&folder.path().join(format!("output/{document}.pdf")));
        let mut words = String::new();
        for (n, page) in printed.pages.iter().enumerate() {
            let _ = writeln!(words, "--- {}\n{}", n + 1, page.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        let kept = root.join("tests/pdf/exemples").join(document.replace('/', "-")).with_extension("txt");
        assert.eq(words, Data::read_from(&kept, None).raw());
    }
    let cases = fs::read_dir(folder.path().join("output/candidats/2026-11")).unwrap().count();
    assert_eq!(cases, 12);
}
