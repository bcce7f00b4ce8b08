//! `livret new`, everything given as options: without a terminal nothing is asked.

use super::Place;

/// What people write that means something else in YAML or Markdown.
const NAMES: [&str; 14] = [
    "D'Hervilly",
    "Le Bihan : Prigent",
    "Martin #1",
    "# tout",
    "- tiret",
    "\"guillemets\"",
    "l'un \"et\" l'autre : \\ #",
    "{accolades}, [crochets]",
    "&renvoi *étoile !",
    "null",
    "12",
    "@`%|>",
    "李娜",
    "Æ Ł’Øß",
];

#[test]
fn every_name_gives_a_file_that_checks_clean() {
    let place = Place::base();
    for (i, name) in NAMES.iter().enumerate() {
        let options = [
            format!("--nom={name}"),
            format!("--prenom={name}"),
            format!("--entreprise={name}"),
            format!("--evaluateur={} {i}, {name}", name.replace(',', "")),
            format!("--id=essai-{i}"),
        ];
        let mut arguments = vec!["new", "candidat", "2026-06"];
        arguments.extend(options.iter().map(String::as_str));
        place.done(&arguments);
        place.checks_clean();
    }
    // What was meant is what is printed.
    place.done(&["build", "--no-pdf"]);
    let page = place.read("output/candidats/2026-06/essai-6/livret.html");
    let shown =
        page.replace(['’', '\u{202F}'], " ").replace("&quot;", "\"").replace("&#x27;", " ").replace("&#39;", " ");
    assert!(shown.contains("l un \"et\" l autre : \\ #"), "{shown}");
}

#[test]
fn a_candidat_is_written_as_people_write_it() {
    let place = Place::base();
    let said = place.done(&[
        "new",
        "candidat",
        "juin 2026",
        "--nom",
        "Le Goff",
        "--prenom",
        "Noëlle",
        "--blocs",
        "2",
        "--evaluateur",
        "Anne Roux, Formatrice, organisme habilité",
    ]);
    assert!(said.starts_with("content/candidats/2026-06/le-goff-noelle.md :"), "{said}");
    assert_eq!(
        place.read("content/candidats/2026-06/le-goff-noelle.md"),
        "---\nnom: Le Goff\nprenom: Noëlle\nreferentiel: essai/2025\nparcours: isole\nblocs: [suivi]\nevaluateurs:\n  \
         - { nom: Anne Roux, fonction: \"Formatrice, organisme habilité\" }\n---\n"
    );
    place.checks_clean();
}

#[test]
fn what_is_missing_is_named() {
    let place = Place::base();
    let before = place.files();
    for (arguments, missing) in [
        (&["new", "candidat"][..], "SESSION, --nom, --prenom"),
        (&["new", "candidat", "2026-06", "--nom", "A"], "--prenom"),
        (&["new", "candidat", "2026-06", "--nom", "A", "--prenom", "B", "--parcours", "isole"], "--blocs"),
        (&["new", "bloc"], "ID/VERSION, --titre"),
        (&["new", "referentiel"], "ID/VERSION, --titre, --bloc"),
        (&["new", "referentiel", "--de", "essai/2025"], "ID/VERSION"),
    ] {
        let run = place.run(arguments);
        assert_eq!(run.status, "2", "{arguments:?}");
        assert!(run.stderr.contains(missing), "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(place.files(), before);
}

#[test]
fn what_cannot_be_is_refused_and_nothing_written() {
    let place = Place::base();
    let before = place.files();
    for (arguments, said) in [
        (&["new", "candidat", "2026-06", "--nom", "BERNARD", "--prenom", "paul"][..], "a déjà une fiche"),
        (&["new", "candidat", "2026-06", "--nom", "A", "--prenom", "B", "--referentiel", "essai/2024"], "n'existe pas"),
        (&["new", "candidat", "2026-06", "--nom", "A", "--prenom", "B", "--blocs", "3"], "n'existe pas"),
        (&["new", "candidat", "2026-06", "--nom", "A", "--prenom", "B", "--parcours", "autre"], "n'existe pas"),
        (
            &["new", "candidat", "2026-06", "--nom", "A", "--prenom", "B", "--evaluateur", "b a"],
            "son propre évaluateur",
        ),
        (&["new", "candidat", "2026-06", "--nom", "A", "--prenom", "B", "--id", "../x"], "nom de fichier"),
        (&["new", "candidat", "../x", "--nom", "A", "--prenom", "B", "--id", "nul"], "Windows"),
        (&["new", "candidat", "2026-06", "--nom", "!!", "--prenom", "??"], "ni lettre ni chiffre"),
        (&["new", "candidat", "2026-06", "--nom", " ", "--prenom", "B"], "écrire quelque chose"),
        (&["new", "bloc", "essai/2024", "--titre", "A"], "n'existe pas"),
        (&["new", "bloc", "../..", "--titre", "A"], "n'existe pas"),
        (&["new", "bloc", "essai", "--titre", "A"], "identifiant/version"),
        (&["new", "bloc", "essai/2025", "Accueil", "--titre", "A"], "écrivez accueil"),
        (&["new", "bloc", "essai/2025", "accueil", "--titre", "A"], "déjà un bloc"),
        (&["new", "referentiel", "essai/2025", "--titre", "A", "--bloc", "B"], "existe déjà"),
        (&["new", "referentiel", "a:b/1", "--titre", "A", "--bloc", "B"], "Windows"),
        (&["new", "referentiel", "a/1", "--titre", "A", "--bloc", "??"], "??"),
        (&["new", "referentiel", "essai/2027", "--de", "essay/2025"], "essai/2025"),
        (&["new", "referentiel", "essai/2027", "--de", "../candidats"], "n'existe pas"),
        (&["new", "referentiel", "essai/2027", "--de", "essai/2025", "--titre", "A"], "contredit"),
        (&["new", "referentiel", "a/1", "--titre", "A", "--bloc", "B", "--evaluateurs", "10"], "10"),
    ] {
        let run = place.run(arguments);
        assert_eq!(run.status, "2", "{arguments:?}: {}", run.stdout);
        assert!(run.stderr.contains(said), "{arguments:?}: {}", run.stderr);
        assert_eq!(place.files(), before, "{arguments:?}");
    }
}

#[test]
fn a_homonym_gets_another_file() {
    let place = Place::base();
    place.done(&["new", "candidat", "2026-06", "--nom", "Bernard", "--prenom", "Paul", "--id", "bernard-paul-brest"]);
    place.done(&["new", "candidat", "2026-09", "--nom", "Bernard", "--prenom", "Paul"]);
    let run = place.run(&["check"]);
    assert!(run.stdout.contains(", 0 erreur, 1 avertissement,") && run.stderr.contains("A406"), "{}", run.stderr);
}

#[test]
fn a_referentiel_checks_clean_whatever_its_titles() {
    let place = Place::base();
    for (i, name) in NAMES.iter().enumerate().filter(|(_, name)| name.contains(char::is_alphanumeric)) {
        let chemin = format!("r{i}/2026.1");
        let options = [format!("--titre={name}"), format!("--certification={name}"), format!("--rncp={name}")];
        let blocs = [format!("--bloc={name}a"), format!("--bloc={name}a"), "--bloc=Assurer l'accueil".to_owned()];
        let mut arguments = vec!["new", "referentiel", &chemin];
        arguments.extend(options.iter().chain(&blocs).map(String::as_str));
        place.done(&arguments);
        place.done(&["new", "bloc", &chemin, &format!("--titre={name}a")]);
        place.checks_clean();
        assert!(place.path().join(format!("content/referentiels/{chemin}/blocs/3-accueil.md")).exists());
    }
}

#[test]
fn blocs_take_the_next_number_and_ids_of_their_own() {
    let place = Place::base();
    let said = place.done(&["new", "bloc", "essai/2025", "--titre", "Organiser l'accueil du matin"]);
    // « accueil » is taken.
    assert!(said.starts_with("content/referentiels/essai/2025/blocs/3-accueil-matin.md"), "{said}");
    assert!(said.contains("1 candidat"), "{said}");
    let said = place.done(&["new", "bloc", "essai/2025", "clore", "--titre", "Clore"]);
    assert!(said.starts_with("content/referentiels/essai/2025/blocs/4-clore.md"), "{said}");
    place.checks_clean();
}

#[test]
fn a_new_version_is_the_old_one_in_another_folder() {
    let place = Place::base();
    let folder = "content/referentiels/essai/2025";
    std::fs::create_dir(place.path().join(folder).join("images")).unwrap();
    place.write(&format!("{folder}/images/a.png"), b"\x89PNG\x00\xFF");
    place.write(&format!("{folder}/.brouillon"), "caché");
    let said = place.done(&["new", "referentiel", "essai/2027", "--de", "essai/2025"]);
    assert!(said.contains("« referentiel: essai/2025 »"), "the default is told of: {said}");
    place.checks_clean();
    let files = place.files();
    let of = |version: &str| {
        let prefix = format!("content/referentiels/essai/{version}/");
        let below =
            files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(&prefix)?.to_owned(), bytes.clone())));
        below.filter(|(path, _)| !path.starts_with('.')).collect::<Vec<_>>()
    };
    assert_eq!(of("2025"), of("2027"));
    assert!(!files.contains_key("content/referentiels/essai/2027/.brouillon"));
}

#[test]
fn outside_a_project_init_is_named() {
    let place = Place::empty();
    for arguments in [&["new", "candidat"][..], &["new", "bloc"], &["new", "referentiel"], &["import", "x.csv"]] {
        let run = place.run(arguments);
        assert_eq!(run.status, "1", "{arguments:?}");
        assert!(run.stderr.contains("livret init"), "{}", run.stderr);
    }
}
