//! The list of keys (`parse::keys`) and the readers agree, order included: what a reader answers to a key that it
//! does not know names all those that it does.

#[allow(dead_code)]
mod support;

use std::fs;
use std::path::Path;

use livret::ground::diagnostic::Diagnostics;
use livret::ground::source::Sources;
use livret::judge::project::Project;
use livret::sources::parse::keys::{self, Key};

const PROJET: &str = "livret.yaml";
const REFERENTIEL: &str = "content/referentiels/essai/2025/referentiel.md";
const BLOC: &str = "content/referentiels/essai/2025/blocs/1-accueil.md";
const CANDIDAT: &str = "content/candidats/2026-06/bernard-paul.md";

/// Unlike every key.
const UNKNOWN: &str = "wwwwwwwwwwwwwwww";

/// The keys that the reader of the map with the unknown key asks for, in its order.
fn asked(path: &str, front: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    support::copy(Path::new(support::BASE), folder.path());
    let front = front.replace('?', &format!("{UNKNOWN}: x"));
    let text = if path == PROJET { front } else { format!("---\n{front}\n---\n") };
    fs::write(folder.path().join(path), text).unwrap();
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    Project::read(folder.path(), &mut sources, &mut diagnostics);
    let all = diagnostics.sorted(&sources);
    let said = all.iter().find(|d| d.message.contains(UNKNOWN)).unwrap_or_else(|| panic!("{path}: {all:#?}"));
    let help = said.help.as_deref().and_then(|help| help.strip_prefix("possibles : "));
    help.unwrap_or_else(|| panic!("{said:?}")).split(", ").map(str::to_owned).collect()
}

fn names(keys: &[Key]) -> Vec<&str> {
    keys.iter().map(|key| key.name).collect()
}

/// The keys below a key.
fn below(keys: &'static [Key], name: &str) -> &'static [Key] {
    keys.iter().find(|key| key.name == name).expect("a known key").shape.keys()
}

#[test]
fn readers_ask_for_the_keys_of_the_list_in_its_order() {
    let cases: &[(&str, &str, &[Key])] = &[
        (PROJET, "?", keys::PROJET),
        (PROJET, "organisme: { ? }", below(keys::PROJET, "organisme")),
        (PROJET, "organisme: { nom: x }\ndefauts: { ? }", below(keys::PROJET, "defauts")),
        (REFERENTIEL, "?", keys::REFERENTIEL),
        (REFERENTIEL, "echelle: [{ ? }]", below(keys::REFERENTIEL, "echelle")),
        (REFERENTIEL, "parcours: [{ ? }]", below(keys::REFERENTIEL, "parcours")),
        (REFERENTIEL, "regles: { ? }", keys::REGLES),
        (REFERENTIEL, "regles: { entretiens: { ? } }", below(keys::REGLES, "entretiens")),
        (BLOC, "?", keys::BLOC),
        (BLOC, "regles: { ? }", keys::REGLES),
        (CANDIDAT, "?", keys::CANDIDAT),
        (CANDIDAT, "evaluateurs: [{ ? }]", below(keys::CANDIDAT, "evaluateurs")),
        (CANDIDAT, "evaluations: { accueil: { ? } }", keys::EVALUATION),
        (CANDIDAT, "evaluations: { accueil: { dates: { ? } } }", below(keys::EVALUATION, "dates")),
    ];
    for (path, front, expected) in cases {
        assert_eq!(asked(path, front), names(expected), "{path}: {front}");
    }
}
