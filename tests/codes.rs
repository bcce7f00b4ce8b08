//! The codes of messages: the guide's list of them is up to date, and each is produced by a test.
//!
//! `SNAPSHOTS=overwrite cargo test --test suite codes::` writes `docs/messages.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use livret::ground::diagnostic::{Code, Severity};
use snapbox::{Assert, Data};
use walkdir::WalkDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What stands before the list, written by hand.
const INTRODUCTION: &str = include_str!("codes/introduction.md");

/// What the first digit of a code says.
const SUBJECTS: [(char, &str); 9] = [
    ('0', "Le projet et ses fichiers"),
    ('1', "Les en-têtes et leurs valeurs"),
    ('2', "Les textes"),
    ('3', "Les référentiels"),
    ('4', "Les fiches des candidats"),
    ('5', "Les règles d'une évaluation"),
    ('6', "Le thème"),
    ('7', "L'impression"),
    ('8', "Le dossier de sortie et les commandes"),
];

#[test]
fn the_guide_lists_every_code() {
    let path = Path::new(ROOT).join("docs/messages.md");
    Assert::new().action_env("SNAPSHOTS").eq(document(), Data::read_from(&path, None).raw());
}

fn document() -> String {
    let mut out = INTRODUCTION.to_owned();
    for (digit, subject) in SUBJECTS {
        let of = || Code::ALL.iter().filter(|code| code.as_str().chars().nth(1) == Some(digit));
        // Writing to memory does not fail.
        let _ = write!(out, "\n## {digit}. {subject}\n\n| code | ce qu'il dit |\n|---|---|\n");
        for code in of() {
            let _ = writeln!(out, "| [{code}](#{}) | {} |", code.as_str().to_lowercase(), code.title());
        }
        for code in of() {
            let _ = write!(out, "\n### {code}\n\n**{}**{}\n\n{}\n", code.title(), kind(*code), code.explanation());
        }
    }
    out
}

fn kind(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "",
        Severity::Warning => " (avertissement)",
        Severity::Advice => " (avertissement, montré par `livret check`)",
        Severity::Note => " (à compléter)",
        Severity::Verdict => " (résultats)",
    }
}

/// Codes that no golden case shows: what shows them instead.
const ELSEWHERE: &[(Code, &str)] = &[
    (Code::DossierIllisible, "tests/octets.rs: links do not survive the copy of a case"),
    (Code::RaccourciHorsDuProjet, "tests/octets.rs: the same"),
    (Code::PasEnUtf8, "tests/octets.rs: bytes that version control would alter"),
    (Code::YamlIllisible, "the last resort: of all ways in which YAML is spoilt, none is known that has no name"),
    (Code::MemeDossier, "tests/octets.rs: two files that some disks hold for one"),
    (Code::SourceChangee, "src/authoring/author/disk.rs: needs somebody who saves at that moment"),
    (Code::MiseEnFormeInfidele, "a fault of ours, which tests/fmt_properties/ looks for and must not find"),
    (Code::SourceNonEcrite, "src/authoring/author/disk.rs: needs a disk that refuses, and root is refused nothing"),
    (Code::ChromeAbsent, "src/documents/print/error.rs; machines that test have a Chrome"),
    (Code::ChromeTropAncien, "src/documents/print/error.rs and chrome.rs; needs an old Chrome"),
    (Code::ChromeNeDemarrePas, "src/documents/print/error.rs and process.rs; needs a broken Chrome"),
    (Code::Interrompu, "src/documents/print/error.rs, tests/print_stop.rs"),
    (Code::DelaiDepasse, "src/documents/print/error.rs, tests/print.rs"),
    (Code::PageNonImprimable, "src/documents/print/error.rs, tests/print.rs"),
    (Code::ScriptQuiEchoue, "src/documents/print/error.rs, tests/print.rs"),
    (Code::ChromeRefuse, "src/documents/print/error.rs; only a Chrome at fault refuses"),
    (Code::OngletArrete, "src/documents/print/error.rs, tests/print_processes.rs"),
    (Code::ConnexionPerdue, "src/documents/print/error.rs, tests/print_processes.rs"),
    (Code::PdfInutilisable, "src/documents/finish/tests.rs"),
    (Code::SommaireInstable, "tests/build/verified.rs"),
    (Code::PdfNonConforme, "tests/build/verified.rs"),
    (Code::PdfNonArchivable, "tests/build/verified.rs"),
    (Code::PageReduite, "tests/build/verified.rs"),
    (Code::SignatureTropPetite, "tests/build/verified.rs"),
    (Code::SansBacASable, "only as root, and with a Chrome: tests/build/ shows it then"),
    (Code::RegistreAbime, "tests/build/incremental.rs: says what was damaged"),
    (Code::SortieOccupee, "tests/build/killed.rs: needs two runs at once"),
    (Code::SortieChangee, "tests/build/gone.rs: needs somebody who deletes at that moment"),
    (Code::DossierTemporaire, "src/documents/print/error.rs; needs a Chrome and a TMPDIR that is not there"),
    (Code::SansNavigateur, "tests/index.rs: machines that test may have a screen"),
    (Code::DocumentNonReuni, "src/documents/bundle/tests.rs"),
];

#[test]
fn every_code_is_shown_by_a_golden_case_or_says_where_else() {
    let elsewhere: BTreeMap<Code, &str> = ELSEWHERE.iter().copied().collect();
    let mut shown = String::new();
    for entry in WalkDir::new(Path::new(ROOT).join("tests/golden")) {
        let entry = entry.unwrap();
        if entry.file_name() == "stderr" || entry.file_name() == "stdout" {
            shown += &fs::read_to_string(entry.path()).unwrap();
        }
    }
    for code in Code::ALL {
        let in_a_case = shown.contains(&format!("[{code}] :"));
        match (in_a_case, elsewhere.get(code)) {
            (true, None) | (false, Some(_)) => {}
            (false, None) => panic!("no golden case shows {code} ({code:?})"),
            (true, Some(where_else)) => panic!("{code} is shown by a golden case, not only by {where_else}"),
        }
    }
}
