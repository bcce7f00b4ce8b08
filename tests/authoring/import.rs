//! `livret import` of text files, and what is done with their rows.

use super::Place;

fn imported(list: impl AsRef<[u8]>, options: &[&str]) -> (Place, crate::support::Run) {
    let place = Place::base();
    place.write("liste.csv", list);
    let run = place.run(&[&["import", "liste.csv"], options].concat());
    (place, run)
}

#[test]
fn a_list_of_excel_becomes_files() {
    let list = "Candidats du CQP;;;;;;;;\r\n;;;;;;;;\r\n\
        NOM *;Prénom;Employeur;Session;Certification;Parcours;Bloc(s);1er évaluateur;Fonction évaluateur 1\r\n\
        Le Goff;Noëlle;Mutuelle : Ouest;juin-26;Conseiller d'essai;;;Anne Roux;\"Formatrice, organisme\r\nhabilité\"\r\n\
        D'Hervilly;Benoît;;06/2026;CQP Conseiller d'essai;bloc isolé;Bloc 2;;\r\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(list);
    let (place, run) = imported(bytes, &["--oui"]);
    assert_eq!((run.status.as_str(), run.stderr.as_str()), ("0", ""), "{}", run.stdout);
    assert_eq!(
        place.read("content/candidats/2026-06/le-goff-noelle.md"),
        "---\nnom: Le Goff\nprenom: Noëlle\nentreprise: \"Mutuelle : Ouest\"\nreferentiel: essai/2025\n\
         parcours: complet\nevaluateurs:\n  - { nom: Anne Roux, fonction: \"Formatrice, organisme habilité\" }\n---\n"
    );
    assert_eq!(
        place.read("content/candidats/2026-06/d-hervilly-benoit.md"),
        "---\nnom: D'Hervilly\nprenom: Benoît\nreferentiel: essai/2025\nparcours: isole\nblocs: [suivi]\n---\n"
    );
    place.checks_clean();
}

#[test]
fn nothing_is_written_without_a_yes() {
    let (place, run) = imported("Nom;Prénom\nRoux;Léa\n", &["--session", "2026-09"]);
    assert_eq!(run.status, "2");
    assert!(run.stdout.contains("content/candidats/2026-09/roux-lea.md") && run.stderr.contains("--oui"));
    assert!(!place.path().join("content/candidats/2026-09").exists());
}

#[test]
fn sound_rows_are_written_and_the_others_told_with_their_cells() {
    let list = "Nom;Prénom;Session;Référentiel;Parcours;Blocs;Évaluateur 1;Évaluateur 2;Évaluateur 3;Fonction évaluateur 2\n\
        Roux;Léa;2026-06;;;;;;;\n\
        ;Luc;2026-06;;;;;;;\n\
        Noir;;2026-06;;;;;;;\n\
        Blanc;Max;;;;;;;;\n\
        Vert;Zoé;***;;;;;;;\n\
        Bleu;Guy;2026-06;inconnu;;;;;;\n\
        Gris;Eva;2026-06;;autre;;;;;\n\
        Rose;Ida;2026-06;;isole;;;;;\n\
        Brun;Ali;2026-06;;isole;1 et 7;;;;\n\
        Ocre;Jim;2026-06;;complet;1;;;;\n\
        Cyan;Ugo;2026-06;;;;A B;C D;E F;\n\
        Sable;Lou;2026-06;;;;A B;b a;;\n\
        Lin;Noa;2026-06;;;;noa lin;;;\n\
        Azur;Tom;2026-06;;;;;;;Formateur\n\
        ROUX;léa;juin 2026;;;;;;;\n";
    let (place, run) = imported(list, &["--oui"]);
    assert_eq!(run.status, "1");
    for told in [
        "A3 : le nom manque",
        "B4 : le prénom manque",
        "C5 : la session manque",
        "C6 : « *** »",
        "D7 : le référentiel « inconnu »",
        "E8 : le parcours « autre »",
        "F9 : le parcours « isole » demande",
        "F10 : le bloc « 7 »",
        "F11 : le parcours « complet »",
        "I12 : essai/2025 demande 2",
        "G14 : le candidat est son propre",
        "J15 : le nom de l'évaluateur 2 manque",
        "A16 : « léa ROUX » figure déjà à la ligne 2",
    ] {
        assert!(run.stderr.contains(told), "{told}\n{}", run.stderr);
    }
    // Sable has evaluators A B and b a, who are two people.
    assert!(run.stdout.contains("2 fiches écrites ; à corriger puis à réimporter : A3, B4, C5"), "{}", run.stdout);
    assert!(place.path().join("content/candidats/2026-06/roux-lea.md").exists());
    place.checks_clean();
}

#[test]
fn who_is_there_stays_as_he_is() {
    let list = "Nom;Prenom;Session\nbernard;PAUL;2026-06\nBernard;Paul;2026-09\n";
    let (place, run) = imported(list, &["--oui"]);
    let before = place.files();
    assert_eq!(run.status, "0", "{}", run.stderr);
    assert!(run.stdout.contains("ligne 2 : content/candidats/2026-06/bernard-paul.md"), "{}", run.stdout);
    assert!(run.stdout.contains("A3 : « Paul Bernard » a déjà une fiche dans une autre session"), "{}", run.stdout);
    // Again: nothing is left to do.
    let run = place.run(&["import", "liste.csv", "--oui"]);
    assert_eq!((run.status.as_str(), place.files() == before), ("0", true));
    assert!(run.stdout.contains("Rien à écrire."));
}

#[test]
fn a_file_under_another_name_is_the_same_person() {
    let place = Place::base();
    let file = place.read("content/candidats/2026-06/bernard-paul.md");
    std::fs::remove_file(place.path().join("content/candidats/2026-06/bernard-paul.md")).unwrap();
    place.write("content/candidats/2026-06/dossier-12.md", file);
    place.write("liste.csv", "Nom;Prenom;Session\nBERNARD;Paul;2026-06\n");
    assert!(
        place.done(&["import", "liste.csv", "--oui"]).contains("ligne 2 : content/candidats/2026-06/dossier-12.md")
    );
}

#[test]
fn lists_that_cannot_be_read_are_explained() {
    for (list, said) in [
        (&b""[..], "vide"),
        (b"\n\n;;\n", "vide"),
        (b"a;b;c\n1;2;3\n", "aucune ligne ne donne le titre des colonnes ; la première ligne est : a | b | c"),
        (b"Nom;Ville\nA;B\n", "la colonne « Prénom » manque à la ligne 1"),
        (b"Nom et prenom;Session\nA B;2026\n", "dans une même colonne (A1"),
        (b"Nom;Nom;Prenom\nA;B;C\n", "deux colonnes disent la même chose : A1 « Nom » et B1"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 ancien", "ancien format Excel (.xls)"),
        (b"\xD0\xCF\x11\xE0 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", "mot de passe"),
        (b"<html><table><tr><td>Nom</td></tr></table></html>", "page web"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 tronque", "endommagé"),
        (&[0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0], "ni un classeur"),
        (b"Nom;Prenom\n\"A;B\nC;D\n", "guillemet"),
    ] {
        let (place, run) = imported(list, &["--oui", "--session", "2026-09"]);
        assert_eq!(run.status, "2", "{said}: {}", run.stdout);
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
        assert!(!place.path().join("content/candidats/2026-09").exists());
    }
}

#[test]
fn options_are_checked_before_anything_is_done() {
    let list = "Nom;Prenom\nRoux;Lea\n";
    for (options, said) in [
        (&["--session", "2026-06", "--referentiel", "essay"][..], "essai/2025"),
        (&["--session", "///"], "ne peut pas nommer une session"),
        (&["--session", "2026-06", "--feuille", "X"], "pas de feuilles"),
    ] {
        let (_, run) = imported(list, &[options, &["--oui"]].concat());
        assert_eq!(run.status, "2", "{options:?}");
        assert!(run.stderr.contains(said), "{options:?}: {}", run.stderr);
    }
    let run = Place::base().run(&["import", "absent.csv", "--oui"]);
    assert_eq!(run.status, "2");
    assert!(run.stderr.contains("il n'existe pas"), "{}", run.stderr);
}

#[test]
fn a_version_chooses_among_several() {
    let place = Place::base();
    place.done(&["new", "referentiel", "essai/2027", "--de", "essai/2025"]);
    place.write(
        "liste.csv",
        "Nom;Prénom;Session;Référentiel;Version\nA;B;2026-09;essai;2027\nC;D;2026-09;essai;\nE;F;2026-09;;2027\n",
    );
    let run = place.run(&["import", "liste.csv", "--oui"]);
    assert!(run.stderr.contains("D3 : le référentiel « essai » a plusieurs versions"), "{}", run.stderr);
    for file in ["a-b", "e-f"] {
        let text = place.read(&format!("content/candidats/2026-09/{file}.md"));
        assert!(text.contains("referentiel: essai/2027\n"), "{text}");
    }
}
